"""Connectors: plugins that bring data in, each in a process of its own that never sees the database or a widget."""
