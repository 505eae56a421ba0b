"""What every panel stands on: work, tables, verbs, words, theme, plain text."""
