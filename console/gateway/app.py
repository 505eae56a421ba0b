"""The gateway's app: its parts, its routes, its outer wall."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from console.gateway import refusals
from console.gateway.live import Live
from console.gateway.parts import Lots, Parts, Turns
from console.gateway.routes import account, codes, live, pages, people, photos, reports, tasks
from console.gateway.shield import Shield

# As many as the store has connections for readers; more would only wait for one with a thread in hand.
THREADS = 16
ABOUT = """Phones of grid workers send reports and photos; desks of departments see their tasks and answer them.

Sign in with `/api/sign-in` (cookie, and `X-CSRF-Token` on every POST) or `/api/devices` (bearer token).
Every refusal is `{"error": {"code", "field", "message", "message_en", "facts"}}`.
Sending a report or an answer again with the same `key` and the same body is harmless."""


def build(parts: Parts) -> FastAPI:
    """The app over these parts; `serve.Gateway` runs it."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        app.state.turns = Turns(parts.tries)
        app.state.lots = Lots(parts)
        app.state.live.open()
        yield
        app.state.live.close()

    app = FastAPI(
        title="Command console gateway", version="1", description=ABOUT, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=lifespan, redirect_slashes=False,
    )  # fmt: skip
    app.state.parts = parts
    app.state.live = Live(parts.feed, parts.ask, parts.people)
    app.state.pages = pages.Pages(parts.web, parts.words)
    refusals.install(app, parts.words)
    for routes in (reports, tasks, photos, people, account, codes, live, pages):  # what comes most is found first
        app.include_router(routes.router)
    app.add_middleware(Shield, words=parts.words, hosts=parts.hosts, secure=parts.secure)
    return app


__all__ = ["Parts", "build"]
