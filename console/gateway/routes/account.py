"""One's own account: changing the password, enrolling a second factor, and where one is signed in."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from console.domain.errors import Denied
from console.gateway import auth
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here, Queue, Turns
from console.gateway.routes import refusals
from console.gateway.shapes import Said, Text
from console.gateway.strict import StrictRoute
from console.service.credentials import Proof

router = APIRouter(route_class=StrictRoute, tags=["people"])
T = TypeVar("T")
# Whoever is told one of these has said the right password; it was no guess.
WELL_SAID = ("needs_code", "must_change_password", "needs_enrolment", "has_factor")


class ProofIn(Said):
    """Name, password and, where a second factor is set, its code or a recovery code."""

    login: Annotated[Text, Field(max_length=60, examples=["grid001"])]
    password: Annotated[Text, Field(max_length=200, examples=["correct horse battery"])]
    code: Annotated[Text, Field(max_length=40, description="Of the second factor, or a recovery code.")] = ""

    def proof(self) -> Proof:
        """The same as the services know it."""
        return Proof(self.login, self.password, self.code)


class PasswordIn(ProofIn):
    """A new password of one's own; every session ends and one signs in anew."""

    new_password: Annotated[Text, Field(max_length=200, examples=["three old locust trees"])]


class FactorCode(ProofIn):
    """The first code of an offered second factor."""

    first_code: Annotated[Text, Field(max_length=10, examples=["081804"])]


class Offered(BaseModel):
    """A second factor to put into an authenticator app: the secret, its address, and the address as a QR picture of "1" and "0"."""

    secret: str
    address: str
    picture: list[str]


class RecoveryWords(BaseModel):
    """Codes that stand for a lost second factor, each once; they are told this once."""

    codes: list[str]


class SessionOut(BaseModel):
    """Somewhere one is signed in; `is_this` is the session that asks."""

    name: str
    kind: str
    seat: str
    address: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_this: bool


async def guarded(request: Request, turns: Turns, login: str, call: Callable[[], T]) -> T:
    """Let somebody try a password: not too often, two at once, and a right one does not count."""
    auth.from_here(request)
    address, login = request.client.host if request.client else "", login.lower()
    buckets = ((turns.tries, (login, address)), (turns.tries_of_address, address), (turns.tries_of_account, login))
    for throttle, name in buckets:
        throttle.take(name)
    try:
        async with turns.sign_in:
            answer = await run_in_threadpool(call)
    except Denied as refusal:
        if refusal.code in WELL_SAID:
            for throttle, name in buckets:
                throttle.give_back(name)
        raise
    for throttle, name in buckets:
        throttle.give_back(name)
    return answer


@router.post("/api/password", summary="Change one's password", status_code=204, responses=refusals(403, 408, 413, 415, 429))
async def password(request: Request, here: Here, turns: Queue, wish: PasswordIn) -> Response:
    """Change a password, also one that must be changed before the first session; all sessions of the person end."""
    await guarded(request, turns, wish.login, lambda: here.people.credentials.change_password(wish.proof(), wish.new_password))
    return Response(status_code=204)


@router.post("/api/second-factor", summary="Ask for a second factor", responses=refusals(403, 408, 413, 415, 429))
async def factor(request: Request, here: Here, turns: Queue, wish: ProofIn) -> Offered:
    """Offer a second factor to somebody who has none; it counts once its first code was said."""
    offer = await guarded(request, turns, wish.login, lambda: here.people.credentials.enrol(wish.proof()))
    return Offered(secret=offer.secret, address=offer.address, picture=list(offer.picture))


@router.post("/api/second-factor/confirm", summary="Confirm a second factor", responses=refusals(403, 408, 413, 415, 429))
async def confirm(request: Request, here: Here, turns: Queue, wish: FactorCode) -> RecoveryWords:
    """Say the first code of an offered second factor; the answer holds the recovery codes."""
    codes = await guarded(request, turns, wish.login, lambda: here.people.credentials.confirm_factor(wish.proof(), wish.first_code))
    return RecoveryWords(codes=list(codes))


@router.get("/api/sessions", summary="Where I am signed in", responses=refusals())
def sessions(here: Here, session: Reader) -> list[SessionOut]:
    """Seats, pages and programs of the signed-in person, last used first."""
    return [
        SessionOut(
            name=one.name, kind=one.kind, seat=one.seat, address=one.address, opened_at=one.opened_at, seen_at=one.seen_at,
            expires_at=one.expires_at, is_this=one.name == session.name,
        )
        for one in here.people.own_sessions(session)
    ]  # fmt: skip


@router.post("/api/sessions/{name}/end", summary="End another session of mine", status_code=204, responses=refusals(403, 404))
def end(here: Here, session: Writer, name: Annotated[str, Path(max_length=16)]) -> Response:
    """End a session of one's own, a lost phone's for instance; its token is worth nothing from now on."""
    here.people.end_own(session, name)
    return Response(status_code=204)
