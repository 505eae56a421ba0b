"""Whoever changes, adds, takes away or cuts off journal rows is found, and where; both engines."""

import logging

import pytest
from sqlalchemy import text

from console.domain.errors import Invalid
from console.domain.seal import Fault, head_of
from console.net.signing import SealKey
from console.service import verify as service
from console.service.sealer import Sealer
from console.service.verify import ClipFault, ClipVerdict, ClipVerify, Guard, Verify, journal_state
from console.store import seals, tables
from tests.service.filming import Filming
from tests.tamper import rewrite, tamper
from tests.video.clips import recording
from tests.waiting import until

J, S = tables.journal, tables.seal
KEY = SealKey(b"\1" * 32)


def sealer(town):
    return Sealer(town.store, town.clock, lambda: KEY)


@pytest.fixture
def sealed(town):
    """Three reports, each under a seal of its own."""
    for _ in range(3):
        town.report()
        sealer(town).round()
    return town


def seal_of(town, number):
    with town.store.read() as unit:
        return seals.by_id(unit, number)


def faults(town, head=""):
    return Verify(town.store).all(head).faults


def test_a_clock_set_back_between_two_seals_is_no_fault(sealed):
    sealed.wait(-86_400)
    sealed.report()
    sealer(sealed).round()

    assert faults(sealed) == ()


def test_one_changed_byte_names_the_row(sealed):
    tamper(sealed.store, J.update().where(J.c.id == 2).values(seat="A2"))

    assert faults(sealed) == (Fault("entry", 2, 2),)


@pytest.mark.parametrize(
    "change",
    [{"actor": 99}, {"epoch": 1}, {"op": "close"}, {"version": 9}, {"to_state": "90"}, {"facts": {"grid": "other"}}, {"ref": 77}],
)
def test_every_column_of_an_act_is_under_its_digest(sealed, change):
    tamper(sealed.store, J.update().where(J.c.id == 2).values(**change))

    assert faults(sealed) == (Fault("entry", 2, 2),)


def test_a_rewritten_digest_names_the_range(sealed):
    rewrite(sealed.store, 2, actor=99)
    seal = seal_of(sealed, 1)

    assert (seal.first_id, faults(sealed)) == (1, (Fault("range", seal.first_id, seal.last_id, 1),))


def test_a_row_taken_away_names_the_range(sealed):
    seal = seal_of(sealed, 2)
    tamper(sealed.store, J.delete().where(J.c.id == seal.first_id))

    assert [(fault.kind, fault.seal) for fault in faults(sealed)] in ([("range", 2)], [("entries_gone", 2)])


@pytest.mark.parametrize("place", [-5, 0])
def test_a_row_pushed_in_names_the_range(sealed, place):
    columns = ", ".join(column.name for column in J.columns if column.name != "id")
    tamper(sealed.store, text(f"insert into journal (id, {columns}) select {place}, {columns} from journal where id = 2"))

    assert [(fault.kind, fault.seal) for fault in faults(sealed)] == [("range", 1)]


def test_seals_made_anew_without_the_key_have_wrong_signatures(sealed):
    rewrite(sealed.store, seal_of(sealed, 3).first_id, actor=99)
    last, before = seal_of(sealed, 3), seal_of(sealed, 2)
    with sealed.store.read() as unit:
        digests = [str(row[2]) for row in seals.unsealed(unit, seals.mark_of(before))]
    tamper(sealed.store, S.update().where(S.c.id == 3).values(head=head_of(before.head, digests)))

    assert faults(sealed) == (Fault("signature", last.first_id, last.last_id, 3),)


def test_a_seal_of_an_unknown_key_is_said(sealed):
    tamper(sealed.store, S.update().where(S.c.id == 2).values(signer="0" * 16))

    assert [fault.kind for fault in faults(sealed)] == ["signer"]


@pytest.mark.parametrize("signature", ["", "xyz", "abc", "密"])
def test_a_signature_that_is_none_is_wrong(sealed, signature):
    tamper(sealed.store, S.update().where(S.c.id == 2).values(signature=signature))

    assert [fault.kind for fault in faults(sealed)] == ["signature"]


def test_a_cut_tail_is_found_against_the_printed_head(sealed):
    printed = Verify(sealed.store).head().printed
    assert faults(sealed, printed) == ()
    before = seal_of(sealed, 2)
    tamper(sealed.store, J.delete().where(J.c.id > before.last_id), S.delete().where(S.c.id == 3))

    assert faults(sealed) == (), "what was cut off with its seal leaves no trace inside the database"
    assert faults(sealed, printed) == (Fault("head", 0, 0, 3),)


