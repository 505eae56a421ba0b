"""The pages of the code tables, joined: a change leads back to its row, a row to its history."""

from collections.abc import Mapping

from console.domain.code_change import READERS, CodeChange
from console.domain.code_rows import CALENDAR
from console.ui.base.words import tr
from console.ui.seat import Seat
from console.ui.settings.calendar import CalendarPage
from console.ui.settings.changes import ChangesPage
from console.ui.settings.page import Page
from console.ui.settings.tables import TablesPage


def code_pages(seat: Seat) -> tuple[tuple[str, Page], ...]:
    """Tables, calendar and changes for a seat that has to do with them; none for the others."""
    desk = seat.services.code_desk
    if desk is None or not seat.actor.holds_any(READERS):
        return ()
    tables, calendar, changes = TablesPage(seat, desk), CalendarPage(seat, desk), ChangesPage(seat, desk)

    def again(change: CodeChange, values: Mapping[str, object]) -> None:
        if change.table_name == CALENDAR:
            calendar.open_row(change.code, values, change.centre_id)
        else:
            tables.open_row(change.table_name, change.code, values, change.centre_id)

    changes.again.connect(again)
    for page in (tables, calendar):
        page.editor.history_asked.connect(changes.show_history)
    return (tr("Code tables"), tables), (tr("Work calendar"), calendar), (tr("Changes"), changes)
