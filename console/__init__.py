"""The command-and-dispatch console of a social-governance centre."""
