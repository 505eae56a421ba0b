"""How far something is, told from another thread, and the button that calls it off."""

import threading

from console.ui.clips.progress import ProgressLine


def test_progress_comes_from_another_thread_and_ends(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    watch = line.begin("正在烧录水印")
    assert line.is_running
    threading.Thread(target=watch.progress, args=(0.37,)).start()
    qtbot.waitUntil(lambda: line.label.text() == "正在烧录水印：37 %")
    assert line.bar.share == 0.37
    line.end()
    assert (line.is_running, line.isHidden()) == (False, True)


def test_calling_off_is_told_once_to_who_works(qtbot):
    line = ProgressLine()
    qtbot.addWidget(line)
    watch = line.begin("正在烧录水印")
    assert not watch.stop.waits(0.0)
    line.cancel.click()
    assert watch.stop.waits(0.0)
    assert not line.cancel.isEnabled()
