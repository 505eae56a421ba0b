"""The screens of the seat: panels show and ask, they never decide."""
