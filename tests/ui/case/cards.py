"""A case to look at, without a store."""

from datetime import timedelta

from console.domain.case import Case
from console.domain.rows import CaseDesk
from console.domain.task import Order
from console.service.ask import Suggestion
from console.ui.case.reading import Reading
from console.ui.wording import name_units
from tests.make import CODES, ORGS, START

CASE = Case(
    7, "SJ410923-20261123-000031", "井盖缺失/破损", "井盖缺失，电话13800001234", "0601", "01", "P1", "", "10", None, START,
    "仓颉路小学西门", 115.2, 36.1, 12.0, "phone", "410923102204", "410923102204001", 2, 9, due_accept=START + timedelta(minutes=2),
)  # fmt: skip
SUGGESTION = Suggestion((Order(2, "lead"), Order(3, "co"), Order(4, "co")), ())


def reading(case=CASE, suggestion=SUGGESTION, **desk):
    """A reading of a case."""
    parts = {"reports": (), "tasks": (), "replies": (), "attachments": (), "timeline": ()} | desk
    return Reading(CaseDesk(case, **parts), suggestion, name_units(ORGS, 2, CODES))
