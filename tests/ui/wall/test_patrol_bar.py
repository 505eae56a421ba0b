"""The bar of a patrol says where it is, what is left behind, and whether seconds count."""

from dataclasses import replace

from console.domain.patrol import PatrolRun, PatrolStop, Walk
from console.ui.wall.patrol_bar import PatrolBar, Progress
from tests.make import CAMERAS, START

RUN = PatrolRun(1, 1, 2, "校园周边", "1", START, 1, "值班员甲", "A1", START, START)
STOPS = (
    PatrolStop(1, 1, 0, 1, 15, "", 15_200, "shown"), PatrolStop(2, 1, 1, 2, 30, "大门", 12_900),
    PatrolStop(3, 1, 2, 1, 15, "", 0, "waiting", "offline", 1), PatrolStop(4, 1, 3, 1, 15, "", 0, "missed", "offline", 2),
)  # fmt: skip
NOW = Progress(Walk(RUN, STOPS), STOPS[1], CAMERAS[1], 2, is_paused=False)


def bar(qtbot, progress):
    made = PatrolBar()
    qtbot.addWidget(made)
    made.show_progress(progress)
    return made


def test_it_says_which_camera_and_how_long(qtbot):
    made = bar(qtbot, NOW)
    assert made.where.text() == "校园周边 · 2/4 · C302 小学西门 · 已看 12/30 秒（预置位 大门）"
    assert made.state.text() == "已看 1 路 · 1 路无图像，最后补看 · 未看 1 路 · 上报 2 件"
    assert made.pause.text() == "暂停（P）"


def test_what_keeps_seconds_from_counting_takes_the_place_of_the_figures(qtbot):
    made = bar(qtbot, replace(NOW, is_paused=True, problem="已暂停，不计时"))
    assert (made.state.text(), made.pause.text()) == ("已暂停，不计时", "继续（P）")


def test_its_buttons_are_told(qtbot):
    made = bar(qtbot, NOW)
    for button, signal in ((made.pause, made.paused), (made.leave_out, made.skipped), (made.find, made.found), (made.end, made.ended)):
        with qtbot.waitSignal(signal):
            button.click()


def test_it_is_painted_with_its_share(qtbot):
    made = bar(qtbot, NOW)
    made.resize(800, made.sizeHint().height())
    assert made._share == 28 / 75
    assert not made.grab().isNull()
