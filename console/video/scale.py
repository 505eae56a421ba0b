"""Pictures made as large as they are shown, and stills at their full size: FFmpeg's scaler, used by the worker only."""

from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import Interpolation, VideoReformatter

# Scaled in their own colours first, then coloured without scaling: FFmpeg's quick ways for each cost a sixth less than
# both at once where a picture shrinks, and four tenths less where it grows.
_IN_TWO_STEPS = frozenset({"yuv420p", "yuvj420p"})


class Scaler:
    """Makes one stream's pictures fit its tile."""

    def __init__(self) -> None:
        self._sized, self._coloured = VideoReformatter(), VideoReformatter()

    def bgra(self, picture: av.VideoFrame, width: int, height: int) -> av.VideoFrame:
        """The picture at a size, in the bytes a screen takes."""
        shape, colours = picture.format.name, picture
        if shape in _IN_TWO_STEPS and (picture.width, picture.height) != (width, height):
            colours = self._sized.reformat(picture, width, height, shape, interpolation=Interpolation.FAST_BILINEAR, threads=1)
        return self._coloured.reformat(colours, width, height, "bgra", interpolation=Interpolation.FAST_BILINEAR, threads=1)


def save_jpeg(picture: av.VideoFrame, path: Path) -> None:
    """Write one picture as JPEG at its full size; the file appears whole or not at all."""
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = picture.width, picture.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.options = {"qmin": "2", "qmax": "3"}
    still = VideoReformatter().reformat(picture, format="yuvj420p", threads=1)
    still.pts = 0
    packets = [*encoder.encode(still), *encoder.encode(None)]
    part = path.with_name(path.name + ".part")
    part.write_bytes(b"".join(bytes(packet) for packet in packets))
    part.replace(path)
