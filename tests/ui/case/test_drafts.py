"""Drafts outlive the program, whole or not at all, and only as long as they wait."""

import os
import stat

import pytest

from console.ui.case.drafts import KEPT_S, Drafts
from console.ui.case.moves import Answers
from console.ui.case.plan import Plan

PLAN = Plan("0601", "P1", ((2, "lead"), (7, "co"), (9, "")), "先围挡 \"井口\"\n再更换", "先围挡", is_touched=True)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "drafts" / "1.json"


def test_what_waited_is_there_again_as_it_was(file):
    drafts = Drafts.of(file)
    drafts.plans[7] = PLAN
    drafts.answers[8, "recall"] = Answers(reason="派错单位")
    drafts.write()

    again = Drafts.of(file)

    assert (again.plans, again.answers) == ({7: PLAN}, {(8, "recall"): Answers(reason="派错单位")})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_file_goes_when_nothing_waits(file):
    drafts = Drafts.of(file)
    drafts.plans[7] = PLAN
    drafts.write()

    drafts.forget(7, "send")

    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"plans": [], "answers": []}', '{"plans": {"7": {"of": 1}}, "answers": []}'])
def test_a_file_that_cannot_be_understood_is_no_draft(file, text):
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")

    assert (Drafts.of(file).plans, Drafts.of(file).answers) == ({}, {})


def test_words_of_last_week_are_not_brought_back(file):
    drafts = Drafts.of(file)
    drafts.plans[7] = PLAN
    drafts.write()
    old = file.stat().st_mtime - KEPT_S - 1
    os.utime(file, (old, old))

    assert Drafts.of(file).plans == {}


def test_nothing_is_written_twice(file):
    drafts = Drafts.of(file)
    drafts.plans[7] = PLAN
    drafts.write()
    file.unlink()

    drafts.write()

    assert not file.exists()
