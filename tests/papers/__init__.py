"""Papers, tested."""
