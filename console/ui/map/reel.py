"""Some hours of the past as the map can show them: which pins stood at a moment, found among all of them in one stroke."""

from datetime import datetime

import numpy as np

from console.domain.past import PastHours
from console.domain.rows import Pin
from console.ui.map.marks import LAMPS, Marks, marks_of

OVERDUE = LAMPS.index("R")  # this rank and every graver one


class Reel:
    """Answers for every moment from its first to its last; the places of all pins are computed once."""

    def __init__(self, hours: PastHours) -> None:
        """Lay the spells side by side; belongs into a reading thread, as tens of thousands take a while."""
        spells = hours.spells
        self.hours = hours
        self._all = marks_of(tuple(spell.pin for spell in spells), ())
        self._since = np.fromiter((spell.since.timestamp() for spell in spells), dtype=np.float64, count=len(spells))
        ends = (np.inf if spell.until is None else spell.until.timestamp() for spell in spells)
        self._until = np.fromiter(ends, dtype=np.float64, count=len(spells))

    @property
    def is_empty(self) -> bool:
        """Whether no case was open in all these hours."""
        return not self._all.pins

    def rows_at(self, moment: datetime) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        """Which of all pins stood at a moment, as numbers that are the same as long as nothing changed; none outside the hours."""
        if not self.hours.starts_at <= moment <= self.hours.ends_at:
            return np.empty(0, dtype=np.intp)
        at = moment.timestamp()
        return np.flatnonzero((self._since <= at) & (at < self._until))

    def pins_at(self, moment: datetime) -> tuple[Pin, ...]:
        """The pins of a moment, the most urgent first, as the live map would have had them."""
        return tuple(self._all.pins[row] for row in self.rows_at(moment).tolist())

    def marks(self, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]", live: Marks) -> Marks:
        """Some rows as marks: pins of then, cameras of now."""
        known = self._all
        pins = tuple(known.pins[row] for row in rows.tolist())
        return Marks(pins, live.cameras, known.pin_places[rows], live.camera_places, known.waiting[rows], known.lamps[rows])


def overdue(marks: Marks) -> int:
    """How many pins are past their limit."""
    return int(np.count_nonzero(marks.lamps >= OVERDUE))
