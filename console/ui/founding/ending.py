"""The last pages of the assistant: everything once more before it is made, and the recovery codes after."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.service.founding import Administrator, Founded, Place
from console.ui.base import theme
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.founding.administrator import role_words
from console.ui.founding.place import level_words


class SummaryPage(QWidget):
    """What will be made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.place = PlainLabel(size=theme.TITLE, bold=True, wrap=True)
        self.people = [(PlainLabel(dim=True), PlainLabel(bold=True), PlainLabel(dim=True)) for _ in range(3)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(2, 1)
        for at, row in enumerate(self.people):
            for place, label in enumerate(row):
                grid.addWidget(label, at, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(self.place)
        column.addLayout(grid)
        words = tr("No cases, cameras or other people are made. Boundaries below the county are a sketch, until real ones replace them.")
        column.addWidget(PlainLabel(words, size=theme.SMALL, dim=True, wrap=True))
        column.addStretch(1)

    def show_plan(self, place: Place, people: Sequence[Administrator]) -> None:
        """Show hall and administrators."""
        self.place.setText(tr("{above} {name} ({level})", above=place.above, name=place.name, level=level_words(place.level)).strip())
        for (role, who, factor), one in zip(self.people, people, strict=True):
            role.setText(role_words(one.role))
            who.setText(tr("{name} ({login})", name=one.name, login=one.login))
            factor.setText(tr("second factor is set up") if one.factor else tr("second factor at the first sign-in"))


class CodesPage(QWidget):
    """The recovery codes of one administrator after another, each this once; without any the page only says that the hall is there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self._waiting: list[tuple[str, tuple[str, ...]]] = []
        self.title = PlainLabel(size=theme.TITLE, bold=True, wrap=True)
        self.words = PlainLabel(wrap=True)
        self.codes = [PlainLabel(size=theme.TITLE, selectable=True) for _ in range(8)]
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(10))
        for at, label in enumerate(self.codes):
            label.setFont(theme.font(theme.TITLE, fixed=True))
            label.setAccessibleName(tr("Recovery code"))
            grid.addWidget(label, at // 2, at % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        for part in (self.title, self.words):
            column.addWidget(part)
        column.addLayout(grid)
        column.addStretch(1)

    def begin(self, founded: Founded) -> None:
        """Show the first one's codes, or that there are none."""
        counts = {"centres": founded.centres, "grids": founded.grids}
        self.title.setText(tr("{name} has begun: {centres} centres, {grids} grids", name=founded.centre.name, **counts))
        self._waiting = list(founded.recovery.items())
        if not self.turn():
            words = tr("The system administrator now signs in (Ctrl+7): departments first (Units → Departments …), then the other users.")
            self.words.setText(words)
            for label in self.codes:
                label.hide()

    def turn(self) -> bool:
        """Show the next one's codes; false when all were shown."""
        if not self._waiting:
            return False
        login, codes = self._waiting.pop(0)
        words = tr("Recovery codes of {login}: write them down. Each replaces a lost phone once; they are not shown again.", login=login)
        self.words.setText(words)
        for label, code in zip(self.codes, codes, strict=True):
            label.setText(code)
        return True
