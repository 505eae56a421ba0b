"""The demo as a whole: a county in its own database, real cameras, and a field and departments that live on the gateway."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from console import app
from console.config import Config
from console.demo import prepare
from console.demo.cameras import DemoCameras
from console.demo.city import CAMERAS
from console.demo.field import Account, Field, Pace
from console.demo.texts import Texts
from console.domain.codes import Codes
from console.domain.people import system_actor
from console.service.people import Session
from console.store.files import Files
from console.store.find import places
from console.store.scope import Scope

SEED = 20261123
DUTY = "duty"
WORKERS = 40  # who report by themselves; the others are there to sign in as


@dataclass(frozen=True)
class Wishes:
    """What the demo is asked for: its seed, and how many reports a minute its field sends."""

    seed: int = SEED
    reports_per_min: float = 2.0


class Demo:
    """The running demo; a `with` block starts everything and ends it in reverse."""

    def __init__(self, config: Config, wishes: Wishes, say: Callable[[str], None]) -> None:
        self._config, self._wishes, self._say = config, wishes, say
        self._folder = app.RESOURCES / "demo"
        self._cameras = DemoCameras(tuple(code for code, *_ in CAMERAS))
        self._field: Field | None = None
        self.password = str(tomllib.loads((self._folder / "demo.toml").read_text(encoding="utf-8"))["word"])

    def __enter__(self) -> "Demo":
        store = app.open_store(self._config)
        try:
            plan = prepare.Plan(self._wishes.seed, self.password)
            files = Files(self._config.folder / "files")
            prepare.prepare(store, app.RESOURCES, Codes.load(app.RESOURCES / "codes"), files, plan, self._say)
            self._cameras.start()
            urls = {code: (self._cameras.url(code, "sub"), self._cameras.url(code, "main")) for code, *_ in CAMERAS}
            prepare.tell_cameras(store, urls)
            self.running = app.start(app.build(self._config, store), gateway=True)
        except BaseException:
            self._cameras.stop()
            store.close()
            raise
        base = f"http://{self._config.gateway_host}:{self.running.gateway_port}"
        self._say(f"{base}/  grid001 · d10 · duty  ({self.password})")
        self._start_field(base)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._field is not None:
            self._field.stop()
        self.running.stop()
        self._cameras.stop()

    def sign_in(self) -> Session:
        """The demo's duty officer, signed in as anyone else is."""
        parts = self.running.parts
        return parts.people.sign_in(DUTY, self.password, seat=parts.config.seat)

    def _start_field(self, base: str) -> None:
        parts = self.running.parts
        with parts.store.read() as unit:
            people = places.people(unit, Scope(system_actor("demo")))
        workers = [user for user in people if user.grid]
        random.Random(self._wishes.seed).shuffle(workers)
        grids = parts.ground.grids
        field = [Account(user.login, self.password, grids[user.grid]) for user in workers[:WORKERS]]
        county = parts.people.sign_in(DUTY, self.password, seat="demo").actor.centre_id
        desks = [Account(user.login, self.password) for user in people if user.roles == ("R09",) and user.centre_id == county]
        pace = Pace(self._wishes.reports_per_min)
        texts = Texts.load(self._folder / "texts.toml")
        self._field = Field(base, texts, pace, seed=self._wishes.seed, photos=self._folder / "photos")
        self._field.start(field, desks)


