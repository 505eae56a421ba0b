"""The pages about recorded video on the screen: who has which, requests decided, emergencies reviewed, registers filtered and turned."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSettings

from console.domain.camera import VideoAccess
from console.domain.people import Actor
from console.service.administration import Administration
from console.service.video_leaves import VideoLeaves
from console.service.video_watch import VideoWatch
from console.store import register, tables
from console.store.register import Source
from console.ui.seat import Seat
from console.ui.settings.panel import AdminPanel
from console.ui.settings.video_pages import video_pages
from tests.make import CAMERAS, START
from tests.service.recording import APPROVER, AUDITOR, POLICE, REASON, wish
from tests.ui.settings.test_oversight_pages import cells

pytest_plugins = ("tests.ui.stage",)


class Room:
    """The pages of somebody, shown and live by the feed."""

    def __init__(self, stage):
        self.stage, self.town, self.leaves = stage, stage.town, VideoLeaves(stage.town.desk)
        self.services = replace(
            stage.services, admin=Administration(stage.town.desk), leaves=self.leaves, video_watch=VideoWatch(stage.town.desk),
        )  # fmt: skip

    def pages(self, actor: Actor):
        kept = QSettings(str(self.stage.folder / "video.ini"), QSettings.Format.IniFormat)
        return dict(video_pages(Seat(actor, self.services, self.stage.work), kept))

    def open(self, actor: Actor, name: str):
        found = self.pages(actor)
        self.panel = AdminPanel(self.stage.work, tuple(found.items()))
        self.stage.work.changed.connect(self.panel.changed)
        self.stage.feed.listen(lambda entries: self.stage.work.post(frozenset(entry.kind for entry in entries)))
        self.stage.show(self.panel)
        self.panel.resize(1700, 900)
        answers = []
        found[name].answered.connect(lambda: answers.append(1))
        self.panel.show_page(found[name])
        self.stage.until(lambda: found[name].isVisible() and answers)
        return found[name]

    def ask(self, **more):
        return self.leaves.ask(self.town.actor("duty"), "playback", wish(1, 2, **more))[0]

    def look(self, **more):
        made = VideoAccess(0, 1, "live", "V5", None, REASON, 1, "值班员甲", 1, "A1", START)
        with self.town.store.write() as unit:
            unit.add(tables.video_access, replace(made, **more))


@pytest.fixture
def room(stage):
    return Room(stage)


@pytest.mark.parametrize(
    ("actor", "names"),
    [("director", ["录像审批", "调阅登记", "摄像机合规"]), ("supervisor", ["调阅登记", "摄像机合规"]), ("duty", []), ("viewer", []),
     (APPROVER, ["录像审批"]), (POLICE, ["录像审批"]), (AUDITOR, ["调阅登记", "每周抽查", "摄像机合规"])],
)  # fmt: skip
def test_everybody_has_the_pages_of_the_own_duty(room, actor, names):
    assert list(room.pages(room.town.actor(actor) if isinstance(actor, str) else actor)) == names


def test_a_request_arrives_live_and_is_granted(room):
    page = room.open(APPROVER, "录像审批")
    assert page.listing.table.empty_text == "没有待审批的录像申请。"
    made = room.ask()
    room.stage.until(lambda: page.listing.table.cells.rows)
    assert cells(page.listing.table, 4) == ["C301 仓颉路西、C302 小学西门"]
    assert page.fit.isHidden()

    page.grant.click()

    room.stage.until(lambda: not page.listing.table.cells.rows)
    assert page.message.text() == "已批准值班员甲，至 2026-11-23 12:00 止。"
    assert room.leaves.newest(room.town.actor("duty"), None)[0] == replace(
        made, state="granted", version=2, decided_by=30, decided_at=START, decider="审批人甲", valid_until=START + timedelta(hours=2),
    )  # fmt: skip


def test_an_emergency_stands_there_to_be_reviewed(room):
    case_id = room.town.report("0401").case_id
    room.leaves.break_glass(room.town.actor("duty"), wish(1, purpose="V1", case_id=case_id))
    page = room.open(room.town.actor("director"), "录像审批")
    room.stage.until(lambda: page.listing.table.cells.rows)
    assert cells(page.listing.table, 1) == ["紧急调阅"]
    assert cells(page.listing.table, 9) == ["2026-11-24 10:00"]
    assert page.grant.isHidden()

    page.unfit.click()

    room.stage.until(lambda: not page.listing.table.cells.rows)
    assert room.leaves.newest(room.town.actor("duty"), case_id)[0].verdict == "unfit"


def test_the_register_shows_filters_and_turns(room):
    for number in range(230):
        room.look(opened_at=START + timedelta(minutes=number), kind="playback" if number < 3 else "live")
    page = room.open(AUDITOR, "调阅登记")
    assert page.summary.text() == "共 230 条"
    assert len(page.listing.table.cells.rows) == 200
    page.kind.setCurrentIndex(page.kind.findData("playback"))
    room.stage.until(lambda: page.summary.text() == "共 3 条")
    page.words.setText("没有这个人")
    room.stage.until(lambda: page.listing.table.empty_text.startswith("没有符合条件"))


def test_an_emergency_is_red_in_the_register_and_leaves_as_csv(room):
    room.look(kind="playback", decision="broken", period_from=START, period_to=START + timedelta(hours=1), granted_to=START)
    page = room.open(AUDITOR, "调阅登记")
    assert cells(page.listing.table, 10) == ["紧急调阅"]
    assert cells(page.listing.table, 11) == ["11-23 10:00 – 11:00"]
    page.ask_export()
    page.purpose.setText("月度抽查材料")
    page.receiver.setText("县委政法委")
    page.submit()
    room.stage.until(lambda: "video-" in page.message.text())


def test_the_week_is_turned_and_its_kinds_are_chosen(room):
    for number in range(6):
        room.look(opened_at=START - timedelta(days=7, minutes=number))
    page = room.open(AUDITOR, "每周抽查")
    page.chips.choose("again")
    room.stage.until(lambda: page.listing.table.empty_text == "本周没有这类情况。")
    page._turn(-1)
    room.stage.until(lambda: page.listing.table.cells.rows)
    assert (page.when.text(), cells(page.listing.table, 3)) == ("2026-11-16 – 11-22", ["6\u2002"])


def test_cameras_are_listed_by_what_they_lack(room):
    with room.town.store.write() as unit:
        told = {"storage_days": 15, "notice_sign": "no", "registered_on": "2026-01-01"}
        register.write(unit, [replace(CAMERAS[0], id=0, code="C401", gb_id="")], [Source(0, "x", "1", attributes=told)], [("", "")])
    page = room.open(room.town.actor("supervisor"), "摄像机合规")
    room.stage.until(lambda: cells(page.listing.table) == ["C401"])
    page.chips.choose("unstated")
    room.stage.until(lambda: cells(page.listing.table) == ["C302", "C301"])
