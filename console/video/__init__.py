"""One camera's pictures: address → packets → frames, with health; decoding happens in child processes."""
