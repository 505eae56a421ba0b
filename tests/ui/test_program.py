"""Who sits down, and what survives when the window is built anew: the program on the screen, offscreen, over a real store."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.domain.errors import Denied, Unavailable
from console.domain.people import Actor
from console.domain.words import Words
from console.service.accounts import Accounts
from console.ui.base import words
from console.ui.program import Door, Program
from console.ui.seat import Services
from console.video.pool import Pool

pytest_plugins = ("tests.ui.stage",)
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
WORD = "夜班-2026"


@dataclass(frozen=True)
class Taste:
    """Settings as the configuration has them."""

    folder: Path
    language: str = "zh_CN"
    look: str = "day"
    seat: str = "A1"


@pytest.fixture
def program(stage, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    town = stage.town
    town.people.set_password(1, WORD)
    pool = Pool(workers=1)
    pool.start()
    services = Services(
        town.desk.book, town.clock, town.ask, town.reports, town.cases, town.tasks, stage.photos, town.video, pool, *town.flow,
        stage.services.unmask, stage.services.exports,
    )  # fmt: skip
    catalogues = {language: Words.load(RESOURCES / "i18n", language) for language in ("zh_CN", "en")}
    behind: list[bool] = []  # whether the window stood when the rest was started
    door = Door(
        town.people, stage.feed, catalogues, services, RESOURCES, lambda: town.people.sign_in("duty", WORD, seat="A1"),
        behind=lambda: behind.append(made.shell is not None),
    )  # fmt: skip
    made = Program(qapp, door, Taste(tmp_path))
    made.started_behind = behind
    made.start()
    yield made
    made.stop()
    if made.shell is not None:
        made.shell.close()
    pool.stop()


def sit_down(program: Program, stage) -> None:
    program._entrance.page.demo_asked.emit()
    stage.until(lambda: program.shell is not None and program.shell.isVisible())


def test_the_right_password_opens_the_seat_with_its_names(program, stage):
    program._entrance.page.asked.emit("duty", WORD)
    stage.until(lambda: program.shell is not None and program.shell.isVisible())
    said = program.shell.strip.seat.text()
    assert "南乐县综治中心" in said
    assert "值班员甲" in said
    assert "值班长丙" in said


def test_what_may_wait_is_started_once_behind_the_window(program, stage):
    sit_down(program, stage)
    stage.until(lambda: program.started_behind)
    program.shell.rebuild_asked.emit("en", 100)
    stage.until(lambda: program.hall.case.head.title.text() == "Case")
    assert program.started_behind == [True]
    assert program._behind is None


def test_the_rest_is_started_when_nobody_sits_down_too(program, stage):
    stage.until(lambda: program.started_behind)
    assert program.started_behind == [False]


def test_another_language_keeps_the_case_in_hand_and_is_remembered(program, stage, tmp_path):
    case_id = stage.town.report("0601").case_id
    sit_down(program, stage)
    program.hall.queue.view.taken.emit(case_id)
    stage.until(lambda: program.hall.case.reading is not None)
    old = program.shell
    program.shell.rebuild_asked.emit("en", 100)
    stage.until(lambda: program.shell is not old and program.hall.case.reading is not None)
    assert words.language() == "en"
    assert program.hall.case.reading.case.id == case_id
    assert 'language=en' in (tmp_path / "seat.ini").read_text(encoding="utf-8")


def test_an_older_hall_hears_nothing_after_another_language(program, stage):
    sit_down(program, stage)
    old, old_shell, gone = program.hall, program.shell, []
    old_shell.destroyed.connect(lambda: gone.append("shell"))
    old.destroyed.connect(lambda: gone.append("hall"))
    program.shell.rebuild_asked.emit("en", 100)
    stage.until(lambda: "shell" in gone)
    stage.until(lambda: program.hall.watch is not old.watch and "hall" in gone)
    assert gone == ["shell", "hall"]


def test_a_locked_seat_opens_again_for_its_officer_only(program, stage):
    sit_down(program, stage)
    program.shell.lock()
    program.shell.unlock_asked.emit("duty", "wrong")
    stage.until(lambda: program.shell._locked.refusal.isVisible())
    program.shell.unlock_asked.emit("duty", WORD)
    stage.until(lambda: program.shell._locked is None)


def test_a_report_reaches_the_queue_through_the_feed(program, stage):
    sit_down(program, stage)
    stage.until(lambda: program.hall.queue.view.empty_text != "正在读取…")
    case_id = stage.town.report("0601").case_id
    stage.until(lambda: [row.id for row in program.hall.queue.rows] == [case_id])


def test_a_session_ended_elsewhere_leaves_the_seat(program, stage):
    sit_down(program, stage)
    session = program._session
    stage.town.people.end_own(session, session.name)
    stage.feed.wake()

    stage.until(lambda: program.shell is None and program._entrance.page is not None and program._entrance.page.isVisible())
    assert "登录已失效" in program._entrance.page.refusal.text()
    program._entrance.page.asked.emit("duty", WORD)
    stage.until(lambda: program.shell is not None and program.shell.isVisible())


def test_another_officer_sits_down_at_a_locked_seat(program, stage):
    sit_down(program, stage)
    stage.town.people.set_password(3, WORD)
    case_id = stage.town.report("0601").case_id
    program.hall.queue.view.taken.emit(case_id)
    stage.until(lambda: program.hall.case.reading is not None)
    session, shell = program._session, program.shell
    shell.lock()
    assert shell._locked.other.isVisible()
    for _ in range(2):
        shell._locked.other.click()

    stage.until(lambda: program.shell is None and program._entrance.page is not None and program._entrance.page.isVisible())
    assert "无人值守" in program._entrance.page.refusal.text()
    assert program._entrance.page.login.text() == ""
    with pytest.raises(Denied) as ended:
        stage.town.people.session(session.token)
    assert ended.value.code == "signed_out"
    program._entrance.page.asked.emit("leader", WORD)
    stage.until(lambda: program.shell is not None and program.shell.isVisible())
    assert program._session.actor.user_id == 3
    assert program._seat.case_id == 0, "the other officer takes a case in hand by their own key"


def test_a_seat_whose_officer_cannot_be_signed_out_stays_and_says_so(program, stage, monkeypatch):
    def silent(_session):
        raise Unavailable("database_gone", problem="")

    sit_down(program, stage)
    monkeypatch.setattr(stage.town.people, "sign_out", silent)
    program.shell.lock()
    program.shell._locked.other.click()
    stage.until(lambda: program.shell._locked.refusal.isVisible())
    assert program._session is not None
    assert program.shell._locked.other.isEnabled()


def test_other_roles_build_the_seat_anew(program, stage):
    sit_down(program, stage)
    old = program.shell
    admin = Actor(90, "系统管理员", 1, 2, "/1/2/", frozenset({"R22"}), level=3)
    Accounts(stage.town.desk).set_roles(admin, 1, 1, ("R06",))

    stage.until(lambda: program.shell is not old)
    assert program._session.actor.roles == frozenset({"R06"})
