"""Outlines as one block of bytes: how they are stored and carried; a ring is unpacked when somebody looks into it.

A city of 16,385 grids has a quarter of a million numbers. As bytes they are read
in a few milliseconds and become geometries in bulk; as points they would take
half a second at every start.
"""

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from console.domain.errors import Invalid
from console.domain.place import Point, Ring, Rings


class PackedRings(Sequence[Ring]):
    """Rings kept as bytes: the number of rings, the length of each (uint32), then lon, lat as float64, all little-endian.

    Equal to the tuple of rings it was packed from.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: bytes) -> None:
        """Hold a block as `pack` made it. Raises Invalid for a block that cannot be one."""
        self.packed = bytes(packed)
        if len(self.packed) < 4 or len(self.packed) != self._head() + 16 * sum(self.lengths):
            raise Invalid("rings", "bad_outline", value=len(self.packed))

    def _head(self) -> int:
        return 4 + 4 * int.from_bytes(self.packed[:4], "little")

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many points each ring has."""
        count = int.from_bytes(self.packed[:4], "little")
        return struct.unpack_from(f"<{count}I", self.packed, 4) if len(self.packed) >= 4 + 4 * count else (-1,)

    @property
    def numbers(self) -> memoryview:
        """Every lon and lat in turn, as the bytes of float64."""
        return memoryview(self.packed)[self._head() :]

    def __len__(self) -> int:
        return int.from_bytes(self.packed[:4], "little")

    def __iter__(self) -> Iterator[Ring]:
        values = array("d", self.numbers.tobytes())
        if sys.byteorder == "big":
            values.byteswap()
        at = 0
        for length in self.lengths:
            part = values[at : at + 2 * length]
            yield tuple(map(Point, part[::2], part[1::2]))
            at += 2 * length

    @overload
    def __getitem__(self, place: int) -> Ring: ...

    @overload
    def __getitem__(self, place: slice) -> Rings: ...

    def __getitem__(self, place: int | slice) -> Ring | Rings:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedRings):
            return self.packed == other.packed
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PackedRings({len(self)} rings, {sum(self.lengths)} points)"


def pack(rings: Rings) -> PackedRings:
    """Rings as one block; what is packed already stays as it is."""
    if isinstance(rings, PackedRings):
        return rings
    values = array("d", [number for ring in rings for spot in ring for number in (spot.lon, spot.lat)])
    if sys.byteorder == "big":
        values.byteswap()
    return PackedRings(struct.pack(f"<{len(rings) + 1}I", len(rings), *map(len, rings)) + values.tobytes())


def pack_numbers(lengths: Sequence[int], numbers: bytes) -> PackedRings:
    """A block from lengths and the little-endian bytes of lon, lat in turn."""
    return PackedRings(struct.pack(f"<{len(lengths) + 1}I", len(lengths), *lengths) + numbers)
