"""The stream of hints."""

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from console.gateway.auth import Reader
from console.gateway.live import Live
from console.gateway.routes import refusals

router = APIRouter(tags=["live"])
_STREAM = {
    "description": 'Events `hint` with `{"kind", "ref", "op"}`, `reset` (ask for everything anew), `hello`; ids are places in the journal.',
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}
LastId = Annotated[str, Header(alias="Last-Event-ID", description="The last id heard; what came since is told first.")]


@router.get("/api/live", summary="Hear what changes", response_class=StreamingResponse, responses={200: _STREAM, **refusals(429)})
async def listen(request: Request, session: Reader, last_event_id: LastId = "") -> StreamingResponse:
    """Hints about my unit's tasks and my reports' cases, without end."""
    live = request.app.state.live
    assert isinstance(live, Live)
    ear = await live.join(session)
    return StreamingResponse(live.stream(ear, place(last_event_id)), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def place(last_id: str) -> int | None:
    """The entry a listener heard last; -1, which no entry has, for what is none."""
    if not last_id:
        return None
    return int(last_id) if last_id.isascii() and last_id.isdigit() and len(last_id) < 19 else -1
