"""The matrix of rights over recorded video: every operation x role x place, tried and rolled back, against handbook 3.5, G1, G2, G26, Q6.

What is expected is written out here by hand a second time, as in `rights_model.py`; it knows nothing of the product's tables.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from console.domain.attachment import Attachment
from console.domain.camera import VideoAccess
from console.domain.clip import ClipWish, VideoClip
from console.domain.errors import Denied, Missing, Refused
from console.domain.footage import Footage
from console.domain.people import Actor
from console.domain.video_leave import EXPORT, PLAYBACK, VideoLeave, Wish
from console.net.vault import Vault
from console.service.clip_exports import ClipExports
from console.service.clip_holds import ClipHolds
from console.service.clips import Clips
from console.service.plugins import Plugins
from console.service.recordings import Recordings
from console.service.video_leaves import VideoLeaves
from console.service.video_watch import VideoWatch
from console.store import tables
from console.store.files import Files
from tests import rights_model as model
from tests.make import CAMERAS, CODES, START, Town
from tests.test_rights import Rolled, Trial, a_case, actors, compare, sqlite_town_of_rights

pytestmark = pytest.mark.timeout(300)
__all__ = ["sqlite_town_of_rights"]
TEN, REASON = timedelta(minutes=10), "查看肇事车辆去向"
# 3.5, playback / export: village and town ask, county and city do; of each hall those who work with cases and video there.
ASKERS = {"R05", "R06", "R07", "R08", "R14", "R16", "R17"}
APPROVERS, POLICE, REVIEWERS = {"R15", "R17"}, {"R21"}, {"R17"}  # G1, Q6, G26
HOLDERS = {"R17"}  # G2: the director keeps personal data from deletion for proceedings
REGISTERS, SAMPLERS = {"R17", "R18", "R19"}, {"R19"}  # G1, G27
REFUSED = "refused"  # the role may, this person has no leave
# What is the own look's alone, and reading of one's own.
OWN = {"Clips.close", "Recordings.close", "VideoLeaves.newest", "VideoLeaves.chore", "VideoWatch.may_read", "VideoWatch.may_sample"}


def outcome(call: Callable[[], object]) -> str:
    """As in `test_rights.py`; what only reads returns."""
    try:
        call()
    except Denied:
        return model.DENIED
    except Missing:
        return model.MISSING
    except Refused:
        return REFUSED
    except Rolled:
        return model.YES
    return model.YES


def over(relation: str) -> bool:
    """Whether the case, camera or clip lies in the own area."""
    return model.RELATIONS[relation][1] in ("owner", "above")


def asks(role: str, relation: str) -> str:
    """Asking to play or to take out, and knowing what recorders have."""
    if role not in ASKERS or model.column(role, relation) not in model.MAY["playback / export"].split():
        return model.DENIED
    return model.YES if over(relation) else model.MISSING


def breaks(role: str, relation: str) -> str:
    """Playing without leave in an emergency of a case."""
    return asks(role, relation) if model.sees(role, relation, "", released=True) else model.MISSING


def among(roles: set[str]) -> Callable[[str, str], str]:
    """An act of some roles over their own area; to others there is nothing."""
    return lambda role, relation: model.YES if role in roles and over(relation) else model.MISSING


def told(roles: set[str]) -> Callable[[str, str], str]:
    """A register of some roles; others are told so."""
    return lambda role, _: model.YES if role in roles else model.DENIED


def holds(role: str, relation: str) -> str:
    """Holding a clip back from deletion: it wants the role, then the case."""
    if role not in HOLDERS:
        return model.DENIED
    return model.YES if model.sees(role, relation, "", released=True) else model.MISSING


def reads(role: str, relation: str) -> str:
    """The evidence of a case: whoever knows of the case."""
    return model.YES if model.sees(role, relation, "", released=True) else model.MISSING


def plays(role: str, relation: str) -> str:
    """Playing without having asked: the leave is missing, where the role and the place are not."""
    return REFUSED if asks(role, relation) == model.YES else asks(role, relation)


def nobody(_role: str, _relation: str) -> str:
    """What belongs to somebody else's look."""
    return model.MISSING


