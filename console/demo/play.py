"""The demo as a whole: a city in its own database, real cameras, and a field and departments that live on the gateway."""

import random
import tomllib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType

from console import app
from console.config import Config
from console.demo import prepare, shifts
from console.demo.cameras import DemoCameras
from console.demo.land import COUNTY_CODE, Scale
from console.demo.pace import Account, Pace
from console.demo.prepare import Progress
from console.demo.recorder import DemoRecorder, tell_recorder
from console.demo.register import CAMERA_TOWN, hall_numbers
from console.demo.texts import Texts
from console.demo.year import CASES
from console.domain.clock import SystemClock
from console.domain.codes import Codes
from console.domain.errors import Invalid
from console.domain.people import Actor, User
from console.domain.place import Grid
from console.service.people import Session
from console.service.sealer import Sealer
from console.store.files import Files
from console.store.find import places
from console.store.scope import Scope
from console.store.store import Store

SEED = 20261123
DUTY, LEADER = "duty", "leader"
WORKERS = 40  # who report by themselves; the others are there to sign in as
LIVELY = 4  # cameras at full rate; the others send few pictures a second, so that two processors carry sixteen
SEALED_AT_ONCE = 20_000
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Wishes:
    """What the demo is asked for: seed, size, how lively its field is, how many reports its morning and cases its year had."""

    seed: int = SEED
    pace: Pace = field(default_factory=Pace)
    morning: int = 60
    scale: Scale = "county"
    cases: int = CASES


def unheard(text: str, share: float) -> None:
    """Progress nobody asked for."""


class Demo:
    """The running demo; a `with` block opens the city, `live` lets it live, and all ends in reverse, also when a later part refuses."""

    def __init__(self, config: Config, wishes: Wishes, say: Callable[[str], None], progress: Progress = unheard) -> None:
        """`say` hears where the demo is reached, `progress` how far its preparation has come."""
        # Everybody knows the demo's password, so its gateway is reached from this machine only.
        self._config = replace(config, gateway_host=LOOPBACK)
        self._wishes, self._say, self._progress = wishes, say, progress
        self._folder = app.RESOURCES / "demo"
        self._ends = ExitStack()
        self.password, self.factor = self._word("word"), self._word("second_factor")
        self.base = ""

    def __enter__(self) -> "Demo":
        with ExitStack() as ends:
            store = app.open_store(self._config)
            closing = ends.enter_context(ExitStack())
            closing.callback(store.close)
            wishes = self._wishes
            plan = prepare.Plan(
                wishes.seed, self.password, wishes.morning, scale=wishes.scale, cases=wishes.cases, factor=self.factor,
            )  # fmt: skip
            files = Files(self._config.folder / "files")
            prepare.prepare(store, app.RESOURCES, Codes.load(app.RESOURCES / "codes"), files, plan, say=self._progress, seal=self._seal)
            names = hall_numbers(wishes.scale)
            cameras = ends.enter_context(DemoCameras(names, slow=names[LIVELY:]))
            prepare.tell_cameras(store, {name: (cameras.url(name, "sub"), cameras.url(name, "main")) for name in names})
            recordings = (self._config.folder / "recordings").absolute()
            tell_recorder(store, recordings, names)
            ends.enter_context(DemoRecorder(recordings, {name: cameras.url(name) for name in names}))
            parts = app.build(self._config, store)
            closing.pop_all()  # from here on what runs closes the store
            self.running = app.start(parts, gateway=True)
            ends.callback(self.running.stop)
            self.base = f"http://{LOOPBACK}:{self.running.gateway_port}"
            self._texts = Texts.load(self._folder / "texts.toml")
            self._ends = ends.pop_all()
        self._say(f"{self.base}/  grid001 · d10 · duty  ({self.password})")
        self._say(f"director · admin · auditor · approver  ({self.password} + TOTP {self.factor})")
        return self

    def live(self) -> None:
        """Let the gateway answer, and field and departments begin; until then the city lies still."""
        self.running.answer()
        self._man_the_hall()
        self._start_field()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ends.close()

    def _seal(self, store: Store) -> None:
        """Seal a whole year at once, with the key the console goes on with."""
        config = self._config
        with ExitStack() as ends:
            if config.seal_database:
                store = Store.open(config.seal_database, readers=2)
                ends.callback(store.close)
            Sealer(store, SystemClock(), lambda: app.seal_key(config)).round(SEALED_AT_ONCE)

    def sign_in(self) -> Session:
        """The demo's duty officer, signed in as anyone else is."""
        parts = self.running.parts
        return parts.people.sign_in(DUTY, self.password, seat=parts.config.seat)

    def _word(self, name: str) -> str:
        path = self._folder / "demo.toml"
        try:
            return str(tomllib.loads(path.read_text(encoding="utf-8"))[name])
        except (OSError, KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
            raise Invalid(path.name, "broken_file", problem=str(broken)) from broken

    def _man_the_hall(self) -> None:
        parts = self.running.parts
        session = parts.people.sign_in(LEADER, self.password, seat=parts.config.seat)
        shifts.fill(parts.admin, session.actor, parts.clock.now())
        parts.people.sign_out(session)

    def _start_field(self) -> None:
        from console.demo.field import Field

        parts = self.running.parts
        people = self._people()
        if not people:
            return
        # Forty passwords checked one after the other would keep the processor busy while the window opens.
        county = parts.ground().by_division[COUNTY_CODE].id
        desks = [self._account(user) for user in people if user.roles == ("R09",) and user.centre_id == county]
        seed = self._wishes.seed
        living = Field(self.base, self._texts, self._wishes.pace, seed=seed, photos=self._folder / "photos")
        self._ends.callback(living.stop)
        living.start(self._workers(people), desks)

    def _people(self) -> tuple[User, ...]:
        """Everybody of the county the demo opens in; a city's twenty thousand would be read for nothing."""
        parts = self.running.parts
        if not self._wishes.pace.reports_per_min and not self._wishes.pace.step_s:
            return ()
        county = parts.ground().by_division[COUNTY_CODE]
        with parts.store.read() as unit:
            return places.people(unit, Scope(Actor(0, "demo", 0, county.id, county.path, frozenset({"R16"}))))

    def _account(self, user: User, grid: Grid | None = None, area: str = "") -> Account:
        """A signed-in account, by token."""
        parts = self.running.parts
        centre = parts.ground().centres[user.centre_id]
        place = (user.org_id, user.centre_id, centre.path)
        actor = Actor(user.id, user.name, *place, frozenset(user.roles), login=user.login, level=centre.level)
        return Account(user.login, self.password, grid, area, parts.people.device_token(actor, "demo").token)

    def _workers(self, people: tuple[User, ...]) -> list[Account]:
        """Half of them near the cameras, so that many a report has a camera to look through."""
        ground = self.running.parts.ground()
        town = next(area.code for area in ground.divisions.values() if area.name == CAMERA_TOWN and area.parent == COUNTY_CODE)
        workers = [user for user in people if user.grid]
        random.Random(self._wishes.seed).shuffle(workers)
        near = [user for user in workers if user.grid.startswith(town[:9])][: WORKERS // 2]
        far = [user for user in workers if not user.grid.startswith(town[:9])][: WORKERS - len(near)]
        grids = [ground.grids[user.grid] for user in (*near, *far)]
        return [
            self._account(user, grid, ground.divisions[grid.division].name) for user, grid in zip((*near, *far), grids, strict=True)
        ]
