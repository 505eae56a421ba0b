"""Pictures from outside: re-encoded before they are kept, claimed by the act that brings them."""

import re
from collections.abc import Iterable
from pathlib import Path

from console.domain.attachment import Attachment
from console.domain.errors import Invalid, Missing
from console.domain.people import Actor
from console.media.photo import Photo, PhotoRoom
from console.service.desk import Act, Desk
from console.store import uploads
from console.store.files import Files
from console.store.find import cases
from console.store.scope import Scope
from console.store.uploads import Upload

Owner = tuple[str, int, int, str]
_NAME = re.compile(r"[0-9a-f]{64}")


class Photos:
    """Takes pictures in and hands them out again to who may see them."""

    def __init__(self, desk: Desk, files: Files, room: PhotoRoom) -> None:
        self.desk = desk
        self.files = files
        self._room = room

    def take_in(self, actor: Actor, content: bytes) -> Photo:
        """Keep a picture: sniffed, capped, re-encoded without EXIF; its SHA-256 is its name.

        The same picture twice is kept once. Raises Invalid("photo", …).
        """
        photo = self._room.encode(content)
        self.files.put(photo.sha256, photo.content)

        def work(act: Act) -> None:
            uploads.remember(act.unit, Upload(photo.sha256, actor.user_id, len(photo.content), photo.width, photo.height, act.now))

        self.desk.run(actor, work)
        return photo

    def path(self, actor: Actor, sha256: str) -> Path:
        """Where a picture lies that the actor may see. Raises Missing."""
        with self.desk.store.read() as unit:
            if is_photo_name(sha256) and cases.may_see_file(unit, Scope(actor), sha256):
                return self.files.path(sha256)
        raise Missing("file", sha256[:70])


def is_photo_name(text: str) -> bool:
    """Whether a text can be the name of a picture: a SHA-256 in small letters."""
    return _NAME.fullmatch(text) is not None


def claim(act: Act, photos: tuple[str, ...], owner: Owner) -> None:
    """Attach pictures the actor uploaded to what the act made. Raises Invalid for one nobody uploaded."""
    attach(act, uploaded(act, photos), owner)


def uploaded(act: Act, photos: tuple[str, ...]) -> tuple[Upload, ...]:
    """The pictures of these names the actor uploaded, each once. Raises Invalid for one nobody uploaded."""
    return tuple(_uploaded(act, sha256) for sha256 in dict.fromkeys(photos))


def _uploaded(act: Act, sha256: str) -> Upload:
    found = uploads.of(act.unit, sha256, act.actor.user_id) if is_photo_name(sha256) else None
    if found is None:
        raise Invalid("photos", "unknown_photo", value=sha256[:70])
    return found


def attach(act: Act, pictures: Iterable[Upload], owner: Owner) -> None:
    """Say of pictures to what they belong."""
    kind, owner_id, case_id, stage = owner
    for one in pictures:
        size = (one.size, one.width, one.height)
        uploads.attach(act.unit, Attachment(0, kind, owner_id, case_id, stage, "photo", one.sha256, *size, act.actor.user_id, act.now))
