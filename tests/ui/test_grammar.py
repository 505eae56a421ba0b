"""The command line's grammar: one shape for all verbs, errors marked where they stand (ux.md 2.4, D4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.grammar import Choice, Command, VerbWord, choose, complete, read

ACK = VerbWord("acknowledge", "接警", ("jj", "接警", "1"))
DISPATCH = VerbWord(
    "dispatch", "派遣", ("pq", "派遣", "2"), takes_targets=True, needs_target=True, takes_text=True,
)  # fmt: skip
LOCATE = VerbWord("locate", "定位", ("dw", "定位", "3"))
CAMERAS = VerbWord("cameras", "调像", ("tx", "调像", "4"), takes_targets=True)
LOCK = VerbWord("lock", "锁定", ("sd", "锁定"), takes_case=False)
VERBS = (ACK, DISPATCH, LOCATE, CAMERAS, LOCK)

HOUSING = Choice("D10", "住房城乡建设", ("D10", "住建", "zj", "住房城乡建设"))
WATER = Choice("D30", "供水供气", ("D30", "gsgq", "供水供气"))
SUPPLY = Choice("D29", "供电", ("D29", "gd", "供电"))
C305 = Choice("C305", "仓颉路西", ("C305", "cjlx", "仓颉路西"))
TARGETS = {"dispatch": (HOUSING, WATER, SUPPLY), "cameras": (C305,)}


def reading(line, *, has_selection=True):
    return read(line, VERBS, TARGETS, has_selection=has_selection)


@pytest.mark.parametrize("line", ["jj 031", "接警 031", "1 031", "JJ 031", " jj  031 ", "jj SJ410923-20261122-000031"])
def test_a_verb_is_initials_chinese_or_a_digit(line):
    command = reading(line).command
    assert command.action == "acknowledge"
    assert command.case.endswith("031")


def test_the_handbook_example_reads_as_it_says():
    command = reading("pq 031 zj gd : 现场设围挡").command
    assert command == Command("dispatch", "031", (HOUSING, SUPPLY), "现场设围挡")


def test_a_full_width_colon_parts_the_text_too():
    assert reading("pq 031 住建：现场设围挡: 两侧").command.text == "现场设围挡: 两侧"


@pytest.mark.parametrize("line", ["jj .", "jj"])
def test_a_dot_or_nothing_is_the_selected_case(line):
    assert reading(line).command.case == "."
    problem = reading(line, has_selection=False).problem
    assert (problem.code, problem.expected) == ("no_case", "case")


def test_a_verb_without_case_needs_no_selection():
    assert reading("sd", has_selection=False).command == Command("lock", "", (), "")


def test_an_empty_line_is_neither_right_nor_wrong():
    assert reading("   ").command is None
    assert reading("   ").problem is None


def test_an_unknown_verb_is_marked():
    problem = reading("xx 031").problem
    assert (problem.code, problem.start, problem.end, problem.token) == ("unknown_verb", 0, 2, "xx")


def test_an_unknown_department_is_marked_where_it_stands():
    problem = reading("pq 031 zj qq").problem
    assert (problem.code, problem.start, problem.end) == ("unknown_target", 10, 12)


def test_an_ambiguous_word_lists_its_choices_and_one_can_be_taken():
    line = "pq 031 g : 快"
    found = reading(line)
    assert found.problem.code == "ambiguous"
    assert found.choices == (WATER, SUPPLY)
    assert choose(line, found.problem, SUPPLY) == "pq 031 D29 : 快"


def test_an_exact_spelling_wins_over_a_beginning():
    assert reading("pq 031 gd").command.targets == (SUPPLY,)


def test_a_dispatch_without_department_says_what_is_missing():
    found = reading("pq 031")
    assert (found.problem.code, found.problem.expected) == ("no_target", "target")
    assert found.choices == (HOUSING, WATER, SUPPLY)


def test_a_department_named_twice_is_not_understood():
    assert reading("pq 031 zj 住建").problem.code == "unknown_target"


def test_words_that_a_verb_does_not_take_are_refused_not_dropped():
    assert reading("jj 031 zj").problem.code == "no_targets"
    assert reading("jj 031 : 快").problem.code == "no_text"


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("j", "jj "), ("派", "派遣 "), ("pq 031 住", "pq 031 住建 "), ("pq 031 g", "pq 031 g"), ("q", "q"),
        ("tx C3", "tx C305 "), ("pq 031 zj : 现", "pq 031 zj : 现"), ("", ""), ("jj ", "jj "),
    ],
)  # fmt: skip
def test_tab_completes_what_is_certain(line, completed):
    assert complete(line, VERBS, TARGETS) == completed


@given(st.text(alphabet="jpqdwtx派遣接警 .:：0123zjgd-SJ", max_size=40), st.booleans())
def test_any_line_is_read_without_harm(line, has_selection):
    found = read(line, VERBS, TARGETS, has_selection=has_selection)
    assert not (found.command and found.problem)
    if found.problem:
        assert 0 <= found.problem.start <= found.problem.end <= len(line)
    complete(line, VERBS, TARGETS)
