"""Clips of cameras in a case: cut through a look of one's own, kept unchanged under their hash, looked at again for a reason.

Making a clip and looking at one are accesses of their own, written before a byte is read. Whoever may see the case and look
through the camera may look at its clips without further leave: the leave of handbook G1 stands before what recorders hold,
and a clip came past it when it was made. Taking one out of the hall is `clip_exports.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.domain.attachment import Attachment
from console.domain.camera import Camera, VideoAccess
from console.domain.case import OPEN_STATES, Case
from console.domain.clip import LONGEST, MOST_BYTES, ClipRow, Period, Source, VideoClip
from console.domain.errors import Invalid, Missing, Refused
from console.domain.footage import Footage
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.texts import check_text
from console.domain.video_leave import FOR_CASE, check_keeping
from console.service.desk import Act, Desk
from console.service.video_leaves import check_fit
from console.store import clips as rows
from console.store import offices, tables, uploads, video
from console.store.files import Files
from console.store.find import cases, places
from console.store.find import clips as questions
from console.store.scope import Scope
from console.video import cutting
from console.video.cutting import NOBODY, Outcome, Watch

REASON_MIN, REASON_MAX = 6, 200
EARLY_S = 2.0  # a recording may end so much before its time and is still called whole
WATERMARK_MAX = 200


@dataclass(frozen=True)
class Saved:
    """A clip that is in its case; how many seconds it lacks because its source ended early."""

    clip: VideoClip
    case_number: str
    missing_s: float = 0.0


@dataclass(frozen=True)
class _Begun:
    """A clip being made: its access row, its camera and its case."""

    access: VideoAccess
    camera: Camera
    case: Case


class Clips:
    """Makes clips, lists and opens them. Making one takes its time: never in the screen's thread."""

    def __init__(self, desk: Desk, files: Files) -> None:
        self.desk = desk
        self.files = files

    def urgent(self, actor: Actor, case_ids: tuple[int, ...]) -> frozenset[int]:
        """Those of these cases that are open and of P1 or P2: the last minute of their cameras is kept (video.md 2)."""
        with self.desk.store.read() as unit:
            return frozenset(questions.urgent(unit, Scope(actor), case_ids))

    def keep_live(self, actor: Actor, access_id: int, case_id: int, write: Callable[[Path], object]) -> Saved:
        """Keep in a case what a camera one looks through has just shown.

        `write` makes the file; its time of change is that of its last picture. Raises Missing for a look that has
        ended or a case that is not the actor's to see, Refused for a case that has ended, and what `write` raises.
        """
        begun = self._begin(actor, access_id, "live", case_id)

        def made(path: Path) -> tuple[Outcome, datetime]:
            write(path)
            ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            out = cutting.look(path)
            return out, ended - timedelta(seconds=out.seconds)

        return self._made(actor, begun, "live", made)

    def cut(self, actor: Actor, footage: Footage, period: Period, case_id: int, watch: Watch = NOBODY) -> Saved:
        """Keep in a case a stretch of recorded pictures that are open to the actor.

        Raises Missing and Refused as `keep_live` does, Invalid for a period outside the footage, and as `cutting.cut` does.
        """
        start, end = period
        if not footage.starts_at <= start < end <= footage.ends_at:
            raise Invalid("period", "outside_footage")
        if end - start > LONGEST:
            raise Invalid("period", "clip_too_long", hours=LONGEST // timedelta(hours=1))
        begun = self._begin(actor, footage.access_id, "playback", case_id)
        wanted = (end - start).total_seconds()

        def made(path: Path) -> tuple[Outcome, datetime]:
            out = cutting.cut(footage.address, ((start - footage.starts_at).total_seconds(), wanted), path, watch)
            return out, start - timedelta(seconds=out.lead_s)

        saved = self._made(actor, begun, "recording", made)
        missing = (end - saved.clip.ends_at).total_seconds()
        return replace(saved, missing_s=missing if missing > EARLY_S else 0.0)

    def of_case(self, actor: Actor, case_id: int) -> tuple[ClipRow, ...]:
        """The clips of a case, by the time they show. Raises Missing."""
        with self.desk.store.read() as unit:
            cases.case_by_id(unit, Scope(actor), case_id)
            return questions.of_case(unit, Scope(actor), case_id)

    def picture(self, actor: Actor, clip_id: int) -> Path:
        """Where a clip's first picture lies. Raises Missing."""
        with self.desk.store.read() as unit:
            return self.files.path(questions.by_id(unit, Scope(actor), clip_id).clip.picture)

    def open(self, actor: Actor, clip_id: int, reason: str) -> Footage:
        """Look at a clip again, for a reason; its access row ends with `close`.

        Raises Invalid for a reason under 6 letters, Missing, Refused("clip_changed") when its bytes are not those that were kept, and
        as `check_fit` does.
        """
        words = _reason(reason)

        def work(act: Act) -> Footage:
            row = questions.to_look_at(act.unit, act.scope, clip_id)
            check_fit(act)
            access = act.unit.add(tables.video_access, access_of(act, row, "clip_view", FOR_CASE, words))
            act.note("clip_view", "clip", clip_id, row.clip.version, {"access": access.id, "case": row.clip.case_id}, states=("", "open"))
            return Footage(access.id, row.camera, row.clip.sha256, row.clip.starts_at, row.clip.ends_at)

        opened = self.desk.run(actor, work)
        if not self.files.is_whole(opened.address):
            self.close(actor, opened.access_id)
            raise Refused("clip_changed")
        return replace(opened, address=str(self.files.path(opened.address).resolve()))

    def close(self, actor: Actor, access_id: int) -> None:
        """A look at a clip has ended. Closing twice changes nothing."""

        def work(act: Act) -> None:
            if video.close(act.unit, access_id, actor.user_id, act.now):
                act.note("look_away", "video", access_id, 2, {}, states=("clip_view", "closed"))

        self.desk.run(actor, work)

    def _begin(self, actor: Actor, access_id: int, kind: str, case_id: int) -> _Begun:
        def work(act: Act) -> _Begun:
            look = video.open_look(act.unit, access_id, act.actor.user_id, (kind,))
            if look is None:
                raise Missing("video", access_id)
            check_keeping(look)
            camera = places.camera_by_id(act.unit, act.scope, look.camera_id)
            case = _open_case(act, case_id)
            taken = replace(look, id=0, kind="clip", case_id=case.id, opened_at=act.now, closed_at=None)
            row = act.unit.add(tables.video_access, taken)
            facts: dict[str, object] = {"camera": camera.id, "purpose": look.purpose, "case": case.id, "from": access_id}
            act.note("cut", "video", row.id, 1, facts, states=("", "clip"))
            return _Begun(row, camera, case)

        return self.desk.run(actor, work)

    def _made(self, actor: Actor, begun: _Begun, source: Source, make: Callable[[Path], tuple[Outcome, datetime]]) -> Saved:
        """Make the file, take it in, then its row; whatever goes wrong, neither half a file nor an open access is left."""
        path, kept = self.files.room(".mp4"), list[str]()
        try:
            out, start = make(path)
            size = path.stat().st_size
            if size > MOST_BYTES:
                raise Refused("clip_too_large")
            kept += [self.files.take(path), self.files.take(out.picture)]
            clip = _clip(begun, out, source, start)
            clip = replace(clip, sha256=kept[0], picture=kept[1])
            return self.desk.run(actor, lambda act: self._note(act, begun, clip, (size, out.width, out.height)))
        except BaseException:
            self._undo(actor, begun, kept)
            raise
        finally:
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".jpg").unlink(missing_ok=True)

    def _note(self, act: Act, begun: _Begun, clip: VideoClip, size: tuple[int, int, int]) -> Saved:
        case, who = _open_case(act, begun.case.id), act.actor
        attached = Attachment(0, "case", case.id, case.id, "during", "clip", clip.sha256, *size, who.user_id, act.now)
        attached = uploads.attach(act.unit, attached)
        mark = watermark(act, case.number)
        clip = act.unit.add(tables.video_clip, replace(clip, attachment_id=attached.id, at=act.now, watermark=mark))
        video.close(act.unit, begun.access.id, who.user_id, act.now)
        facts: dict[str, object] = {
            "case": case.id, "camera": begun.camera.id, "code": begun.camera.code, "purpose": begun.access.purpose, "sha256": clip.sha256,
            "access": begun.access.id, "starts_at": clip.starts_at.isoformat(), "ends_at": clip.ends_at.isoformat(), "source": clip.source,
        }  # fmt: skip
        act.note("clip", "clip", clip.id, 1, facts, states=("", "kept"))
        return Saved(clip, case.number)

    def _undo(self, actor: Actor, begun: _Begun, kept: list[str]) -> None:
        def work(act: Act) -> list[str]:
            if video.close(act.unit, begun.access.id, actor.user_id, act.now):
                act.note("no_clip", "video", begun.access.id, 2, {}, states=("clip", "closed"))
            return [name for name in kept if not rows.is_kept(act.unit, name)]

        for name in self.desk.run(actor, work):
            self.files.remove(name)


