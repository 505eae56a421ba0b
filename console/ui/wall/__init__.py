"""The wall: tiles painted from shared memory, the list of cameras, and the panel that opens and closes looks."""
