"""Makes the four sounds of the seat; run it again after changing a number, then listen.

Frequencies stand on a ladder of about 1.4 (420, 590, 830, 1160, 1620 Hz), so any two can be
told apart when they overlap; pulses with soft edges, never a continuous tone (ux.md S2, S3).
"""

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
LOUD = 0.6
EDGE_S = 0.012

# Each sound is a series of (frequency in Hz, seconds); frequency 0 is silence.
SOUNDS = {
    "p1": [(830, 0.14), (1160, 0.14), (0, 0.08)] * 3,
    "p2": [(590, 0.22), (0, 0.12)] * 2,
    "fault": [(420, 0.45)],
    "message": [(1620, 0.05)],
}


def pulse(frequency: float, seconds: float) -> list[float]:
    """One pulse with an octave over it for small loudspeakers, faded at both ends."""
    count = round(RATE * seconds)
    edge = max(1, round(RATE * EDGE_S))
    samples = []
    for n in range(count):
        fade = min(1.0, n / edge, (count - 1 - n) / edge)
        turn = 2 * math.pi * frequency * n / RATE
        samples.append(LOUD * fade * (0.82 * math.sin(turn) + 0.18 * math.sin(2 * turn)) if frequency else 0.0)
    return samples


def write(path: Path, parts: list[tuple[float, float]]) -> None:
    """Write the parts as 16-bit mono."""
    samples = [sample for frequency, seconds in parts for sample in pulse(frequency, seconds)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", round(sample * 32_767)) for sample in samples))


if __name__ == "__main__":
    for name, parts in SOUNDS.items():
        write(Path(__file__).parent / f"{name}.wav", parts)
