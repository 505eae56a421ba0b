"""Privacy as the officer meets it at the seat: looking with a reason, the prompt, wall mode, the export."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from console.store import tables
from console.ui.base import veil
from console.ui.base.text import PlainLabel

pytest_plugins = ("tests.ui.stage",)
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TEXT, ADDRESS = "井盖缺失，联系 13800000099", "元村镇 新华里3号楼2单元501"


@pytest.fixture(autouse=True)
def uncovered():
    yield
    veil.turn(False)


def in_hand(stage, login="duty", **more):
    """A seat with one case in hand, read."""
    hall = stage.sit(login)
    case_id = stage.town.report(text=TEXT, address=ADDRESS, **more).case_id
    hall.hear(())
    stage.work.post(frozenset({"case"}))
    stage.until(lambda: hall.queue.rows)
    hall.case._seat.take(case_id)
    stage.until(lambda: hall.case.reading is not None)
    return hall


def seen(stage):
    """Every word on the window."""
    return " ".join(label.text() for label in stage.shell.findChildren(PlainLabel) if label.isVisible())


def test_the_case_desk_shows_the_reporter_for_a_reason_and_leaves_a_line(stage):
    hall = in_hand(stage)
    person = hall.case.card.person
    assert "网格员壬" not in seen(stage)
    assert "13800000099" not in seen(stage)

    person.open_button.click()
    person.reason.setText("回拨核实井盖位置")
    person.accept.click()
    stage.until(lambda: person.is_plain)

    assert "网格员壬" in seen(stage)
    with stage.store.read() as unit:
        assert unit.scalar(select(func.count()).select_from(tables.personal_access)) == 1
    hall.case._seat.take(0)
    stage.until(lambda: not person.is_plain)


@pytest.mark.parametrize(("choice", "stored"), [("mask", "联系 138****0042 的机主"), ("keep", "联系 13800000042 的机主")])
def test_a_phone_in_an_order_is_asked_about_before_it_is_sent(stage, choice, stored):
    hall = in_hand(stage)
    stage.press(Qt.Key.Key_F5)
    stage.until(lambda: hall.case.strip.isVisible())
    hall.case.strip.note.setPlainText("联系 13800000042 的机主")
    stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hall.case.strip.personal.isVisible()
    assert not hall.case.strip.send.isVisible(), "one question at a time"

    getattr(hall.case.strip.personal, choice).click()

    def instructions():
        with stage.store.read() as unit:
            return [row[0] for row in unit.rows(select(tables.task.c.instruction))]

    stage.until(instructions)
    assert set(instructions()) == {stored}


def test_wall_mode_hides_everything_personal_at_once_and_says_so(stage):
    hall = in_hand(stage)
    before = seen(stage)
    assert "值班员甲" in before
    assert "501" in before

    stage.press(Qt.Key.Key_M, CTRL_SHIFT)

    for secret in ("值班员甲", "501", "2单元", "13800000099", "138****0099", "网***"):
        assert secret not in seen(stage), secret
    assert "新华里3号楼" in seen(stage), "down to the building is no secret"
    assert stage.shell.strip.wall_mode.isVisible()
    assert hall.case.card.facts.pairs[0][1].text() in before, "the state is nobody's secret"

    stage.press(Qt.Key.Key_M, CTRL_SHIFT)
    assert seen(stage) == before


def test_painted_rows_are_hidden_as_well(stage):
    hall = in_hand(stage)
    for case_id in (hall.queue.rows[0].id, stage.town.report(address=ADDRESS).case_id):
        stage.town.cases.ack(stage.town.actor("duty"), case_id, 1)  # an acknowledged row does not flash
    stage.work.post(frozenset({"case"}))
    stage.until(lambda: [row.acked for row in hall.queue.rows] == [True, True])
    view = hall.queue.view

    def picture():
        return [view.grab(view.visualRect(view.model().index(place, 0))).toImage() for place in range(view.model().rowCount())]

    plain = picture()
    stage.press(Qt.Key.Key_M, CTRL_SHIFT)
    covered = picture()
    stage.press(Qt.Key.Key_M, CTRL_SHIFT)

    assert covered
    assert all(now != before for now, before in zip(covered, plain, strict=True))
    assert picture() == plain


def test_what_comes_while_visitors_look_is_hidden_too(stage):
    hall = in_hand(stage)
    stage.press(Qt.Key.Key_M, CTRL_SHIFT)
    second = stage.town.report(text="电话 13800000098", address="新华里4号楼1单元302").case_id
    hall.case._seat.take(second)
    stage.until(lambda: hall.case.reading is not None and hall.case.reading.case.id == second)

    for secret in ("302", "138", "网***"):
        assert secret not in seen(stage), secret


def test_wall_mode_can_be_turned_while_the_seat_is_locked(stage):
    in_hand(stage)
    stage.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    stage.press(Qt.Key.Key_M, CTRL_SHIFT)

    assert veil.is_on()
    assert stage.shell.strip.wall_mode.isVisible()


def test_a_window_built_anew_is_still_in_wall_mode(stage):
    veil.turn(True)

    in_hand(stage)

    assert stage.shell.strip.wall_mode.isVisible()
    assert "值班员甲" not in seen(stage)


def test_the_queue_is_exported_masked_and_says_where(stage, tmp_path):
    hall = in_hand(stage)
    line = hall.queue.export
    hall.queue.export_button.click()
    stage.until(lambda: line.ask.isVisible())
    line.masked.click()
    stage.until(lambda: line.message.isVisible())
    assert "6 至 200" in line.message.text()

    line.purpose.setText("月度调度会材料")
    line.receiver.setText("县委政法委")
    line.masked.click()
    stage.until(lambda: "已导出" in line.message.text())

    (file,) = (stage.folder / "exports").iterdir()
    assert str(file) in line.message.text()
    assert "13800000099" not in file.read_text(encoding="utf-8-sig")


def test_a_plain_export_needs_the_directors_leave(stage):
    hall = in_hand(stage)
    line = hall.queue.export
    line.open()
    line.purpose.setText("案卷移送需要明文")
    line.ask.click()
    stage.until(lambda: "已提交" in line.message.text())
    assert not line.plain.isVisible()

    director = in_hand(stage, "director").queue.export
    director.open()
    stage.until(lambda: director.grant.isVisible())
    assert "案卷移送需要明文" in director.request.text()
    director.grant.click()
    stage.until(lambda: director.message.text() == "已批准。")

    line.open()
    stage.until(lambda: line.plain.isVisible())
    line.purpose.setText("案卷移送需要明文")
    line.receiver.setText("县委政法委")
    line.plain.click()
    stage.until(lambda: "已导出" in line.message.text())
    (file,) = (stage.folder / "exports").iterdir()
    assert "13800000099" in file.read_text(encoding="utf-8-sig")


def test_a_viewer_is_offered_neither_export_nor_plain_text(stage):
    hall = in_hand(stage, "viewer")

    assert not hall.queue.export_button.isVisible()
    assert not hall.case.card.person.isVisible()
