"""The board: every task under way and how much of its time is used."""
