"""A past written in bulk is the past the real operations would have written, row by row and entry by entry."""

from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from console.demo.ledger import Ledger, Matter, Person, Picture
from console.demo.past import PastCase
from console.domain.journal import digest_of
from console.domain.task import Order
from console.service.cases import Closing
from console.store import bulk, tables, uploads
from console.store.store import Store
from console.store.uploads import Upload
from tests import retold
from tests.make import CENTRES, CODES, SPOT, START, USERS, VILLAGE, Town

PHOTO = Picture("ab" * 32, 1_234, 640, 480)
COMPARED = (
    tables.case, tables.report, tables.task, tables.reply, tables.attachment, tables.access, tables.delivery, tables.supervision,
    tables.remark,
)  # fmt: skip
UNITS = [Order(2, "lead"), Order(3, "co"), Order(4, "co")]


def person(login, seat):
    user = next(user for user in USERS if user.login == login)
    return Person(user.id, user.name, user.org_id, seat)


class Real:
    """The acts, done by the operations under a hand-set clock."""

    def __init__(self, town: Town, category: str, photos) -> None:
        self.town, self.category = town, category
        with town.store.write() as unit:
            for user in USERS:
                uploads.remember(unit, Upload(PHOTO.sha256, user.id, PHOTO.size, PHOTO.width, PHOTO.height, START))
        self.case_id = town.report(category, photos=tuple(photo.sha256 for photo in photos), accuracy_m=12.0).case_id

    @property
    def case(self):
        return self.town.case(self.case_id)

    def at(self, minutes):
        """Come to an instant; on the way the timers look at the very moment a lamp is due."""
        until = START + timedelta(minutes=minutes)
        while (turn := self.case.lamp_at) is not None and turn <= until:
            self.town.clock.at = max(turn, self.town.clock.at)
            self.town.timers.round()
        self.town.clock.at = until

    def tasks(self):
        return [row.task for row in self.town.ask.case_desk(self.town.actor("duty"), self.case_id).tasks]

    def ack(self, minutes):
        self.at(minutes)
        self.town.cases.ack(self.town.actor("duty"), self.case_id, self.case.version)

    def send(self, minutes, units):
        self.at(minutes)
        self.town.cases.send(self.town.actor("duty"), self.case_id, self.case.version, units)

    def release(self, minutes):
        self.at(minutes)
        self.town.sweep.round()

    def pressed(self, minutes, login, place, words):
        self.at(minutes)
        plates = [plate for plate in self.town.ask.case_desk(self.town.actor("duty"), self.case_id).supervisions if plate.card]
        plate = sorted(plates, key=lambda plate: plate.id)[place]
        self.town.supervisions.answer(self.town.actor(login), plate.id, plate.version, words)

    def evaluate(self, minutes, score):
        self.at(minutes)
        self.town.endings.evaluate(self.town.actor("duty"), self.case_id, self.case.version, score)

    def archive(self, minutes):
        self.at(minutes)
        self.town.timers.round()

    def answer(self, minutes, login, place, action, text="", reason="", photos=()):
        self.at(minutes)
        names = tuple(photo.sha256 for photo in photos)
        self.town.answer(login, self.tasks()[place], action, text=text, reason=reason, photos=names)

    def check(self, minutes):
        self.at(minutes)
        self.town.cases.check(self.town.actor("checker"), self.case_id, self.case.version, CHECKED)

    def rework(self, minutes, reason):
        self.at(minutes)
        self.town.cases.rework(self.town.actor("checker"), self.case_id, self.case.version, reason)

    def close(self, minutes, login, closing):
        self.at(minutes)
        self.town.cases.close(self.town.actor(login), self.case_id, self.case.version, Closing(*closing))

    def end(self, minutes):
        self.at(minutes)


