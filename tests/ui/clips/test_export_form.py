"""The form of a state organ's request: the least period proposed, what is wrong beside it, files only after somebody allowed them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.clip import ClipRequest, ClipWish
from console.domain.video_leave import EXPORT, PUBLISH, VideoLeave
from console.service.clip_exports import Asked, Standing
from console.ui.clips.export_form import ExportForm
from tests.make import START
from tests.ui.clips.rows import CLIP, ROW

WORDS = ("南乐县公安局", "12号", "民警甲", "刑事诉讼法第五十四条")


def asked(state):
    until = START + timedelta(hours=24) if state == "granted" else None
    leave = VideoLeave(3, EXPORT, "…", 1, 2, START, state, valid_until=until)
    return Asked(ClipRequest(5, 7, 3, *WORDS, "", CLIP.starts_at, CLIP.ends_at, 1, START), leave)


@pytest.fixture
def form(qtbot):
    made = ExportForm()
    qtbot.addWidget(made)
    made.open(Standing(ROW, (CLIP.starts_at + timedelta(seconds=4), CLIP.ends_at), ()))
    return made


def fill(form):
    for name, words in zip(("organ", "letter_no", "officer", "basis"), WORDS, strict=True):
        form.fields[name].setText(words)


def test_the_least_period_stands_there_already(form, qtbot):
    heard = []
    form.asked.connect(heard.append)
    assert (form.fields["starts"].text(), form.fields["ends"].text()) == ("09:59:54", "10:00:00")
    assert form.fields["why_long"].isHidden()
    fill(form)
    form.ask.click()
    assert heard == [ClipWish(*WORDS, CLIP.starts_at + timedelta(seconds=4), CLIP.ends_at, "")]


def test_what_is_no_time_is_said_beside_it(form):
    fill(form)
    form.fields["starts"].setText("十点")
    form.ask.click()
    assert "19:42:10" in form.problem.text()


def test_more_than_two_hours_open_the_field_that_asks_why(form):
    form.say("…", "why_long")
    assert not form.fields["why_long"].isHidden()


@pytest.mark.parametrize(("state", "words"), [("asked", "待审批"), ("granted", "已批准"), ("refused", "未批准")])
def test_what_was_asked_stands_below_and_only_what_was_allowed_can_be_written(form, state, words):
    heard = []
    form.written.connect(heard.append)
    form.show_asked((asked(state),))
    line = form.waiting.itemAt(0).widget()
    assert words in line.findChildren(type(form.title))[0].text()
    buttons = line.findChildren(type(form.ask))
    assert bool(buttons) is (state == "granted")
    for button in buttons:
        button.click()
    assert len(heard) == len(buttons)


def test_esc_calls_off_first_and_then_goes_back(form, qtbot):
    form.show()
    watch = form.progress.begin("正在烧录水印")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert watch.stop.waits(0.0)
    assert not form.isHidden()
    form.progress.end()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_what_was_typed_for_a_clip_stays_for_it(form):
    fill(form)
    form.open(Standing(ROW, (CLIP.starts_at, CLIP.ends_at), ()))
    assert form.fields["organ"].text() == WORDS[0]


@pytest.mark.parametrize(
    ("use", "fields"), [("organ", {"organ", "letter_no", "officer"}), ("inside", {"officer"}), ("public", {"organ", "officer"})]
)
def test_each_use_asks_for_what_it_needs_and_for_nothing_else(form, use, fields):
    heard = []
    form.asked.connect(heard.append)
    fill(form)
    form.use.choose(use)
    assert {name for name in ("organ", "letter_no", "officer") if not form.fields[name].isHidden()} == fields
    form.ask.click()
    (wish,) = heard
    assert wish.use == use
    assert {name for name in ("organ", "letter_no", "officer") if getattr(wish, name)} == fields
    assert wish.basis == WORDS[3]


def test_what_is_published_is_covered_before_it_is_written(form):
    heard = []
    form.covering.connect(heard.append)
    form.written.connect(lambda _: heard.append("written"))
    public = asked("granted")
    form.show_asked((replace(public, leave=replace(public.leave, kind=PUBLISH)),))
    (button,) = form.waiting.itemAt(0).widget().findChildren(type(form.ask))
    assert button.text() == "遮挡并生成…"
    button.click()
    assert [one.leave.kind for one in heard] == ["publish"]
