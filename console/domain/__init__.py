"""Nouns and rules of the console; standard library only."""
