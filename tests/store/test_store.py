"""The store's two transactions on both engines: what they see, whom they refuse, how they fail."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pysqlite3
import pytest
from sqlalchemy import func, insert, select, text, update

from console.domain.errors import Invalid, Unavailable
from console.store import store as store_file
from console.store import tables
from console.store.store import Store

N = tables.numbers


def put(store: Store, name: str, value: int = 1) -> None:
    with store.write() as unit:
        unit.run(insert(N).values(series=name, next=value))


def value_of(unit, name: str) -> object:
    return unit.scalar(select(N.c.next).where(N.c.series == name))


def test_what_was_written_is_read_by_the_next_reader(store):
    put(store, "a", 7)

    with store.read() as unit:
        assert value_of(unit, "a") == 7


def test_an_act_that_fails_leaves_nothing(store):
    with pytest.raises(ValueError, match="no"), store.write() as unit:
        unit.run(insert(N).values(series="a", next=1))
        raise ValueError("no")

    with store.read() as unit:
        assert value_of(unit, "a") is None


def test_a_reader_sees_one_moment_from_first_to_last(store):
    put(store, "a", 1)

    with store.read() as unit:
        before = value_of(unit, "a")
        with ThreadPoolExecutor(1) as pool:
            pool.submit(change, store).result(30)
        after = value_of(unit, "a")

    assert (before, after) == (1, 1)
    with store.read() as unit:
        assert value_of(unit, "a") == 2


def change(store: Store) -> None:
    with store.write() as unit:
        unit.run(update(N).values(next=2))


def test_reading_does_not_wait_for_writing(store):
    put(store, "a", 1)

    with store.write() as unit:
        unit.run(update(N).values(next=2))
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(look, store).result(30)

    assert seen == 1


def look(store: Store) -> object:
    with store.read() as unit:
        return value_of(unit, "a")


def test_a_reader_cannot_write(store):
    with pytest.raises(Unavailable) as refused, store.read() as unit:
        unit.run(insert(N).values(series="a", next=1))

    assert refused.value.code == "database_readonly"


def test_the_screens_thread_may_open_no_transaction(store):
    def on_screen() -> list[str]:
        store.ban_this_thread()
        said = []
        for open_one in (store.read, store.write):
            with pytest.raises(RuntimeError, match="screen"), open_one():
                said.append("opened")
        return said

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(on_screen).result(30) == []
    put(store, "other threads may", 1)


def test_a_closed_store_opens_no_transaction(store):
    store.close()

    for open_one in (store.read, store.write):
        with pytest.raises(Unavailable) as refused, open_one():
            pass
        assert refused.value.code == "database_closed"


def test_a_write_inside_a_write_is_refused_instead_of_hanging(store):
    with store.write(), pytest.raises(RuntimeError, match="inside a write"), store.write():
        pass

    put(store, "and the next one works")


def test_many_writers_at_once_lose_nothing(store):
    put(store, "sum", 0)

    def add_ten(_: int) -> None:
        for _n in range(10):
            with store.write() as unit:
                unit.run(update(N).where(N.c.series == "sum").values(next=N.c.next + 1))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(add_ten, range(16)))

    with store.read() as unit:
        assert value_of(unit, "sum") == 160


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("no address at all", "bad_address"),
        ("postgresql://127.0.0.1:port/console", "bad_address"),
        ("mysql://127.0.0.1/console", "unknown_engine"),
        ("sqlite://", "needs_file"),
        ("sqlite:///:memory:", "needs_file"),
    ],
)
def test_an_address_that_is_none_names_the_setting(address, code):
    with pytest.raises(Invalid) as refused:
        Store.open(address)

    assert (refused.value.field, refused.value.code) == ("database", code)


def test_a_database_that_does_not_answer_is_unavailable():
    with pytest.raises(Unavailable) as refused:
        Store.open("postgresql+psycopg://nobody@127.0.0.1:1/console")

    assert refused.value.code == "database_gone"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable) as refused:
        Store.open(f"sqlite:///{tmp_path / 'file' / 'console.sqlite'}")

    assert refused.value.code == "no_database_folder"
    assert refused.value.facts["folder"] == str(tmp_path / "file")


def test_a_home_folder_is_found_once(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))

    Store.open("sqlite:///~/deep/console.sqlite").close()

    assert (tmp_path / "deep" / "console.sqlite").is_file()


def test_only_the_owner_may_read_the_file(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    put_table(opened)

    rights = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir() if "lock" not in path.name}

    opened.close()
    assert rights == {"console.sqlite": "0o600", "console.sqlite-wal": "0o600", "console.sqlite-shm": "0o600"}


def put_table(store: Store) -> None:
    with store.write() as unit:
        unit.connection.exec_driver_sql("create table sometable (x)")
    with store.read() as unit:
        unit.scalar(text("select count(*) from sometable"))


def test_every_commit_on_sqlite_is_flushed_to_the_disk(sqlite):
    with sqlite.write() as unit:
        settings = [unit.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")]

    assert settings == ["wal", 2, 1]  # 2 is FULL


def test_a_file_another_program_locks_is_told_as_locked(tmp_path, monkeypatch):
    monkeypatch.setattr(store_file, "BUSY_MS", 50)
    opened = Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")
    put_table(opened)
    other = pysqlite3.connect(str(tmp_path / "console.sqlite"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable) as refused, opened.write():
        pass

    other.execute("ROLLBACK")
    other.close()
    put_table_row(opened)
    opened.close()
    assert refused.value.code == "database_locked"


def put_table_row(store: Store) -> None:
    with store.write() as unit:
        unit.connection.exec_driver_sql("insert into sometable values (1)")


def test_a_sqlite_with_the_log_bug_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(store_file, "SQLITE_FIXED", (99, 0, 0))

    with pytest.raises(Unavailable) as refused:
        Store.open(f"sqlite:///{tmp_path / 'console.sqlite'}")

    assert refused.value.code == "sqlite_too_old"


def test_a_connection_cut_in_the_middle_is_told_and_the_next_act_works(postgresql):
    with pytest.raises(Unavailable) as refused, postgresql.write() as unit:
        unit.run(insert(N).values(series="cut", next=1))
        unit.scalar(text("select pg_terminate_backend(pg_backend_pid())"))

    assert refused.value.code == "database_gone"
    put(postgresql, "next")
    with postgresql.read() as unit:
        assert unit.scalar(select(func.count()).select_from(N)) == 1


def test_two_acts_that_wait_for_each_other_are_told_to_try_again(postgresql):
    put(postgresql, "a")
    put(postgresql, "b")
    met = threading.Barrier(2)

    def cross(first: str, second: str) -> str:
        try:
            with postgresql.write() as unit:
                unit.run(update(N).where(N.c.series == first).values(next=2))
                met.wait(30)
                unit.run(update(N).where(N.c.series == second).values(next=2))
        except Unavailable as fault:
            return fault.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(cross, ("a", "b"), ("b", "a")))

    assert said == ["done", "try_again"]
