"""The queue of cases, and the watch over what nobody has acknowledged."""
