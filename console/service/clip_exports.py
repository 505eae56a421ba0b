"""Taking a clip out of the hall: what for and on whose word first, leave by somebody else, then a file with the watermark burnt in.

What is exported is what was put before whoever decided: the same part, for the same letter (handbook G1, G5, G8, G17). What
everybody may see is covered but for the parts somebody opened; that cannot be turned off (G7).
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.domain.approval import ExportRecord
from console.domain.clip import ClipRequest, ClipRow, ClipWish, Period, around, check_clip_wish
from console.domain.errors import Denied, Missing, Refused, Unavailable
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.redaction import Clear, check_clear
from console.domain.video_leave import EXPORT, FOR_CASE, LETTER_MAX, OPEN, ORGAN, PUBLISH, VideoLeave, may_ask, under
from console.media.caption import caption
from console.service.clips import access_of, watermark
from console.service.desk import Act, Desk
from console.service.video_leaves import add, check_fit, save
from console.store import clips as rows
from console.store import tables, video, video_leaves
from console.store.files import Files
from console.store.find import cases
from console.store.find import clips as questions
from console.store.scope import Scope
from console.video import cutting
from console.video.cutting import NOBODY, Watch

RECEIVER_MAX = 80
USED = "used"


@dataclass(frozen=True)
class Asked:
    """A request for a clip and how it stands: asked, granted, refused, used."""

    request: ClipRequest
    leave: VideoLeave


@dataclass(frozen=True)
class Standing:
    """What somebody who would take a clip out finds: the least period that serves, and what was asked already."""

    row: ClipRow
    period: Period
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class _Begun:
    row: ClipRow
    request: ClipRequest
    access_id: int
    lines: tuple[str, ...]
    number: str
    is_covered: bool


class ClipExports:
    """Requests for clips and the files they become. Files land in one folder, for their owner's eyes."""

    def __init__(self, desk: Desk, files: Files, folder: Path) -> None:
        self.desk = desk
        self._files, self._folder = files, folder

    def standing(self, actor: Actor, clip_id: int) -> Standing:
        """What to begin with. Raises Denied, Missing."""
        _check_role(actor)
        with self.desk.store.read() as unit:
            row = questions.to_look_at(unit, Scope(actor), clip_id)
            case = cases.case_by_id(unit, Scope(actor), row.clip.case_id)
            asked = []
            for request in rows.requests_of(unit, clip_id, actor.user_id):
                leave = video_leaves.leave_by_id(unit, request.leave_id)
                if leave is not None:
                    asked.append(Asked(request, leave))
            return Standing(row, around(case, row.clip), tuple(asked))

    def ask(self, actor: Actor, clip_id: int, request: ClipWish) -> Asked:
        """Put a request before whoever decides on the camera's recordings.

        Raises Denied, Invalid, Missing, Refused("long_video"), Refused("playback_suspended").
        """
        _check_role(actor)

        def work(act: Act) -> Asked:
            row = questions.to_look_at(act.unit, act.scope, clip_id)
            letter_no = request.letter_no.strip()
            check_clip_wish(request, row.clip, rows.given(act.unit, letter_no) if letter_no else ())
            act.case(row.clip.case_id)
            check_fit(act)
            said = tuple(getattr(request, name).strip() for name in ("organ", "letter_no", "officer", "basis", "why_long"))
            leave = add(act, _leave_for(act, row, request, said), "ask_leave")
            made = ClipRequest(0, clip_id, leave.id, *said, request.starts_at, request.ends_at, actor.user_id, act.now)
            return Asked(act.unit.add(tables.clip_request, made), leave)

        return self.desk.run(actor, work)

    def export(
        self, actor: Actor, request_id: int, watch: Watch = NOBODY, clear: Sequence[Clear] = ()
    ) -> tuple[ExportRecord, Path]:  # fmt: skip
        """Write the file a request asked for, under its leave, once. Takes its time: never in the screen's thread.

        What everybody may see is covered but for `clear`, whose seconds count from the clip's first picture; what a leave gives unchanged
        has no such parts. Raises Denied("no_clip_leave"), Invalid("clear"), Missing, Refused("clip_changed"),
        Refused("playback_suspended"), Unavailable, and as `cutting.burn` does; then the leave stays unused and there is no file.
        """
        _check_role(actor)
        check_clear(clear)
        begun = self.desk.run(actor, lambda act: self._begin(act, request_id))
        path, stamp = self._files.room(".mp4"), self._files.room(".png")
        ready = self._folder / f".{path.name}"
        try:
            self._burn(begun, (path, stamp, ready), watch, clear)
            digest = self._files.digest(ready)
            record = self.desk.run(actor, lambda act: self._leave(act, begun, digest, len(clear)))
            name = f"{begun.number}-{begun.row.camera.code}-{begun.request.starts_at.astimezone(CHINA):%Y%m%d-%H%M%S}-{record.id}.mp4"
            return record, ready.rename(self._folder / name)
        finally:
            self.desk.run(actor, lambda act: video.close(act.unit, begun.access_id, actor.user_id, act.now))
            for each in (path, stamp, path.with_name(path.name + ".jpg"), *self._folder.glob(ready.name)):
                each.unlink(missing_ok=True)

    def _begin(self, act: Act, request_id: int) -> _Begun:
        request = rows.request_by_id(act.unit, request_id)
        if request is None or request.asked_by != act.actor.user_id:
            raise Missing("clip_request", request_id)
        leave = _usable(act, request)
        row = questions.to_look_at(act.unit, act.scope, request.clip_id)
        case = cases.case_by_id(act.unit, act.scope, row.clip.case_id)
        seen = under(access_of(act, row, "export", leave.purpose, request.basis), leave, request.starts_at, request.ends_at)
        access = act.unit.add(tables.video_access, seen)
        facts: dict[str, object] = {"camera": row.camera.id, "purpose": seen.purpose, "case": case.id, "clip": row.clip.id}
        facts["leave"] = leave.id
        act.note("take_out", "video", access.id, 1, facts, states=("", "export"))
        span = f"{row.camera.code}  {_clock(request.starts_at)} – {_clock(request.ends_at)}"
        lines = (watermark(act, case.number), f"{span}  {request.organ}  {request.letter_no}".rstrip())
        return _Begun(row, request, access.id, lines, case.number, leave.kind == PUBLISH)

    def _burn(self, begun: _Begun, paths: tuple[Path, Path, Path], watch: Watch, clear: Sequence[Clear]) -> None:
        """Make the stamped file and bring it where it will stay, under a name of its own: from here on the disk has room for it."""
        path, stamp, ready = paths
        clip, request = begun.row.clip, begun.request
        if not self._files.is_whole(clip.sha256):
            raise Refused("clip_changed")
        period = ((request.starts_at - clip.starts_at).total_seconds(), (request.ends_at - request.starts_at).total_seconds())
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp.write_bytes(caption(begun.lines, (begun.row.width, begun.row.height)))
            parts = _later(clear, period) if begun.is_covered else None
            cutting.burn(self._files.path(clip.sha256), period, stamp, path, watch, clear=parts)
            path.chmod(0o600)
            shutil.move(path, ready)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault

    def _leave(self, act: Act, begun: _Begun, digest: str, opened: int) -> ExportRecord:
        """The record, and the leave that is used up by it."""
        request, who = begun.request, act.actor
        leave = _usable(act, request)
        save(act, leave, replace(leave, state=USED), "use_leave")
        to = _spaced(request.organ, request.officer, request.letter_no)[:RECEIVER_MAX]
        record = ExportRecord(0, "clip", 1, begun.is_covered, request.basis, to, None, digest, who.user_id, who.name, who.seat, act.now)
        record = act.unit.add(tables.export_log, record)
        rows.use_request(act.unit, request.id, record.id)
        told: dict[str, object] = {
            "case": begun.row.clip.case_id, "camera": begun.row.camera.id, "code": begun.row.camera.code, "sha256": digest,
            "export": record.id, "access": begun.access_id, "leave": leave.id,
        }  # fmt: skip
        if begun.is_covered:
            told |= {"masked": True, "clear": opened}
        act.note("clip_export", "clip", begun.row.clip.id, begun.row.clip.version, told, states=("", "written"))
        return record


