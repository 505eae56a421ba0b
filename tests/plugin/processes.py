"""What tests of plugins share: folders with a plugin in them, an ear, and a look whether a process group is gone."""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil

MANIFEST = 'id = "{name}"\napi = {api}\ngives = ["cameras"]\nlife = "{life}"\n[name]\nzh = "试"\nen = "Trial"\n'


def plugin(
    root: Path, name: str, body: str, *, api: int = 1, life: str = "always", more: str = "", gives: tuple[str, ...] = ("cameras",),
) -> Path:  # fmt: skip
    """A plugin whose module is this text."""
    folder = root / name
    folder.mkdir(parents=True)
    manifest = MANIFEST.format(name=name, api=api, life=life).replace('["cameras"]', json.dumps(gives))
    (folder / "plugin.toml").write_text(manifest + more, encoding="utf-8")
    (folder / "__init__.py").write_text(body, encoding="utf-8")
    return folder


class Ear:
    """Keeps what plugins say."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Mapping[str, object]]] = []
        self._lock = threading.Lock()

    def __call__(self, name: str, message: Mapping[str, object]) -> None:
        with self._lock:
            self.heard.append((name, message))

    def notes(self) -> list[str]:
        """The codes of what was noted."""
        with self._lock:
            return [str(message["code"]) for _, message in self.heard if message.get("say") == "note"]

    def rows(self) -> list[Mapping[str, object]]:
        """Every camera that was reported."""
        with self._lock:
            return [row for _, message in self.heard if message.get("say") == "cameras" for row in message["rows"]]  # type: ignore[attr-defined]


def group(pgid: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for process in psutil.process_iter(["pid", "status"]):
        try:
            if os.getpgid(process.pid) == pgid and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except ProcessLookupError:
            continue
    return found
