"""The review of recordings: up to nine cameras on one line of true time."""
