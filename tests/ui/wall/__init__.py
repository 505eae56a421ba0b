"""Tests of the screens, mirroring the source."""
