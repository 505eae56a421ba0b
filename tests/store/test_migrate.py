"""Schema steps: from empty to the tables the program knows, once, and never backwards."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from console.domain.errors import Unavailable
from console.domain.place import rings_of
from console.store import atlas, clips, migrate, tables, video_leaves
from console.store.store import Store


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """The full-text index is no table of the metadata (a virtual one on SQLite); tests/store/test_search.py holds it to its work."""
    return kind != "table" or not str(name).startswith("case_words")


def test_the_steps_lead_to_the_tables_the_program_knows(store):
    with store.write() as unit:
        # SQLite tells every default in quotes of its own, so defaults are compared on PostgreSQL.
        wanted = {"compare_type": True, "compare_server_default": store.dialect == "postgresql", "include_name": is_described}
        context = MigrationContext.configure(unit.connection, opts=wanted)
        difference = compare_metadata(context, tables.metadata)

    assert difference == []


def test_a_table_forgotten_in_the_steps_would_be_noticed(store):
    with store.write() as unit:
        unit.connection.execute(text("drop table setting"))
        difference = compare_metadata(MigrationContext.configure(unit.connection, opts={"include_name": is_described}), tables.metadata)

    assert [kind for kind, *_ in difference] == ["add_table"]


def test_the_newest_step_is_known_by_its_file(store):
    with store.read() as unit:
        assert unit.scalar(text("select version_num from alembic_version")) == migrate.KNOWN[-1]


def test_migrating_twice_changes_nothing(store):
    with store.read() as unit:
        before = unit.rows(text("select version_num from alembic_version"))

    migrate.upgrade(store)

    with store.read() as unit:
        assert unit.rows(text("select version_num from alembic_version")) == before
    assert len(before) == 1


def test_a_databasemap_of_a_later_program_is_refused(store):
    with store.write() as unit:
        unit.run(text("update alembic_version set version_num = '9999'"))

    with pytest.raises(Unavailable) as refused:
        migrate.upgrade(store)

    assert refused.value.code == "schema_newer"
    assert refused.value.facts["found"] == "9999"


def test_two_migrations_at_once_are_one(engine_url):
    first = Store.open(engine_url)
    second = first if first.dialect == "sqlite" else Store.open(engine_url)  # one file has one console anyway

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate.upgrade, (first, second)))

    with first.read() as unit:
        assert "case_file" in inspect(unit.connection).get_table_names()
    second.close()
    first.close()


def test_boundaries_of_an_older_database_are_kept_to_the_last_bit(engine_url):
    opened = Store.open(engine_url)
    rings = [[[115.123456789012, 36.1], [115.2, 36.1], [115.2, 36.2], [115.123456789012, 36.1]]]
    migrate.upgrade(opened, "0003")
    with opened.write() as unit:
        unit.run(
            text("insert into division (code, level, name, parent, path, rings) values ('410923102000', 4, '元村镇', '', '/', :rings)"),
            [{"rings": json.dumps(rings)}],
        )
        unit.run(
            text("insert into grid (code, kind, level, division, name, rings) values ('410923102204001', 'B', 6, '', '', :rings)"),
            [{"rings": "[]"}],
        )

    migrate.upgrade(opened)

    with opened.read() as unit:
        assert [area.rings for area in atlas.divisions(unit)] == [rings_of(rings)]
        assert [grid.rings for grid in atlas.grids(unit)] == [()]
    opened.close()


def test_what_was_asked_for_a_clip_before_stays_asked_and_granted(engine_url):
    opened = Store.open(engine_url)
    at = 1_795_399_200_000_000 if opened.dialect == "sqlite" else "2026-11-23 02:00:00+00"  # an instant as each engine keeps it
    migrate.upgrade(opened, "0017")
    with opened.write() as unit:
        put = OldRows(unit)
        put("centre", id=2, name="中心", level=3, division="410923", path="/2/")
        put("org", id=2, name="住建局", centre_id=2)
        put("person", id=7, login="duty", name="值班员甲", org_id=2, centre_id=2)
        put("person", id=8, login="director", name="主任丁", org_id=2, centre_id=2)
        put("camera", id=3, code="C301", centre_id=2)
        put("case_file", id=5, number="SJ1", reported_at=at, owner_centre=2, reporter_id=7)
        put("video_access", id=6, camera_id=3, kind="live", user_id=7, opened_at=at)
        put("video_clip", id=4, access_id=6, camera_id=3, case_id=5, starts_at=at, ends_at=at, masked=False, user_id=7, at=at)
        for number, state, by in ((1, "asked", None), (2, "granted", 8)):
            put("approval", id=number, kind="clip_export", reason="一行", asked_by=7, centre_id=2, asked_at=at, state=state, decided_by=by)
            more = {"organ": "公安局", "letter_no": f"{number}号", "officer": "民警甲", "basis": "刑事诉讼法", "asked_by": 7, "at": at}
            put("clip_request", id=number, clip_id=4, approval_id=number, starts_at=at, ends_at=at, **more)

    migrate.upgrade(opened)

    with opened.read() as unit:
        found = [(clips.request_by_id(unit, number), number) for number in (1, 2)]
        leaves = [video_leaves.leave_by_id(unit, one.leave_id) for one, _ in found]
    assert [(one.state, one.asker, one.decider, one.letter) for one in leaves] == [
        ("asked", "值班员甲", "", "公安局 1号 民警甲"), ("granted", "值班员甲", "主任丁", "公安局 2号 民警甲"),
    ]  # fmt: skip
    same = {(one.kind, one.purpose, one.cameras, one.case_id, one.org_id, one.is_police) for one in leaves}
    assert same == {("export", "V7", (3,), 5, 2, False)}
    opened.close()


class OldRows:
    """Writes rows into tables as they were; what a row does not name is whatever its column can bear."""

    def __init__(self, unit) -> None:
        self._unit, self._known = unit, inspect(unit.connection)

    def __call__(self, table: str, **values: object) -> None:
        for column in self._known.get_columns(table):
            if not column["nullable"] and column["default"] is None and column["name"] not in values:
                kind = str(column["type"])
                values[column["name"]] = "[]" if "TEXT" in kind or "JSON" in kind else False if "BOOL" in kind else 0
        names = ", ".join(values)
        self._unit.run(text(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in values)})"), [values])


def test_a_step_that_fails_leaves_the_database_as_it_was(engine_url, monkeypatch):
    opened = Store.open(engine_url)

    def half_way(*_: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as broken:
        broken.setattr(command, "upgrade", run_then(half_way, command.upgrade))
        with pytest.raises(RuntimeError, match="half way"):
            migrate.upgrade(opened)
    with opened.read() as unit:
        left = inspect(unit.connection).get_table_names()

    migrate.upgrade(opened)
    opened.close()
    assert left == []


def run_then(after, work):
    def both(*values: object) -> None:
        work(*values)
        after()

    return both


def test_postgresql_waits_its_turn_to_migrate(postgresql_url):
    """Without the turn both would create the same tables at once, and one would fail."""
    stores = [Store.open(postgresql_url) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate.upgrade, stores))

    with stores[0].read() as unit:
        assert unit.scalar(text("select count(*) from alembic_version")) == 1
    for opened in stores:
        opened.close()
