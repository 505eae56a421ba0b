"""The fields of a row's form: one widget a kind of value, each with its name before it and what stands now under it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.domain.code_rows import DAYS, Part
from console.domain.codes import Codes
from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import language, tr
from console.ui.case.pick import Pick
from console.ui.settings.wording import day_words, part_words, value_words, weekday_words

LABEL = 124


class Framed(QWidget):
    """What all fields have: a name before the editor, and under it what `mark` says stands there now."""

    changed = Signal()

    def __init__(self, part: Part, editor: QWidget) -> None:
        """Make the field around its editor."""
        super().__init__()
        self.part = part
        self.editor = editor
        self.label = PlainLabel(part_words(part.name), dim=True)
        self.label.setFixedWidth(theme.px(LABEL))
        self.now = PlainLabel(size=theme.SMALL, dim=True, wrap=True)
        self.now.hide()
        editor.setAccessibleName(part_words(part.name))
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        right = QVBoxLayout()
        right.setSpacing(theme.px(2))
        right.addWidget(editor)
        right.addWidget(self.now)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        self.label.setFixedHeight(editor.sizeHint().height())
        self.setFocusProxy(editor)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in this field, in order."""
        return (self.editor,)

    def mark(self, words: str, *, is_changed: bool) -> None:
        """Say under the field what it means, or what stood there before."""
        self.now.setText(words)
        self.now.set_dim(not is_changed)
        self.label.set_dim(not is_changed)
        self.now.setVisible(bool(words))


class TextField(Framed):
    """A value that is typed: names, limits, hours, codes of departments."""

    def __init__(self, part: Part) -> None:
        """Make an empty line."""
        self.line = LineEdit(hint=_hint(part), longest=200)
        super().__init__(part, self.line)
        self.line.textChanged.connect(self.changed)

    def write(self, value: object) -> None:
        """Show a value as it is typed."""
        text = " ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value if value is not None else "")
        if text != self.line.text():
            self.line.setText(text)

    @property
    def value(self) -> object:
        """What is typed; a list where the value is one."""
        text = self.line.text().strip()
        if self.part.kind in ("departments", "hours"):
            return "all" if text == "all" else text.replace(",", " ").replace("，", " ").replace("、", " ").split()
        return text.upper() if self.part.kind == "limit" else text


class PickField(Framed):
    """A value that is chosen from a few."""

    def __init__(self, part: Part, codes: Codes) -> None:
        """Make the box with the choices of its kind."""
        self.pick = Pick(part_words(part.name), _choices(part, codes))
        super().__init__(part, self.pick)
        self.pick.currentIndexChanged.connect(self.changed)

    def write(self, value: object) -> None:
        """Choose a value; one that is no choice any more is added, so that nothing is lost."""
        code = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value or "")
        if code and self.pick.findData(code) < 0:
            self.pick.addItem(code, code)
        self.pick.choose(code)

    @property
    def value(self) -> object:
        """What is chosen."""
        return self.pick.code == "yes" if self.part.kind == "flag" else self.pick.code


class WeekField(Framed):
    """The days of the week that are worked, one button each."""

    def __init__(self, part: Part) -> None:
        """Make seven buttons, none pressed."""
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(3))
        self.buttons = [QToolButton() for _ in range(7)]
        for number, button in enumerate(self.buttons, start=1):
            button.setCheckable(True)
            button.setFont(theme.font())
            button.setText(label_text(weekday_words(number)))
            button.setFixedSize(theme.px(40), theme.px(34))
            button.setStyleSheet("QToolButton { padding: 0; }")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            row.addWidget(button)
        row.addStretch(1)
        super().__init__(part, room)
        self.setFocusProxy(self.buttons[0])
        for button in self.buttons:
            button.toggled.connect(self.changed)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Every day is a stop."""
        return tuple(self.buttons)

    def write(self, value: object) -> None:
        """Press the buttons of these days."""
        worked = set(value) if isinstance(value, list | tuple) else set()
        for number, button in enumerate(self.buttons, start=1):
            button.setChecked(number in worked)

    @property
    def value(self) -> object:
        """The numbers of the days that are pressed."""
        return [number for number, button in enumerate(self.buttons, start=1) if button.isChecked()]


Field = TextField | PickField | WeekField  # one value of a row: `write` shows it, `value` is what is typed


def see_through(area: QScrollArea) -> None:
    """Let the card's own ground show behind what scrolls on it."""
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.widget().setAutoFillBackground(False)


def field_of(part: Part, codes: Codes) -> Field:
    """The field for a value's kind."""
    if part.kind == "weekdays":
        return WeekField(part)
    if part.kind in ("priority", "department", "flag", "day"):
        return PickField(part, codes)
    return TextField(part)


def meaning(part: Part, value: object, before: Mapping[str, object], codes: Codes) -> tuple[str, bool]:
    """What to say under a field, and whether it differs from what stands now."""
    is_changed = part.name in before and before[part.name] != value
    if is_changed:
        return tr("now: {value}", value=value_words(part, before[part.name], codes)), True
    is_plain = part.kind in ("limit", "departments") and value not in ("", [])
    return (value_words(part, value, codes) if is_plain else ""), False


def _hint(part: Part) -> str:
    return {
        "limit": tr("such as 30M, 4H, 3ND, 4WH, 3WD"), "departments": tr("codes, such as D02 D34"),
        "hours": tr("such as 08:30-12:00 14:30-18:00"),
    }.get(part.kind, "")  # fmt: skip


def _choices(part: Part, codes: Codes) -> tuple[tuple[str, str], ...]:
    if part.kind == "priority":
        return tuple((code, entry.named(language())) for code, entry in codes.priorities.items())
    if part.kind == "department":
        return tuple((code, f"{code} {entry.named(language())}") for code, entry in codes.departments.items() if entry.active)
    if part.kind == "flag":
        return ("yes", tr("in use")), ("no", tr("out of use"))
    return tuple((kind, day_words(kind)) for kind in DAYS)