def _leave_for(act: Act, row: ClipRow, request: ClipWish, said: Sequence[str]) -> VideoLeave:
    """What is put before whoever decides: the camera, the time and the case are told to them as far as their own area goes."""
    who, (organ, letter_no, officer, basis, _) = act.actor, said
    is_police = bool(video_leaves.police_cameras(act.unit, (row.camera.id,)))
    return VideoLeave(
        0, PUBLISH if request.use == "public" else EXPORT, basis, who.user_id, who.centre_id, act.now, cameras=(row.camera.id,),
        starts_at=request.starts_at, ends_at=request.ends_at, purpose=ORGAN if request.use == "organ" else FOR_CASE,
        case_id=row.clip.case_id, is_police=is_police, letter=_spaced(organ, letter_no, officer)[:LETTER_MAX], org_id=who.org_id,
        asker=who.name,
    )  # fmt: skip


def _later(clear: Sequence[Clear], period: tuple[float, float]) -> tuple[Clear, ...]:
    """Parts whose seconds count from the clip's first picture, counted from the first one handed over; what is outside is left out."""
    skip, take = period
    cut = (replace(one, from_s=max(0.0, one.from_s - skip), to_s=min(take, one.to_s - skip)) for one in clear)
    return tuple(one for one in cut if one.from_s < one.to_s)


def _spaced(*words: str) -> str:
    return " ".join(word for word in words if word)


def _usable(act: Act, request: ClipRequest) -> VideoLeave:
    """The leave a request was given, while it lasts. Raises Denied("no_clip_leave"), Refused("playback_suspended")."""
    check_fit(act)
    leave = video_leaves.leave_by_id(act.unit, request.leave_id)
    if leave is None or leave.asked_by != act.actor.user_id or leave.state != OPEN or not leave.is_live(act.now):
        raise Denied("no_clip_leave")
    return leave


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _check_role(actor: Actor) -> None:
    if not may_ask(actor):
        raise Denied("role")