class Bulk:
    """The same acts, written down by the ledger."""

    def __init__(self, ledger: Ledger, category: str, photos, key: str, road=None) -> None:
        number, place = "SJ410923-20261123-000001", "元村镇 仓颉路小学西门"
        where = (place, SPOT.lon, SPOT.lat, 12.0, f"{VILLAGE}001", VILLAGE, 2, CENTRES[1].path)
        matter = Matter(number, key, category, "井盖缺失，已围挡", *where)
        self.category, self.road = category, road
        self.past = PastCase(ledger, START, person("grid001", "A1"), matter, photos, answering=self.answering)
        self.plates = 0

    def answering(self, _plate):
        """The first plate of the neglected road is answered, no other one."""
        self.plates += 1
        minutes, login, words = PRESSED
        is_answered = self.road is neglected and self.plates == 1
        return (START + timedelta(minutes=minutes), person(login, "A1"), words) if is_answered else None

    def ack(self, minutes):
        self.past.ack(START + timedelta(minutes=minutes), person("duty", "A1"))

    def send(self, minutes, units):
        self.past.send(START + timedelta(minutes=minutes), person("duty", "A1"), [(order.org_id, order.kind) for order in units])

    def release(self, minutes):
        self.past.release(START + timedelta(minutes=minutes))

    def answer(self, minutes, login, place, action, text="", reason="", photos=()):
        at, who, task = START + timedelta(minutes=minutes), person(login, "A1"), self.past.tasks[place]
        if action == "sign":
            self.past.sign(at, who, task)
        elif action == "return":
            self.past.give_back(at, who, task, (reason, text))
        elif action == "finish":
            self.past.finish(at, who, task, text, photos)
        else:
            getattr(self.past, action)(at, who, task, text)

    def check(self, minutes):
        self.past.check(START + timedelta(minutes=minutes), person("checker", "A1"), CHECKED)

    def rework(self, minutes, reason):
        self.past.rework(START + timedelta(minutes=minutes), person("checker", "A1"), reason)

    def close(self, minutes, login, closing):
        self.past.close(START + timedelta(minutes=minutes), person(login, "A1"), closing)

    def pressed(self, minutes, login, place, words):
        """As `answering` has it, when its time comes."""

    def evaluate(self, minutes, score):
        self.past.evaluate(START + timedelta(minutes=minutes), person("duty", "A1"), score)

    def archive(self, minutes):
        self.past.archive(START + timedelta(minutes=minutes))

    def end(self, minutes):
        self.past.end(START + timedelta(minutes=minutes))


PRESSED = 60 * 24 * 3, "d10", "已派人前往"
CHECKED = "现场核查，已处理完毕"
CLOSING = ("done", "已核查", "您反映的问题已处理完毕。")


def whole_road(play):
    play.ack(1)
    play.send(4, UNITS)
    play.release(5)
    play.answer(9, "d30", 1, "sign")
    play.answer(10, "d10", 0, "sign")
    play.answer(20, "d10", 0, "on_site", "已到场")
    play.answer(25, "d31", 2, "sign")
    play.answer(40, "d30", 1, "progress", "正在核对")
    play.answer(50, "d10", 0, "progress", "已设围挡")
    play.answer(60, "d30", 1, "finish", "已处理", photos=[PHOTO])
    play.answer(61, "d31", 2, "finish", "已处理", photos=[PHOTO])
    play.answer(90, "d10", 0, "finish", "已更换", photos=[PHOTO])
    play.check(130)
    play.close(150, "director" if play.category == "0601" else "leader", CLOSING)
    play.evaluate(400, "4")
    play.end(500)


def sent_back_and_again(play):
    play.send(4, UNITS)
    play.release(5)
    play.answer(7, "d10", 0, "return", "不属我单位管护", "1")
    play.send(30, [Order(3, "lead"), Order(2, "co")])
    play.release(31)
    play.answer(33, "d30", 3, "sign")
    play.end(60 * 24 * 9)


