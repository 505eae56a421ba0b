"""Work: answers come to the screen's thread, in order, and never to somebody who is gone."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from console.domain.errors import Refused
from console.ui.base.work import Work


class Asker(QObject):
    """An owner that notes what it gets, and on which thread."""

    def __init__(self):
        super().__init__()
        self.got = []
        self.errors = []
        self.threads = set()

    @Slot(object)
    def show_rows(self, value):
        self.got.append(value)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def refused(self, error):
        self.errors.append(error)


def raising(error):
    raise error


def test_an_answer_comes_back_on_the_screens_thread(qtbot, work):
    asker = Asker()
    work.ask(asker, lambda a, b: (a + b, threading.current_thread().name), asker.show_rows, 2, 3)
    qtbot.waitUntil(lambda: bool(asker.got))
    assert asker.got[0][0] == 5
    assert asker.got[0][1].startswith("read-")
    assert asker.threads == {QThread.currentThread()}


def test_operations_run_in_the_officers_order(qtbot, work):
    asker = Asker()
    for number in range(50):
        work.tell(asker, lambda n: (n, threading.current_thread().name), asker.show_rows, None, number)
    qtbot.waitUntil(lambda: len(asker.got) == 50)
    assert asker.got == [(number, "write") for number in range(50)]


def test_questions_wait_while_they_are_held_and_operations_do_not(qtbot, work):
    asker, writer, begun = Asker(), Asker(), []
    work.hold()
    work.ask(asker, lambda: begun.append("read") or "answer", asker.show_rows)
    work.tell(writer, lambda: "done", writer.show_rows, None)
    qtbot.waitUntil(lambda: writer.got == ["done"])
    assert begun == []
    work.go_on()
    qtbot.waitUntil(lambda: asker.got == ["answer"])


def test_held_questions_do_not_keep_the_program_from_ending(qtbot, work):
    work.hold()
    work.ask(Asker(), lambda: "answer", print)
    assert work.stop()


def test_a_newer_question_replaces_the_older(qtbot, work):
    asker, gate = Asker(), threading.Event()
    work.ask(asker, lambda: gate.wait(5) and "old", asker.show_rows)
    work.ask(asker, lambda: "new", asker.show_rows)
    qtbot.waitUntil(lambda: asker.got == ["new"])
    gate.set()
    other = Asker()
    work.ask(other, lambda: "after", other.show_rows)
    qtbot.waitUntil(lambda: other.got == ["after"])
    qtbot.wait(20)
    assert asker.got == ["new"]


def test_questions_that_were_replaced_before_they_began_are_not_run(qtbot, work):
    asker, gate, ran = Asker(), threading.Event(), []
    blockers = [Asker() for _ in range(4)]
    for blocker in blockers:
        work.ask(blocker, lambda: gate.wait(5), blocker.show_rows)
    for number in range(20):
        work.ask(asker, ran.append, asker.show_rows, number)
    gate.set()
    qtbot.waitUntil(lambda: asker.got == [None])
    assert ran == [19]


def test_an_owner_that_is_gone_gets_nothing(qtbot, work):
    asker, gate = Asker(), threading.Event()
    got = asker.got
    work.ask(asker, lambda: gate.wait(5), asker.show_rows)
    asker.deleteLater()
    qtbot.wait(1)
    del asker
    gate.set()
    qtbot.waitUntil(lambda: work.busy == 0)
    assert got == []


def test_a_refusal_goes_to_who_asked_for_it(qtbot, work):
    asker = Asker()
    work.ask(asker, raising, asker.show_rows, Refused("unsigned_tasks"), failed=asker.refused)
    work.tell(asker, raising, asker.show_rows, asker.refused, Refused("too_late"))
    qtbot.waitUntil(lambda: len(asker.errors) == 2)
    assert {error.code for error in asker.errors} == {"unsigned_tasks", "too_late"}
    assert asker.got == []


def test_a_refused_act_is_shown_even_when_its_panel_is_gone(qtbot, work):
    asker, gate, shown = Asker(), threading.Event(), []
    work.failed.connect(shown.append)

    def operation():
        gate.wait(5)
        raise Refused("too_late")

    work.tell(asker, operation, asker.show_rows, asker.refused)
    del asker
    gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].code == "too_late"


@pytest.mark.expects_errors("a failure nobody foresaw is logged with its stack")
def test_an_unexpected_failure_is_logged_and_shown(qtbot, work, caplog):
    asker, shown = Asker(), []
    work.failed.connect(shown.append)
    work.ask(asker, raising, asker.show_rows, KeyError("surprise"))
    qtbot.waitUntil(lambda: bool(shown))
    assert isinstance(shown[0], KeyError)
    assert "surprise" in caplog.text


def test_posts_from_other_threads_become_one_signal(qtbot, work):
    seen = []
    work.changed.connect(seen.append)

    def flood():
        for number in range(1000):
            work.post(frozenset({"report" if number % 2 else "case"}))

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.wait(20)
    assert len(seen) == 1
    assert seen[0] == frozenset({"report", "case"})


def test_stopping_finishes_what_was_told(qapp):
    made, asker, done = Work(), Asker(), []
    for number in range(100):
        made.tell(asker, done.append, None, None, number)
    assert made.stop()
    assert done == list(range(100))


def test_asking_from_another_thread_is_refused(work):
    asker, seen = Asker(), []

    def wrong():
        try:
            work.ask(asker, lambda: 1, asker.show_rows)
        except RuntimeError as error:
            seen.append(str(error))

    thread = threading.Thread(target=wrong)
    thread.start()
    thread.join()
    assert seen == ["ask and tell belong to the screen's thread"]


def test_a_thousand_owners_come_and_go_without_harm(qtbot, work):
    kept = Asker()
    for number in range(1000):
        asker = Asker()
        work.ask(asker, lambda n: n, asker.show_rows, number)
        work.tell(asker, lambda n: n, asker.show_rows, None, number)
        if number % 3 == 0:
            asker.deleteLater()
        if number % 50 == 0:
            qtbot.wait(1)
        del asker
    work.ask(kept, lambda: "alive", kept.show_rows)
    qtbot.waitUntil(lambda: kept.got == ["alive"] and work.busy == 0)


def test_labour_keeps_neither_questions_nor_operations_waiting(work, qtbot):
    owner, told, may_end = QObject(), [], threading.Event()
    for _ in range(6):  # more than there are reading threads
        work.labour(owner, may_end.wait, told.append, told.append)
    work.ask(owner, lambda: "asked", told.append)
    work.tell(owner, lambda: "done", told.append, None)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert set(told) == {"asked", "done"}
    may_end.set()
    qtbot.waitUntil(lambda: told.count(True) == 6)


def test_labour_that_fails_says_so_to_who_asked(work, qtbot):
    owner, told = QObject(), []

    def fails():
        raise Refused("called_off")

    work.labour(owner, fails, told.append, lambda error: told.append(error.code))
    qtbot.waitUntil(lambda: told == ["called_off"])
