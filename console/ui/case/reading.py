"""What the case desk asks, away from the screen's thread: the case whole, whom to send, how units are called."""

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from console.domain.case import Case
from console.domain.clip import ClipRow
from console.domain.people import Actor, OrgUnit
from console.domain.rows import CaseDesk
from console.service.ask import Suggestion
from console.ui.seat import Services
from console.ui.wording import Named, name_units

MOST_PIXELS_MB = 128
UNITS_S = 60.0
MOST_VERIFIERS = 200


@dataclass(frozen=True)
class Reading:
    """One case as it stood when it was read."""

    desk: CaseDesk
    suggestion: Suggestion
    units: dict[int, Named] = field(repr=False)
    verifiers: tuple[tuple[str, str], ...] = ()
    below: tuple[tuple[str, str], ...] = ()
    clips: tuple[ClipRow, ...] = ()

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.desk.case


class CaseQuestions:
    """Questions of the case desk; safe in any reading thread."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: tuple[tuple[OrgUnit, ...], int, dict[int, Named]] = ((), 0, {})
        self._recent: tuple[float, dict[int, Named]] = (-UNITS_S, {})

    def read(self, actor: Actor, case_id: int) -> Reading:
        """One case whole. Raises Missing."""
        desk = self._services.ask.case_desk(actor, case_id)
        suggestion = self._services.ask.suggestion(actor, desk.case)
        units = self._recent_units(actor)
        clips = self._services.clips.of_case(actor, case_id) if self._services.clips is not None else ()
        return Reading(desk, suggestion, units, self._verifiers(desk.case, units), self._below(actor, desk.case), clips)

    def _verifiers(self, case: Case, units: dict[int, Named]) -> tuple[tuple[str, str], ...]:
        """Who may be sent to look: the village's own first, then every other unit that is no department."""
        looking = [unit for unit in self._known[0] if unit.kind != "department"]
        looking.sort(key=lambda unit: (not case.division.startswith(unit.division.rstrip("0")), -unit.level, unit.code))
        return tuple((str(unit.id), units[unit.id].name if unit.id in units else unit.name) for unit in looking[:MOST_VERIFIERS])

    def _below(self, actor: Actor, case: Case) -> tuple[tuple[str, str], ...]:
        """Centres a case may be sent down to."""
        return tuple((str(centre.id), centre.name) for centre in self._services.ask.centres_below(actor, case.owner_centre))

    def resort(self, actor: Actor, case: Case, category: str) -> tuple[str, Suggestion]:
        """Whom the code table proposes if the case were of another category."""
        return category, self._services.ask.suggestion(actor, replace(case, category=category))

    def units(self, actor: Actor) -> dict[int, Named]:
        """Every unit that may be named."""
        return self._named(self._services.ask.units(actor), actor.centre_id)

    def picture(self, actor: Actor, sha256: str, side: int) -> QImage:
        """A picture no wider or higher than `side`; a null image when it cannot be decoded. Raises Missing."""
        return load_picture(self._services.photos.path(actor, sha256), side)

    def _recent_units(self, actor: Actor) -> dict[int, Named]:
        """The units as they were at most a minute ago: they change rarely, and a case is read at every turn."""
        at, units = self._recent
        if time.monotonic() - at > UNITS_S:
            units = self.units(actor)
            self._recent = (time.monotonic(), units)
        return units

    def _named(self, units: tuple[OrgUnit, ...], centre_id: int) -> dict[int, Named]:
        known, centre, named = self._known
        if known != units or centre != centre_id:
            named = name_units(units, centre_id, self._services.codes)
            self._known = (units, centre_id, named)
        return named


def load_picture(path: Path, side: int) -> QImage:
    """Decode a picture scaled down to `side`; a null image when it is none."""
    QImageReader.setAllocationLimit(MOST_PIXELS_MB)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
