"""The small town on SQLite alone, for what no engine can change."""

from tests.service.conftest import sqlite_town

__all__ = ["sqlite_town"]
