"""The judge of the kill tests: content with a sound hall, and not with any damage it is there to find."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from console.domain.task import Order
from console.service.tasks import Answer
from console.store import uploads
from console.store.files import Files
from console.store.store import Store
from console.store.uploads import Upload
from tests.load import REPORTS, Book, Wish
from tests.make import Town
from tests.reckoning import Found, problems

CONTENT = b"\xff\xd8\xff a picture"
PHOTO = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Sound:
    """One report with a photo, dispatched and signed, and the book of it."""

    town: Town
    book: Book
    files: Path
    key: str = ""

    def damage(self, *statements: str) -> None:
        with self.town.store.write() as unit:
            for statement in statements:
                unit.run(text(statement))

    def found(self) -> list[str]:
        return problems(Found.read(self.town.store), self.book, self.files)


@pytest.fixture
def sound(engine_url, tmp_path):
    store = Store.open(engine_url)
    hall = Sound(Town(store), Book(), tmp_path / "files")
    town, book = hall.town, hall.book
    Files(hall.files).put(PHOTO, CONTENT)
    with store.write() as unit:
        uploads.remember(unit, Upload(PHOTO, town.actor("grid001").user_id, len(CONTENT), 32, 24, town.clock.now()))
    book.kept.add(PHOTO)
    draft = town.draft(photos=(PHOTO,))
    receipt = town.reports.receive(town.actor("grid001"), draft)
    book.send(Wish(REPORTS, key=draft.key, photos=(PHOTO,)))
    told = {"report_id": receipt.report_id, "case_id": receipt.case_id, "number": receipt.number, "flags": list(receipt.flags)}
    book.hear(Wish(REPORTS, key=draft.key), 201, told, was_lost=False)
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead")])
    town.wait(10)
    town.sweep.round()
    task, hall.key = town.ask.case_desk(town.actor("duty"), receipt.case_id).tasks[0].task, str(uuid4())
    town.tasks.answer(town.actor("d10"), task.id, task.version, Answer("sign", f"马上到 {hall.key}"), key=hall.key)
    book.send(Wish("/api/tasks/1/answer", key=hall.key))
    book.hear(Wish("/api/tasks/1/answer", key=hall.key), 200, {"id": task.id}, was_lost=False)
    yield hall
    store.close()


def test_a_sound_hall_gives_no_cause_for_complaint(sound):
    assert sound.found() == []


def test_an_acknowledged_report_that_is_not_there_is_lost(sound):
    key = str(uuid4())
    sound.book.send(Wish(REPORTS, key=key))
    sound.book.hear(Wish(REPORTS, key=key), 201, {"report_id": 2}, was_lost=False)
    assert [problem for problem in sound.found() if problem.startswith("lost") and key in problem]


def test_a_refused_answer_that_was_done_all_the_same_is_found(sound):
    sound.book.told.pop(sound.key)
    sound.book.refused[sound.key] = "stale"
    assert sound.found() == [f"done though refused as stale: {sound.key}"]


def test_what_nobody_sent_is_found(sound):
    sound.book.sent.pop(sound.key)
    sound.book.told.pop(sound.key)
    assert f"nobody sent {sound.key}" in sound.found()


def test_two_different_answers_to_one_key_are_found(sound):
    key = next(iter(sound.book.sent))
    sound.book.hear(Wish(REPORTS, key=key), 201, {"report_id": 99}, was_lost=False)
    assert [problem for problem in sound.found() if "first" in problem and "then" in problem]


def test_a_photo_with_other_bytes_is_found(sound):
    (sound.files / PHOTO[:2] / PHOTO).write_bytes(b"torn")
    assert sound.found() == [f"the bytes of photo {PHOTO} are others"]


def test_a_photo_that_is_not_on_the_disk_is_found(sound):
    (sound.files / PHOTO[:2] / PHOTO).unlink()
    assert sound.found() == [f"photo {PHOTO} is not on the disk"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("insert into task_reply (task_id, case_id, at, user_id, user_name, kind, text, solved, photos) select task_id, case_id, at, "
         "user_id, user_name, kind, text, solved, photos from task_reply", "is there 2 times"),
        ("delete from report", "has no report"),
        ("delete from seen", "0 remembered"),
        ("delete from attachment", "has the photos []"),
        ("delete from upload", "is not known"),
        ("update task set version = version + 1", "at version"),
        ("update case_file set state = '10'", "its lines tell"),
        ("update delivery set state = 'held'", "stands as held in the outbox"),
        ("update case_file set number = 'SJ1'", "told was"),
    ],
)  # fmt: skip
def test_damage_in_the_database_is_found(sound, statement, words):
    sound.damage(statement)
    assert [problem for problem in sound.found() if words in problem], sound.found()
