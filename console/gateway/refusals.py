"""Refusals as HTTP answers: every one has a code, the field it is about, and words in both languages."""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from console.domain.errors import ConsoleError, Denied, Invalid, KeyReused, Missing, Unavailable
from console.domain.words import Words

log = logging.getLogger(__name__)
RETRY_S = 3
NOT_SIGNED_IN = (
    "bad_sign_in", "signed_out", "account_locked", "account_blocked", "account_over", "needs_code", "bad_code", "must_change_password",
    "needs_enrolment",
)  # fmt: skip
# A client may read these of a refusal; other facts are for our own eyes (paths, database messages).
TOLD = (
    "by", "at", "due", "count", "most", "least", "length", "known", "value", "kind", "state", "action", "wait_s", "path", "priority",
    "minutes",
)  # fmt: skip
_TYPES = {
    "string_type": "a text", "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "float_type": "a number", "bool_type": "true or false", "list_type": "a list", "tuple_type": "a list", "dict_type": "an object",
    "model_attributes_type": "an object", "model_type": "an object", "string_unicode": "a text",
}  # fmt: skip
_RANGES = ("greater_than_equal", "less_than_equal", "greater_than", "less_than", "int_parsing_size", "finite_number")


class Bounced(ConsoleError):
    """The request itself cannot be taken; `status` is HTTP's number for the reason."""

    def __init__(self, status: int, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code, field, **facts)
        self.status = status


def status_of(error: ConsoleError) -> int:
    """HTTP's number for a refusal."""
    if isinstance(error, Bounced):
        return error.status
    if isinstance(error, Denied):
        return 401 if error.code in NOT_SIGNED_IN else 403
    if isinstance(error, Missing):
        return 404
    if isinstance(error, Unavailable):
        return 503
    if isinstance(error, Invalid | KeyReused):
        return 413 if error.code == "too_large" else 422
    return 409  # Stale, Refused: the request is fine, the record is elsewhere


def body_of(error: ConsoleError, words: Mapping[str, Words]) -> dict[str, object]:
    """The JSON every refusal is told in."""
    facts = {name: value for name, value in error.facts.items() if name in TOLD and isinstance(value, str | int | float | None)}
    field = error.field.removeprefix("place.") if error.field else None
    told = {"code": error.code, "field": field, "message": words["zh_CN"].of(error), "message_en": words["en"].of(error)}
    return {"error": {**told, "facts": {name: value[:300] if isinstance(value, str) else value for name, value in facts.items()}}}


def answer(error: ConsoleError, words: Mapping[str, Words]) -> JSONResponse:
    """A refusal as a response, with the headers its status asks for."""
    status = status_of(error)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = str(error.facts.get("wait_s", RETRY_S))
    return JSONResponse(body_of(error, words), status, headers)


def understood(problem: Mapping[str, object]) -> ConsoleError:
    """A finding of the form check as a refusal that names its field."""
    kind, place = str(problem["type"]), problem["loc"]
    assert isinstance(place, tuple)
    path = [str(step) for step in place[1:]]
    field = path[0] if path else "body"
    more: dict[str, object] = {"path": ".".join(path)}
    context = problem.get("ctx")
    context = context if isinstance(context, dict) else {}
    if kind == "missing":
        return Invalid(field, "missing_field", **more)
    if kind == "extra_forbidden":
        return Invalid(field, "unknown_field", value=field[:60], **more)
    if kind in ("string_too_long", "too_long"):
        most = context.get("max_length")
        given = problem.get("input")
        return Invalid(field, "too_long", length=len(given) if isinstance(given, str | list) else "", most=most, **more)
    if kind.startswith(("datetime", "timezone")):
        return Invalid(field, "not_a_time", value=str(problem.get("input"))[:40], **more)
    if kind in _TYPES:
        return Invalid(field, "wrong_type", known=_TYPES[kind], **more)
    if kind in _RANGES:
        return Invalid(field, "out_of_range", **more)
    return Invalid(field, "wrong_value", problem=str(problem.get("msg", ""))[:200], **more)


def install(app: FastAPI, words: Mapping[str, Words]) -> None:
    """Make every refusal of an app speak this way."""

    async def refused(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ConsoleError)
        if isinstance(error, Unavailable):
            log.warning("asked for what is away now: %s", error)
        return answer(error, words)

    async def misshapen(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        problems = sorted(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
        return answer(understood(problems[0]), words)

    async def by_http(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        if isinstance(error.__cause__, ConsoleError):
            return answer(error.__cause__, words)
        code = {404: "no_such_page", 405: "method_not_allowed", 415: "needs_json"}.get(error.status_code, "bad_request")
        response = answer(Bounced(error.status_code, code, problem=str(error.detail)), words)
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(ConsoleError, refused)
    app.add_exception_handler(RequestValidationError, misshapen)
    app.add_exception_handler(HTTPException, by_http)


