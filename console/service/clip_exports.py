"""Taking a clip out of the hall: a state organ's letter first, leave by somebody else, then a file with the watermark burnt in.

What is exported is what was put before whoever decided: the same part, for the same letter (handbook G1, G5, G8, G17).
"""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from console.domain.approval import Approval, ExportRecord, check_usable
from console.domain.clip import EXPORT_KIND, ClipRequest, ClipRow, OrganRequest, Period, around, check_organ
from console.domain.errors import Denied, Missing, Refused, Unavailable
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.media.caption import caption
from console.service.clips import access_of, watermark
from console.service.desk import Act, Desk
from console.service.exports import MAY_EXPORT
from console.store import clips as rows
from console.store import exports, tables, video
from console.store.files import Files
from console.store.find import cases
from console.store.find import clips as questions
from console.store.scope import Scope
from console.video import cutting
from console.video.cutting import NOBODY, Watch

FOR_ORGAN = "V7"
REASON_MAX, RECEIVER_MAX = 200, 80


@dataclass(frozen=True)
class Asked:
    """A request for a clip and how it stands: asked, granted, refused, used."""

    request: ClipRequest
    approval: Approval


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
                approval = exports.approval_by_id(unit, request.approval_id)
                if approval is not None:
                    asked.append(Asked(request, approval))
            return Standing(row, around(case, row.clip), tuple(asked))

    def ask(self, actor: Actor, clip_id: int, request: OrganRequest) -> Asked:
        """Put a state organ's request before whoever decides. Raises Denied, Invalid, Missing, Refused("long_video")."""
        _check_role(actor)

        def work(act: Act) -> Asked:
            row = questions.to_look_at(act.unit, act.scope, clip_id)
            check_organ(request, row.clip, rows.given(act.unit, request.letter_no.strip()))
            case = act.case(row.clip.case_id)
            words = _in_short(row, request, case.number)
            approval = act.unit.add(tables.approval, Approval(0, EXPORT_KIND, words, actor.user_id, actor.centre_id, act.now))
            act.note("ask_leave", "approval", approval.id, approval.version, {"kind": EXPORT_KIND, "clip": clip_id}, states=("", "asked"))
            said = tuple(getattr(request, name).strip() for name in ("organ", "letter_no", "officer", "basis", "why_long"))
            made = ClipRequest(0, clip_id, approval.id, *said, request.starts_at, request.ends_at, actor.user_id, act.now)
            return Asked(act.unit.add(tables.clip_request, made), approval)

        return self.desk.run(actor, work)

    def export(self, actor: Actor, request_id: int, watch: Watch = NOBODY) -> tuple[ExportRecord, Path]:
        """Write the file a request asked for, under its leave, once. Takes its time: never in the screen's thread.

        Raises Denied("no_clip_leave"), Missing, Refused("clip_changed"), Unavailable, and as `cutting.burn` does; then
        the leave stays unused and there is no file.
        """
        _check_role(actor)
        begun = self.desk.run(actor, lambda act: self._begin(act, request_id))
        path, stamp = self._files.room(".mp4"), self._files.room(".png")
        ready = self._folder / f".{path.name}"
        try:
            self._burn(begun, (path, stamp, ready), watch)
            digest = self._files.digest(ready)
            record = self.desk.run(actor, lambda act: self._leave(act, begun, digest))
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
        self._usable(act, request)
        row = questions.to_look_at(act.unit, act.scope, request.clip_id)
        case = cases.case_by_id(act.unit, act.scope, row.clip.case_id)
        access = act.unit.add(tables.video_access, access_of(act, row, "export", FOR_ORGAN, request.basis))
        facts: dict[str, object] = {"camera": row.camera.id, "purpose": FOR_ORGAN, "case": case.id, "clip": row.clip.id}
        act.note("take_out", "video", access.id, 1, facts, states=("", "export"))
        span = f"{row.camera.code}  {_clock(request.starts_at)} – {_clock(request.ends_at)}"
        lines = (watermark(act, case.number), f"{span}  {request.organ}  {request.letter_no}")
        return _Begun(row, request, access.id, lines, case.number)

    def _burn(self, begun: _Begun, paths: tuple[Path, Path, Path], watch: Watch) -> None:
        """Make the stamped file and bring it where it will stay, under a name of its own: from here on the disk has room for it."""
        path, stamp, ready = paths
        clip, request = begun.row.clip, begun.request
        if not self._files.is_whole(clip.sha256):
            raise Refused("clip_changed")
        period = ((request.starts_at - clip.starts_at).total_seconds(), (request.ends_at - request.starts_at).total_seconds())
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp.write_bytes(caption(begun.lines, (begun.row.width, begun.row.height)))
            cutting.burn(self._files.path(clip.sha256), period, stamp, path, watch)
            path.chmod(0o600)
            shutil.move(path, ready)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault

    def _leave(self, act: Act, begun: _Begun, digest: str) -> ExportRecord:
        """The record, and the leave that is used up by it."""
        request, who = begun.request, act.actor
        self._usable(act, request)
        approval = exports.approval_by_id(act.unit, request.approval_id)
        assert approval is not None
        used = act.unit.save(tables.approval, approval, replace(approval, state="used"))
        act.note("use_leave", "approval", used.id, used.version, {"kind": used.kind}, states=(approval.state, used.state))
        to = f"{request.organ} {request.officer} {request.letter_no}"[:RECEIVER_MAX]
        record = ExportRecord(0, "clip", 1, False, request.basis, to, approval.id, digest, who.user_id, who.name, who.seat, act.now)
        record = act.unit.add(tables.export_log, record)
        rows.use_request(act.unit, request.id, record.id)
        told: dict[str, object] = {
            "case": begun.row.clip.case_id, "camera": begun.row.camera.id, "code": begun.row.camera.code, "sha256": digest,
            "export": record.id, "access": begun.access_id, "approval": approval.id,
        }  # fmt: skip
        act.note("clip_export", "clip", begun.row.clip.id, begun.row.clip.version, told, states=("", "written"))
        return record

    def _usable(self, act: Act, request: ClipRequest) -> None:
        approval = exports.approval_by_id(act.unit, request.approval_id)
        if approval is None:
            raise Denied("no_clip_leave")
        try:
            check_usable(act.actor, approval, EXPORT_KIND, act.now)
        except Denied as none:
            raise Denied("no_clip_leave") from none


def _in_short(row: ClipRow, request: OrganRequest, number: str) -> str:
    """A request in one line, for whoever decides."""
    minutes = max(1, round((request.ends_at - request.starts_at) / timedelta(minutes=1)))
    parts = (f"{number} {row.camera.code} {_clock(request.starts_at)}", f"{minutes} min", request.organ, request.letter_no, request.officer)
    return " · ".join(part.strip() for part in (*parts, request.basis))[:REASON_MAX]


def _clock(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def _check_role(actor: Actor) -> None:
    if not actor.holds_any(MAY_EXPORT):
        raise Denied("role")
