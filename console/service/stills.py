"""Pictures taken of cameras: into the case in hand, or into a file; each with its access row, its hash and who took it."""

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from console.domain.approval import ExportRecord
from console.domain.attachment import Attachment
from console.domain.camera import LOOKS, Still
from console.domain.errors import Invalid, Missing, Unavailable
from console.domain.limits import CHINA
from console.domain.people import Actor
from console.domain.video_leave import check_keeping
from console.service.desk import Act, Desk
from console.store import tables, uploads, video
from console.store.files import Files
from console.store.find import places

CAP_BYTES = 24_000_000  # 8192 × 4608 as JPEG
JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Picture:
    """A JPEG at the source's size, margin included."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Kept:
    """Where a picture went: the number of its case, or a path."""

    still: Still
    case_number: str = ""
    path: Path | None = None


class Stills:
    """Keeps pictures of cameras somebody is looking through."""

    def __init__(self, desk: Desk, files: Files, folder: Path) -> None:
        """`files` hold what belongs to cases, `folder` what leaves the hall."""
        self.desk = desk
        self._files, self._folder = files, folder

    def keep(self, actor: Actor, access_id: int, picture: Picture, case_id: int | None) -> Kept:
        """Keep a picture taken through an open look of one's own, for the purpose and reason of that look.

        Raises Missing for a look that has ended or a case that is not the
        actor's to see, Refused for a resident's look, Invalid for what is no picture, Unavailable.
        """
        if not picture.content.startswith(JPEG) or len(picture.content) > CAP_BYTES:
            raise Invalid("photo", "not_a_picture")
        digest = hashlib.sha256(picture.content).hexdigest()
        if case_id is not None:
            self._files.put(digest, picture.content)  # before its row: a row without its bytes would be a lie

        def work(act: Act) -> Kept:
            return self._note(act, access_id, (digest, picture), case_id)

        kept = self.desk.run(actor, work)
        return kept if case_id is not None else replace(kept, path=self._write(kept.still.file_name, picture.content))

    def _note(self, act: Act, access_id: int, hashed: tuple[str, Picture], case_id: int | None) -> Kept:
        digest, picture = hashed
        who = act.actor.user_id
        look = video.open_look(act.unit, access_id, who, LOOKS)
        if look is None:
            raise Missing("video", access_id)
        check_keeping(look)
        camera = places.camera_by_id(act.unit, act.scope, look.camera_id)
        case = act.case(case_id) if case_id is not None else None
        taken = replace(look, id=0, kind="snapshot", case_id=case_id or look.case_id, opened_at=act.now, closed_at=act.now)
        row = act.unit.add(tables.video_access, taken)
        size, name = (len(picture.content), picture.width, picture.height), ""
        attached = None
        if case is not None:
            attached = uploads.attach(
                act.unit, Attachment(0, "case", case.id, case.id, "during", "snapshot", digest, *size, act.actor.user_id, act.now)
            )
        else:
            name = f"{camera.code}-{act.now.astimezone(CHINA):%Y%m%d-%H%M%S}-{row.id}.jpg"
            self._export(act, look.reason, digest)
        still = Still(0, row.id, camera.id, attached.id if attached is not None else None, name, digest, *size, act.now)
        still = act.unit.add(tables.video_still, still)
        facts = {"camera": camera.id, "purpose": look.purpose, "case": taken.case_id, "sha256": digest, "access": row.id}
        act.note("snapshot", "still", still.id, 1, facts, states=("", "case" if case is not None else "file"))
        return Kept(still, case.number if case is not None else "")

    def _export(self, act: Act, reason: str, digest: str) -> None:
        """What lands in a file is an export, and stands in their register."""
        who = act.actor
        record = ExportRecord(0, "snapshot", 1, False, reason, who.name, None, digest, who.user_id, who.name, who.seat, act.now)
        act.unit.add(tables.export_log, record)

    def _write(self, name: str, content: bytes) -> Path:
        path = self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
                sink.write(content)
        except OSError as fault:
            raise Unavailable("disk_refuses", problem=str(fault)) from fault
        return path
