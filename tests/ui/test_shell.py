"""The shell: keys become acts, panels come back where they were, nothing steals the focus."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QSplitter

from console.domain.errors import Refused
from console.ui.base.panel import Panel
from console.ui.base.sound import Sounds
from console.ui.grammar import VerbWord
from console.ui.shell import Furniture, Shell
from console.ui.strip import SeatWords
from console.ui.ticker import Unacked

CST = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 22, 14, 22, 7, tzinfo=CST)
SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"
NAMES = ("inbox", "board", "case", "map", "wall")


class Counting(Panel):
    """A panel that counts its questions and has a field to type into."""

    kinds = frozenset({"case"})

    def __init__(self, work, title):
        super().__init__(work, title)
        self.asked = 0
        self.field = QLineEdit()
        self.body.addWidget(self.field)

    def refresh(self):
        self.asked += 1
        self.fresh()


@pytest.fixture
def open_shell(qtbot, work, look, tmp_path):
    """Opens seats on one settings file, as a restarted program would."""
    made, sounds = [], Sounds(SOUNDS)
    calls = []

    def build(names=NAMES, *, is_shown=True, **facts):
        panels = {name: Counting(work, name) for name in names}
        acts = {"next_unacked": lambda: calls.append("next_unacked"), "dispatch": lambda: calls.append("dispatch")}
        furniture = Furniture(panels, acts, (VerbWord("acknowledge", "接警", ("jj",)),), calls.append)
        settings = QSettings(str(tmp_path / "seat.ini"), QSettings.Format.IniFormat)
        shell = Shell(
            work, look, sounds, furniture, settings,
            seat=SeatWords("南乐县综治中心", "A2席", "值班员甲"), now=lambda: NOW, login="duty", **facts,
        )  # fmt: skip
        shell.panels, shell.calls = panels, calls
        made.append(shell)
        if is_shown:
            shell.resize(1500, 850)
            shell.show()
            qtbot.waitUntil(panels[names[0]].isVisible)
            qtbot.wait(10)
        return shell

    yield build
    for shell in made:
        shell.close()
        shell.deleteLater()
    sounds.deleteLater()


def test_keys_start_their_acts(qtbot, open_shell):
    shell = open_shell()
    shell.activateWindow()
    shell.panels["inbox"].field.setFocus()
    qtbot.keyClick(shell.panels["inbox"].field, Qt.Key.Key_F3)
    qtbot.keyClick(shell.panels["inbox"].field, Qt.Key.Key_F5)
    assert shell.calls == ["next_unacked", "dispatch"]


def test_keys_a_panel_takes_itself_stand_on_the_sheet_while_it_is_seen(qtbot, open_shell):
    shell = open_shell()
    shell.panels["wall"].keys = frozenset({"wall_shot"})

    def told():
        shell._show_keys()
        words = {label.text() for label in shell.overlay._card.findChildren(QLabel)}
        shell._show_keys()
        return words

    assert "画面截图存入当前案件" in told()
    shell.open("Cases")
    qtbot.waitUntil(lambda: not shell.panels["wall"].isVisible())
    assert "画面截图存入当前案件" not in told()


def test_an_act_that_is_not_given_has_no_key(open_shell):
    shell = open_shell()
    assert "acknowledge" not in shell.actions_by_name
    assert {"overlay", "command", "silence", "lock", "look"} <= set(shell.actions_by_name)


def test_only_perspectives_with_their_panel_can_be_opened(open_shell):
    shell = open_shell(("inbox", "map"))
    assert [each.name for each in shell.perspectives] == ["Duty"]
    assert not shell.open("Video")
    assert "perspective_4" not in shell.actions_by_name


def test_news_reach_visible_panels_and_wait_for_hidden_ones(qtbot, work, open_shell):
    shell = open_shell()
    shell.open("Cases")
    qtbot.waitUntil(lambda: not shell.panels["wall"].isVisible())
    inbox, wall = shell.panels["inbox"], shell.panels["wall"]
    before = (inbox.asked, wall.asked)
    work.post(frozenset({"case"}))
    qtbot.waitUntil(lambda: inbox.asked == before[0] + 1)
    assert wall.asked == before[1]
    shell.open("Duty")
    qtbot.waitUntil(lambda: wall.asked == before[1] + 1)


def test_switching_keeps_the_focus_where_it_can(qtbot, open_shell):
    shell = open_shell()
    shell.panels["case"].field.setFocus()
    qtbot.waitUntil(shell.panels["case"].field.hasFocus)
    shell.open("Cases")
    assert shell.panels["case"].field.hasFocus()


def test_a_perspective_opens_within_half_a_second(open_shell):
    shell = open_shell()
    shell.open("Video")
    started = datetime.now(CST)
    shell.open("Duty")
    QApplication.processEvents()
    assert datetime.now(CST) - started < timedelta(seconds=0.5)


def test_the_seat_comes_back_as_it_was(qtbot, open_shell):
    first = open_shell()
    first.open("Video")
    first.resize(760, 640)  # inside the screen of the tests
    qtbot.wait(10)
    first.save_layout()
    second = open_shell(is_shown=False)
    second.show()
    qtbot.waitUntil(second.panels["wall"].isVisible)
    assert second.perspective == "Video"
    assert second.size() == first.size()


def test_panels_come_back_as_wide_as_they_were_drawn(qtbot, open_shell):
    first = open_shell()
    first.resize(760, 640)
    rows = [one for one in first.docks.widget.findChildren(QSplitter) if one.orientation() == Qt.Orientation.Horizontal and one.count() > 1]
    widest = max(rows, key=lambda one: one.width())
    before = widest.sizes()
    widest.setSizes([before[0] - 60, before[1] + 60, *before[2:]])
    qtbot.wait(10)
    drawn = {name: first.panels[name].width() for name in ("inbox", "map")}
    first.save_layout()
    second = open_shell(is_shown=False)
    second.show()
    qtbot.waitUntil(second.panels["inbox"].isVisible)
    qtbot.wait(10)
    assert widest.sizes() != before
    assert {name: second.panels[name].width() for name in drawn} == pytest.approx(drawn, abs=2)


def test_a_layout_is_written_without_being_asked(qtbot, open_shell):
    first = open_shell()
    first.open("Cases")
    qtbot.waitUntil(lambda: not first._save_soon.isActive(), timeout=4000)
    second = open_shell(is_shown=False)
    assert second.perspective == "Cases"


def test_a_reset_forgets_everything(qtbot, open_shell):
    first = open_shell()
    first.open("Video")
    first.save_layout()
    assert open_shell(is_shown=False, reset_layout=True).perspective == "Duty"


def test_a_failure_is_said_without_taking_the_focus(qtbot, open_shell, work):
    shell = open_shell()
    field = shell.panels["inbox"].field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    def refuse():
        raise Refused("unsigned_tasks", count=3)

    work.tell(shell, refuse, None, None)
    qtbot.waitUntil(shell.notices.isVisible)
    assert field.hasFocus()


def test_a_failure_does_not_take_the_undo_away(open_shell):
    shell = open_shell()
    shell.toast.say("已派遣 城管局", undo_s=8, tag="31")
    shell.show_failure(Refused("unsigned_tasks", count=3))
    assert shell.toast.can_undo
    assert not shell.toast.geometry().intersects(shell.notices.geometry())


def test_a_locked_seat_takes_no_acts_but_silence_and_wall_mode(qtbot, open_shell):
    shell, asked = open_shell(), []
    shell.unlock_asked.connect(lambda login, password: asked.append((login, password)))
    shell.lock()
    assert [name for name, action in shell.actions_by_name.items() if action.isEnabled()] == ["silence", "wall_mode"]
    qtbot.keyClicks(shell._locked.password, "secret")
    qtbot.keyClick(shell._locked.password, Qt.Key.Key_Return)
    assert asked == [("duty", "secret")]
    shell.unlock("账号或密码不对")
    assert shell._locked is not None
    shell.unlock()
    assert shell.actions_by_name["dispatch"].isEnabled()


def test_another_officer_may_sit_down_from_the_cover_and_from_the_menu(open_shell, monkeypatch):
    shell, asked = open_shell(), []
    shell.officer_asked.connect(lambda: asked.append("cover" if shell._locked else "menu"))
    shell.lock()
    shell._locked.other.click()
    shell.unlock()
    shown = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_: shown.append(menu))
    shell.strip.menu.click()
    next(action for action in shown[0].actions() if action.text() == "换人值守").trigger()
    assert asked == ["cover", "menu"]


def test_whether_the_seat_is_locked_is_told_once_each_way(open_shell):
    shell, told = open_shell(), []
    shell.lock_changed.connect(told.append)
    shell.lock()
    shell.lock()
    shell.unlock("账号或密码不对")
    shell.unlock()
    assert told == [True, False]


def test_nothing_below_the_cover_can_be_reached_by_tab(qtbot, open_shell):
    shell = open_shell()
    shell.panels["case"].field.setFocus()
    shell.lock()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget() or shell._locked, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is None or shell._locked.isAncestorOf(focus)
    shell.unlock()
    qtbot.waitUntil(shell.panels["case"].field.hasFocus)


def test_a_seat_that_was_left_locks_itself(qtbot, open_shell):
    shell = open_shell()
    assert shell._locked is None
    shell._idle.left.emit()
    assert shell._locked is not None


def test_a_locked_seat_keeps_ticker_and_strip_in_sight(open_shell):
    shell = open_shell()
    shell.lock()
    cover = shell._locked.geometry()
    assert cover.top() >= shell.ticker.geometry().bottom()
    assert not cover.intersects(shell.strip.geometry())


def test_day_turns_to_night_in_place(open_shell, look):
    shell = open_shell()
    shell.actions_by_name["look"].trigger()
    assert look.look == "night"
    assert shell.strip.grab().toImage().pixelColor(3, 3).name().upper() == "#15181B"


def test_language_and_scale_ask_for_a_new_shell(open_shell):
    shell, asked = open_shell(), []
    shell.rebuild_asked.connect(lambda language, scale: asked.append((language, scale)))
    shell.actions_by_name["language"].trigger()
    shell.actions_by_name["larger"].trigger()
    assert asked == [("en", 100), ("zh_CN", 110)]


def test_the_command_line_runs_what_was_typed(qtbot, open_shell):
    shell = open_shell()
    shell.actions_by_name["command"].trigger()
    qtbot.keyClicks(shell.command.line, "jj 031")
    qtbot.keyClick(shell.command.line, Qt.Key.Key_Return)
    assert shell.calls[-1].action == "acknowledge"


def test_the_ticker_jumps_through_the_shell(qtbot, open_shell):
    shell, jumps = open_shell(), []
    shell.jumped.connect(jumps.append)
    shell.ticker.show_events((Unacked("31", "P1", NOW, "井盖缺失"),))
    qtbot.mouseClick(shell.ticker, Qt.MouseButton.LeftButton)
    assert jumps == ["31"]


def test_a_lost_link_is_told_to_strip_and_panels(open_shell):
    shell = open_shell()
    shell.set_link(is_up=False, age_s=12)
    assert "00:12" in shell.strip.link.text()
    assert shell.panels["inbox"]._link_lost_at is not None


def test_f12_silences_for_30_s(qtbot, open_shell):
    shell = open_shell()
    shell.actions_by_name["silence"].trigger()
    assert shell._sounds.silent_s == 30


def test_f11_enlarges_the_panel_with_the_focus(qtbot, open_shell):
    shell = open_shell()
    shell.panels["map"].field.setFocus()
    qtbot.waitUntil(shell.panels["map"].field.hasFocus)
    shell.actions_by_name["maximise"].trigger()
    qtbot.waitUntil(lambda: not shell.panels["inbox"].isVisible())
    shell.actions_by_name["maximise"].trigger()
    qtbot.waitUntil(shell.panels["inbox"].isVisible)
