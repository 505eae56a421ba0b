"""The digest of an entry stands for the act and for nothing the store adds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from console.domain.journal import Entry, digest_of

ENTRY = Entry(0, 0, 0, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), 1, "A1", "ack", "case", 7, 2, "10", "10", {"step": "ACK"})


def test_ids_of_the_store_do_not_change_the_digest():
    assert digest_of(ENTRY) == digest_of(replace(ENTRY, id=9, xid=900, digest="other"))


def test_one_instant_has_one_digest_in_every_zone():
    china = ENTRY.at.astimezone(timezone(timedelta(hours=8)))
    assert digest_of(ENTRY) == digest_of(replace(ENTRY, at=china))


def test_every_part_of_the_act_changes_the_digest():
    changed = [
        replace(ENTRY, actor=2), replace(ENTRY, seat="A2"), replace(ENTRY, op="accept"), replace(ENTRY, kind="task"), replace(ENTRY, ref=8),
        replace(ENTRY, version=3), replace(ENTRY, from_state="20"), replace(ENTRY, to_state="20"), replace(ENTRY, facts={"step": "T04"}),
        replace(ENTRY, epoch=1), replace(ENTRY, at=ENTRY.at + timedelta(microseconds=1)),
    ]  # fmt: skip
    digests = {digest_of(entry) for entry in (ENTRY, *changed)}
    assert len(digests) == len(changed) + 1


def test_a_sealed_entry_carries_its_digest():
    assert ENTRY.sealed().digest == digest_of(ENTRY)
