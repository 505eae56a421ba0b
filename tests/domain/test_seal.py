"""Seals: the chain by hand, and what a walk names when rows or seals were tampered with."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.errors import Invalid
from console.domain.journal import Entry
from console.domain.seal import FAULTS_KEPT, NO_SEAL, Fault, Seal, Verdict, Walk, head_of, parse_head, signer_id, with_fault

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def entries(count: int) -> list[Entry]:
    return [Entry(n, 0, 0, AT, 1, "A1", "ack", "case", n, 1, "10", "10", {}).sealed() for n in range(1, count + 1)]


def sealed(rows: list[Entry], size: int) -> list[Seal]:
    made, head = [], NO_SEAL
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        head = head_of(head, (row.digest for row in part))
        made.append(Seal(len(made) + 1, AT, part[0].id, part[-1].xid, part[-1].id, len(part), head, "k", "s"))
    return made


def walk(rows: list[Entry], seals: list[Seal], start: Seal | None = None) -> Verdict:
    walker = Walk(iter(seals), lambda seal: None if seal.signature == "s" else "signature", start)
    for row in rows:
        walker.take(row)
    return walker.verdict()


def test_a_head_is_the_sha256_of_the_previous_head_and_the_digests():
    expected = hashlib.sha256(("0" * 64 + "a" * 64 + "b" * 64).encode()).hexdigest()

    assert head_of(NO_SEAL, ["a" * 64, "b" * 64]) == expected


def test_an_untouched_journal_is_whole_and_its_tail_is_unsealed():
    rows = entries(10)

    verdict = walk(rows, sealed(rows[:8], 3))

    assert verdict.is_whole
    assert (verdict.entries, verdict.seals, verdict.unsealed) == (10, 3, 2)


def test_a_changed_entry_is_named_alone():
    rows = entries(9)
    seals = sealed(rows, 3)
    rows[4] = replace(rows[4], actor=2)

    assert walk(rows, seals).faults == (Fault("entry", 5, 5),)


def test_a_changed_entry_with_a_new_digest_is_named_by_its_range_alone():
    rows = entries(9)
    seals = sealed(rows, 3)
    rows[4] = replace(rows[4], actor=2).sealed()

    assert walk(rows, seals).faults == (Fault("range", 4, 6, 2),)


@pytest.mark.parametrize("gone", [3, 4, 5])
def test_an_entry_taken_away_is_named_by_its_range(gone):
    rows = entries(9)
    seals = sealed(rows, 3)
    del rows[gone]

    assert walk(rows, seals).faults == (Fault("range", 4, 6, 2),)


def test_two_entries_that_changed_places_are_named_by_their_range():
    rows = entries(9)
    seals = sealed(rows, 3)
    rows[3], rows[4] = replace(rows[4], id=4), replace(rows[3], id=5)

    assert walk(rows, seals).faults == (Fault("range", 4, 6, 2),)


def test_a_whole_range_taken_away_is_said():
    rows = entries(9)

    assert walk(rows[:3] + rows[6:], sealed(rows, 3)).faults == (Fault("entries_gone", 4, 6, 2),)


def test_a_missing_seal_is_said():
    rows = entries(9)
    seals = sealed(rows, 3)

    assert walk(rows, [seals[0], seals[2]]).faults == (Fault("order", 7, 9, 3), Fault("range", 7, 9, 3))


def test_a_seal_made_anew_has_a_wrong_signature():
    rows = entries(6)
    rows[4] = replace(rows[4], actor=2).sealed()
    seals = [replace(seal, signature="forged") if seal.id == 2 else seal for seal in sealed(rows, 3)]

    assert walk(rows, seals).faults == (Fault("signature", 4, 6, 2),)


def test_a_walk_may_begin_behind_any_seal():
    rows = entries(9)
    seals = sealed(rows, 3)

    assert walk(rows[3:], seals[1:], seals[0]).is_whole
    assert not walk(rows[3:], seals[1:], replace(seals[0], head="f" * 64)).is_whole


def test_an_empty_journal_is_whole():
    assert walk([], []) == Verdict(0, 0, 0, (), 0)


def test_faults_are_counted_beyond_those_that_are_kept():
    rows = [replace(row, actor=2) for row in entries(FAULTS_KEPT + 5)]

    verdict = with_fault(walk(rows, []), Fault("head", 0, 0, 7))

    assert verdict.fault_count == FAULTS_KEPT + 6
    assert verdict.faults[0].kind == "head"


def test_what_is_signed_holds_every_field_of_the_seal():
    seal = sealed(entries(3), 3)[0]
    others = [
        replace(seal, id=2), replace(seal, at=AT.replace(year=2027)), replace(seal, first_id=2), replace(seal, last_xid=1),
        replace(seal, last_id=4), replace(seal, count=4), replace(seal, head="f" * 64), replace(seal, signer="other"),
    ]  # fmt: skip

    assert len({other.text for other in (seal, *others)}) == 9
    assert seal.signed("ab").text == seal.text


def test_a_printed_head_is_read_again():
    seal = sealed(entries(3), 3)[0]

    assert parse_head(f" {seal.printed.upper()}\n") == (seal.head, 1)


@pytest.mark.parametrize("text", ["", "12", "f" * 64, "f" * 63 + ":1", "g" * 64 + ":1", "f" * 64 + ":", "f" * 64 + ":x", "f" * 64 + ":-1"])
def test_another_form_of_head_is_refused(text):
    with pytest.raises(Invalid) as refused:
        parse_head(text)
    assert refused.value.code == "bad_head"


def test_a_key_is_named_by_the_start_of_its_sha256():
    """SHA-256 of "abc", the standard's own example."""
    assert signer_id(b"abc") == "ba7816bf8f01cfea"
