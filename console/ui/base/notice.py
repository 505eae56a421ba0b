"""What the seat says unasked: a toast with undo, a sheet before what cannot be undone, a busy line.

None of them is modal and none takes the focus, except a sheet the officer's own key opened.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.ui.base import theme
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr

TOAST_S = 6.0
BUSY_AFTER_MS = 1000


class _Floating(QFrame):
    """A frame over its host that is told when the host changes its size, to find its place anew."""

    host_resized = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAutoFillBackground(True)
        host.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the host's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.host_resized.emit()
        return False

    def _dress(self) -> None:
        shade = theme.tokens()
        self.setStyleSheet(f"#notice {{ background: {shade.head}; border: 2px solid {shade.accent}; }}")


class Toast(_Floating):
    """One line at the lower edge that says what was done, with an undo that counts down.

    Only one is shown; a new one takes the place of the old, whose act is then
    no longer undone from here (the board still offers it).
    """

    undone = Signal(str)  # the tag given to `say`
    ended = Signal(str)

    def __init__(self, host: QWidget, *, lift: int = 64, clock: Callable[[], float] = time.monotonic) -> None:
        """Make a hidden toast over the host, `lift` design pixels above its lower edge."""
        super().__init__(host)
        self.host_resized.connect(self.place)
        self.setObjectName("notice")
        self._clock = clock
        self._lift = lift
        self._until = 0.0
        self._tag = ""
        self._can_undo = False
        self._words = PlainLabel()
        self._undo = QPushButton()
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(self.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(16))
        row.addWidget(self._words)
        row.addWidget(self._undo)
        self._tick = QTimer(self, interval=200)
        self._tick.timeout.connect(self.tick)

    def say(self, words: str, *, undo_s: float = 0.0, tag: str = "", stay_s: float = TOAST_S) -> None:
        """Show a line; with `undo_s` it offers ‹recall› for so long and then reports `ended(tag)`."""
        if self._tag:
            self._end()
        self._words.setText(words)
        self._tag = tag
        self._can_undo = undo_s > 0
        self._until = self._clock() + (undo_s or stay_s)
        self._undo.setVisible(self._can_undo)
        self._dress()
        self.tick()
        self.show()
        self.place()
        self.raise_()
        self._tick.start()

    def undo(self) -> bool:
        """Take the act back if there is still time; this is what Ctrl+Z calls."""
        if not self.can_undo:
            return False
        tag, self._tag, self._can_undo = self._tag, "", False
        self._hide()
        self.undone.emit(tag)
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is an act that can be taken back now."""
        return self._can_undo and self._clock() < self._until

    @property
    def words(self) -> str:
        """What is said now."""
        return self._words.text()

    def tick(self) -> None:
        """Count down; hides the line when its time is over."""
        left = self._until - self._clock()
        if left <= 0:
            self._end()
            self._hide()
            return
        if self._can_undo:
            self._undo.setText(label_text(tr("Recall {n} s  Ctrl+Z", n=int(left) + 1)))

    def place(self) -> None:
        """Stand in the middle above the command line."""
        host = self.parentWidget()
        self.setMaximumWidth(host.width() - theme.px(40))
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - theme.px(self._lift))

    def _end(self) -> None:
        tag, self._tag, self._can_undo = self._tag, "", False
        if tag:
            self.ended.emit(tag)

    def _hide(self) -> None:
        self._tick.stop()
        self.hide()


class Sheet(_Floating):
    """One sheet that names object and consequence; its button says the verb, Esc leaves everything as it is.

    Without a verb it is a message with one button.
    """

    confirmed = Signal()
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        """Make a hidden sheet over the host."""
        super().__init__(host)
        self.host_resized.connect(self.place)
        self.setObjectName("notice")
        self._back: QWidget | None = None
        self._title = PlainLabel(size=theme.TITLE, bold=True, wrap=True)
        self._words = PlainLabel(wrap=True, selectable=True)
        self._verb = QPushButton()
        self._verb.setProperty("primary", True)
        self._close = QPushButton()
        self._verb.clicked.connect(self._confirm)
        self._close.clicked.connect(self.dismiss)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(theme.GUTTER))
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._verb)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(14))
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(buttons)

    def ask(self, title: str, consequence: str, verb: str) -> None:
        """Ask before what cannot be undone: `title` names the object, `verb` is the button."""
        self._verb.setText(label_text(verb))
        self._verb.show()
        self._close.setText(label_text(tr("Leave it as it is")))
        self._open(title, consequence)
        self._close.setFocus()

    def tell(self, title: str, words: str) -> None:
        """Say something that needs reading, with one button to close it."""
        self._verb.hide()
        self._close.setText(label_text(tr("Understood")))
        self._open(title, words)
        self._close.setFocus()

    def dismiss(self) -> None:
        """Close without doing anything and give the focus back."""
        self._shut()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Enter presses the button that has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._verb if self._verb.hasFocus() else self._close).click()
        else:
            super().keyPressEvent(event)

    def place(self) -> None:
        """Stand in the upper middle, no wider than can be read in one go."""
        host = self.parentWidget()
        self.setFixedWidth(min(theme.px(560), host.width() - theme.px(40)))
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, max(0, (host.height() - self.height()) // 3))

    def _open(self, title: str, words: str) -> None:
        window = self.window()
        if not self.isVisible():
            self._back = window.focusWidget()
        self._title.setText(title)
        self._words.setText(words)
        self._dress()
        self.show()
        self.place()
        self.raise_()

    def _confirm(self) -> None:
        self._shut()
        self.confirmed.emit()

    def _shut(self) -> None:
        self.hide()
        if self._back is not None:
            self._back.setFocus()
        self._back = None


class Busy(QWidget):
    """A thin line that appears when something takes longer than a second, with words and a way to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it invisible and at rest."""
        super().__init__(parent)
        self._words = PlainLabel(size=theme.SMALL, dim=True, elide=True)
        self._line = QProgressBar()
        self._line.setTextVisible(False)
        self._stop = QPushButton(label_text(tr("Cancel")))
        self._stop.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(4))
        row.addWidget(self._words, 1)
        row.addWidget(self._line, 2)
        row.addWidget(self._stop)
        self._late = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._late.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str, *, can_cancel: bool = False) -> None:
        """Start; nothing is seen if it ends within a second."""
        self._words.setText(words)
        self._line.setRange(0, 0)
        self._stop.setVisible(can_cancel)
        self._late.start()

    def progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        self._line.setRange(0, total)
        self._line.setValue(done)

    def end(self) -> None:
        """Stop and vanish."""
        self._late.stop()
        self.hide()
