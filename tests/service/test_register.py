"""Taking cameras in: judged again at the moment it counts, refused when the register moved, told in one journal line."""

import csv
import io

import pytest

from console.domain.errors import Refused
from console.domain.plugin import Plugin
from console.domain.words import Words
from console.service.register import Register, digest_of
from tests.make import ROOT, START
from tests.plugins.halls import ADMIN

LIST = Plugin(1, "trial", 2, True, {}, "", 20, START)
GOOD = {"ref": "a", "name": "一号", "lon": 115.2, "lat": 36.1, "datum": "wgs84"}


def test_a_register_that_moved_meanwhile_refuses_the_whole(town):
    ops = Register(town.desk, lambda: town.ground)
    found, problems, stamp = ops._judge(ADMIN, LIST, [GOOD])
    ops.take_all(ADMIN, LIST, [{**GOOD, "ref": "b"}])

    with pytest.raises(Refused) as refused:
        ops._take(ADMIN, LIST, found, stamp)
    assert (refused.value.code, problems) == ("register_changed", ())


def test_taking_the_same_in_again_writes_nothing(town):
    ops = Register(town.desk, lambda: town.ground)
    assert ops.take_sound(ADMIN, LIST, [GOOD]).fresh == 1
    with town.store.read() as unit:
        before = unit.last_entry()

    again = ops.take_sound(ADMIN, LIST, [GOOD])

    assert (again.fresh, again.changed, again.left_out) == (0, 0, 0)
    with town.store.read() as unit:
        assert unit.last_entry() == before


def test_a_report_without_a_camera_is_none_and_changes_nothing(sqlite_town):
    ops = Register(sqlite_town.desk, lambda: sqlite_town.ground)
    found = ops.preview(ADMIN, LIST, [])
    assert (found.total, found.problems, ops.take_sound(ADMIN, LIST, []).fresh) == (0, (), 0)


def test_the_list_of_mistakes_says_line_field_value_and_remedy_and_runs_nowhere(sqlite_town):
    ops, words = Register(sqlite_town.desk, lambda: sqlite_town.ground), Words.load(ROOT / "resources" / "i18n", "zh_CN")
    problems = ops.preview(ADMIN, LIST, [{**GOOD, "line": 7, "code": "=cmd|calc"}]).problems

    head, row = csv.reader(io.StringIO(ops.mistakes(problems, words.of, ("行", "列", "内容", "问题")).decode("utf-8-sig")))
    assert (head, row[:3]) == (["行", "列", "内容", "问题"], ["7", "code", "'=cmd|calc"])
    assert "字母开头" in row[3]


def test_a_report_is_known_again_by_its_digest():
    assert digest_of(({"a": 1, "b": 2},)) == digest_of(({"b": 2, "a": 1},)) != digest_of(({"a": 1},))
