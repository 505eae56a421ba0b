"""The bar of a patrol under way: where it is, how much is seen, whether seconds count now, and its few keys."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.camera import Camera
from console.domain.patrol import MISSED, SHOWN, SKIPPED, WAITING, PatrolStop, Walk
from console.ui.base import theme
from console.ui.base.keys import shown
from console.ui.base.text import PlainLabel, label_text
from console.ui.base.words import tr

BAR = 4


@dataclass(frozen=True)
class Progress:
    """A walk as the bar shows it: the camera that is looked at, the findings, and why no second counts now, if none does."""

    walk: Walk
    stop: PatrolStop | None
    camera: Camera | None
    findings: int
    is_paused: bool
    problem: str = ""


class PatrolBar(QFrame):
    """Stands above the tiles while somebody patrols."""

    paused = Signal()
    skipped = Signal()
    found = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it hidden."""
        super().__init__(parent)
        self.setObjectName("card")
        self.where = PlainLabel(bold=True, elide=True)
        self.state = PlainLabel(size=theme.SMALL, elide=True)
        self.pause = self._button("", self.paused)
        self.leave_out = self._button(tr("Leave out ({key})", key=shown("wall_patrol_skip")), self.skipped)
        self.find = self._button(tr("Report ({key})", key=shown("wall_patrol_find")), self.found)
        self.end = self._button(tr("End"), self.ended)
        self._share = 0.0
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.where)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4 + BAR))
        row.setSpacing(theme.px(6))
        row.addLayout(words, 1)
        for button in (self.pause, self.leave_out, self.find, self.end):
            row.addWidget(button)
        self.hide()

    def show_progress(self, progress: Progress) -> None:
        """Say where the patrol is."""
        walk = progress.walk
        self._share = min(1.0, walk.shown_s / walk.planned_s) if walk.planned_s else 0.0
        self.where.setText(_where(progress))
        self.state.setText(progress.problem or _figures(progress))
        self.state.set_badge("amber" if progress.problem else "")
        words = tr("Go on ({key})", key=shown("wall_patrol")) if progress.is_paused else tr("Pause ({key})", key=shown("wall_patrol"))
        self.pause.setText(label_text(words))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Under the words, how much of the planned time is seen."""
        super().paintEvent(event)
        painter = QPainter(self)
        track = QRect(1, self.height() - theme.px(BAR) - 1, self.width() - 2, theme.px(BAR))
        painter.fillRect(track, theme.colour(theme.tokens().track))
        painter.fillRect(QRect(track.x(), track.y(), round(track.width() * self._share), track.height()), theme.colour(theme.tokens().bar))

    def _button(self, words: str, pressed: Signal) -> QPushButton:
        button = QPushButton(label_text(words))
        button.setFont(theme.font(theme.SMALL))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: pressed.emit())
        return button


def _where(progress: Progress) -> str:
    walk, stop = progress.walk, progress.stop
    if stop is None or progress.camera is None:
        return walk.run.plan_name
    words = tr(
        "{plan} · {n}/{all} · {code} {name} · {s} of {of} s", plan=walk.run.plan_name, n=stop.place + 1, all=len(walk.stops),
        code=progress.camera.code, name=progress.camera.name, s=stop.shown_ms // 1000, of=stop.planned_s,
    )  # fmt: skip
    return tr("{words} (preset {name})", words=words, name=stop.preset) if stop.preset else words


def _figures(progress: Progress) -> str:
    walk = progress.walk
    again = sum(stop.state == WAITING and stop.tries > 0 for stop in walk.stops)
    parts = [tr("{n} seen", n=walk.count(SHOWN))]
    parts += [tr("{n} without picture, again at the end", n=again)] if again else []
    parts += [tr("{n} missed", n=walk.count(MISSED))] if walk.count(MISSED) else []
    parts += [tr("{n} left out", n=walk.count(SKIPPED))] if walk.count(SKIPPED) else []
    parts += [tr("{n} reported", n=progress.findings)] if progress.findings else []
    return " · ".join(parts)
