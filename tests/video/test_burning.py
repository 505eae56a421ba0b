"""A stamp over pictures of odd sizes; no picture, no file worth keeping."""

import av
import numpy as np
import pytest
from PIL import Image

from console.video.burning import Burnt
from tests.video.clips import seen


@pytest.mark.parametrize("size", [(320, 180), (321, 181)])
def test_a_stamp_lies_in_a_margin_below(tmp_path, size):
    width, height = size
    stamp = Image.new("RGBA", (width, height + 20))
    stamp.paste((255, 255, 255, 255), (0, height, width, height + 20))
    stamp.save(tmp_path / "stamp.png")
    with Burnt(tmp_path / "out.mp4", tmp_path / "stamp.png") as burnt:
        for number in range(12):
            burnt.put(av.VideoFrame.from_ndarray(np.full((height, width, 3), 60, np.uint8), format="rgb24"), number / 10)
    found = seen(tmp_path / "out.mp4")
    assert found.size == (320, 200)
    assert min(found.foot) >= 225
    assert max(found.levels) <= 75
    assert len(found.levels) == 12


def test_without_a_picture_it_is_empty(tmp_path):
    Image.new("RGBA", (320, 20)).save(tmp_path / "stamp.png")
    with Burnt(tmp_path / "out.mp4", tmp_path / "stamp.png") as burnt:
        assert burnt.is_empty
