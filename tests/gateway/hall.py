"""A town with a running gateway, and callers who use it over real HTTP."""

import io
import uuid
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import requests
from PIL import Image

from console.domain.words import LANGUAGES, Words
from console.gateway.app import Parts, build
from console.gateway.serve import Gateway
from console.media.photo import PhotoRoom
from console.service.feed import Feed
from console.service.photos import Photos
from console.store.files import Files
from console.store.store import Store
from tests.make import CODES, ROOT, START, USERS, Town

PASSWORD = "correct horse battery"
WORDS = {language: Words.load(ROOT / "resources" / "i18n", language) for language in LANGUAGES}
WEB = ROOT / "resources" / "web"


def picture(colour: str = "red", size: tuple[int, int] = (320, 240)) -> bytes:
    """A JPEG as a phone would send it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


class Caller:
    """Somebody who calls the gateway: a browser's session (cookie and CSRF word) or a program's (bearer token)."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.line = requests.Session()
        self.line.trust_env = False

    def identity(self) -> dict[str, str]:
        """The headers that say who calls, for another client."""
        token = self.line.headers.get("Authorization")
        return {"Authorization": str(token)} if token else {"Cookie": "; ".join(f"{c.name}={c.value}" for c in self.line.cookies)}

    def get(self, path: str, **more: object) -> requests.Response:
        return self.line.get(self.base + path, timeout=20, **more)  # type: ignore[arg-type]

    def post(self, path: str, body: object = None, **more: object) -> requests.Response:
        if body is not None:
            more["json"] = body
        return self.line.post(self.base + path, timeout=30, **more)  # type: ignore[arg-type]

    def sign_in(self, login: str, password: str = PASSWORD, kind: str = "desk") -> requests.Response:
        answer = self.post("/api/sign-in", {"login": login, "password": password, "kind": kind})
        if answer.ok:
            self.line.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return answer

    def with_token(self, login: str) -> "Caller":
        answer = self.post("/api/devices", {"login": login, "password": PASSWORD, "name": "test"})
        assert answer.status_code == 201, answer.text
        self.line.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return self

    def send_photo(self, content: bytes | None = None) -> str:
        answer = self.post("/api/photos", files={"photo": ("photo.jpg", content or picture(), "image/jpeg")})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["sha256"])

    def report(self, **more: object) -> requests.Response:
        return self.post("/api/reports", draft(**more))

    def answer(self, task_id: int, action: str, version: int, **more: object) -> requests.Response:
        return self.post(f"/api/tasks/{task_id}/answer", {"action": action, "version": version, **more})


def draft(**more: object) -> dict[str, object]:
    """A report's JSON, with a key of its own."""
    body: dict[str, object] = {"key": str(uuid.uuid4()), "category": "0601", "text": "井盖缺失，已围挡", "address": "元村镇 仓颉路小学西门"}
    body |= {"lon": 115.201, "lat": 36.101, "datum": "wgs84", "device_at": START.isoformat()}
    return body | more


class Hall:
    """The town and its gateway; `stop` and `start` are a restart that keeps the database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.town = Town(store)
        self.feed = Feed(store)
        self.town.desk.wake = self.feed.wake
        self.feed.start()
        self.room = PhotoRoom()
        town = self.town
        photos = Photos(town.desk, Files(folder / "files"), self.room)
        self.parts = Parts(
            town.people, town.reports, town.intake, town.tasks, photos, town.ask, town.applications, town.supervisions, self.feed,
            CODES, town.clock, WORDS, WEB,
        )  # fmt: skip
        self.app = build(self.parts)
        self.gateway = Gateway(self.app, port=0)
        self.gateway.start()
        self._known: set[str] = set()
        self.callers: list[Caller] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.gateway.port}"

    @cached_property
    def hashed(self) -> dict[str, int]:
        return {user.login: user.id for user in USERS}

    def knows(self, login: str) -> None:
        """Give a person of the town the password."""
        if login not in self._known:
            self.town.people.set_password(self.hashed[login], PASSWORD)
            self._known.add(login)

    def stranger(self) -> Caller:
        """A caller nobody knows."""
        caller = Caller(self.base)
        self.callers.append(caller)
        return caller

    def browser(self, login: str) -> Caller:
        """Somebody signed in with a page's cookie."""
        self.knows(login)
        caller = self.stranger()
        answer = caller.sign_in(login)
        assert answer.status_code == 200, answer.text
        return caller

    def program(self, login: str) -> Caller:
        """Somebody's program with a token."""
        self.knows(login)
        return self.stranger().with_token(login)

    def again(self, port: int = 0, **settings: object) -> None:
        """Restart the gateway, with other settings if given."""
        self.gateway.stop()
        self.parts = replace(self.parts, **settings)
        self.app = build(self.parts)
        self.gateway = Gateway(self.app, port=port)
        self.gateway.start()

    def close(self) -> None:
        for caller in self.callers:
            caller.line.close()
        self.gateway.stop()
        self.feed.stop()
        self.room.close()
