"""The sealer: every entry under one seal exactly once, under twelve writers, by one process of a hall, with a recorded key."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.domain.errors import Refused, Unavailable
from console.domain.seal import signer_id
from console.net.signing import SealKey
from console.service import sealer as service
from console.service.sealer import Sealer
from console.service.verify import Verify
from console.store import seals, tables
from console.store.store import Store
from tests.tamper import tamper
from tests.waiting import until

KEY, OTHER = SealKey(b"\1" * 32), SealKey(b"\2" * 32)
WRITERS, REPORTS = 12, 8


def sealer(town, key=KEY):
    return Sealer(town.store, town.clock, lambda: key)


def newest(town):
    with town.store.read() as unit:
        return seals.newest(unit)


def test_what_was_done_is_sealed_and_signed(town):
    town.report()

    assert sealer(town).round() > 0

    with town.store.read() as unit:
        signers = seals.signers(unit)
    assert [signer.public_key for signer in signers] == [KEY.public.hex()]
    assert Verify(town.store).all().is_whole
    assert Verify(town.store).all().unsealed == 0


def test_without_news_nothing_is_sealed(town):
    town.report()
    one = sealer(town)
    one.round()
    before = newest(town)

    assert one.round() == 0
    assert newest(town) == before


def test_twelve_writers_at_once_and_every_entry_is_under_one_seal(town):
    one, done = sealer(town), threading.Event()

    def keep_sealing() -> None:
        while not done.is_set():
            one.round()

    drafts = [[town.draft() for _ in range(REPORTS)] for _ in range(WRITERS)]
    sealing = threading.Thread(target=keep_sealing)
    sealing.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda mine: [town.reports.receive(town.actor("grid001"), draft) for draft in mine], drafts))
    done.set()
    sealing.join(60)
    one.round()

    verdict = Verify(town.store).all()
    with town.store.read() as unit:
        total = seals.count(unit)
    covered = sum(seal.count for seal in seals.walk_seals(town.store, 0, verdict.seals))
    assert (verdict.is_whole, verdict.unsealed) == (True, 0)
    assert total == covered == verdict.entries
    assert total >= WRITERS * REPORTS


def test_a_long_journal_is_sealed_in_ranges(town):
    for _ in range(4):
        town.report()

    sealer(town).round(3)

    assert newest(town).id > 1
    assert {seal.count for seal in seals.walk_seals(town.store, 0, newest(town).id - 1)} == {3}
    assert Verify(town.store).all().is_whole


def test_a_key_that_is_not_recorded_does_not_seal_until_it_is_adopted(town):
    town.report()
    sealer(town).round()
    town.report()
    stranger = sealer(town, OTHER)

    with pytest.raises(Refused) as refused:
        stranger.round()
    assert refused.value.code == "foreign_seal_key"

    signer = stranger.adopt()
    assert (signer.id, signer.first_seal) == (signer_id(OTHER.public), 2)
    assert stranger.adopt() == signer
    assert stranger.round() > 0
    assert Verify(town.store).all().is_whole


def test_nobody_goes_on_from_a_forged_seal(town):
    town.report()
    sealer(town).round()
    tamper(town.store, tables.seal.update().values(signature="00" * 64))
    town.report()

    with pytest.raises(Refused) as refused:
        sealer(town).round()

    assert refused.value.code == "forged_seal"


def test_the_thread_seals_and_seals_the_rest_when_it_is_stopped(town):
    one = sealer(town)
    one.start()
    town.report()
    until(lambda: newest(town) is not None, what="the first seal")
    town.report()
    one.stop()

    assert Verify(town.store).all().unsealed == 0
    assert one.problem is None


def test_a_sealer_that_cannot_says_why(town, monkeypatch):
    monkeypatch.setattr(service, "AGAIN_S", 0.01)

    def no_key() -> SealKey:
        raise Unavailable("no_seal_key", place="nowhere", problem="gone")

    town.report()
    keys = iter([no_key])
    one = Sealer(town.store, town.clock, lambda: next(keys, lambda: KEY)())
    seen = []
    monkeypatch.setattr(one, "_say", seen.append)
    one.start()
    until(lambda: newest(town) is not None, what="it tries again")
    one.stop()

    assert [problem.code for problem in seen] == ["no_seal_key"]


def test_of_two_processes_one_seals_and_the_other_follows_it(postgresql_town, monkeypatch):
    monkeypatch.setattr(service, "AGAIN_S", 0.05)
    town = postgresql_town
    other = Store.open(town.store.engine.url.render_as_string(hide_password=False))
    first, second = sealer(town), Sealer(other, town.clock, lambda: KEY)
    first.start()
    town.report()
    until(lambda: newest(town) is not None, what="the first seals")
    second.start()
    first.stop()
    before = newest(town).id
    town.report()
    until(lambda: newest(town).id > before, what="the second seals")
    second.stop()
    other.close()

    assert Verify(town.store).all().is_whole


def test_two_that_seal_at_once_leave_one_chain(postgresql_town):
    town = postgresql_town
    done = threading.Event()

    def keep_sealing() -> None:
        one = sealer(town)
        while not done.is_set():
            try:
                one.round()
            except service.IntegrityError:
                continue

    threads = [threading.Thread(target=keep_sealing) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(30):
        town.report()
    done.set()
    for thread in threads:
        thread.join(30)
    sealer(town).round()

    verdict = Verify(town.store).all()
    assert (verdict.is_whole, verdict.unsealed) == (True, 0)
