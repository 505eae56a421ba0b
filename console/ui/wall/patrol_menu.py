"""The patrol plans of the centre in the wall's menu: walked, written, changed, taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu

from console.domain.camera import Camera
from console.domain.errors import ConsoleError
from console.domain.patrol import NamedStop, PatrolPlan, PlanStop, read_stops, write_stop
from console.service.patrol_plans import PlanWish, may_plan
from console.service.patrols import Patrols
from console.ui.base.card import Card
from console.ui.base.keys import shown
from console.ui.base.text import label_text
from console.ui.base.words import language, refusal, tr
from console.ui.wall.cameras import digits_of, numbered
from console.ui.wall.host import Host
from console.ui.wall.patrol import Patrol
from console.ui.wall.patrol_lines import PlanLine
from console.ui.wall.tiles import Tiles


@dataclass(frozen=True)
class _Typed:
    """A plan as it was typed, each stop with the cameras its number may mean."""

    found: tuple[tuple[NamedStop, tuple[Camera, ...]], ...]


@dataclass(frozen=True)
class _Known:
    """A plan with those of its cameras that are there."""

    plan: PatrolPlan
    cameras: tuple[Camera, ...]


class PatrolMenu(QObject):
    """Joins plans with the line that asks for one and with the walk; `popped` is told a menu to open."""

    popped = Signal(object)

    def __init__(self, host: Host, patrols: Patrols, tiles: Tiles) -> None:
        """Make it without plans; `refresh` asks for them."""
        super().__init__(tiles)
        self._host, self._patrols, self._plans = host, patrols, patrols.plans
        self.patrol = Patrol(host, patrols, tiles)
        self.plans: tuple[PatrolPlan, ...] = ()
        self.line = PlanLine(host.seat.services.codes.shifts.values())
        self.line.given.connect(self._read)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The lines that ask something."""
        return self.line, self.patrol.skip_line, self.patrol.finding_line

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the patrol's keys do."""
        return {
            "wall_patrol": self.choose, "wall_patrol_skip": self.patrol.ask_skip, "wall_patrol_find": self.patrol.ask_finding,
        }  # fmt: skip

    def choose(self) -> None:
        """Choose a patrol, or let the one under way wait or go on."""
        if self.patrol.walk is not None:
            self.patrol.pause_or_go_on()
        else:
            menu = QMenu(self.line.parentWidget())
            self.fill(menu)
            self.popped.emit(menu)

    def refresh(self) -> None:
        """Ask which plans there are, and for a walk that was broken off."""
        self.patrol.refresh()
        self._host.seat.work.ask(self, self._plans.plans, self._show, self._host.seat.actor, failed=self._say)

    def fill(self, menu: QMenu) -> None:
        """Offer the patrols, and to whoever plans what becomes of plans."""
        self.offer(menu)
        if may_plan(self._host.seat.actor):
            menu.addAction(label_text(tr("New patrol plan …")), self.ask_new)
            if self.plans:
                change, away = menu.addMenu(label_text(tr("Change a patrol plan"))), menu.addMenu(label_text(tr("Take a patrol plan away")))
                for plan in self.plans:
                    change.addAction(label_text(plan.name), lambda plan=plan: self.ask_change(plan))
                    away.addAction(label_text(plan.name), lambda plan=plan: self._remove(plan))

    def offer(self, menu: QMenu) -> None:
        """The patrols themselves, those of this shift first; while one is under way, to wait and to end."""
        if self.patrol.walk is not None:
            menu.addAction(label_text(tr("Patrol waits or goes on ({key})", key=shown("wall_patrol"))), self.patrol.pause_or_go_on)
            menu.addAction(label_text(tr("End the patrol")), self.patrol.end)
            return
        shifts = self._host.seat.services.codes.shifts
        now = self._patrols.shift(self._host.seat.actor).code
        for plan in sorted(self.plans, key=lambda plan: plan.shift != now):
            shift = shifts[plan.shift].named(language()) if plan.shift in shifts else ""
            count, minutes = len(plan.route), -(-plan.planned_s // 60)
            words = tr("Patrol {name}  ({shift}, {n} cameras, {minutes} min)", name=plan.name, shift=shift, n=count, minutes=minutes)
            menu.addAction(label_text(words), lambda plan=plan: self.patrol.begin(plan))
        if not self.plans:
            menu.addAction(label_text(tr("No patrol plan yet: shift leader or video operator write one"))).setEnabled(False)

    def ask_new(self) -> None:
        """Ask for a new plan, for the present shift."""
        self.line.ask(None, "", self._patrols.shift(self._host.seat.actor).code)

    def ask_change(self, plan: PatrolPlan) -> None:
        """Show a plan to be changed."""
        self._host.seat.work.ask(self, self._know, self._show_known, plan, failed=self._say)

    def _know(self, plan: PatrolPlan) -> _Known:  # in a reading thread
        walls = self._host.seat.services.walls
        ids = {stop.camera_id for stop in plan.route}
        return _Known(plan, walls.cameras(self._host.seat.actor, ids) if walls is not None else ())

    @Slot(object)
    def _show_known(self, known: _Known) -> None:
        digits = {camera.id: digits_of(camera.code) for camera in known.cameras}
        stops = (write_stop(digits[stop.camera_id], stop) for stop in known.plan.route if stop.camera_id in digits)
        self.line.ask(known.plan, " ".join(stops), known.plan.shift)

    @Slot()
    def _read(self) -> None:
        try:
            stops = read_stops(self.line.stops.text(), self.line.dwell.value())
        except ConsoleError as wrong:
            self.line.say(refusal(wrong))
            return
        self._host.seat.work.ask(self, self._find, self._keep, stops, failed=self._say)

    def _find(self, stops: tuple[NamedStop, ...]) -> _Typed:  # in a reading thread
        ask, actor = self._host.seat.services.ask, self._host.seat.actor
        cameras = {digits: numbered(ask.cameras(actor, digits), digits) for digits in {stop.digits for stop in stops}}
        return _Typed(tuple((stop, cameras[stop.digits]) for stop in stops))

    @Slot(object)
    def _keep(self, typed: _Typed) -> None:
        for stop, cameras in typed.found:
            if len(cameras) != 1:
                said = tr("{n} cameras end in {digits}: type more digits", n=len(cameras), digits=stop.digits)
                self.line.say(said if cameras else tr("No camera has the number {digits}", digits=stop.digits))
                return
        route = tuple(PlanStop(cameras[0].id, stop.dwell_s, stop.preset) for stop, cameras in typed.found)
        wish = PlanWish(self.line.name.text(), self.line.shift.code, route)
        if self.line.plan is None:
            self._tell(self._plans.keep, self._kept, wish)
        else:
            self._tell(self._plans.change, self._kept, self.line.plan.id, self.line.plan.version, wish)

    @Slot(object)
    def _kept(self, plan: PatrolPlan) -> None:
        self.line.hide()
        self._host.seat.said.emit(tr("The patrol plan {name} is kept", name=plan.name))
        self.refresh()

    def _remove(self, plan: PatrolPlan) -> None:
        self._tell(self._plans.remove, self._removed, plan.id, plan.version)

    @Slot(object)
    def _removed(self, _nothing: None) -> None:
        self._host.seat.said.emit(tr("The patrol plan is taken away"))
        self.refresh()

    @Slot(object)
    def _show(self, plans: tuple[PatrolPlan, ...]) -> None:
        self.plans = plans

    def _tell(self, operation: object, then: object, *values: object) -> None:
        self._host.seat.work.tell(self, operation, then, self._say, self._host.seat.actor, *values)  # type: ignore[arg-type]

    @Slot(object)
    def _say(self, error: Exception) -> None:
        if not isinstance(error, ConsoleError):
            self._host.seat.work.failed.emit(error)
        elif self.line.isVisible():
            self.line.say(refusal(error))
        else:
            self._host.seat.said.emit(refusal(error))
