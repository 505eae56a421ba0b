"""What the gateway is made of: the services it calls, and how it shows itself to the net."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request

from console.domain.clock import Clock
from console.domain.codes import Book, Codes
from console.domain.people import Actor
from console.domain.report import Receipt
from console.domain.words import Words
from console.gateway.slots import Slots
from console.gateway.throttle import Buckets, Memory, Throttle
from console.gateway.together import Together
from console.service.applications import Applications
from console.service.ask import Ask
from console.service.feed import Feed
from console.service.intake import Intake
from console.service.people import People, Session
from console.service.photos import Photos
from console.service.reports import Post, Reports
from console.service.supervision import Supervisions
from console.service.tasks import Tasks

log = logging.getLogger(__name__)
ANYWHERE = ("0.0.0.0", "::", "")  # compared with, never bound


class Address(Protocol):
    """The settings of the door, as `config.Config` has them."""

    gateway_host: str

    @property
    def folder(self) -> Path:
        """Where this machine's data lie."""


class Joined(Protocol):
    """Everything below the doors, as `console.app.Parts` has it."""

    config: Address
    people: People
    reports: Reports
    intake: Intake
    tasks: Tasks
    photos: Photos
    ask: Ask
    applications: Applications
    supervisions: Supervisions
    feed: Feed
    codes: Book
    clock: Clock
    words: dict[str, Words]


@dataclass(frozen=True)
class Parts:
    """Services, words and settings of one gateway.

    `hosts` are the names a browser may call it by (addresses in digits are
    always allowed, see `shield.py`); `secure` marks cookies for HTTPS only.
    """

    people: People
    reports: Reports
    intake: Intake
    tasks: Tasks
    photos: Photos
    ask: Ask
    applications: Applications
    supervisions: Supervisions
    feed: Feed
    codes: Book
    clock: Clock
    words: Mapping[str, Words]
    web: Path
    hosts: tuple[str, ...] = ("localhost",)
    secure: bool = False
    tries: Path | None = None

    def codes_for(self, actor: Actor) -> Codes:
        """The code tables of an actor's centre at this instant."""
        return self.codes.of(actor.centre_id)

    @staticmethod
    def of(joined: Joined, web: Path) -> "Parts":
        """The parts a gateway takes from everything that was joined; `web` is the folder of the pages."""
        named = joined.config.gateway_host
        hosts = ("localhost",) if named in ANYWHERE else ("localhost", named)
        return Parts(
            joined.people, joined.reports, joined.intake, joined.tasks, joined.photos, joined.ask, joined.applications,
            joined.supervisions, joined.feed, joined.codes, joined.clock, joined.words, web, hosts,
            tries=joined.config.folder / "tries.map",
        )  # fmt: skip


class Lots:
    """What many callers at once are answered together: whose session a token is, and reports coming in."""

    def __init__(self, parts: Parts) -> None:
        self.sessions: Together[str, Session] = Together(parts.people.sessions)
        self.reports: Together[Post, Receipt] = Together(parts.reports.receive_all)


class Turns:
    """What must not happen too often or too many at once: passwords tried, pictures decoded.

    Both would otherwise hold every thread of the door; whoever waits here
    waits without a thread. Failed sign-ins count per account and address, per
    address and per account, so that neither guessing nor locking others out
    gets far.
    """

    def __init__(self, tries: Path | None = None) -> None:
        kept = _counted_in(tries) if tries is not None else Memory()
        self.sign_in = asyncio.Semaphore(2)
        self.pictures = asyncio.Semaphore(3)
        self.tries = Throttle(burst=5, every_s=240, kept=kept, label="both")
        self.tries_of_address = Throttle(burst=60, every_s=10, kept=kept, label="address")
        self.tries_of_account = Throttle(burst=50, every_s=60, kept=kept, label="account")
        self.uploads = Throttle(burst=60, every_s=0.33)


def _counted_in(file: Path) -> Buckets:
    """The file every gateway of this machine counts in; a process that cannot open it counts for itself."""
    try:
        return Slots(file)
    except OSError as fault:
        log.warning("tries are counted by this process alone: %s", fault)
        return Memory()


async def _parts(request: Request) -> Parts:
    found = request.app.state.parts
    assert isinstance(found, Parts)
    return found


async def _turns(request: Request) -> Turns:
    found = request.app.state.turns
    assert isinstance(found, Turns)
    return found


async def _lots(request: Request) -> Lots:
    found = request.app.state.lots
    assert isinstance(found, Lots)
    return found


Here = Annotated[Parts, Depends(_parts)]
Queue = Annotated[Turns, Depends(_turns)]
Shared = Annotated[Lots, Depends(_lots)]
