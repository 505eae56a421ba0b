"""What the program on the screen is given by whoever starts it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from console.domain.words import Words
from console.service.feed import Feed
from console.service.people import People, Session
from console.service.verify import JournalState
from console.ui.seat import Services


class Settings(Protocol):
    """What the screens take from the configuration."""

    language: str
    look: str
    seat: str

    @property
    def folder(self) -> Path:
        """The data folder."""
        ...


@dataclass(frozen=True)
class Door:
    """What signing in and staying informed need.

    `journal` says whether it is whole, `demo_sign_in` is there in the demonstration only; `behind` starts what may wait until the
    window stands.
    """

    people: People
    feed: Feed
    words: Mapping[str, Words]
    services: Services
    resources: Path
    demo_sign_in: Callable[[], Session] | None = None
    journal: Callable[[], JournalState] = lambda: "fine"
    behind: Callable[[], None] = lambda: None
