"""Search in time: the whole box, asked by officers of the city and of counties over a million cases, beside a scan with LIKE.

`search_*_ms` is the service's answer (cases, places, cameras, people); painting is not in it. Words of one kind are
asked in turn with all others, so that no cache holds just what is wanted. Each kind is told by itself.
"""

import itertools
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from console.domain.people import Actor
from console.domain.place import Centre
from console.service.search import Search
from console.store import migrate
from console.store.store import Store
from tests.bench import haystack
from tests.bench.frame import Figures, Wish, databases, percentile

CASES, CASES_SMOKE = 1_000_000, 5_000
TIMES, TIMES_SMOKE, PEERS = 40, 3, 60
LIKE = text(
    "SELECT id, number, title FROM case_file WHERE (title LIKE :part OR address LIKE :part OR content LIKE :part) ORDER BY id DESC LIMIT 20"
)
KINDS: dict[str, Callable[[random.Random], str]] = {
    "common": lambda hand: hand.choice(("路灯", "垃圾", "路口")), "middling": lambda hand: hand.choice(("塌陷", "马蜂")),
    "rare": lambda hand: hand.choice(("油罐", "虹吸")), "two_words": lambda hand: hand.choice(("路灯 路口", "垃圾 气味", "塌陷 路")),
    "long": lambda hand: hand.choice(("早餐车占了盲道", "宅基地边界", "独居老人")), "sign": lambda hand: hand.choice("路灯村"),
    "tail": lambda hand: f"{hand.randrange(1, 900):06d}"[hand.choice((0, 3)):],
    "initials": lambda hand: hand.choice(("jg", "ld", "zjd", "nl")),
    "camera": lambda hand: f"C{hand.randrange(1, 900)}", "nothing": lambda hand: hand.choice(("孔雀", "潜水艇", "qqq")),
}  # fmt: skip


def run(wish: Wish) -> Figures:
    """Fill and measure each engine."""
    found: Figures = {}
    with databases(wish.engines) as each:
        for engine, address, data in each:
            wish.say(f"search on {engine} …")
            store = Store.open(address)
            try:
                migrate.upgrade(store)
                found[engine] = _measure(store, address, data, wish)
            finally:
                store.close()
            wish.say(json.dumps(found[engine]))
    return found


def _measure(store: Store, address: str, data: Path, wish: Wish) -> dict[str, float | int | None]:
    hand, count, began = random.Random(wish.seed), CASES_SMOKE if wish.is_smoke else CASES, time.monotonic()
    centres = haystack.put_names(store, hand, 20 if wish.is_smoke else 1)
    haystack.put_cases(store, address, centres, hand, count)
    fill_s = time.monotonic() - began
    wish.say(f"{count} cases in {fill_s:.0f} s")
    officers = [_officer(centre) for centre in (centres[0], centres[3], centres[1])]
    took, hits = _ask(Search(store, haystack.CODES), officers, _queries(hand, TIMES_SMOKE if wish.is_smoke else TIMES))
    every = [seconds for kind in took.values() for seconds in kind]
    engine = create_engine(address)
    peer = [_like(engine, words) for _, words in _queries(hand, TIMES)[: 10 if wish.is_smoke else PEERS]]
    return {
        "search_p50_ms": _ms(every, 0.5), "search_p95_ms": _ms(every, 0.95), "search_max_ms": _ms(every, 1.0),
        **{f"search_{kind}_p95_ms": _ms(seconds, 0.95) for kind, seconds in took.items()},
        "peer_like_p50_ms": _ms(peer, 0.5), "peer_like_p95_ms": _ms(peer, 0.95), **_sizes(engine, data), "fill_s": round(fill_s, 1),
        "cases": count, "n": len(every), "with_hits": hits,
    }  # fmt: skip


def _ms(values: list[float], share: float) -> float:
    return round(percentile(values, share) * 1000, 1)


def _officer(centre: Centre) -> Actor:
    return Actor(1, "值班员", 1, centre.id, centre.path, frozenset({"R06", "R07", "R08"}))


def _queries(hand: random.Random, times: int) -> list[tuple[str, str]]:
    found = [(kind, make(hand)) for _ in range(times) for kind, make in KINDS.items()]
    hand.shuffle(found)
    return found


def _ask(box: Search, officers: list[Actor], asked: list[tuple[str, str]]) -> tuple[dict[str, list[float]], int]:
    box.find(officers[0], "井盖")  # the first question of a process compiles its statements
    took: dict[str, list[float]] = {kind: [] for kind in KINDS}
    hits = 0
    for (kind, words), officer in zip(asked, itertools.cycle(officers), strict=False):
        started = time.perf_counter()
        found = box.find(officer, words)
        took[kind].append(time.perf_counter() - started)
        hits += bool(found.cases or found.places or found.cameras or found.people)
    return took, hits


def _like(engine: Engine, words: str) -> float:
    started = time.perf_counter()
    with engine.connect() as connection:
        connection.execute(LIKE, {"part": f"%{words}%"}).all()
    return time.perf_counter() - started


def _sizes(engine: Engine, data: Path) -> dict[str, float | int | None]:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            index = int(connection.execute(text("SELECT pg_total_relation_size('case_words')")).scalar_one())
            whole = int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
        else:
            index = int(connection.execute(text("SELECT sum(length(block)) FROM case_words_data")).scalar_one())
            whole = sum(file.stat().st_size for file in data.iterdir())
    return {"index_mb": round(index / 1e6, 1), "database_mb": round(whole / 1e6, 1)}
