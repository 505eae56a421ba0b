"""The real console with a window for tests: `python -m tests.watched ARGUMENTS` runs `python -m console ARGUMENTS` and answers questions.

Keys and clicks still come through the X server, as a person's do; this only
tells what stands on the screen and when it was painted. One JSON question a
line on stdin, one JSON answer a line on stdout.
"""

import json
import sys
import threading
import time
from collections import Counter, deque
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from console import __main__ as front
from console.ui.wall import tile
from console.ui.wall.looks import Why
from console.video import wall as walls

BEAT_MS = 10


class Watcher(QObject):
    """Answers on the screen's thread."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.moveToThread(QCoreApplication.instance().thread())
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._paints: deque[tuple[float, dict[str, object]]] = deque(maxlen=500)
        self._rows: dict[int, float] = {}
        self._watched: tuple[str, ...] = ()
        self._pending: dict[str, object] | None = None
        self._queue: QObject | None = None
        self._beat: QTimer | None = None
        self._since = self._beat_at = time.monotonic()
        self._late: list[float] = []
        self._own_late_s = self._unserved_s = 0.0
        self._pictures: Counter[int] = Counter()
        self._numbers: dict[int, int] = {}
        self._fresh: dict[int, float] = {}

    @Slot(str)
    def _answer(self, line: str) -> None:
        question = json.loads(line)
        answer = getattr(self, f"_do_{question['do']}")(**question.get("with", {}))
        print(json.dumps({"id": question["id"], "answer": answer}, ensure_ascii=False), flush=True)

    def _do_ready(self) -> bool:
        return any(widget.isVisible() for widget in QApplication.topLevelWidgets())

    def _do_widgets(self, kind: str = "", text: str = "") -> list[dict[str, object]]:
        found = []
        for widget in QApplication.allWidgets():
            if widget.isVisible() and (not kind or type(widget).__name__ == kind):
                said = _text(widget)
                if not text or text in said:
                    corner = widget.mapToGlobal(widget.rect().topLeft())
                    found.append({
                        "kind": type(widget).__name__, "name": widget.objectName(), "text": said, "focus": widget.hasFocus(),
                        "box": [corner.x(), corner.y(), widget.width(), widget.height()],
                    })  # fmt: skip
        return found

    def _do_hall(self) -> dict[str, object]:
        """What stands in the hall: the rows of the queue, the case on the desk, the strip, the pictures of the wall."""
        found = {type(widget).__name__: widget for widget in QApplication.allWidgets() if widget.isVisible()}
        queue, case, strip, wall = (found.get(name) for name in ("QueuePanel", "CasePanel", "DispatchStrip", "Tiles"))
        reading = case.reading if case is not None else None
        shown = reading if not callable(reading) else reading()
        model = queue.view.model() if queue is not None else None
        return {
            "rows": model.rowCount() if model is not None else 0,
            "head": case.head.title.text() if case is not None else "",
            "case": shown.case.id if shown is not None else 0,
            "state": shown.case.state if shown is not None else "",
            "acked": shown is not None and shown.case.acked_at is not None,
            "can_send": strip is not None and bool(strip.can_send if not callable(strip.can_send) else strip.can_send()),
            "pictures": _pictures(wall) if wall is not None else [],
        }

    def _do_watch(self, kinds: list[str]) -> bool:
        self._watched = tuple(kinds)
        QApplication.instance().installEventFilter(self)
        return True

    def _do_seen(self, since: float) -> list[tuple[float, dict[str, object]]]:
        """What stood in the hall at the end of each paint of a watched class since an instant."""
        return [paint for paint in self._paints if paint[0] >= since]

    def _do_hang(self, cameras: list[int]) -> bool:
        """Hang cameras one in each tile of the smallest grid that holds them; whether the register is there yet."""
        panel = next(widget for widget in QApplication.allWidgets() if type(widget).__name__ == "WallPanel" and widget.isVisible())
        if not set(cameras) <= set(panel._known):
            return False
        slots = [walls.Slot(camera, "hand") for camera in cameras] + [None] * (walls.MOST - len(cameras))
        layout = next(count for count in walls.GRIDS if count >= len(cameras))
        panel.hang(walls.Wall(str(layout), tuple(slots)), Why("V5", "测速用的画面"))
        return True

    def _do_open_kept(self, count: int) -> bool:
        """Open the seat's kept walls in tabs, in the order of their names; whether the shelf is there yet."""
        panel = next(widget for widget in QApplication.allWidgets() if type(widget).__name__ == "WallPanel" and widget.isVisible())
        kept = sorted(panel.shelf.shelf.walls, key=lambda wall: wall.name)
        if len(kept) < count:
            return False
        for at in range(count):
            QTimer.singleShot(at * 500, panel, lambda wall=kept[at]: panel.shelf.fetch(wall, Why("V5", "测速用的画面")))
        panel.reasons.why = Why("V5", "测速用的画面")
        panel.tiles.setFocus()
        return True

    def _do_hung_kept(self) -> int:
        panel = next(widget for widget in QApplication.allWidgets() if type(widget).__name__ == "WallPanel" and widget.isVisible())
        return panel.tabs.currentIndex() - 1

    def _do_fresh(self) -> dict[int, float]:
        """When each camera was first painted since the last `pace` with a picture younger than a second."""
        return self._fresh

    def _do_pace(self) -> dict[str, object]:
        """Pictures painted by camera, and how late a timer of 10 ms came, since the last call."""
        wall = next(widget for widget in QApplication.allWidgets() if type(widget).__name__ == "Tiles" and widget.isVisible())
        if self._beat is None:
            self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
            self._beat.timeout.connect(self._note_beat)
            self._beat.start()
            wall.painted.connect(self._note_pictures)
        now, late = time.monotonic(), sorted(self._late) or [0.0]
        found = {
            "seconds": now - self._since, "painted": dict(self._pictures),
            "late_p99_ms": late[int(len(late) * 0.99)] * 1000, "late_max_ms": late[-1] * 1000, "own_late_max_ms": self._own_late_s * 1000,
        }  # fmt: skip
        self._since = self._beat_at = now
        self._own_late_s, self._unserved_s = 0.0, _unserved_s()
        self._late, self._pictures, self._fresh = [], Counter(), {}
        return found

    def _do_reviewed(self) -> int:
        """How many cameras of a review show a recorded picture."""
        window = next((widget for widget in QApplication.topLevelWidgets() if type(widget).__name__ == "ReviewWindow"), None)
        return sum(reel.playing.phase == "shown" for reel in window.deck.reels) if window is not None else 0

    def _do_moving(self) -> int:
        """How many cameras had a new picture painted since the last `pace`."""
        return len(self._pictures)

    def _note_beat(self) -> None:
        now, unserved_s = time.monotonic(), _unserved_s()
        late_s = max(0.0, now - self._beat_at - BEAT_MS / 1000)
        self._late.append(late_s)
        self._own_late_s = max(self._own_late_s, late_s - (unserved_s - self._unserved_s))
        self._beat_at, self._unserved_s = now, unserved_s

    def _note_pictures(self, cameras: object) -> None:
        """A tile is also painted when only its words change: what counts is a picture that was not there before."""
        for camera in cameras:  # type: ignore[attr-defined]
            frame = self.sender().pictures.taken(camera)
            number = frame.sequence
            if frame.age_s < 1:
                self._fresh.setdefault(camera, time.monotonic())
            if self._numbers.get(camera) != number:
                self._numbers[camera] = number
                self._pictures[camera] += 1

    def _do_rows(self) -> dict[int, float]:
        """When each case's row was first painted (monotonic seconds); the first call starts the list."""
        if self._queue is None:
            self._queue = next(w for w in QApplication.allWidgets() if type(w).__name__ == "QueuePanel")
            self._queue.rows_painted.connect(self._note_rows)
        return self._rows

    def _note_rows(self, ids: object) -> None:
        now = time.monotonic()
        for case_id in ids:  # type: ignore[attr-defined]
            self._rows.setdefault(int(case_id), now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what a paint pass of a watched class is about to show; the loop runs again only after the pass."""
        if event.type() == QEvent.Type.Paint and self._pending is None and type(watched).__name__ in self._watched:
            self._pending = self._do_hall()
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        if self._pending is not None:
            self._paints.append((time.monotonic(), self._pending))
        self._pending = None


def _unserved_s() -> float:
    """How long this thread has been ready and was given no processor: the second number of its schedstat, in nanoseconds."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def _pictures(wall: QWidget) -> list[list[int]]:
    """Where on the X screen each live picture of the wall stands."""
    boxes = []
    for place, box in wall.boxes.items():
        slot = wall.wall.slots[place]
        face = wall._faces.get(place)
        if slot is None or slot.camera_id not in wall.pictures or face is None or face.veil is not None:
            continue
        inside = tile.picture_box(box)
        corner = wall.mapToGlobal(inside.topLeft())
        boxes.append([corner.x(), corner.y(), inside.width(), inside.height()])
    return boxes


def _text(widget: QWidget) -> str:
    for name in ("text", "title", "toPlainText"):
        value = getattr(widget, name, None)
        if value is not None:
            said = value() if callable(value) else value
            if isinstance(said, str):
                return said
    return widget.accessibleName()


def _listen() -> None:
    while QCoreApplication.instance() is None:
        time.sleep(0.02)  # the application is made by the console itself, on its own thread
    watcher = Watcher()
    for line in sys.stdin:
        watcher.asked.emit(line)


if __name__ == "__main__":
    threading.Thread(target=_listen, daemon=True).start()
    sys.exit(front.main(sys.argv[1:]))
