"""Clips on the screen: the evidence of a case, looking at it, holding it, taking it out of the hall, cutting it from recordings."""