def test_a_tail_cut_and_sealed_anew_is_found_against_the_printed_head(sealed):
    printed = Verify(sealed.store).head().printed
    before = seal_of(sealed, 2)
    tamper(sealed.store, J.delete().where(J.c.id > before.last_id), S.delete().where(S.c.id == 3))
    sealed.report()
    sealer(sealed).round()

    assert faults(sealed) == ()
    assert faults(sealed, printed) == (Fault("head", 0, 0, 3),)


def test_entries_cut_off_without_their_seal_are_found_by_it(sealed):
    last = seal_of(sealed, 3)
    tamper(sealed.store, J.delete().where(J.c.id >= last.first_id))

    assert faults(sealed) == (Fault("entries_gone", last.first_id, last.last_id, 3),)


def test_what_is_younger_than_the_last_seal_is_unsealed_but_still_checked(sealed):
    sealed.report()
    verdict = Verify(sealed.store).all()
    assert verdict.is_whole
    assert verdict.unsealed == verdict.entries - seal_of(sealed, 3).last_id

    tamper(sealed.store, J.update().where(J.c.id == verdict.entries).values(actor=99))

    assert faults(sealed) == (Fault("entry", verdict.entries, verdict.entries),)


def test_a_head_of_another_form_is_refused(town):
    with pytest.raises(Invalid):
        Verify(town.store).all("nonsense")


def test_the_newest_part_is_checked_from_a_seal_on(sealed):
    tamper(sealed.store, J.update().where(J.c.id == 1).values(actor=99))
    verify = Verify(sealed.store)

    assert verify.newest(1).is_whole, "the damage lies before the part that was asked for"
    assert not verify.newest(10_000).is_whole


def test_the_newest_part_trusts_no_last_seal_with_a_wrong_signature(sealed):
    tamper(sealed.store, S.update().where(S.c.id == 3).values(signature="00" * 64))

    assert [fault.kind for fault in Verify(sealed.store).newest().faults] == ["signature"]


def test_progress_is_told(sealed, monkeypatch):
    monkeypatch.setattr(service, "STEP", 2)
    told = []

    verdict = Verify(sealed.store).all("", lambda done, total: told.append((done, total)))

    assert told == [(done, verdict.entries) for done in range(2, verdict.entries + 1, 2)]


@pytest.mark.expects_errors("the guard says damage at ERROR")
def test_the_guard_finds_damage_at_the_start_and_logs_it(sealed, caplog):
    tamper(sealed.store, J.update().where(J.c.id == 2).values(actor=99))
    guard = Guard(Verify(sealed.store))
    assert journal_state(guard, None) == "fine"

    with caplog.at_level(logging.ERROR):
        guard.start()
        until(lambda: guard.verdict is not None, what="the first check")
        guard.stop()

    assert journal_state(guard, sealer(sealed)) == "damaged"
    assert "tampered with: 1 faults: entry 2-2" in caplog.text


def test_the_guard_of_a_whole_journal_says_nothing(sealed):
    guard, one = Guard(Verify(sealed.store), every_s=0.01), sealer(sealed)
    guard.start()
    until(lambda: guard.verdict is not None, what="the first check")
    first = guard.verdict
    until(lambda: guard.verdict is not first, what="the next check")
    guard.stop()

    assert guard.verdict.is_whole
    assert journal_state(guard, one) == "fine"
    one.problem = Invalid("x", "y")
    assert journal_state(guard, one) == "unsealed"


def test_the_guard_begins_when_the_start_is_over_and_ends_before_it_began(sealed):
    guard = Guard(Verify(sealed.store), first_s=3_600)
    guard.start()
    guard.stop()

    assert guard.verdict is None


def test_a_check_can_be_ended_in_the_middle(sealed):
    verify = Verify(sealed.store)
    verify.stop()

    assert verify.all().entries == 1


def test_a_changed_and_a_missing_clip_are_found_and_named(town, tmp_path):
    filming = Filming(town, tmp_path)
    case_id = town.report().case_id
    whole, changed, gone = filming.kept(case_id), *(other_clip(filming, case_id, level) for level in (10, 20))
    assert ClipVerify(town.store, filming.files).all() == ClipVerdict(3, ())

    path = filming.files.path(changed.sha256)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    filming.files.path(gone.sha256).unlink()
    number = town.case(case_id).number

    assert ClipVerify(town.store, filming.files).all() == ClipVerdict(
        3,
        (
            ClipFault("clip_changed", changed.id, number, "C301", changed.sha256),
            ClipFault("clip_missing", gone.id, number, "C301", gone.sha256),
        ),
    )
    assert whole.id not in (changed.id, gone.id)


def other_clip(filming, case_id, level):
    filming.film = recording(filming.folder / f"{level}.mp4", (level,) * 10)
    return filming.kept(case_id)
