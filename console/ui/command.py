"""The command line at the bottom: typed verbs beside the buttons, with a live preview at the right."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from console.ui.base import theme
from console.ui.base.line import LineEdit
from console.ui.base.text import PlainLabel
from console.ui.base.words import tr
from console.ui.grammar import SELECTED, Choice, Command, Problem, Reading, Targets, VerbWord, choose, complete, read

COMMAND = 46
_HISTORY = 200


class CommandLine(QFrame):
    """Reads a line while it is typed; Return runs it, Tab completes, Up and Down walk the history."""

    entered = Signal(object)  # a Command

    def __init__(
        self, verbs: tuple[VerbWord, ...], targets: Targets | None = None, parent: QWidget | None = None, *,
        describe: Callable[[Command], str] | None = None,
    ) -> None:
        """Make the line; `describe` may say better than the plain preview what a command will do."""
        super().__init__(parent)
        self._verbs = verbs
        self._targets: Targets = targets or {}
        self._describe = describe
        self._selected = ""
        self._history: list[str] = []
        self._place = 0
        self._choosing: Reading | None = None
        self._back: QWidget | None = None
        self.setFixedHeight(theme.px(COMMAND))
        self.line = LineEdit(hint=tr("F2 command: verb  case  targets : note"), latin_until=":")
        self.line.setFont(theme.font(theme.BODY, fixed=True))
        self.line.setFrame(False)
        self.line.setStyleSheet("QLineEdit, QLineEdit:focus { background: transparent; border: 0; padding: 0; min-height: 0; }")
        self.line.setAccessibleName(tr("Command line"))
        self.line.installEventFilter(self)
        self.line.entered.connect(self._run)
        self.line.textChanged.connect(self._show_reading)
        self.preview = PlainLabel(elide=True, dim=True)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.preview.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        prompt = PlainLabel("▸")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(10))
        row.addWidget(prompt)
        row.addWidget(self.line, 1)
        row.addWidget(self.preview, 1)

    def set_selected(self, label: str) -> None:
        """Say which case is selected, so that `.` means something; an empty label means none."""
        self._selected = label
        self._show_reading()

    def set_targets(self, targets: Mapping[str, tuple[Choice, ...]]) -> None:
        """Say what can be named, by act."""
        self._targets = targets
        self._show_reading()

    def take_focus(self) -> None:
        """Bring the officer here (F2) and remember where they came from."""
        before = QApplication.focusWidget()
        if before is not self.line:
            self._back = before
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def reading(self) -> Reading:
        """How the line reads now."""
        return read(self.line.text(), self._verbs, self._targets, has_selection=bool(self._selected))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Tab, Up, Down, Esc and the number keys of a choice before the line sees them; follow its focus."""
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()  # the accent line spans the whole bar, not only what the field repaints of itself
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not self.line.is_composing and self._take(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and an accent line on top while the officer types here."""
        shade = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(shade.head))
        thick = 2 if self.line.hasFocus() else 1
        painter.fillRect(0, 0, self.width(), thick, theme.colour(shade.accent if thick == 2 else shade.line))

    def _take(self, event: QKeyEvent) -> bool:
        if self._choosing is not None and self._pick(event.text()):
            return True
        self._choosing = None
        keys = {
            Qt.Key.Key_Tab: self._complete, Qt.Key.Key_Up: self._older, Qt.Key.Key_Down: self._newer,
            Qt.Key.Key_Escape: self._leave,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is None or event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        act()
        return True

    def _pick(self, digit: str) -> bool:
        reading = self._choosing
        if reading is None or reading.problem is None or not (digit.isascii() and digit.isdigit()):
            return False
        place = int(digit) - 1
        if not 0 <= place < len(reading.choices):
            return False
        self._choosing = None
        self.line.setText(choose(self.line.text(), reading.problem, reading.choices[place]))
        return True

    def _complete(self) -> None:
        reading = self.reading()
        self.line.setText(complete(self.line.text(), self._verbs, self._targets))
        if reading.problem is not None and reading.choices:
            self._offer(reading)

    def _older(self) -> None:
        if self._place < len(self._history):
            self._place += 1
            self.line.setText(self._history[-self._place])

    def _newer(self) -> None:
        self._place = max(0, self._place - 1)
        self.line.setText(self._history[-self._place] if self._place else "")

    def _leave(self) -> None:
        """First empty the line (its text stays in the history), then go back to where the officer was."""
        if self.line.text():
            self._remember(self.line.text())
            self.line.clear()
        else:
            self._go_back()

    def _go_back(self) -> None:
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()
        else:
            self.line.clearFocus()

    def _run(self, text: str) -> None:
        reading = self.reading()
        if reading.problem is not None:
            if reading.choices:
                self._offer(reading)
            self._mark(reading.problem)
        elif reading.command is not None:
            self._remember(text)
            self.line.clear()
            self._go_back()
            self.entered.emit(reading.command)

    def _mark(self, problem: Problem) -> None:
        """Select the word that is wrong, so that typing replaces it; the rest of the line stays."""
        self.preview.set_badge("amber")
        if problem.end > problem.start:
            self.line.setSelection(problem.start, problem.end - problem.start)

    def _offer(self, reading: Reading) -> None:
        self._choosing = reading
        self.preview.setText("   ".join(f"{n} {choice.label}" for n, choice in enumerate(reading.choices, 1)))

    def _remember(self, text: str) -> None:
        if not self._history or self._history[-1] != text:
            self._history = [*self._history, text][-_HISTORY:]
        self._place = 0

    def _show_reading(self) -> None:
        self._choosing = None
        reading = self.reading()
        self.preview.set_badge("")
        if reading.command is not None:
            self.preview.setText(tr("Preview: {words}", words=self._say(reading, reading.command)))
        elif reading.problem is not None:
            self.preview.setText(self._problem_words(reading.problem))
        else:
            self.preview.setText("")

    def _say(self, reading: Reading, command: Command) -> str:
        if self._describe is not None:
            return self._describe(command)
        verb = reading.verb.label if reading.verb else command.action
        case = self._selected if command.case == SELECTED else command.case
        facts = {"verb": verb, "case": case, "targets": tr(", ").join(each.label for each in command.targets)}
        if command.targets and command.text:
            return tr("{verb} {case} → {targets}, note “{text}” ⏎", text=command.text, **facts)
        if command.targets:
            return tr("{verb} {case} → {targets} ⏎", **facts)
        if command.text:
            return tr("{verb} {case}, note “{text}” ⏎", verb=verb, case=case, text=command.text)
        return tr("{verb} {case} ⏎", verb=verb, case=case)

    def _problem_words(self, problem: Problem) -> str:
        words = {
            "unknown_verb": tr("“{word}” is no verb: {known}", word=problem.token, known=self._known_verbs()),
            "unknown_target": tr("“{word}” is not known here", word=problem.token),
            "ambiguous": tr("“{word}” may mean several: Tab lists them", word=problem.token),
            "no_case": tr("Which case? Last 3 digits, or select one"),
            "no_target": tr("For whom? Code, name or initials; Tab lists them"),
            "no_targets": tr("“{word}” is too much: this verb takes a case only", word=problem.token),
            "no_text": tr("This verb takes no note"),
        }
        return words[problem.code]

    def _known_verbs(self) -> str:
        return "  ".join(f"{verb.spellings[0]} {verb.label}" for verb in self._verbs)
