"""The form of a row: drafts are kept per row, and it says why nothing can be sent."""

from console.domain.code_rows import row_of
from console.service.code_tables import TableRow
from console.ui.settings.editor import RowEditor, Subject
from tests.make import CODES
from tests.service.halls import COUNTY, SHIPPED
from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


def subject(code: str, table: str = "categories") -> Subject:
    return Subject(COUNTY, table, TableRow(code, row_of(SHIPPED, table, code)), CODES)


def editor(stage, login: str = "director") -> RowEditor:
    room = Room(stage, login)
    made = RowEditor(room.seat, room.services.code_desk)
    stage.show(made)
    return made


def test_it_is_empty_until_a_row_is_chosen(stage):
    form = editor(stage)
    assert (form.title.text(), form.submit()) == ("请选择要修改的内容", False)
    assert not form.begins.isVisible()


def test_a_draft_is_kept_for_its_row_alone(stage):
    form = editor(stage)
    form.show_row(subject("0601"))
    form.fields["limit"].line.setText("2H")
    form.show_row(subject("0602"))
    assert form.fields["limit"].line.text() == "2WD"
    form.show_row(subject("accept", "stage_limits"))
    form.show_row(subject("0601"))
    assert form.fields["limit"].line.text() == "2H"


def test_news_of_the_same_row_leave_what_is_typed(stage):
    form = editor(stage)
    form.show_row(subject("0601"))
    form.fields["limit"].line.setText("2H")
    form.fields["limit"].line.setCursorPosition(1)
    form.show_row(subject("0601"))
    assert (form.fields["limit"].line.text(), form.fields["limit"].line.cursorPosition()) == ("2H", 1)


def test_a_change_begins_at_the_coming_midnight_unless_somebody_says_otherwise(stage):
    form = editor(stage)
    form.show_row(subject("0601"))
    assert form.begins.text() == "2026-11-24 00:00"


def test_it_says_why_nothing_can_be_proposed(stage):
    form = editor(stage)
    form.show_row(subject("0601"))
    assert form.send.verb.why_not == "还没有改动。"
    form.fields["limit"].line.setText("2H")
    assert form.send.verb.why_not == ""


def test_a_row_can_start_from_given_values(stage):
    form = editor(stage)
    form.show_row(subject("0601"), {**row_of(SHIPPED, "categories", "0601"), "limit": "9H"})
    assert form.fields["limit"].line.text() == "9H"
    assert form.send.isEnabled()
