"""Reports in, and what became of mine."""

from typing import Annotated

from fastapi import APIRouter, Path

from console.gateway import views
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here, Shared
from console.gateway.routes import refusals
from console.gateway.shapes import OwnIn, ReportIn
from console.gateway.strict import StrictRoute
from console.gateway.views import Receipted, Sent, SentList
from console.service.reports import Post

router = APIRouter(route_class=StrictRoute, tags=["reports"])
SENT_UNDER = "018f6d1e-7a3b-7c2d-9e4f-0a1b2c3d4e5f"
Key = Annotated[str, Path(max_length=36, description="The key the report was sent under.", examples=[SENT_UNDER])]


@router.post("/api/reports", summary="Send a report", status_code=201, responses=refusals(403, 408, 409, 413, 415))
async def send(lots: Shared, session: Writer, report: ReportIn) -> Receipted:
    """Take a report in; when this answers, it is on the disk. What is odd is flagged, not refused."""
    return views.receipt(await lots.reports.ask(Post(session.actor, report.draft())))


@router.get("/api/reports", summary="My reports", responses=refusals())
def mine(here: Here, session: Reader) -> SentList:
    """My newest reports and how far their cases have come."""
    rows, codes = here.ask.my_reports(session.actor), here.codes_for(session.actor)
    return SentList(reports=[views.sent(row, session.actor, codes) for row in rows], now=here.clock.now())


@router.post("/api/reports/{key}/answer", summary="Withdraw a report, or show it settled", responses=refusals(403, 404, 408, 409, 413, 415))
def answer(here: Here, session: Writer, key: Key, said: OwnIn) -> Sent:
    """What the sender of a report may do while the hall has not taken it on; then the report as it is now."""
    actor = session.actor
    here.intake.answer_own(actor, key, said.answer(), key=said.key)
    return views.sent(here.ask.my_report(actor, key), actor, here.codes_for(actor))
