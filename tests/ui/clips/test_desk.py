"""The clips of the case in hand on a real seat: listed, looked at for a reason, held, and taken out once somebody allowed it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.clip import ClipWish
from console.service.clip_exports import ClipExports
from console.service.clip_holds import ClipHolds
from console.service.clips import Clips
from console.service.stills import Stills
from console.service.video_leaves import VideoLeaves
from console.ui.case.desk import CasePanel
from console.ui.review.desk import ReviewDesk
from console.ui.review.joined import join_clips
from console.video.pool import Pool
from tests.service.filming import LEVELS, Filming
from tests.video.clips import recording

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def pool():
    with Pool(workers=1) as started:
        yield started


@pytest.fixture
def filmed(stage, tmp_path, pool):
    filming = Filming(stage.town, tmp_path)
    clips = Clips(stage.town.desk, filming.files)
    out = ClipExports(stage.town.desk, filming.files, tmp_path / "exports")
    stills = Stills(stage.town.desk, filming.files, tmp_path / "exports")
    more = {"clips": clips, "clip_exports": out, "clip_holds": ClipHolds(stage.town.desk), "pool": pool}
    more |= {"stills": stills, "sightings": stage.town.sightings}
    stage.services = type(stage.services)(**(vars(stage.services) | more))
    return filming


def desk_of(stage, login, case_id):
    seat = stage.seat(login)
    panel = CasePanel(seat)
    stage.show(panel)
    stage.feed.listen(lambda entries: seat.work.post(frozenset(entry.kind for entry in entries)))
    seat.work.changed.connect(panel.changed)
    seat.take(case_id)
    stage.until(lambda: panel.reading is not None)
    return panel


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_card_lists_what_was_kept(stage, filmed, count):
    case_id = stage.town.report().case_id
    for _ in range(count):
        filmed.kept(case_id)
        stage.town.wait(60)
    panel = desk_of(stage, "duty", case_id)
    evidence = panel.card.evidence
    assert evidence.isVisibleTo(panel) is bool(count)
    assert len(evidence.lines) == count
    for line in evidence.lines:
        assert line.what.text() == "C301 仓颉路西"
        assert "10秒" in line.when.text()
        assert f"SHA-256 {line.row.clip.sha256[:8]}…" in line.who.text()
        assert "值班员甲" in line.who.text()


def test_a_clip_is_played_after_its_reason_and_its_row_ends_when_it_is_put_away(stage, filmed, qtbot):
    case_id = stage.town.report().case_id
    filmed.kept(case_id)
    panel = desk_of(stage, "leader", case_id)
    desk = ReviewDesk(panel._seat)
    join_clips(panel._seat, desk)
    panel.card.evidence.lines[0].wished.emit("look", (panel.card.evidence.lines[0].row,))
    panel.clips.look.reason.setText("看")
    panel.clips.look.done.click()
    stage.until(lambda: panel.clips.look.problem.text())
    panel.clips.look.reason.setText("复核车辆颜色")
    panel.clips.look.done.click()
    stage.until(lambda: desk.window is not None)
    window = desk.window
    qtbot.waitUntil(lambda: window.pictures.reel.playing.phase == "shown", timeout=20_000)
    assert [access.closed_at for access in filmed.accesses("clip_view")] == [None]
    QTest.keyClick(window, Qt.Key.Key_C)
    assert window.foot.says.text() == "这已经是案件里的片段"
    QTest.keyClick(window, Qt.Key.Key_S)
    stage.until(lambda: "C301" in window.foot.says.text())
    QTest.keyClick(window, Qt.Key.Key_M)
    QTest.keyClick(window.seen_line, Qt.Key.Key_6)
    stage.until(lambda: filmed.accesses("mark"))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert desk.window is None
    window.deck.join()
    stage.until(lambda: filmed.accesses("clip_view")[0].closed_at is not None)
    assert [(one.purpose, one.case_id) for one in (*filmed.accesses("mark"), *filmed.accesses("snapshot"))] == [("V1", case_id)] * 2


def test_clips_of_a_case_are_looked_at_together_each_with_its_row(stage, filmed, qtbot):
    case_id = stage.town.report().case_id
    for seconds in (0, 8):
        stage.town.wait(seconds)
        filmed.kept(case_id)
    panel = desk_of(stage, "leader", case_id)
    desk = ReviewDesk(panel._seat)
    join_clips(panel._seat, desk)
    assert panel.card.evidence.side_by_side.isVisibleTo(panel)
    panel.card.evidence.side_by_side.click()
    assert panel.clips.look.title.text().startswith("为何查看 C301 的 2 段片段")
    panel.clips.look.reason.setText("复核车辆颜色")
    panel.clips.look.done.click()
    stage.until(lambda: desk.window is not None)
    window = desk.window
    (track,) = window.deck.timeline.tracks
    assert [piece.starts_at for piece in track.pieces] == [filmed.town.clock.now() - timedelta(seconds=each) for each in (18, 10)]
    assert [access.closed_at for access in filmed.accesses("clip_view")] == [None, None]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    window.deck.join()
    stage.until(lambda: all(access.closed_at is not None for access in filmed.accesses("clip_view")))


def test_one_clip_that_was_changed_keeps_all_from_being_opened(stage, filmed, qtbot):
    case_id = stage.town.report().case_id
    for level in (LEVELS, LEVELS[::-1]):
        filmed.film = recording(filmed.folder / f"film{level[0]}.mp4", level)
        stage.town.wait(20)
        clip = filmed.kept(case_id)
    path = filmed.files.path(clip.sha256)
    path.write_bytes(b"?" + path.read_bytes()[1:])
    panel = desk_of(stage, "leader", case_id)
    panel.card.evidence.side_by_side.click()
    panel.clips.look.reason.setText("复核车辆颜色")
    panel.clips.look.done.click()
    stage.until(lambda: panel.clips.look.problem.text())
    assert all(access.closed_at is not None for access in filmed.accesses("clip_view"))


def test_the_director_holds_a_clip_and_the_list_says_so(stage, filmed):
    case_id = stage.town.report().case_id
    filmed.kept(case_id)
    panel = desk_of(stage, "director", case_id)
    panel.card.evidence.lines[0].wished.emit("hold", (panel.card.evidence.lines[0].row,))
    panel.clips.hold.reason.setText("法院调取，案件审理中")
    panel.clips.hold.done.click()
    stage.until(lambda: panel.card.evidence.lines[0].row.clip.hold_until is not None)
    assert panel.clips.isHidden()


def allowed(stage, form):
    """The button by which the file is written, once somebody allowed it."""

    def button():
        found = form.waiting.itemAt(0).widget().findChildren(type(form.ask)) if form.waiting.count() else []
        return found[0] if found else None

    stage.until(button)
    return button()


def test_asked_allowed_at_another_seat_and_written(stage, filmed, qtbot, tmp_path):
    case_id = stage.town.report().case_id
    filmed.kept(case_id)
    panel = desk_of(stage, "duty", case_id)
    panel.card.evidence.lines[0].wished.emit("export", (panel.card.evidence.lines[0].row,))
    form = panel.clips.export
    stage.until(lambda: form.isVisibleTo(panel))
    form.ask.click()
    stage.until(lambda: form.problem.text())
    for name, words in (("organ", "南乐县公安局"), ("letter_no", "12号"), ("officer", "民警甲"), ("basis", "刑事诉讼法第五十四条")):
        form.fields[name].setText(words)
    assert panel.submit()
    stage.until(lambda: form.waiting.count() == 1)
    leaves, director = VideoLeaves(stage.town.desk), stage.town.actor("director")
    (waiting,) = leaves.waiting(director).rows
    leaves.grant(director, waiting.leave.id, waiting.leave.version)

    allowed(stage, form).click()
    assert form.progress.is_running
    qtbot.waitUntil(lambda: "SHA-256" in form.good.text(), timeout=30_000)
    assert len(list((tmp_path / "exports").iterdir())) == 1


def test_what_is_published_is_looked_at_covered_opened_part_by_part_and_written(stage, filmed, qtbot, tmp_path):
    case_id = stage.town.report().case_id
    clip = filmed.kept(case_id)
    panel = desk_of(stage, "duty", case_id)
    desk = ReviewDesk(panel._seat)
    join_clips(panel._seat, desk)
    panel.card.evidence.lines[0].wished.emit("export", (panel.card.evidence.lines[0].row,))
    form = panel.clips.export
    stage.until(lambda: form.isVisibleTo(panel))
    form.use.choose("public")
    for name, words in (("organ", "县电视台"), ("officer", "宣传干事乙"), ("basis", "寻找走失老人的公告")):
        form.fields[name].setText(words)
    assert panel.submit()
    stage.until(lambda: form.waiting.count() == 1)
    leaves, director = VideoLeaves(stage.town.desk), stage.town.actor("director")
    (waiting,) = leaves.waiting(director).rows
    assert waiting.leave.kind == "publish"
    leaves.grant(director, waiting.leave.id, waiting.leave.version)

    allowed(stage, form).click()
    stage.until(lambda: desk.window is not None)
    window = desk.window
    (look,) = filmed.accesses("clip_view")
    assert (look.reason, look.case_id) == ("寻找走失老人的公告", case_id)
    QTest.keyClick(window, Qt.Key.Key_N)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.window is None
    window.deck.join()
    qtbot.waitUntil(lambda: "SHA-256" in form.good.text(), timeout=30_000)
    (file,) = (tmp_path / "exports").iterdir()
    assert file.read_bytes() != filmed.files.path(clip.sha256).read_bytes()
    (told,) = (entry.facts for entry in filmed.entries("clip") if entry.op == "clip_export")
    assert (told["masked"], told["clear"]) == (True, 1)
    stage.until(lambda: filmed.accesses("clip_view")[0].closed_at is not None)


def test_a_file_that_is_ready_after_another_case_came_into_hand_is_told_nevertheless(stage, filmed, qtbot, tmp_path):
    case_id, other = stage.town.report().case_id, stage.town.report().case_id
    clip = filmed.kept(case_id)
    panel = desk_of(stage, "duty", case_id)
    said = []
    panel._seat.said.connect(said.append)
    out, duty = panel._seat.services.clip_exports, panel._seat.actor
    wish = ClipWish("", "", "调解员丙", "调解时当面核对", clip.starts_at, clip.ends_at, use="inside")
    asked = out.ask(duty, clip.id, wish)
    leaves, director = VideoLeaves(stage.town.desk), stage.town.actor("director")
    leaves.grant(director, asked.leave.id, asked.leave.version)
    panel.card.evidence.lines[0].wished.emit("export", (panel.card.evidence.lines[0].row,))
    allowed(stage, panel.clips.export).click()
    panel._seat.take(other)
    qtbot.waitUntil(lambda: any("SHA-256" in words for words in said), timeout=30_000)
    assert panel.clips.export.isHidden()
