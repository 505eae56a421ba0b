"""The pages joined: who gets them, and how they lead to one another."""

import pytest

from tests.service.halls import MANHOLE
from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


@pytest.mark.parametrize(("login", "count"), [("director", 3), ("leader", 3), ("duty", 0), ("viewer", 0), ("d10", 0)])
def test_only_who_has_to_do_with_tables_gets_their_pages(stage, login, count):
    assert len(Room(stage, login).pages) == count


def test_a_row_leads_to_its_history(stage):
    room = Room(stage)
    room.hall.propose(room.hall.leader, "categories", "0601", {**MANHOLE, "limit": "2H"})
    tables = room.open("tables")
    tables.view.select("0601")
    tables.editor.history.click()
    changes = room.pages["changes"]
    stage.until(lambda: changes._shown is not None and changes._shown.asked == ("all", "categories", "0601"))
    assert room.panel.stack.currentWidget() is changes
    assert len(changes._shown.rows) == 1


def test_a_day_that_was_refused_can_be_proposed_again(stage):
    room = Room(stage)
    change = room.hall.propose(room.hall.leader, "work_calendar", "2027-02-05", {"day": "off"})
    room.hall.changes.refuse(room.hall.director, change.id, 1, "再议")
    changes, calendar = room.open("changes"), room.pages["calendar"]
    changes.show_history("work_calendar", "2027-02-05")
    stage.until(lambda: changes._shown.rows and changes._shown.asked[0] == "all")
    changes.view.select(change.id)
    changes.card.verbs.button("again").click()
    stage.until(lambda: calendar.editor.subject is not None)
    assert calendar.title.text() == "2027年02月"
    assert calendar.editor.fields["day"].pick.code == "off"
