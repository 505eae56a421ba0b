"""A plugin as the console knows it: what its manifest says, what was set, how it fares. Nothing here runs one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from console.domain.errors import ConsoleError, Invalid
from console.domain.texts import check_text

API = 1  # what this console speaks with plugins; one that wants a later version is too new
ADMINISTRATOR = "R22"
SETTING_MAX, LINES_MAX = 500, 20_000

Kind = Literal["text", "secret", "number", "flag", "file", "lines", "choice"]
Life = Literal["always", "once"]
State = Literal["found", "off", "starting", "running", "failed", "too_new"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LIVES: tuple[Life, ...] = get_args(Life)
Value = str | int | float | bool


@dataclass(frozen=True)
class Named:
    """A text in both languages."""

    zh: str
    en: str

    def named(self, language: str) -> str:
        """The text in one of them."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Setting:
    """One field of a plugin's form; `choices` are those of the kind "choice"."""

    name: str
    label: Named
    kind: Kind
    default: Value = ""
    is_needed: bool = False
    choices: tuple[tuple[str, Named], ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What a plugin says of itself without running; `life` "once" ends when its work is done, "always" never does."""

    id: str
    api: int
    name: Named
    gives: tuple[str, ...]
    life: Life = "always"
    settings: tuple[Setting, ...] = ()
    words: Mapping[str, Named] = field(default_factory=dict, hash=False)

    @property
    def is_too_new(self) -> bool:
        """Whether it wants a later console."""
        return self.api > API

    @property
    def secrets(self) -> frozenset[str]:
        """The settings that are kept sealed and never shown."""
        return frozenset(setting.name for setting in self.settings if setting.kind == "secret")


@dataclass(frozen=True)
class Note:
    """Something a plugin said: a code of its manifest's words with facts; a warning waits for a person."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    is_warning: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Health:
    """How a plugin's process fares; `reason` says why it failed, `wait_s` when it is tried again."""

    state: State
    reason: ConsoleError | None = None
    wait_s: float = 0.0
    starts: int = 0
    garbage: int = 0


@dataclass(frozen=True)
class Found:
    """A folder in which there is a plugin, with its manifest or with what is wrong in it."""

    id: str
    manifest: Manifest | None
    health: Health


@dataclass(frozen=True)
class Plugin:
    """What was set for a plugin: the centre it belongs to, whether it is on, its settings; secrets are sealed."""

    id: int
    name: str
    centre_id: int
    is_on: bool
    settings: dict[str, Value]
    sealed: str
    changed_by: int
    changed_at: datetime
    version: int = 1

    def __repr__(self) -> str:
        """Without the settings: an address may be one of them."""
        return f"Plugin({self.name}, {'on' if self.is_on else 'off'})"


def check_values(manifest: Manifest, values: Mapping[str, object]) -> dict[str, Value]:
    """The values of a form in the kinds the manifest asks for. Raises Invalid, naming the setting."""
    known = {setting.name for setting in manifest.settings}
    for name in values:
        if name not in known:
            raise Invalid(name, "unknown_field", value=name)
    return {setting.name: _value(setting, values.get(setting.name, setting.default)) for setting in manifest.settings}


def lacking(manifest: Manifest, values: Mapping[str, object]) -> tuple[Setting, ...]:
    """The needed settings that are empty."""
    return tuple(one for one in manifest.settings if one.is_needed and values.get(one.name) in ("", None))


def _value(setting: Setting, value: object) -> Value:
    if setting.kind == "flag":
        return value is True or str(value).lower() in ("true", "1", "yes")
    if setting.kind == "number":
        return _number(setting, value)
    text = str(value if value is not None else "").strip()
    check_text(setting.name, text, LINES_MAX if setting.kind == "lines" else SETTING_MAX)
    if setting.kind == "choice" and text not in {code for code, _ in setting.choices}:
        raise Invalid(setting.name, "unknown_code", value=text[:40])
    return text


def _number(setting: Setting, value: object) -> int | float:
    try:
        number = float(str(value if value not in ("", None) else setting.default or 0))
    except ValueError as wrong:
        raise Invalid(setting.name, "not_a_number", value=str(value)[:40]) from wrong
    if not -1e9 < number < 1e9:
        raise Invalid(setting.name, "not_a_number", value=str(value)[:40])
    return int(number) if number.is_integer() else number
