"""Files asked of workers: each is answered once, by who wrote it, by its fault, or by the end of its time."""

from concurrent.futures import Future
from pathlib import Path

import pytest

from console.video.asked import Asked

FILE = Path("picture.jpg")


@pytest.fixture
def waiting():
    asked, answer = Asked(), Future()
    return asked, answer, asked.add(answer, FILE, 10.0, "no_picture")


def failure(answer):
    return answer.exception(0).code, answer.exception(0).facts


def test_who_waits_gets_the_file_and_a_second_answer_is_dropped(waiting):
    asked, answer, number = waiting
    asked.answered(number, "")
    asked.answered(number, "too late")
    assert answer.result(0) == FILE


@pytest.mark.parametrize(("problem", "code"), [("disk full", "no_picture"), ("nothing_kept", "nothing_kept")])
def test_a_fault_is_told_in_the_words_of_the_wish_or_its_own(waiting, problem, code):
    asked, answer, number = waiting
    asked.answered(number, problem)
    assert failure(answer) == (code, {"problem": problem})


def test_who_is_not_answered_in_time_hears_so(waiting):
    asked, answer, _ = waiting
    asked.forget(10.0)
    assert not answer.done()
    asked.forget(10.1)
    assert failure(answer) == ("no_picture", {})


def test_at_the_end_nobody_waits_any_more(waiting):
    asked, answer, _ = waiting
    asked.forget()
    assert failure(answer) == ("no_picture", {})
