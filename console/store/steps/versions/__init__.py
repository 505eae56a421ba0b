"""The steps a database has taken, oldest first; each is run once and never edited."""
