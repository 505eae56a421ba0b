"""JSON read strictly: one meaning or none, so that no two readers can differ about a report."""

import json
from collections.abc import Callable, Coroutine
from typing import NoReturn

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from console.gateway.refusals import Bounced

Handler = Callable[[Request], Coroutine[object, object, Response]]


class StrictRequest(Request):
    """A request whose JSON has no name twice, no NaN and no broken text."""

    async def json(self) -> object:
        """The body. Raises HTTPException 400 caused by Bounced("bad_json")."""
        try:
            return json.loads((await self.body()).decode(), object_pairs_hook=_object, parse_constant=_no_constant)
        except Bounced as wrong:
            raise HTTPException(wrong.status) from wrong
        except (ValueError, RecursionError) as wrong:
            raise HTTPException(400) from Bounced(400, "bad_json", "body", problem=str(wrong)[:200])


class StrictRoute(APIRoute):
    """A route that reads its JSON strictly and refuses a body of another kind with 415."""

    def get_route_handler(self) -> Handler:
        """The usual handler, given a strict request."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if self.body_field is not None and kind != "application/json":
                raise Bounced(415, "needs_json", "body", value=kind[:60])
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise Bounced(400, "name_twice", name[:60])
        found[name] = value
    return found


def _no_constant(name: str) -> NoReturn:
    raise Bounced(400, "bad_json", "body", problem=name)
