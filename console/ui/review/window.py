"""The review window: one to nine cameras on one line of true time, everything by key. Closing it ends every look.

It plays what it is given and keeps nothing: where footage comes from, and under which leave,
was settled before (`ui/review/opening.py`).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QKeyCombination, QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.limits import CHINA
from console.ui.base import theme
from console.ui.base.words import tr
from console.ui.clips.saver import SaveLine
from console.ui.review.acts import ReviewActs
from console.ui.review.covering import KEPT_BACK, Covering
from console.ui.review.deck import Deck
from console.ui.review.foot import ReviewFoot
from console.ui.review.keys import COVER_KEYS, pressed
from console.ui.review.line import ReviewLine
from console.ui.review.opening import Review
from console.ui.review.pictures import Pictures
from console.ui.seat import Seat
from console.ui.wall.seen_line import SeenLine
from console.video.timeline import Timeline

SIZE, LEAST, LEAST_COVERED = QSize(1280, 860), QSize(900, 560), QSize(900, 640)
KEPT_SIZE = "review/size"
PAN = 0.2
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class ReviewWindow(QWidget):
    """A window of its own, so that the live wall stays in sight."""

    closed = Signal()

    def __init__(self, seat: Seat, review: Review, settings: QSettings | None = None) -> None:
        """Open it over recordings that may be played now."""
        super().__init__()
        self._settings = settings
        self.setWindowTitle(tr("Review of recordings"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        timeline = Timeline.of(review.footage)
        begin = timeline.second(review.at) if review.at is not None else 0.0
        self.deck = Deck(timeline, timeline.next_picture(begin) or 0.0, self)
        if review.part is not None:
            self.deck.playhead.repeat(*(timeline.second(at) for at in review.part))
        whose = f"{seat.actor.name}  {seat.actor.seat}"
        self.covering = Covering(review, self.deck, whose, self) if review.is_covered else None
        self.pictures = self.covering.pictures if self.covering is not None else Pictures(self.deck, whose, self)
        self.line = ReviewLine(self.deck, self)
        self.foot = ReviewFoot(self.deck, self, without=KEPT_BACK if self.covering is not None else ())
        self.seen_line = SeenLine(self)
        clips = seat.services.clips
        self.save_line = SaveLine(seat, clips, self) if clips is not None and not review.is_kept else None
        if self.save_line is not None:
            review = replace(review, clip=self.save_line.ask)
        self.acts = ReviewActs(seat, review, self.deck, self.pictures, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.seen_line)
        if self.save_line is not None:
            column.addWidget(self.save_line)
        if self.covering is not None:
            column.addWidget(self.covering.bar)
        column.addWidget(self.pictures, 1)
        column.addWidget(self.line)
        column.addWidget(self.foot)
        self.setMinimumSize(LEAST if self.covering is None else LEAST_COVERED)
        kept = settings.value(KEPT_SIZE) if settings is not None else None
        self.resize(kept if isinstance(kept, QSize) and kept.isValid() else SIZE)
        self._connect()

    def play(self) -> None:
        """Show it, playing."""
        self.show()
        self.deck.run(True)
        self.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is played any more, and every look ends."""
        if self._settings is not None:
            self._settings.setValue(KEPT_SIZE, self.size())
        self.deck.close()
        self.acts.end()
        self.closed.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose a camera, arrows move a closer look; the others stand in the table of keys."""
        key, text = Qt.Key(event.key()), event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and text.isascii() and text.isdigit() and text != "0":
            self.pictures.choose(int(text) - 1)
        elif held == Qt.KeyboardModifier.ShiftModifier and key in _ARROWS and self.pictures.zoom is not None:
            across, down = _ARROWS[key]
            self.pictures.move(PAN * across, PAN * down)
        elif self.covering is not None and (action := pressed(_press(key, held), COVER_KEYS)):
            self.covering.act(action)
        elif action := pressed(_press(key, held)):
            self.act(action)
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def act(self, action: str) -> None:
        """Carry out what a key or a button means."""
        if self.covering is not None and action in KEPT_BACK:
            self.foot.say(tr("Under a cover nothing is kept or heard"))
        else:
            self._acts()[action]()

    def _acts(self) -> dict[str, Callable[[], object]]:
        deck, pictures = self.deck, self.pictures
        return {
            "review_run": lambda: deck.run(not deck.playhead.runs),
            "review_slower": lambda: deck.pace(-1), "review_faster": lambda: deck.pace(1),
            "review_picture_back": lambda: deck.step(-1, pictures.reel), "review_picture_forth": lambda: deck.step(1, pictures.reel),
            "review_back10": lambda: deck.skip(-10), "review_forth10": lambda: deck.skip(10),
            "review_home": lambda: deck.go(0.0), "review_last": lambda: deck.go(deck.timeline.length_s - 1),
            "review_begin": lambda: deck.mark(is_begin=True), "review_end": lambda: deck.mark(is_begin=False),
            "review_unmark": self._unmark, "review_jump": self.foot.jump.setFocus, "review_enlarge": pictures.enlarge,
            "review_closer": lambda: pictures.closer(1), "review_wider": lambda: pictures.closer(-1),
            "review_sound": self._sound, "review_shot": self.acts.shoot, "review_seen": self._ask_seen,
            "review_clip": self.acts.clip, "review_close": self._back, "review_minute": self.close,
        }  # fmt: skip

    def _connect(self) -> None:
        self.line.sought.connect(self.deck.go)
        self.pictures.picked.connect(self._pick)
        self.pictures.enlarged.connect(self.pictures.enlarge)
        self.foot.wished.connect(self.act)
        self.foot.wished.connect(lambda _: self.setFocus())
        self.foot.jumped.connect(self._jump)
        self.foot.jump.left.connect(self.setFocus)
        self.acts.said.connect(self.foot.say)
        self.seen_line.marked.connect(self.acts.mark)
        self.seen_line.left.connect(self.setFocus)
        if self.save_line is not None:
            self.save_line.left.connect(self.setFocus)
        if self.covering is not None:
            self.covering.bar.wished.connect(lambda _: self.setFocus())
            self.covering.done.connect(self.close)

    @Slot(int)
    def _pick(self, number: int) -> None:
        self.pictures.choose(number)
        self.setFocus()

    def _unmark(self) -> None:
        self.deck.playhead.unmark()
        self.line.update()

    def _sound(self) -> None:
        chosen = self.pictures.chosen
        self.deck.listen(None if self.deck.heard == chosen else chosen)

    def _ask_seen(self) -> None:
        if self.acts.can_mark():
            if self.deck.playhead.runs:
                self.deck.run(False)
            camera, at = self.pictures.reel.track.camera, self.deck.noted_at(self.pictures.reel).astimezone(CHINA)
            self.acts.hold(at)
            self.seen_line.ask(tr("Seen on {code} {name} at {time}", code=camera.code, name=camera.name, time=f"{at:%H:%M:%S}"))

    def _back(self) -> None:
        if self.pictures.zoom is not None:
            self.pictures.zoom = None
            self.pictures.update()
        elif self.pictures.is_alone:
            self.pictures.enlarge()
        elif self.covering is None or self.covering.may_close():
            self.close()

    @Slot(str)
    def _jump(self, text: str) -> None:
        found = instant_of(text, self.deck.timeline)
        if found is None:
            self.foot.say(tr("“{text}” is no time of these recordings; write 19:42:10", text=text))
            return
        self.foot.jump.clear()
        self.deck.go(self.deck.timeline.second(found))
        self.setFocus()


def instant_of(text: str, timeline: Timeline) -> datetime | None:
    """The first instant of a line that a clock reading means (194210, 19:42:10 or 19:42); None for what is not in it."""
    digits = text.replace(":", "").replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (3, 4, 5, 6):
        return None
    digits = digits.zfill(4) + "00" if len(digits) <= 4 else digits.zfill(6)
    hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if hour > 23 or minute > 59 or second > 59:
        return None
    day = timeline.starts_at.astimezone(CHINA).replace(hour=hour, minute=minute, second=second, microsecond=0)
    begin = timeline.starts_at - timedelta(seconds=1)
    return next((at for days in (0, 1) if begin < (at := day + timedelta(days=days)) <= timeline.ends_at), None)


def _press(key: Qt.Key, held: Qt.KeyboardModifier) -> str:
    """A key press in the spelling of the table of keys."""
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        key, held = Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier
    return QKeySequence(QKeyCombination(held, key)).toString()
