"""A clip to show, without a store."""

from datetime import timedelta

from console.domain.clip import ClipRow, VideoClip
from tests.make import CAMERAS, START

CLIP = VideoClip(
    7, 1, 1, 1, 1, START - timedelta(seconds=10), START, "live", "ab" * 32, "cd" * 32, "", False, 1, "值班员甲", START,
)  # fmt: skip
ROW = ClipRow(CLIP, CAMERAS[0], 1280, 720, 1_000_000)
