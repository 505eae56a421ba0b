"""The wall panel: cameras by list, by number and by case, each look with its reason, in tiles the officer rules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from console.domain.camera import Camera
from console.domain.errors import ConsoleError
from console.domain.saved_wall import SavedWall
from console.ui.base import theme
from console.ui.base.card import Card
from console.ui.base.keys import group_actions, shown
from console.ui.base.panel import Panel
from console.ui.base.text import label_text
from console.ui.base.words import refusal, tr
from console.ui.memory import Memory
from console.ui.seat import Seat
from console.ui.wall.calling import Calling
from console.ui.wall.cameras import CameraList
from console.ui.wall.case_wall import CaseWall
from console.ui.wall.head import WallHead, advice
from console.ui.wall.hearing import Hearing
from console.ui.wall.keep_line import KeepLine
from console.ui.wall.looks import Looks, Why
from console.ui.wall.next_line import NextLine
from console.ui.wall.past import Past
from console.ui.wall.patrol_menu import PatrolMenu
from console.ui.wall.reason import ReasonLine
from console.ui.wall.reasons import Reasons
from console.ui.wall.recorded import Review, recorded_of
from console.ui.wall.remembered import Remembered
from console.ui.wall.round_lines import CarouselLine, TourLine
from console.ui.wall.rounds import Rounds
from console.ui.wall.screens import Screens
from console.ui.wall.seen_line import SeenLine
from console.ui.wall.shelf import WallShelf
from console.ui.wall.shots import Shots
from console.ui.wall.tabs import Tabs
from console.ui.wall.tiles import Tiles
from console.ui.wall.touring import Touring
from console.ui.wall.trail import Trail
from console.ui.wall.turning import Turning
from console.video.wall import LAYOUTS, Wall, chosen_camera

MOST_CAMERAS = 2_000  # what one question gives; with so many the register has more
WITH_LIST = QSize(820, 330)  # from this size on the list stands open by itself
NUMBERED = 9  # tiles that Alt and a digit choose


@dataclass(frozen=True)
class Register:
    """The cameras of the list, and those that hung here last time."""

    listed: tuple[Camera, ...]
    before: tuple[Camera, ...]


class WallPanel(Panel):
    """Live tiles. A case (F6), its trail and the officer's hand fill them; nobody else does."""

    kinds = frozenset({"camera", "patrol_plan"})
    left = Signal()  # every look has been closed
    keys = group_actions("wall")
    name = "wall"

    def __init__(
        self, seat: Seat, parent: QWidget | None = None, *, memory: Memory | None = None, review: Review | None = None
    ) -> None:
        """Make the wall of a seat, empty; what `memory` knows of before is offered, for a new reason; `review` plays recordings."""
        super().__init__(seat.work, tr("Video wall"), parent)
        self.seat = seat
        self.wall = Wall(memory.wall().layout) if memory is not None else Wall()
        self._list_choice: bool | None = None
        self._known: dict[int, Camera] = {}
        self.looks = Looks(seat, self)
        self.list = CameraList(lambda camera: self.wall.place_of(camera), self)
        self.calling = Calling(seat, self.list)
        self.tiles = Tiles(self.looks, self.calling.name_of, self)
        self.tiles.watermark = f"{seat.actor.name}  {seat.actor.seat}"
        self.tiles.set_wall(self.wall)
        self.reason = ReasonLine(seat.services.codes.video_purposes, self)
        why_button = QToolButton(self.list)
        self.list.foot.addWidget(why_button)
        self.reasons = Reasons(seat, self.reason, why_button)
        self.tabs = Tabs(self)
        self.touring = Touring(self, self)
        self.keep_line, carousel, tour = KeepLine(self), CarouselLine(self), TourLine(self)
        self.seen_line, self.next_line = SeenLine(self), NextLine(self)
        patrols = seat.services.patrols
        self.patrols = PatrolMenu(self, patrols, self.tiles) if patrols is not None else None
        cards = self.patrols.cards if self.patrols is not None else ()
        asking: tuple[Card | KeepLine | SeenLine | NextLine, ...] = (self.keep_line, carousel, tour, self.seen_line, self.next_line, *cards)
        bars = (self.tabs, *((self.patrols.patrol.bar,) if self.patrols is not None else ()))
        for line in asking:
            line.left.connect(self.tiles.setFocus)
        take_over = ReasonLine(seat.services.codes.video_purposes, self)
        self.turning, self.hearing = Turning(self, self.tiles, take_over), Hearing(self, self.tiles)
        self.recorded = recorded_of(self, self.tiles, review)
        recorded = (self.recorded.card,) if self.recorded is not None else ()
        self._lines: tuple[QWidget, ...] = (*bars, *asking, self.reason, take_over, *recorded)
        self.case_wall = CaseWall(self, self.tiles, self._say_refusal)
        self.trail = Trail(self, self.case_wall, self.seen_line, self.next_line)
        self.shelf = None if (walls := seat.services.walls) is None else WallShelf(self, walls, self.tabs, self.keep_line, self.touring)
        self.rounds = Rounds(self, self.shelf, self.touring, carousel, tour) if self.shelf is not None else None
        self.screens = Screens(self, self)
        self.remembered = Remembered(self, memory, self.screens, self.reasons)
        self.buttons = WallHead(self.head, self)
        self.shots = Shots(seat, self.looks)
        self.past = Past(seat, self._all_looks, self)
        self._lay_out()
        self._connect()
        self._show_counters()

    def refresh(self) -> None:
        """Ask for the register; what is open stays open."""
        self.work.ask(self, self._register, self._show_cameras)
        if self.shelf is not None:
            self.shelf.refresh()
        if self.patrols is not None:
            self.patrols.refresh()

    def call(self, camera: Camera, *, into: int | None = None) -> None:
        """Open a camera by hand, in a certain tile or where there is room; asks why when no reason holds."""
        self._known[camera.id] = camera

        def hang(why: Why) -> None:
            self.hang(self.wall.by_hand(camera.id) if into is None else self.wall.into(into, camera.id), why)

        look = self.looks.get(camera.id)
        if look is not None:
            hang(look.why)
        else:
            self.with_reason(tr("Why look at {code} {name}?", code=camera.code, name=camera.name), hang)

    def with_reason(self, question: str, act: Callable[[Why], None]) -> None:
        """Do something that looks through cameras, for the reason that holds or the one given now."""
        self.reasons.with_reason(question, act)

    def choose(self, place: int) -> None:
        """Choose a tile by its number from 0 (Alt+1…9) and let the keys go there."""
        if self.wall.is_maximised and place != self.wall.chosen:
            self.hang(self.wall.toggle_maximised())
        self.hang(self.wall.choose(place))
        self.tiles.setFocus()

    def set_layout(self, name: str) -> None:
        """Another layout."""
        self.hang(self.wall.with_layout(name))
        self.tiles.setFocus()

    def know(self, cameras: Iterable[Camera]) -> None:
        """Take note of cameras that may be hung."""
        self._known |= {camera.id: camera for camera in cameras}

    def hang(self, wall: Wall, why: Why | None = None) -> None:
        """Make the wall so: open what came, then close what left; somebody waits for the one only."""
        self.wall = wall
        coming = [self._known[camera] for camera in sorted(wall.cameras - self.looks.cameras)]
        if coming and why is not None:
            self.looks.open(coming, why)
        self.looks.keep(wall.cameras)
        self.past.follow()
        self.tiles.set_wall(wall)
        self.turning.keep()
        self.hearing.keep()
        self.list.redraw()
        self.buttons.show_layout(wall.layout)
        self._show_counters()
        self.remembered.keep(wall)

    def resume(self, other: "WallPanel") -> None:
        """Take over what another window of this seat shows, each camera for the reason it was opened for."""
        self.remembered.forget()
        self.reasons.adopt(other.reasons.why)
        self.case_wall.resume(other.case_wall)
        if self.past is not None and other.past is not None:
            self.past.adopt(other.past)
        by_why: dict[Why, list[Camera]] = {}
        for camera, why in other.looks.whys.items():
            by_why.setdefault(why, []).append(camera)
            self._known[camera.id] = camera
        for why, cameras in by_why.items():
            self.looks.open(cameras, why)
        self.hang(other.wall)
        if self.shelf is not None and other.shelf is not None:
            self.shelf.resume(other.shelf)
        if self.patrols is not None and other.patrols is not None:
            self.patrols.patrol.resume(other.patrols.patrol)
        for number, window in other.screens.windows.items():
            self.screens.show(number, window.tiles.wall, window.looks.whys)

    def leave(self) -> None:
        """Close every look, at sign-out and when the console closes; what hung here stays in mind."""
        self.remembered.leave()
        self.turning.leave()
        self.touring.end_tour()
        if self.patrols is not None:
            self.patrols.patrol.leave()
        self.screens.leave()
        if self.shelf is not None:
            self.shelf.leave()
        self.hang(Wall(self.wall.layout))
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list room only where the pictures do not need it."""
        super().resizeEvent(event)
        self._show_list()
        QTimer.singleShot(0, self, self.case_wall.turn_north)  # when the tiles have their new room, too

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed wall looks through nothing."""
        self.leave()
        super().closeEvent(event)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for line in self._lines:
            right.addWidget(line)
        right.addWidget(self.tiles, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self.buttons.laid_out.connect(self.set_layout)
        self.buttons.show_layout(self.wall.layout)
        self.buttons.list.clicked.connect(self._choose_list)
        self.list.opened.connect(self.call)
        self.reasons.settled.connect(self.tiles.setFocus)
        self.calling.called.connect(self._call_into_chosen)
        self.looks.refused.connect(self._say_refusal)
        self.seat.looked.connect(self.case_wall.bring_case)
        self.seat.surveyed.connect(self.case_wall.bring_place)
        self.seat.called.connect(self._call_into_chosen)
        if self.recorded is not None:
            self.seat.recorded.connect(self.recorded.ask_case)
        self._connect_tiles()
        self._connect_walls()
        for number in range(1, NUMBERED + 1):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Alt+{number}"))
            action.triggered.connect(lambda _=False, place=number - 1: self.choose(place))
            self.addAction(action)

    def _connect_tiles(self) -> None:
        self.tiles.chosen.connect(self.choose)
        self.tiles.maximised.connect(self._maximise)
        self.tiles.called.connect(self.calling.call)
        self.tiles.closed.connect(self._close_tile)
        self.tiles.swapped.connect(self._swap)
        self.tiles.brought.connect(self._bring)
        self.tiles.wished.connect(self._carry_out)

    def _connect_walls(self) -> None:
        self.buttons.walls.clicked.connect(self._open_menu)
        self.buttons.shot.clicked.connect(self._shoot)
        self.buttons.clip.clicked.connect(self._save_past)
        self.buttons.clip.setVisible(self.seat.services.clips is not None)
        self.looks.changed.connect(self.past.follow)
        self.screens.changed.connect(self.past.follow)
        self.touring.changed.connect(self._show_counters)
        self.tiles.eased.connect(self._show_counters)
        self.tiles.touched.connect(self.touring.pause)
        marks = (self.hearing.mark, self.turning.mark, self.touring.mark)
        self.tiles.mark_of = lambda camera: "  ".join(filter(None, (mark(camera) for mark in marks)))
        self.tiles.why_of, self.tiles.tip_of = self.case_wall.on_band, self.case_wall.in_full
        if self.shelf is not None:
            self.shelf.offered.connect(self._offer_handed)
        if self.patrols is not None:
            self.patrols.popped.connect(lambda menu: self.buttons.pop(menu, self.buttons.walls))

    # In a reading thread.

    def _register(self) -> Register:
        services, actor = self.seat.services, self.seat.actor
        before = services.walls.cameras(actor, self.remembered.cameras) if services.walls is not None else ()
        return Register(services.ask.cameras(actor), before)

    # On the screen.

    @Slot(object)
    def _show_cameras(self, register: Register) -> None:
        self.know((*register.listed, *register.before))
        self.list.show_cameras(register.listed, is_cut=len(register.listed) >= MOST_CAMERAS)
        self.remembered.offer(self._known)
        self.fresh()

    @Slot(object)
    def _say_refusal(self, error: ConsoleError) -> None:
        self.seat.said.emit(refusal(error))

    @Slot()
    def _maximise(self) -> None:
        if self.wall.is_maximised or chosen_camera(self.wall) is not None:
            self.hang(self.wall.toggle_maximised())

    @Slot(object)
    def _call_into_chosen(self, camera: Camera) -> None:
        self.call(camera, into=self.wall.chosen)

    @Slot(int, int)
    def _swap(self, place: int, other: int) -> None:
        self.hang(self.wall.swap(place, other))

    @Slot(int, int)
    def _bring(self, place: int, camera_id: int) -> None:
        if camera_id in self._known:
            self.call(self._known[camera_id], into=place)

    @Slot(str)
    def _carry_out(self, action: str) -> None:
        acts: dict[str, Callable[[], object]] = {"wall_layout": self.buttons.choose_layout, "wall_tour": self.touring.pause_or_go_on,
                                              "wall_open": self._open_menu, "wall_list": lambda: self._choose_list(True),
                                              "wall_areas": self._choose_tree, "wall_shot": self._shoot, "wall_clip": self._save_past,
                                              "wall_facts": self.tiles.turn_facts, "wall_seen": self.trail.ask_mark,
                                              "wall_ahead": self.trail.propose, "wall_turn": self.turning.toggle,
                                              "wall_hear": self.hearing.toggle}
        if self.shelf is not None and self.rounds is not None:
            acts |= {
                "wall_keep": self.shelf.ask_keep, "wall_carousel": self.rounds.carousel.ask,
                "wall_shut": self.shelf.shut,
                "wall_next": lambda: self.shelf.turn(1), "wall_previous": lambda: self.shelf.turn(-1),
            }  # fmt: skip
        if self.patrols is not None:
            acts |= self.patrols.acts()
        if self.recorded is not None:
            acts["wall_recorded"] = self.recorded.ask_wall
        if action in acts:
            acts[action]()

    @Slot()
    def _open_menu(self) -> None:
        menu = QMenu(self)
        if self.shelf is not None and self.rounds is not None:
            self.shelf.fill(menu)
            self.rounds.fill(menu)
            menu.addSeparator()
        if self.patrols is not None:
            self.patrols.fill(menu)
            menu.addSeparator()
        if self.recorded is not None:
            words = tr("Recordings of these cameras ({key})", key=shown("wall_recorded"))
            menu.addAction(label_text(words), self.recorded.ask_wall)
        self.screens.fill(menu)
        self.buttons.pop(menu, self.buttons.walls)

    @Slot(object)
    def _offer_handed(self, kept: SavedWall) -> None:
        """Ask once whether the last shift's wall is wanted; as ever, for a reason of one's own."""
        if not self.wall.cameras:
            words = tr("{name} left a wall with {n} cameras for this shift. Open it?", name=kept.owner_name, n=len(kept.cameras))
            self.reasons.offer(words, lambda why: self.shelf.fetch(kept, why))

    @Slot()
    def _shoot(self) -> None:
        self.shots.take(chosen_camera(self.wall))

    @Slot()
    def _save_past(self) -> None:
        self.past.save(chosen_camera(self.wall))

    def _all_looks(self) -> tuple[Looks, ...]:
        return self.looks, *(window.looks for window in self.screens.windows.values())

    @Slot(int)
    def _close_tile(self, place: int) -> None:
        self.hang(self.wall.without(place))

    @Slot(bool)
    def _choose_list(self, is_wanted: bool) -> None:
        self._list_choice = is_wanted
        self._show_list()
        if is_wanted:
            self.list.search.setFocus()

    def _choose_tree(self) -> None:
        self._choose_list(True)
        self.list.show_tree()

    def _show_list(self) -> None:
        has_room = self.width() >= theme.px(WITH_LIST.width()) and self.height() >= theme.px(WITH_LIST.height())
        is_shown = has_room if self._list_choice is None else self._list_choice
        self.list.setVisible(is_shown)
        self.buttons.list.setChecked(is_shown)

    def _show_counters(self) -> None:
        is_for_case = any(slot is not None and slot.origin == "event" for slot in self.wall.slots)
        parts = [tr("{n} open", n=len(self.wall.cameras)), *advice(len(self.wall.seen), *self.looks.streams.lowered())]
        parts += [self.case_wall.words] if is_for_case and self.case_wall.words else []
        parts += [tr("{n} out of sight", n=self.wall.waiting)] if self.wall.waiting else []
        parts += [words] if (words := self.touring.words()) else []
        parts += [tr("overview")] if LAYOUTS[self.wall.layout].is_overview else []
        self.head.set_counters(*parts)
