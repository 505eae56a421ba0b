"""Pictures that wait to be claimed."""

from console.domain.attachment import Attachment
from console.store import uploads
from console.store.uploads import Upload
from tests.make import START

NAME = "ab" * 32
UPLOAD = Upload(NAME, 9, 1_234, 4, 3, START)


def test_an_upload_belongs_to_who_sent_it(town):
    with town.store.write() as unit:
        uploads.remember(unit, UPLOAD)
        uploads.remember(unit, Upload(NAME, 9, 9, 9, 9, START))
        uploads.remember(unit, Upload(NAME, 12, 1_234, 4, 3, START))

    with town.store.read() as unit:
        assert uploads.of(unit, NAME, 9) == UPLOAD, "the first note of a picture stays"
        assert uploads.of(unit, NAME, 12) is not None
        assert uploads.of(unit, NAME, 6) is None


def test_an_attachment_gets_its_number(town):
    with town.store.write() as unit:
        kept = uploads.attach(unit, Attachment(0, "report", 1, 1, "before", "photo", NAME, 1_234, 4, 3, 9, START))

    assert kept.id == 1
