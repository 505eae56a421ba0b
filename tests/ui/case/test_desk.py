"""The case desk on a real store: photos, forms, hostile words, and what a refresh must leave alone."""

from io import BytesIO

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.people import Actor
from console.service.tasks import Answer
from console.ui.base.text import PlainLabel
from console.ui.case.desk import CasePanel
from console.ui.case.drafts import Drafts
from console.ui.case.pictures import LargeView

pytest_plugins = ("tests.ui.stage",)


def desk(stage, case_id, login="duty"):
    seat = stage.seat(login)
    panel = CasePanel(seat)
    stage.work.changed.connect(panel.changed)
    stage.feed.listen(lambda entries: stage.work.post(frozenset(entry.kind for entry in entries)))
    stage.show(panel)
    stage.qtbot.waitActive(panel)
    seat.take(case_id)
    stage.until(lambda: panel.reading is not None)
    return panel


def picture(stage, login, shade):
    buffer = BytesIO()
    Image.new("RGB", (1200, 900), (shade, 90, 60)).save(buffer, "JPEG")
    return stage.photos.take_in(stage.town.actor(login), buffer.getvalue()).sha256


def closing(stage):
    """A case that waits to be closed by the director."""
    case, (task,) = stage.town.sent("0602")
    for action, more in (("sign", {}), ("finish", {"text": "已修好"})):
        task = stage.town.tasks.answer(stage.town.actor("d10"), task.id, task.version, Answer(action, **more))
    stage.town.cases.check(stage.town.actor("checker"), case.id, stage.town.case(case.id).version, "现场已亮")
    return case.id


def test_what_is_typed_is_on_the_disk_within_a_second_of_a_kill(stage, tmp_path):
    file = tmp_path / "drafts" / "1.json"
    seat = stage.seat("duty")
    panel = CasePanel(seat, drafts=Drafts.of(file))
    stage.show(panel)
    seat.take(stage.town.report().case_id)
    stage.until(lambda: panel.reading is not None)
    panel.act("order")
    panel.strip.note.setPlainText("请先围挡")

    stage.until(lambda: file.exists() and "请先围挡" in file.read_text(encoding="utf-8"))

    assert Drafts.of(file).plans[seat.case_id].instruction == "请先围挡"


def test_photos_are_shown_and_enter_makes_one_large(stage):
    names = tuple(picture(stage, "grid001", shade) for shade in (40, 200))
    panel = desk(stage, stage.town.report("0601", photos=names).case_id)
    thumbs = panel.card.photos.thumbs
    stage.until(lambda: [thumb.is_shown for thumb in thumbs.values()] == [True, True])

    thumbs[names[1]].setFocus()
    stage.press(Qt.Key.Key_Return)
    large = panel.findChild(LargeView)
    stage.until(lambda: large.isVisible() and not large._picture.isNull())
    assert large._names[large._place] == names[1]
    stage.press(Qt.Key.Key_Right)
    assert large._names[large._place] == names[0]
    stage.press(Qt.Key.Key_Escape)
    assert not large.isVisible()
    assert thumbs[names[1]].hasFocus()


def test_news_of_the_case_move_neither_scroll_nor_focus(stage):
    case, (task,) = stage.town.sent("0602")
    panel = desk(stage, case.id)
    panel.resize(420, 360)
    stage.until(lambda: panel.card.verticalScrollBar().maximum() > 40)
    panel.card.verticalScrollBar().setValue(40)
    button = panel.verbs.button("recall")
    button.setFocus()
    before = len(panel.card.moments)

    stage.town.answer("d10", task, "sign")
    stage.until(lambda: len(panel.card.moments) > before)

    assert panel.card.verticalScrollBar().value() == 40
    assert panel.verbs.button("recall") is button
    assert QApplication.focusWidget() is button


def test_hostile_words_are_shown_as_they_were_typed(stage):
    words = "<table>" * 50 + "<img src='file:///etc/passwd'>"
    panel = desk(stage, stage.town.report("0601", text=words, address="<h1>路</h1>").case_id)
    shown = [label.text() for label in panel.card.findChildren(PlainLabel)]
    assert words in shown
    assert "<h1>路</h1>" in shown
    assert {label.textFormat() for label in panel.card.findChildren(PlainLabel)} == {Qt.TextFormat.PlainText}


def test_a_closing_without_its_words_names_the_field_and_goes_there(stage):
    case_id = closing(stage)
    panel = desk(stage, case_id, "leader")  # P4 may be closed by the shift leader
    panel.act("close")
    stage.type("ok")
    stage.submit()
    stage.until(lambda: panel.form.message.text() != "")
    assert panel.form.public_reply.hasFocus()

    stage.type("done, thank you")
    stage.submit()
    stage.until(lambda: stage.town.case(case_id).state == "80")
    assert stage.town.case(case_id).public_reply == "done, thank you"
    stage.until(lambda: not panel.form.isVisible())


def test_a_recall_after_release_needs_a_reason_and_says_so(stage):
    case, _ = stage.town.sent("0601")
    panel = desk(stage, case.id)
    panel.act("recall")
    stage.submit()
    stage.until(lambda: panel.form.message.text() != "")
    stage.type("wrong unit")
    stage.submit()
    stage.until(lambda: stage.town.case(case.id).state == "30")


def test_another_category_proposes_others_and_is_what_is_sent(stage):
    case_id = stage.town.report("0601").case_id
    panel = desk(stage, case_id)
    panel.act("order")
    panel.strip.category.choose("0602")
    stage.until(lambda: panel.strip.plan.category == "0602")
    assert panel.strip.priority.code == "P4"
    panel.strip.note.setFocus()
    stage.submit()
    stage.until(lambda: stage.town.case(case_id).state == "40")
    assert (stage.town.case(case_id).category, stage.town.case(case_id).priority) == ("0602", "P4")


def test_tab_walks_through_the_whole_strip(stage):
    panel = desk(stage, stage.town.report("0601").case_id)
    panel.act("order")
    wanted = [panel.strip.category, panel.strip.priority, panel.strip.search.line, panel.strip.note, panel.strip.send, panel.strip.back]
    wanted += [row.co for row in panel.strip.rows.rows.values() if row.co.isEnabled()]
    met = []
    for _ in range(30):
        met.append(QApplication.focusWidget())
        stage.press(Qt.Key.Key_Tab)
    assert [part for part in wanted if part not in met] == []


def test_esc_goes_back_and_the_words_are_still_there(stage):
    panel = desk(stage, stage.town.report("0601").case_id)
    panel.act("order")
    stage.type(" +2")
    stage.press(Qt.Key.Key_Escape)
    assert not panel.strip.isVisible()
    panel.act("order")
    assert panel.strip.note.words.endswith(" +2")


def test_nothing_can_be_sent_twice_while_it_is_on_its_way(stage):
    case_id = stage.town.report("0601").case_id
    panel = desk(stage, case_id)
    panel.act("order")
    assert panel.submit()
    assert not panel.submit()
    stage.until(lambda: stage.town.case(case_id).state == "40")
    assert len(stage.desk(case_id).tasks) == 3


def test_an_acknowledgement_somebody_else_was_faster_with_is_told(stage):
    case_id = stage.town.report("0601").case_id
    panel = desk(stage, case_id)
    stage.feed.stop()
    stage.town.cases.ack(Actor(**{**vars(stage.town.actor("leader")), "seat": "B1"}), case_id, 1)
    panel.act("ack")
    stage.until(lambda: "值班长丙" in panel.message.text())