def access_of(act: Act, row: ClipRow, kind: str, purpose: str, reason: str) -> VideoAccess:
    """What a look at a clip, or its way out, leaves in the register."""
    who = act.actor
    return VideoAccess(0, row.camera.id, kind, purpose, row.clip.case_id, reason, who.user_id, who.name, who.org_id, who.seat, act.now)


def watermark(act: Act, case_number: str) -> str:
    """What stands over a clip: unit, user, time, case (handbook G8)."""
    unit = offices.name_of(act.unit, act.actor.org_id)
    return f"{unit}  {act.actor.name}  {act.now.astimezone(CHINA):%Y-%m-%d %H:%M:%S}  {case_number}"[:WATERMARK_MAX]


def _clip(begun: _Begun, out: Outcome, source: Source, start: datetime) -> VideoClip:
    who = begun.access
    end = start + timedelta(seconds=out.seconds)
    return VideoClip(
        0, who.id, begun.camera.id, begun.case.id, None, start, end, source, "", "", "", False, who.user_id, who.user_name, who.opened_at
    )


def _open_case(act: Act, case_id: int) -> Case:
    case = act.case(case_id)
    if case.state not in OPEN_STATES:
        raise Refused("clip_for_ended_case", number=case.number)
    return case


def _reason(reason: str) -> str:
    words = reason.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
    return check_text("reason", words, REASON_MAX)
