"""Pictures, re-encoded in a child process; the only floor that knows PIL."""
