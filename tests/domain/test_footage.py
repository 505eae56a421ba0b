"""Recorded pictures that may be played now."""

from datetime import UTC, datetime, timedelta

from console.domain.footage import Footage
from tests.make import CAMERAS

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_printing_footage_shows_no_address():
    footage = Footage(7, CAMERAS[0], "http://127.0.0.1:9/secret.mp4?token=abc", NOW, NOW + timedelta(minutes=1))

    assert "secret" not in repr(footage)
    assert repr(footage) == "Footage(7, C301, 02:00:00–02:01:00)"