def reworked(play):
    play.send(4, UNITS[:1])
    play.release(5)
    play.answer(9, "d10", 0, "sign")
    play.answer(90, "d10", 0, "finish", "已更换", photos=[PHOTO])
    play.rework(100, "仍有松动")
    play.answer(190, "d10", 0, "progress", "再次加固")
    play.answer(200, "d10", 0, "finish", "已加固", photos=[PHOTO])
    play.check(230)
    play.end(300)


def untouched(play):
    play.end(1)


def forgotten(play):
    """Nobody takes it on: the centre itself is pressed, and pressed harder."""
    play.end(60 * 24 * 14)


def neglected(play):
    """The unit does not sign; it is pressed, answers, and is pressed again."""
    play.send(1, UNITS[:2])
    play.release(2)
    minutes, login, words = PRESSED
    play.pressed(minutes, login, 0, words)
    play.answer(60 * 24 * 20, "d10", 0, "sign")
    play.end(60 * 24 * 20)


def unreached(play):
    """Closed, and nobody can be reached for three days."""
    play.send(1, UNITS[:1])
    play.release(2)
    play.answer(3, "d10", 0, "sign")
    play.answer(30, "d10", 0, "finish", "已更换", photos=[PHOTO])
    play.check(60)
    play.close(90, "director" if play.category == "0601" else "leader", CLOSING)
    play.archive(90 + 3 * 24 * 60)
    play.end(90 + 4 * 24 * 60)


def acked_only(play):
    play.ack(2)
    play.end(60)


def rows_of(store, table):
    with store.read() as unit:
        found = unit.rows(select(table).order_by(*table.primary_key.columns))
    return [{name: value for name, value in row._mapping.items() if (table.name, name) != ("journal", "xid")} for row in found]


def written(store, ledger):
    entries = [(number, *entry) for number, entry in enumerate(ledger.entries, start=1)]
    with store.write() as unit:
        for table, rows in ({**ledger.rows, "journal": entries}).items():
            bulk.put(unit, bulk.encoded(unit.dialect, table, rows))


@pytest.mark.parametrize("category", ["0601", "0602", "0101"])
@pytest.mark.parametrize("road", [whole_road, sent_back_and_again, reworked, untouched, acked_only, forgotten, neglected, unreached])
def test_it_writes_what_the_operations_write(engine_url, sqlite_master, tmp_path, road, category):
    (tmp_path / "real.sqlite").write_bytes(sqlite_master.read_bytes())
    real, other = Store.open(f"sqlite:///{tmp_path / 'real.sqlite'}"), Store.open(engine_url)
    town, ledger = Town(real), Ledger(CODES)
    Town(other)
    photos = [PHOTO] if category == "0601" else []
    road(Real(town, category, photos))
    road(Bulk(ledger, category, photos, town_key(real), road))
    written(other, ledger)
    for table in COMPARED:
        assert rows_of(other, table) == rows_of(real, table), table.name
    told = [line for line in rows_of(real, tables.journal) if line["kind"] in ("case", "task", "report", "supervision")]
    found = rows_of(other, tables.journal)
    assert [{**line, "id": 0} for line in found] == [{**line, "id": 0} for line in told]
    other.close()
    real.close()


def town_key(store):
    return rows_of(store, tables.report)[0]["key"]


def test_the_journal_of_an_archived_case_is_whole(town):
    ledger = Ledger(CODES)
    play = Bulk(ledger, "0602", [], "00000000-0000-4000-8000-000000000001")
    play.send(4, UNITS[:1])
    play.release(5)
    play.answer(9, "d10", 0, "sign")
    play.answer(90, "d10", 0, "finish", "已更换")
    play.check(100)
    play.close(150, "leader", CLOSING)
    play.past.archive(START + timedelta(days=3))
    play.end(60 * 24 * 4)
    written(town.store, ledger)
    retold.check(town)
    states = defaultdict(list)
    for entry in retold.entries_of(town):
        assert entry.digest == digest_of(entry)
        states[entry.kind].append(entry.to_state)
    assert states["case"][-1] == "90"
