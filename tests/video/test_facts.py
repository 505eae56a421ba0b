"""Facts of a stream by hand: five seconds at 25 pictures and 100,000 bytes a second are 25 fps and 800 kbit/s."""

from console.video.facts import Facts, Meter
from console.video.health import Counters


def counted(second, *, frames=25):
    return Counters(bytes=100_000 * second, packets=25 * second, frames=frames * second, width=1280, height=720)


def test_pictures_and_bits_a_second():
    meter = Meter("h264")
    for second in range(6):
        meter.take(counted(second), 10.0 + second)
    assert meter.facts() == Facts("H.264", 1280, 720, 25.0, 800.0)


def test_a_stream_nobody_decodes_counts_its_packets():
    meter = Meter("hevc")
    for second in range(3):
        meter.take(counted(second, frames=0), 10.0 + second)
    assert (meter.facts().codec, meter.facts().fps) == ("H.265", 25.0)


def test_before_the_first_second_only_the_codec_is_known():
    meter = Meter("mjpeg")
    assert meter.facts() == Facts("mjpeg")
    meter.take(counted(1), 10.0)
    assert (meter.facts().fps, meter.facts().width) == (0.0, 1280)


def test_a_new_opening_begins_anew():
    meter = Meter("h264")
    meter.take(counted(100), 10.0)
    meter.take(counted(0), 11.0)
    meter.take(counted(1), 12.0)
    assert meter.facts().fps == 25.0
