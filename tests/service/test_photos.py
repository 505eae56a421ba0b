"""Pictures in and out: kept once, named by content, handed to who may see them, claimed by who sent them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from console.domain.errors import Invalid, Missing
from console.media.photo import PhotoRoom
from console.service.photos import Photos, is_photo_name
from console.store import tables
from console.store.files import Files
from tests.media.pictures import picture


@pytest.fixture
def photos(town, tmp_path):
    room = PhotoRoom()
    yield Photos(town.desk, Files(tmp_path / "files"), room)
    room.close()


def uploads(town) -> int:
    with town.store.read() as unit:
        return int(str(unit.scalar(select(func.count()).select_from(tables.upload))))


def test_a_picture_is_kept_once_under_its_content(town, photos, tmp_path):
    first = photos.take_in(town.actor("grid001"), picture())
    second = photos.take_in(town.actor("grid001"), picture())

    assert first == second
    assert uploads(town) == 1
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [first.sha256]
    assert photos.path(town.actor("grid001"), first.sha256).read_bytes() == first.content


def test_the_same_picture_of_two_people_belongs_to_both(town, photos):
    name = photos.take_in(town.actor("grid001"), picture()).sha256
    photos.take_in(town.actor("grid002"), picture())

    assert uploads(town) == 2
    assert town.report(photos=(name,)).case_id == 1


def test_the_same_picture_at_once_is_kept_once(town, photos):
    with ThreadPoolExecutor(4) as pool:
        names = {found.sha256 for found in pool.map(lambda _: photos.take_in(town.actor("grid001"), picture()), range(4))}

    assert len(names) == uploads(town) == 1


def test_a_bad_picture_is_kept_nowhere(town, photos, tmp_path):
    with pytest.raises(Invalid):
        photos.take_in(town.actor("grid001"), b"no picture")

    assert uploads(town) == 0
    assert not (tmp_path / "files").exists()


def test_a_picture_is_handed_to_its_sender_and_after_the_report_to_the_hall(town, photos):
    name = photos.take_in(town.actor("grid001"), picture()).sha256
    with pytest.raises(Missing):
        photos.path(town.actor("duty"), name)

    town.report(photos=(name,))

    assert photos.path(town.actor("duty"), name).is_file()
    with pytest.raises(Missing):
        photos.path(town.actor("grid002"), name)


@pytest.mark.parametrize("name", ["", "x", "../../etc/passwd", "a" * 65, "\x00" * 64, "A" * 64])
def test_what_is_no_name_of_a_picture_is_missing(town, photos, name):
    assert not is_photo_name(name)
    with pytest.raises(Missing):
        photos.path(town.actor("duty"), name)
