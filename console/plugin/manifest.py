"""Reading `plugin.toml`: what a plugin says of itself, known before a line of its code runs."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from console.domain.errors import ConsoleError, Invalid
from console.domain.plugin import KINDS, LIVES, Found, Health, Manifest, Named, Setting, Value, check_values

FILE = "plugin.toml"
MOST_BYTES = 64 * 1024
GIVES = ("cameras", "online", "streams", "ptz", "records", "snapshots", "alarms")
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. Raises Invalid("manifest", …)."""
    try:
        content = (folder / FILE).read_bytes()
        if len(content) > MOST_BYTES:
            raise Invalid("manifest", "broken_manifest", problem="too large")
        values = tomllib.loads(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid("manifest", "broken_manifest", problem=str(broken)) from broken
    made = _manifest(values)
    if made.id != folder.name:
        raise Invalid("manifest", "broken_manifest", problem=f"id {made.id} in folder {folder.name}")
    return made


def found_in(root: Path) -> tuple[Found, ...]:
    """Every folder with a manifest, by name; a broken one carries its reason."""
    return tuple(_found(path.parent) for path in sorted(root.glob(f"*/{FILE}")))


def _found(folder: Path) -> Found:
    try:
        manifest = read(folder)
    except ConsoleError as wrong:
        return Found(folder.name, None, Health("failed", wrong))
    return Found(manifest.id, manifest, Health("too_new" if manifest.is_too_new else "found"))


def _manifest(values: Mapping[str, object]) -> Manifest:
    identity, api = str(values.get("id", "")), values.get("api")
    if not _ID.fullmatch(identity):
        raise Invalid("manifest", "broken_manifest", problem=f"id {identity[:60]!r}")
    if not isinstance(api, int) or isinstance(api, bool) or api < 1:
        raise Invalid("manifest", "broken_manifest", problem=f"api {api!r}")
    gives, life = _list(values.get("gives")), str(values.get("life", "always"))
    if not gives or life not in LIVES:
        raise Invalid("manifest", "broken_manifest", problem=f"gives {gives}, life {life}")
    name = _named(values.get("name"), "name")
    if api > 1:  # a later console may know more kinds; what is shown of it is its name
        return Manifest(identity, api, name, gives, life)
    if unknown := set(gives) - set(GIVES):
        raise Invalid("manifest", "broken_manifest", problem=f"gives {sorted(unknown)}")
    settings = tuple(_setting(key, entry) for key, entry in _table(values.get("settings"), "settings").items())
    words = {key: _named(entry, key) for key, entry in _table(values.get("words"), "words").items()}
    made = Manifest(identity, api, name, gives, life, settings, words)
    check_values(made, {})
    return made


def _setting(name: str, entry: object) -> Setting:
    values = _table(entry, name)
    kind, default = values.get("type"), values.get("default", "")
    if not _ID.fullmatch(name) or kind not in KINDS:
        raise Invalid("manifest", "broken_manifest", problem=f"setting {name}, type {kind}")
    choices = tuple((code, _named(one, code)) for code, one in _table(values.get("choices"), name).items())
    if not isinstance(default, str | int | float | bool) or (kind == "choice" and not choices):
        raise Invalid("manifest", "broken_manifest", problem=f"setting {name}")
    value: Value = default if kind != "choice" or default else choices[0][0]
    return Setting(name, _named(values.get("label"), name), kind, value, values.get("needed") is True, choices)


def _named(entry: object, where: str) -> Named:
    values = _table(entry, where)
    zh, en = values.get("zh"), values.get("en")
    if not (isinstance(zh, str) and isinstance(en, str) and zh and en):
        raise Invalid("manifest", "broken_manifest", problem=f"{where}: zh, en")
    return Named(zh, en)


def _table(entry: object, where: str) -> dict[str, object]:
    if entry is None:
        return {}
    if not isinstance(entry, dict):
        raise Invalid("manifest", "broken_manifest", problem=where)
    return entry


def _list(entry: object) -> tuple[str, ...]:
    return tuple(str(one) for one in entry) if isinstance(entry, list) else ()
