"""Signing in and out, tokens of programs, and who I am."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from console.domain.case import CASE_FLOW
from console.domain.people import Actor
from console.domain.place import Grid
from console.domain.task import TASK_FLOW
from console.gateway import auth
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here, Parts, Queue, Turns
from console.gateway.routes import refusals
from console.gateway.routes.account import guarded
from console.gateway.shapes import DeviceWish, SignIn
from console.gateway.strict import StrictRoute
from console.gateway.views import Me, Token, grid_name, named
from console.service.people import Session

router = APIRouter(route_class=StrictRoute, tags=["people"])
GRIDS = 200


@router.post("/api/sign-in", summary="Sign in and get a session cookie", responses=refusals(403, 408, 413, 415, 429))
async def sign_in(request: Request, response: Response, here: Here, turns: Queue, wish: SignIn) -> Me:
    """Open a session; the cookie is HttpOnly, the CSRF word is in the answer."""
    session = await _try(request, here, turns, wish)
    lasts_s = int((session.expires_at - here.clock.now()).total_seconds())
    auth.remember(response, session, secure=here.secure, lasts_s=lasts_s)
    return me(here, session)


@router.post("/api/devices", summary="Get a token for a program", status_code=201, responses=refusals(403, 408, 413, 415, 429))
async def device(request: Request, here: Here, turns: Queue, wish: DeviceWish) -> Token:
    """Sign in and give a bearer token that lasts 180 days; the password need not be kept."""
    session = await _try(request, here, turns, SignIn(login=wish.login, password=wish.password, code=wish.code, kind="desk"))
    address = request.client.host if request.client else ""
    token = await run_in_threadpool(here.people.device_token, session.actor, wish.name or "device", address)
    await run_in_threadpool(here.people.sign_out, session)
    return Token(token=token.token, expires_at=token.expires_at)


@router.post("/api/sign-out", summary="End the session", status_code=204, responses=refusals(403))
async def sign_out(request: Request, here: Here, session: Writer) -> Response:
    """End the session and its streams; the token is worth nothing from now on."""
    await run_in_threadpool(here.people.sign_out, session)
    request.app.state.live.hang_up(session.token)
    response = Response(status_code=204)
    auth.forget(response, secure=here.secure)
    return response


@router.get("/api/me", summary="Who am I", responses=refusals())
def who(here: Here, session: Reader) -> Me:
    """The signed-in person, the roles, the CSRF word, and the grids to choose from."""
    return me(here, session)


@router.get("/api/health", summary="Whether the gateway answers", include_in_schema=False)
async def health() -> dict[str, bool]:
    """Say that the gateway answers."""
    return {"ok": True}


async def _try(request: Request, here: Parts, turns: Turns, wish: SignIn) -> Session:
    address = request.client.host if request.client else ""

    def sign_in() -> Session:
        return here.people.sign_in(wish.login, wish.password, seat=wish.kind, kind=wish.kind, code=wish.code, address=address)

    return await guarded(request, turns, wish.login, sign_in)


def me(here: Parts, session: Session) -> Me:
    """What a page needs to know of its session."""
    actor = session.actor
    known = here.codes_for(actor).roles
    roles = [named(known.get(code), code) for code in sorted(actor.roles)]
    return Me(
        user_id=actor.user_id, login=actor.login, name=actor.name, roles=roles, grid=actor.grid,
        grids=[grid_name(grid) for grid in grids_near(here, actor)], may_report=_may(actor, "submit"),
        has_desk=_may(actor, "sign") or _may(actor, "verified"), csrf=session.csrf, expires_at=session.expires_at, now=here.clock.now(),
    )  # fmt: skip


def grids_near(here: Parts, actor: Actor) -> list[Grid]:
    """The actor's own grid and those around it: of the same village, else of the whole area."""
    grids = here.reports.ground.grids
    own = grids.get(actor.grid)
    if own is None:
        return []
    return sorted((grid for grid in grids.values() if grid.division == own.division), key=lambda grid: grid.code)[:GRIDS]


def _may(actor: Actor, action: str) -> bool:
    """Whether the roles allow an act at all; whether a record allows it, its verbs say."""
    steps = [step for flow in (CASE_FLOW, TASK_FLOW) for step in flow.steps if step.action == action and step.via != "task"]
    return any(step.open_to(actor) for step in steps)


