"""Kept pictures: there after a restart, under a cap, and never in the way."""

import sqlite3

from console.tiles.cache import FRESH_S, Cache

TILE = (10, 839, 402)


def test_what_was_kept_is_there_after_a_restart(tmp_path):
    path = tmp_path / "new" / "tiles.db"
    first = Cache(path)
    first.put("a", TILE, b"picture", '"1"')
    first.close()
    kept = Cache(path).get("a", TILE)
    assert (kept.content, kept.etag) == (b"picture", '"1"')
    assert Cache(path).get("b", TILE) is None


def test_the_name_of_a_source_tells_neither_address_nor_key():
    name = Cache.source("https://a.example/{z}", "secret")
    assert name == Cache.source("https://a.example/{z}", "another key")  # a new key does not lose what was kept
    assert name != Cache.source("https://b.example/{z}", "secret")
    assert "example" not in name and "secret" not in name


def test_a_picture_grows_old_and_young_again(tmp_path):
    cache = Cache(tmp_path / "tiles.db")
    cache.put("a", TILE, b"picture", "")
    kept = cache.get("a", TILE)
    assert kept.is_fresh(kept.got_at + FRESH_S - 1) and not kept.is_fresh(kept.got_at + FRESH_S)
    assert not kept.is_fresh(kept.got_at - 60)  # a clock that was wrong when it was kept
    cache.touch("a", TILE, is_asked=True)
    assert cache.get("a", TILE).got_at > kept.got_at


def test_over_the_cap_those_go_that_nobody_used_for_longest(tmp_path):
    cache = Cache(tmp_path / "tiles.db", 100_000)
    for number in range(24):
        cache.put("a", (10, number, 0), bytes(4_900), "")
        cache.touch("a", (10, 0, 0))
    cache.trim()
    kept = [number for number in range(24) if cache.get("a", (10, number, 0)) is not None]
    assert cache.size() <= 100_000
    assert 0 in kept and 23 in kept and 1 not in kept


def test_a_broken_cache_is_begun_anew(tmp_path):
    path = tmp_path / "tiles.db"
    path.write_bytes(b"no database" * 100)
    cache = Cache(path)
    cache.put("a", TILE, b"picture", "")
    assert cache.get("a", TILE).content == b"picture"
    assert sqlite3.connect(path).execute("SELECT count(*) FROM picture").fetchone() == (1,)


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "tiles.db")
    cache.put("a", TILE, b"picture", "")
    assert cache.get("a", TILE) is None and cache.size() == 0
    cache.trim()
    cache.close()
