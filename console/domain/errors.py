"""What can go wrong, as codes; the words for people live in `resources/i18n` and are found by `words.py`."""


class ConsoleError(Exception):
    """An answer the program gives on purpose: a code and the facts its sentence needs."""

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts

    def __str__(self) -> str:
        inside = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        where = f" [{self.field}]" if self.field else ""
        return f"{self.code}{where}({inside})"


class Invalid(ConsoleError):
    """A value that came in cannot be taken: the field and the problem are named."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(code, field, **facts)


class Refused(ConsoleError):
    """A rule of the handbook forbids this act now."""


class Denied(ConsoleError):
    """The actor lacks the right for this act on something the actor may see."""


class Missing(ConsoleError):
    """There is no such thing, or none the actor may know of; the two are told apart nowhere."""

    def __init__(self, kind: str, ref: object) -> None:
        super().__init__("missing", None, kind=kind, ref=ref)


class Stale(ConsoleError):
    """Somebody else changed the record first."""

    def __init__(self, kind: str, ref: object, *, by: str = "", at: str = "") -> None:
        super().__init__("stale", "version", kind=kind, ref=ref, by=by, at=at)


class KeyReused(ConsoleError):
    """The sender's key was used before for another body."""

    def __init__(self, key: str) -> None:
        super().__init__("key_reused", "key", key=key)


class Unavailable(ConsoleError):
    """Something outside does not answer now; trying again later may help."""
