"""A line for each clip; a changed list is shown anew, an unchanged one stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.service.clips import Clips
from console.store.files import Files
from console.ui.clips.evidence import Evidence, shown_together
from tests.make import START
from tests.ui.clips.rows import CLIP, ROW

pytest_plugins = ("tests.ui.stage",)


@pytest.fixture
def evidence(stage, tmp_path):
    services = type(stage.services)(**(vars(stage.services) | {"clips": Clips(stage.town.desk, Files(tmp_path / "none"))}))
    stage.services = services
    made = Evidence(stage.seat("director"))
    stage.qtbot.addWidget(made)
    return made


def test_lines_stay_while_nothing_changed(evidence):
    evidence.show_clips((ROW,))
    first = evidence.lines[0]
    evidence.show_clips((ROW,))
    assert evidence.lines[0] is first
    held = replace(ROW, clip=replace(CLIP, hold_until=START + timedelta(days=3), hold_reason="法院调取", held_by="主任丁"))
    evidence.show_clips((held,))
    assert evidence.lines[0] is not first
    evidence.show_clips(())
    assert evidence.isHidden()


def test_the_director_may_hold_too(evidence, stage):
    evidence.show_clips((ROW,))
    assert [action for action, _ in evidence.lines[0]._acts(stage.seat("director"))] == ["look", "export", "hold"]
    assert [action for action, _ in evidence.lines[0]._acts(stage.seat("duty"))] == ["look", "export"]


def test_a_review_shows_the_clips_of_nine_cameras():
    rows = [replace(ROW, camera=replace(ROW.camera, id=number % 11)) for number in range(22)]
    assert [row.camera.id for row in shown_together(rows)] == [*range(9), *range(9)]
