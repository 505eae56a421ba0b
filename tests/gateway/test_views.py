"""Records as JSON: verbs and what they need come from the flow table alone."""

from datetime import timedelta

from console.gateway.views import named, task_row
from tests.gateway.hall import Hall
from tests.make import CODES


def row_of(hall: Hall, login: str = "d10", *, later: timedelta = timedelta()):
    town = hall.town
    actor = town.actor(login)
    return task_row(town.ask.desk_inbox(actor)[0], actor, CODES, town.clock.now() + later)


def test_verbs_tell_what_they_need_before_the_server_refuses(hall: Hall):
    _, (task,) = hall.town.sent()
    waiting = {verb.action: verb for verb in row_of(hall).verbs}
    assert {name: verb.needs for name, verb in waiting.items()} == {
        "sign": [], "return": ["reason"], "ask_delay": ["reason", "interval"],
    }  # fmt: skip
    hall.town.answer("d10", task, "sign")
    working = {verb.action: verb.needs for verb in row_of(hall).verbs}
    assert working == {
        "on_site": [], "progress": ["text"], "finish": ["text", "photos"], "ask_co": ["target", "text"],
        "ask_delay": ["reason", "interval"],
    }  # fmt: skip


def test_an_ordinary_task_is_finished_without_a_photo(hall: Hall):
    _, (task,) = hall.town.sent("0502")
    hall.town.answer("d10", task, "sign")
    assert {verb.action: verb.needs for verb in row_of(hall).verbs}["finish"] == ["text"]


def test_a_return_after_its_time_says_why_it_cannot_be(hall: Hall):
    hall.town.sent()
    assert [verb.blocked for verb in row_of(hall).verbs] == ["", "", ""]
    assert [verb.blocked for verb in row_of(hall, later=timedelta(minutes=6)).verbs] == ["", "return_too_late", ""]


def test_a_task_lies_on_its_heap(hall: Hall):
    town = hall.town
    _, (task,) = town.sent("0502")
    seen = [row_of(hall).group]
    task = town.answer("d10", task, "sign")
    seen.append(row_of(hall).group)
    task = town.answer("d10", task, "progress", text="已派人")
    seen.append(row_of(hall).group)
    town.answer("d10", task, "finish", text="已清理")
    assert [*seen, row_of(hall).group] == ["waiting", "working", "working", "answered"]


def test_an_unknown_code_stands_for_itself():
    assert named(None, "没有").zh == "没有"
    assert named(CODES.categories["0601"]).en == "Manhole cover missing or broken"
