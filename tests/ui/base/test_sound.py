"""The loudspeaker: its state can be seen, its files are what the handbook asks for."""

import cmath
import math
import struct
import wave
from pathlib import Path

import pytest
from PySide6.QtMultimedia import QMediaDevices

from console.ui.base.ringing import Ring
from console.ui.base.sound import Sounds

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "sounds"


class Clock:
    """A clock the test turns."""

    now = 0.0

    def __call__(self):
        return self.now


def samples(name):
    with wave.open(str(FOLDER / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        frames = file.readframes(file.getnframes())
        return file.getframerate(), [value / 32768 for (value,) in struct.iter_unpack("<h", frames)]


def strength(name, frequency):
    rate, values = samples(name)
    turn = -2j * math.pi * frequency / rate
    return abs(sum(value * cmath.exp(turn * n) for n, value in enumerate(values))) / len(values)


@pytest.mark.parametrize(
    ("name", "tones", "absent"),
    [("p1", (830, 1160), 590), ("p2", (590,), 830), ("fault", (420,), 590), ("message", (1620,), 830)],
)
def test_a_sound_has_its_frequencies_and_no_other_rung(name, tones, absent):
    for tone in tones:
        assert strength(name, tone) > 5 * strength(name, absent)


@pytest.mark.parametrize("name", ["p1", "p2", "fault", "message"])
def test_a_sound_is_pulses_that_start_and_end_softly(name):
    rate, values = samples(name)
    assert len(values) / rate < 1.5
    assert max(map(abs, values)) < 0.95
    assert abs(values[0]) < 0.01
    assert abs(values[-1]) < 0.01


def test_without_a_sound_server_the_state_says_so(qtbot):
    sounds = Sounds(FOLDER)
    assert (sounds.state == "unavailable") == QMediaDevices.defaultAudioOutput().isNull()


def test_a_missing_file_makes_the_sound_unavailable(qtbot, tmp_path):
    sounds = Sounds(tmp_path)
    qtbot.waitUntil(lambda: sounds.state == "unavailable")


def test_a_new_p1_sounds_at_once_and_silence_counts_down(qtbot):
    clock, heard = Clock(), []
    sounds = Sounds(FOLDER, clock=clock)
    sounds.played.connect(heard.append)
    sounds.unacked((Ring("31", "P1", 0.0),))
    assert heard == ["p1"]
    assert sounds.count == 1
    sounds.silence()
    clock.now = 10.5
    sounds.tick()
    assert sounds.silent_s == 20
    assert heard == ["p1"]
    clock.now = 30.0
    sounds.tick()
    assert heard == ["p1", "p1"]
    assert not sounds.is_flood


def test_the_seat_is_told_when_the_state_changes(qtbot):
    clock, told = Clock(), []
    sounds = Sounds(FOLDER, clock=clock)
    sounds.changed.connect(lambda: told.append(1))
    sounds.silence()
    assert told
    sounds.test_tone()
    sounds.once("message")
