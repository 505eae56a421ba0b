"""The lines a patrol asks with: a plan, why a camera is left out, what was found."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from console.domain.camera import Camera
from console.domain.codes import Entry
from console.domain.patrol import WHY_MAX, PatrolPlan
from console.domain.saved_wall import NAME_MAX
from console.service.reports import OTHER
from console.ui.base.card import Card
from console.ui.base.line import LineEdit
from console.ui.base.words import language, tr
from console.ui.case.pick import Pick
from console.ui.wall.round_lines import dwell_box

STOPS_LETTERS, WORDS_MAX = 1_500, 300


class PlanLine(Card):
    """Asks for a patrol plan, a new one or one that is changed."""

    given = Signal()

    def __init__(self, shifts: Iterable[Entry], parent: QWidget | None = None) -> None:
        """Make it hidden, over the shifts of CT-27."""
        self.plan: PatrolPlan | None = None
        self.name = LineEdit(hint=tr("Name of the patrol"), longest=NAME_MAX)
        self.stops = LineEdit(hint=tr("Camera numbers, e.g. 301 302:30 305:20@gate"), longest=STOPS_LETTERS)
        self.shift = Pick(tr("Shift"), tuple((one.code, one.named(language())) for one in shifts))
        self.dwell = dwell_box()
        for line, words in ((self.name, tr("Name of the patrol")), (self.stops, tr("Camera numbers"))):
            line.setAccessibleName(words)
        parts = (self.name, self.shift, self.stops, self.dwell)
        super().__init__("", parts, tr("Keep"), parent, narrow=(self.shift, self.dwell))
        self.stops.entered.connect(lambda _: self.given.emit())
        self.name.entered.connect(lambda _: self.stops.setFocus())
        self.done.clicked.connect(self.given)

    def ask(self, plan: PatrolPlan | None, stops: str, shift: str) -> None:
        """Ask for a new plan, or show one that is known with its stops as they are typed."""
        self.plan = plan
        known = tr("Change the patrol {name}", name=plan.name) if plan is not None else ""
        self.title.setText(known or tr("A new patrol: cameras in their order, seconds after a colon, a preset after @"))
        self.name.setText(plan.name if plan is not None else "")
        self.stops.setText(stops)
        self.shift.choose(plan.shift if plan is not None else shift)
        self.say("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)


class SkipLine(Card):
    """Asks why the present camera is left out."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        self.why = LineEdit(hint=tr("Why, e.g. branches before the lens"), longest=WHY_MAX)
        self.why.setAccessibleName(tr("Why the camera is left out"))
        super().__init__("", (self.why,), tr("Leave out"), parent)
        self.why.entered.connect(lambda _: self.given.emit(self.why.text()))
        self.done.clicked.connect(lambda: self.given.emit(self.why.text()))

    def ask(self, camera: Camera) -> None:
        """Ask about a camera."""
        self.title.setText(tr("Leave {code} {name} out on this patrol", code=camera.code, name=camera.name))
        self.why.clear()
        self.say("")
        self.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)


class FindingLine(Card):
    """Asks what was found at a camera; words that were not sent stay."""

    given = Signal(str, str)  # category, words

    def __init__(self, categories: Iterable[Entry], parent: QWidget | None = None) -> None:
        """Make it hidden, over the categories of CT-06."""
        self.words = LineEdit(hint=tr("What is to be seen, and where"), longest=WORDS_MAX)
        self.words.setAccessibleName(tr("What is to be seen"))
        self.category = Pick(tr("Category"), tuple((one.code, f"{one.code} {one.named(language())}") for one in categories))
        self.category.choose(OTHER)
        self.category.setMinimumContentsLength(12)
        super().__init__("", (self.words, self.category), tr("Report it"), parent, narrow=(self.category,))
        self.words.entered.connect(lambda _: self._give())
        self.done.clicked.connect(self._give)

    def ask(self, camera: Camera) -> None:
        """Ask about a camera."""
        self.title.setText(tr("Report from {code} {name}; the camera's place goes with it", code=camera.code, name=camera.name))
        self.say("")
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """It was sent."""
        self.words.clear()
        self.category.choose(OTHER)

    def _give(self) -> None:
        self.given.emit(self.category.code, self.words.text())
