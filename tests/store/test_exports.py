"""The rows of an export: open cases of the actor's area, newest first, with whoever reported first; requests for leave."""

from console.domain.paging import Turn
from console.store import exports
from console.store.find import exports as questions
from console.store.find import oversight
from console.store.scope import Scope


def test_open_cases_come_newest_first_with_their_first_reporter(town):
    first, second = town.report(), town.report("0501", text="second")

    with town.store.read() as unit:
        lines = questions.queue(unit, Scope(town.actor("duty")))

    assert [line.number for line in lines] == [second.number, first.number]
    assert (lines[0].reporter_name, lines[0].reporter_phone, lines[0].content) == ("网格员壬", "13800000009", "second")


def test_nothing_is_asked_or_exported_at_first(town):
    with town.store.read() as unit:
        assert exports.asked(unit, Scope(town.actor("director"))) == ()
        assert exports.granted(unit, 1, "queue", town.clock.now()) is None
        assert exports.approval_by_id(unit, 1) is None
        assert oversight.exported(unit, Scope(town.actor("director")), Turn()).total == 0
        assert oversight.requests(unit, Scope(town.actor("director")), Turn()).total == 0
