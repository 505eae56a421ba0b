"""Tests of console.tiles."""
