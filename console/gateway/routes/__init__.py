"""The routes of the gateway, one file a subject."""

from typing import Any

from console.gateway.views import Refusal

Answers = dict[int | str, dict[str, Any]]

_MEANING = {
    400: "The request cannot be read.", 401: "Nobody is signed in.", 403: "The actor lacks the right, or the page its CSRF word.",
    404: "There is no such thing, or none the actor may know of.", 408: "The body came too slowly.",
    409: "Somebody was faster, or a rule forbids it now.",
    413: "The body is too large.", 415: "Another kind of body is needed.", 422: "A field has a wrong value; it is named.",
    429: "Too often; `Retry-After` says when again.", 503: "Something does not answer now; `Retry-After` says when again.",
}  # fmt: skip


def refusals(*statuses: int) -> Answers:
    """Declare the refusals an operation may answer with; 400, 401, 422 and 503 may always come."""
    every = sorted({400, 401, 422, 503, *statuses})
    return {status: {"model": Refusal, "description": _MEANING[status]} for status in every}
