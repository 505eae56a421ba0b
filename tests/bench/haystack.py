"""A city's past for the search benchmark: a million cases and the names of a city, written in bulk past the services.

The entries of every case are made by the program's own code; only the road into the tables is shorter.
Words are common (every tenth case and more), middling (every thousandth) and rare (a few dozen in all).
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy import insert, text

from console.demo.texts import Texts
from console.domain.case import Case
from console.domain.codes import Codes
from console.domain.grams import Entries
from console.domain.place import Centre
from console.domain.search import OPEN, entries_of, tail_mark
from console.service.indexer import Indexer
from console.store import atlas, tables
from console.store.search import as_tokens, as_vector
from console.store.store import Store
from tests.stage import ROOT

CODES = Codes.load(ROOT / "resources" / "codes")
POOL, BATCH = 20_000, 5_000
GRIDS, CAMERAS, WORKERS = 16_385, 18_000, 18_000  # handbook 8
START = datetime(2023, 11, 1, tzinfo=UTC)
OPEN_SHARE = 0.003  # three thousand of a million under way
FEW = {"塌陷": 0.001, "马蜂": 0.001, "油罐": 0.00004, "虹吸": 0.00004}
LEVELS = {"city": 2, "county": 3, "town": 4, "village": 5}
COLUMNS = ("id", "number", "title", "content", "category", "source", "priority", "state", "reported_at", "address", "division",
           "owner_centre", "reporter_id", "flags", "handler_ids")  # fmt: skip
Written = tuple[Case, str]  # a case, and its entries as the engine wants them


def areas() -> list[dict[str, str]]:
    """Every division of the city, as the register of places names it."""
    return list(csv.DictReader((ROOT / "resources" / "geo" / "puyang_divisions.csv").open(encoding="utf-8")))


def put_names(store: Store, hand: random.Random, share: int) -> list[Centre]:
    """Divisions, grids, cameras, people (one in `share` of a city's) and the centres of city and counties, all spelled."""
    known = areas()
    villages = [area for area in known if area["level"] == "village"]
    upper = [area for area in known if area["level"] in ("city", "county")]
    centres = [
        Centre(n, f"ZZ{one['code'][:6]}", LEVELS[one["level"]], one["code"], one["name"], 1 if n > 1 else None,
               "/1/" if n == 1 else f"/1/{n}/", True) for n, one in enumerate(upper, 1)
    ]  # fmt: skip
    home = {centre.division[:6]: centre.id for centre in centres}
    with store.write() as unit:
        atlas.put_centres(unit, centres)
        unit.run(insert(tables.division), [
            {"code": one["code"], "level": LEVELS[one["level"]], "name": one["name"], "parent": one["parent"], "path": "", "rings": []}
            for one in known
        ])  # fmt: skip
        unit.run(insert(tables.grid), [
            {"code": f"{v['code']}{n:03d}", "kind": "B", "level": 6, "division": v["code"], "name": f"{_short(v)}第{n}网格", "rings": []}
            for v, n in _spread(villages, GRIDS // share)
        ])  # fmt: skip
        unit.run(insert(tables.camera), [
            {"code": f"C{n}", "name": f"{_short(v)}{hand.choice(('路口', '广场', '桥头', '小学西门'))}", "lon": 115.0, "lat": 35.7,
             "direction_deg": 0.0, "fov_deg": 60.0, "division": v["code"], "kind": "fixed", "centre_id": home.get(v["code"][:6], 1)}
            for n, (v, _) in enumerate(_spread(villages, CAMERAS // share), 1)
        ])  # fmt: skip
        unit.run(insert(tables.org).values(id=1, code="ZZ", kind="centre", level=2, name="濮阳市综治中心", centre_id=1))
        unit.run(insert(tables.user), [
            {"login": f"g{n}", "name": _person(hand), "org_id": 1, "centre_id": hand.choice(centres).id, "roles": ()}
            for n in range(WORKERS // share)
        ])  # fmt: skip
    Indexer(store, CODES).catch_up()
    return centres


def put_cases(store: Store, address: str, centres: list[Centre], hand: random.Random, count: int) -> None:
    """Write so many cases and their entries; the last ones are under way."""
    written = _cases(store.dialect, centres, hand, count)
    if store.dialect == "postgresql":
        _copy(address, written)
    else:
        _insert(store, written)


def _cases(dialect: str, centres: list[Centre], hand: random.Random, count: int) -> Iterator[Written]:
    pool = [(case, _form(dialect, case)) for case in _pool(hand)]
    some = {word: [replace(case, content=case.content + word) for case, _ in pool[:50]] for word in FEW}
    few = {word: [(one, _form(dialect, one)) for one in ones] for word, ones in some.items()}
    home = {centre.division[:6]: centre.id for centre in centres}
    step = timedelta(days=3 * 365) / count
    for number in range(1, count + 1):
        case, entries = hand.choice(_drawer(few, hand.random(), pool))
        is_open = number > count * (1 - OPEN_SHARE)
        at = START + step * number
        whole = f"SJ{case.division[:6]}-{at:%Y%m%d}-{number % 1000 + 1:06d}"
        marks = [tail_mark(whole[-6:]), *([OPEN] if is_open else [])]
        told = _with_marks(dialect, entries, marks, number)
        # The serial is spun out so that no two numbers of a day are the same; the entries keep its everyday end.
        yield replace(
            case, id=number, number=f"{whole}-{number}", reported_at=at, state="50" if is_open else "90",
            owner_centre=home.get(case.division[:6], 1),
        ), told  # fmt: skip


def _drawer(few: dict[str, list[Written]], dealt: float, pool: list[Written]) -> list[Written]:
    for word, share in FEW.items():
        dealt -= share
        if dealt < 0:
            return few[word]
    return pool


def _pool(hand: random.Random) -> Iterator[Case]:
    """Cases that differ in their words; a million are dealt from them."""
    texts = Texts.load(ROOT / "resources" / "demo" / "texts.toml")
    villages = [area for area in areas() if area["level"] == "village"]
    for _ in range(POOL):
        village, code = hand.choice(villages), texts.category(hand)
        place, entry = texts.place(hand, _short(village)), CODES.categories[code]
        yield Case(
            0, "", entry.zh, texts.report(hand, code, place), code, "01", entry.priority, "", "90", None, START, place, None, None, None,
            "", village["code"], "", 1, 1,
        )  # fmt: skip


def _form(dialect: str, case: Case) -> str:
    entries = entries_of(case, CODES.category_names(case.category))
    entries = entries._replace(alone=tuple(text for text in entries.alone if not text.startswith("mn")))
    return as_tokens(0, entries) if dialect == "sqlite" else as_vector(0, entries).rpartition(" ")[0]


def _with_marks(dialect: str, entries: str, marks: list[str], number: int) -> str:
    if dialect == "sqlite":
        return " ".join([entries, *marks])
    return " ".join([entries, *(f"'{mark}'" for mark in marks), as_vector(number, Entries())])


def _copy(address: str, written: Iterator[Written]) -> None:
    """PostgreSQL: two COPYs at once from one pass, the index made at the end."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain) as first, psycopg.connect(plain) as second:
        second.execute("DROP INDEX ix_case_words_lexemes")
        with (
            first.cursor().copy(f"COPY case_file ({', '.join(COLUMNS)}) FROM STDIN") as cases,
            second.cursor().copy("COPY case_words (case_id, lexemes) FROM STDIN") as entries,
        ):
            for case, told in written:
                cases.write_row((*(getattr(case, name) for name in COLUMNS[:-2]), "[]", "[]"))
                entries.write_row((case.id, told))
        second.execute("SET maintenance_work_mem = '512MB'")
        second.execute("CREATE INDEX ix_case_words_lexemes ON case_words USING gin (lexemes)")
    with psycopg.connect(plain, autocommit=True) as third:
        third.execute("VACUUM ANALYZE")


def _insert(store: Store, written: Iterator[Written]) -> None:
    rows: list[Written] = []
    for one in written:
        rows.append(one)
        if len(rows) == BATCH:
            _insert_some(store, rows)
            rows = []
    _insert_some(store, rows)
    with store.write() as unit:
        unit.run(text("ANALYZE"))


def _insert_some(store: Store, rows: list[Written]) -> None:
    with store.write() as unit:
        unit.run(insert(tables.case), [
            {**{name: getattr(case, name) for name in COLUMNS[:-2]}, "flags": (), "handler_ids": ()} for case, _ in rows
        ])  # fmt: skip
        entries = [{"id": case.id, "told": told} for case, told in rows]
        unit.run(text("INSERT INTO case_words (rowid, lexemes) VALUES (:id, :told)"), entries)


def _short(village: dict[str, str]) -> str:
    return village["name"].removesuffix("村民委员会").removesuffix("居民委员会").removesuffix("村委会").removesuffix("居委会")


def _person(hand: random.Random) -> str:
    return hand.choice("王李张刘陈杨赵黄周吴单曾") + "".join(hand.choice("建国秀英志强桂兰玉梅海军小芳文静") for _ in range(2))


def _spread(villages: list[dict[str, str]], count: int) -> Iterator[tuple[dict[str, str], int]]:
    for number in range(count):
        yield villages[number % len(villages)], number // len(villages) + 1
