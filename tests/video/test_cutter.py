"""The child's jobs, done in this process."""

import pytest
from PIL import Image

from console.video import cutter
from console.video.cutter import Broken
from tests.video.clips import recording, seen


def test_jobs_cut_look_and_burn(tmp_path):
    source, out, stamp = recording(tmp_path / "source.mp4", range(40, 240, 4)), tmp_path / "out.mp4", tmp_path / "stamp.png"
    margin = Image.new("RGBA", (320, 200))
    margin.paste((255, 255, 255, 255), (0, 180, 320, 200))
    margin.save(stamp)
    parts = []
    cut = cutter.cut({"address": str(source), "skip_s": 1.2, "take_s": 2.0, "path": str(out)}, parts.append)
    assert (cut["lead_s"], cut["seconds"]) == pytest.approx((0.2, 2.2), abs=0.15)
    assert parts[-1] == pytest.approx(0.95, abs=0.1)
    assert cutter.look({"path": str(out)}, parts.append)["codec"] == "h264"
    cutter.burn({"source": str(out), "skip_s": 0.0, "take_s": 9.0, "stamp": str(stamp), "path": str(tmp_path / "burnt.mp4")}, parts.append)
    assert min(seen(tmp_path / "burnt.mp4").foot) >= 225


def test_a_recording_that_begins_without_a_key_frame_waits_for_one(tmp_path):
    whole = recording(tmp_path / "whole.ts", range(40, 140, 2), gop=20)
    with pytest.raises(Broken, match="source_ended"):
        cutter.cut({"address": str(whole), "skip_s": 60.0, "take_s": 2.0, "path": str(tmp_path / "out.mp4")}, lambda _: None)
