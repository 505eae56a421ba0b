"""Reports in, and what became of mine."""

from fastapi import APIRouter

from console.gateway import views
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here, Shared
from console.gateway.routes import refusals
from console.gateway.shapes import ReportIn
from console.gateway.strict import StrictRoute
from console.gateway.views import Receipted, SentList
from console.service.reports import Post

router = APIRouter(route_class=StrictRoute, tags=["reports"])


@router.post("/api/reports", summary="Send a report", status_code=201, responses=refusals(403, 408, 409, 413, 415))
async def send(lots: Shared, session: Writer, report: ReportIn) -> Receipted:
    """Take a report in; when this answers, it is on the disk. What is odd is flagged, not refused."""
    return views.receipt(await lots.reports.ask(Post(session.actor, report.draft())))


@router.get("/api/reports", summary="My reports", responses=refusals())
def mine(here: Here, session: Reader) -> SentList:
    """My newest reports and how far their cases have come."""
    rows, codes = here.ask.my_reports(session.actor), here.codes_for(session.actor)
    return SentList(reports=[views.sent(row, codes) for row in rows], now=here.clock.now())
