"""Who calls: a session cookie with its CSRF word for pages, a bearer token for programs."""

import hmac
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request, Response, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from console.domain.errors import Denied
from console.gateway.parts import Shared
from console.service.people import Session

COOKIE = "console_session"
_by_cookie = APIKeyCookie(name=COOKIE, scheme_name="cookie", description="Set by /api/sign-in; for pages.", auto_error=False)
_by_token = HTTPBearer(scheme_name="bearer", description="A device token of /api/devices; for programs.", auto_error=False)

Cookie = Annotated[str | None, Security(_by_cookie)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(_by_token)]
CsrfWord = Annotated[str | None, Header(alias="X-CSRF-Token", description="The session's `csrf` of /api/me; needed with the cookie.")]


async def reader(request: Request, lots: Shared, cookie: Cookie, bearer: Bearer) -> Session:
    """The session of a call that only asks. Raises Denied("signed_out")."""
    token = bearer.credentials if bearer is not None else cookie
    if not token:
        raise Denied("signed_out")
    session = await lots.sessions.ask(token)
    request.state.by_cookie = bearer is None
    return session


async def writer(request: Request, session: Annotated[Session, Depends(reader)], csrf: CsrfWord = None) -> Session:
    """The session of a call that changes something. Raises Denied("csrf") when a page's call lacks its word."""
    if request.state.by_cookie:
        from_here(request)
        if csrf is None or not hmac.compare_digest(csrf.encode(), session.csrf.encode()):
            raise Denied("csrf")
    return session


def from_here(request: Request) -> None:
    """Refuse what another site's page sends through a visitor's browser. Raises Denied("csrf")."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise Denied("csrf")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise Denied("csrf")


def remember(response: Response, session: Session, *, secure: bool, lasts_s: int) -> None:
    """Give a browser its session; scripts cannot read it, other sites' forms cannot send it."""
    response.set_cookie(COOKIE, session.token, max_age=lasts_s, httponly=True, samesite="lax", secure=secure, path="/")


def forget(response: Response, *, secure: bool) -> None:
    """Take the session from a browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure, path="/")


Reader = Annotated[Session, Depends(reader)]
Writer = Annotated[Session, Depends(writer)]
