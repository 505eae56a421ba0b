"""Settings: one frozen record from a TOML file and the environment; every field says what it means and what it may be."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path

from console.domain.account import Rules
from console.domain.errors import Invalid


def _setting(default: object, label: str, *, unit: str = "", least: float | None = None, most: float | None = None) -> object:
    return field(default=default, metadata={"label": label, "unit": unit, "least": least, "most": most})


def home_folder() -> Path:
    """Where a user's data lie by default ($XDG_DATA_HOME, else ~/.local/share)."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "command-console"


@dataclass(frozen=True)
class Config:
    """All settings. File keys are the field names; the environment's are CONSOLE_ and the name in capitals."""

    data: str = _setting("", "Folder of the database, photos and layouts")  # type: ignore[assignment]
    database: str = _setting("", "SQLAlchemy address of the database; empty is SQLite in the data folder")  # type: ignore[assignment]
    language: str = _setting("zh_CN", "Language of the screens: zh_CN or en")  # type: ignore[assignment]
    look: str = _setting("day", "Look of the screens: day or night")  # type: ignore[assignment]
    seat: str = _setting("A1", "Name of this seat in the hall")  # type: ignore[assignment]
    gateway: bool = _setting(True, "Whether the gateway for phones and desks runs inside this console")  # type: ignore[assignment]
    gateway_host: str = _setting("127.0.0.1", "Address the gateway listens on")  # type: ignore[assignment]
    gateway_port: int = _setting(8080, "Port the gateway listens on; 0 takes a free one", least=0, most=65535)  # type: ignore[assignment]
    seal_database: str = _setting("", "SQLAlchemy address the sealer uses; empty is that of the database")  # type: ignore[assignment]
    seal_key: str = _setting("file", "Where the sealing key lies: file (in the data folder) or keyring")  # type: ignore[assignment]
    recall_urgent_s: float = _setting(3.0, "Recall window of P1 dispatches", unit="s", least=0, most=60)  # type: ignore[assignment]
    recall_s: float = _setting(8.0, "Recall window of other dispatches", unit="s", least=0, most=120)  # type: ignore[assignment]
    password_least: int = _setting(10, "Least letters of a password", least=10, most=64)  # type: ignore[assignment]
    password_days: int = _setting(0, "Days a password lasts; 0 for ever", unit="days", least=0, most=3650)  # type: ignore[assignment]
    lock_after: int = _setting(5, "Wrong tries that lock an account", least=3, most=5)  # type: ignore[assignment]
    lock_min: int = _setting(15, "Minutes until a locked account opens by itself", unit="min", least=5, most=1440)  # type: ignore[assignment]
    video_workers: int = _setting(1, "Video worker processes at the start", least=1, most=8)  # type: ignore[assignment]

    @property
    def folder(self) -> Path:
        """The data folder."""
        return Path(self.data).expanduser() if self.data else home_folder()

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.database or f"sqlite:///{self.folder / 'console.db'}"

    @property
    def account_rules(self) -> Rules:
        """What is demanded of accounts."""
        return Rules(least=self.password_least, days=self.password_days, lock_after=self.lock_after, lock_min=self.lock_min)

    @property
    def recall(self) -> dict[str, float]:
        """The recall window of each priority, in seconds."""
        return {"P1": self.recall_urgent_s, "P2": self.recall_s, "P3": self.recall_s, "P4": self.recall_s}


def load(path: Path | None, environment: Mapping[str, str], **given: object) -> Config:
    """Settings from a file, over them the environment, over both what was given.

    Raises Invalid, naming the setting and what it may be, for an unknown name,
    a wrong type or a value out of range; a missing file only when it was named.
    Other variables that begin with CONSOLE_ are left alone: they may be others'.
    """
    values = _from_file(path) if path is not None else {}
    known = {f.name: f for f in fields(Config)}
    for name in known:
        said = environment.get(f"CONSOLE_{name.upper()}")
        if said is not None:
            values[name] = said
    values |= {name: value for name, value in given.items() if value is not None}
    for name in values:
        if name not in known:
            raise Invalid(name, "unknown_setting", known=", ".join(known))
    return Config(**{name: _checked(known[name], value) for name, value in values.items()})  # type: ignore[arg-type]


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as absent:
        raise Invalid("config", "no_settings_file", path=str(path)) from absent
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise Invalid("config", "broken_file", problem=f"{path}: {broken}") from broken


CHOICES = {"language": ("zh_CN", "en"), "look": ("day", "night"), "seal_key": ("file", "keyring")}


def _checked(setting: "Field[object]", value: object) -> object:
    name = setting.name
    if name in CHOICES and value not in CHOICES[name]:
        raise Invalid(name, "setting_choice", value=value, known=", ".join(CHOICES[name]))
    if isinstance(setting.default, bool):
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("1", "true", "yes", "0", "false", "no"):
            return str(value).lower() in ("1", "true", "yes")
        raise Invalid(name, "setting_type", value=value, known="true, false")
    if isinstance(setting.default, int | float):
        return _number(setting, value)
    if not isinstance(value, str) or "\0" in value:
        raise Invalid(name, "setting_type", value=value, known="text")
    return value


def _number(setting: "Field[object]", value: object) -> int | float:
    kind = type(setting.default)
    least, most = setting.metadata["least"], setting.metadata["most"]
    try:
        if isinstance(value, bool) or (kind is int and isinstance(value, float)):
            raise ValueError
        number = kind(value)  # type: ignore[call-overload]
    except (TypeError, ValueError) as wrong:
        known = "whole number" if kind is int else "number"
        raise Invalid(setting.name, "setting_type", value=value, known=known) from wrong
    if not least <= number <= most:
        unit = f" {setting.metadata['unit']}".rstrip()
        raise Invalid(setting.name, "setting_range", value=value, least=least, most=most, unit=unit)
    assert isinstance(number, int | float)
    return number