@dataclass
class World:
    """A case of the county with a clip of camera C301, requests of others, and services that roll back."""

    town: Town
    case_id: int
    clip: VideoClip
    held: VideoClip
    leaves: dict[str, VideoLeave]
    access_id: int
    folder: Path

    def calls(self) -> dict[str, tuple[Callable[[str, str], str], Callable[[Actor], object]]]:
        """Every operation, what is expected of it, and how it is tried."""
        desk = Trial(self.town.store, CODES, self.town.clock)
        files = Files(self.folder / "files")
        for name in (self.clip.sha256, self.clip.picture):
            files.put(name, b"some bytes")
        leaves, watch, holding = VideoLeaves(desk), VideoWatch(desk), ClipHolds(desk)
        clips, out = Clips(desk, files), ClipExports(desk, files, self.folder / "out")
        recordings = Recordings(desk, Plugins(desk, lambda: self.town.ground, Vault.in_file(self.folder)))
        wish = Wish((1,), START - TEN, START, "V5", REASON)
        letter = ClipWish("公安局", "12号", "民警甲", "刑事诉讼法第五十四条", self.clip.starts_at, self.clip.ends_at)
        footage = Footage(self.access_id, CAMERAS[0], "", START - TEN, START)
        period, until = (START - TEN, START), START + timedelta(days=30)
        asked, police, broken = (self.leaves[name] for name in ("asked", "police", "broken"))
        clip, held, case_id = self.clip, self.held, self.case_id
        return {
            "VideoLeaves.ask": (asks, lambda who: leaves.ask(who, PLAYBACK, wish)),
            "VideoLeaves.ask export": (asks, lambda who: leaves.ask(who, EXPORT, wish)),
            "VideoLeaves.break_glass": (breaks, lambda who: leaves.break_glass(who, replace(wish, purpose="V1", case_id=case_id))),
            "VideoLeaves.may_break_glass": (reads, lambda who: leaves.may_break_glass(who, case_id)),
            "VideoLeaves.grant": (among(APPROVERS), lambda who: leaves.grant(who, asked.id, asked.version)),
            "VideoLeaves.grant police": (among(POLICE), lambda who: leaves.grant(who, police.id, police.version)),
            "VideoLeaves.refuse": (among(APPROVERS), lambda who: leaves.refuse(who, asked.id, asked.version)),
            "VideoLeaves.review": (among(REVIEWERS), lambda who: leaves.review(who, broken.id, broken.version, "fit")),
            "Recordings.find": (asks, lambda who: recordings.find(who, (1,), *period)),
            "Recordings.open": (plays, lambda who: recordings.open(who, (1,), *period, purpose="V5", reason=REASON)),
            "Recordings.look_back": (nobody, lambda who: recordings.look_back(who, self.access_id, *period)),
            "Clips.keep_live": (nobody, lambda who: clips.keep_live(who, self.access_id, case_id, lambda path: None)),
            "Clips.cut": (nobody, lambda who: clips.cut(who, footage, period, case_id)),
            "Clips.of_case": (reads, lambda who: clips.of_case(who, case_id)),
            "Clips.picture": (reads, lambda who: clips.picture(who, clip.id)),
            "Clips.open": (model.live, lambda who: clips.open(who, clip.id, REASON)),
            "ClipExports.standing": (asks, lambda who: out.standing(who, clip.id)),
            "ClipExports.ask": (asks, lambda who: out.ask(who, clip.id, letter)),
            "ClipHolds.place": (holds, lambda who: holding.place(who, clip.id, clip.version, REASON, until)),
            "ClipHolds.lift": (holds, lambda who: holding.lift(who, held.id, held.version, REASON)),
            "VideoWatch.looks": (told(REGISTERS), watch.looks),
            "VideoWatch.lacking": (told(REGISTERS), lambda who: watch.lacking(who, "sign")),
            "VideoWatch.sample": (told(SAMPLERS), lambda who: watch.sample(who, "off_duty", START)),
        }  # fmt: skip


@pytest.fixture
def world(sqlite_town_of_rights: Town, tmp_path: Path) -> World:
    town = sqlite_town_of_rights
    case = a_case(town, "", priority="P1")
    who, now = town.actor("duty"), town.clock.now()
    wish = VideoLeave(
        0, PLAYBACK, REASON, 1, 2, now, cameras=(1,), starts_at=now - TEN, ends_at=now, purpose="V5", org_id=1, asker=who.name
    )
    with town.store.write() as unit:
        row = VideoAccess(0, 1, "live", "V1", case.id, REASON, who.user_id, who.name, who.org_id, who.seat, now)
        access = unit.add(tables.video_access, row)
        made = []
        for number in range(2):
            unit.add(tables.attachment, Attachment(900 + number, "case", case.id, case.id, "during", "clip", "c" * 64, 1, 4, 4, 1, now))
            there = (access.id, 1, case.id, 900 + number, now - TEN, now)
            made.append(unit.add(tables.video_clip, VideoClip(0, *there, "live", "c" * 64, "d" * 64, "", False, 1, who.name, now)))
        unit.run(update(tables.video_clip).where(tables.video_clip.c.id == made[1].id).values(hold_until=now + timedelta(days=1)))
        found = {
            "asked": unit.add(tables.video_leave, wish), "police": unit.add(tables.video_leave, replace(wish, is_police=True)),
            "broken": unit.add(tables.video_leave, replace(wish, state="broken", review_due=now + timedelta(days=1))),
        }  # fmt: skip
    return World(town, case.id, made[0], replace(made[1], hold_until=now + timedelta(days=1)), found, access.id, tmp_path)


def test_operations_on_recorded_video(world, monkeypatch):
    monkeypatch.setattr(Files, "is_whole", lambda *_: True)  # the bytes are another test's affair
    calls = world.calls()

    def cells() -> Iterator[tuple[str, str, str]]:
        for name, (want, call) in calls.items():
            for role, relation, actor in actors():
                yield f"{name} {role} {relation}", outcome(lambda call=call, actor=actor: call(actor)), want(role, relation)

    assert compare(cells()) == 23 * 8 * len(calls)


def test_no_operation_on_recorded_video_is_unknown_to_the_matrix(world):
    classes = (VideoLeaves, Recordings, Clips, ClipExports, ClipHolds, VideoWatch)
    found = {
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, _ in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }  # fmt: skip
    lists = {"VideoLeaves.waiting", "Clips.urgent"}  # of others' things nothing is in them: tests/service/test_ask.py
    after = {"ClipExports.export"}  # of one's own request alone: tests/service/test_clip_exports.py
    assert found - OWN - lists - after == {name.partition(" ")[0] for name in world.calls()}
