"""What the ledger writes reads like what the operations write: digests, ids, and only what differs."""

import json
from datetime import UTC, datetime

from console.demo.ledger import Ledger, PastRecord, Person
from console.domain.journal import Entry, digest_of
from console.store import bulk
from tests.make import CODES

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHO = Person(6, "承办人己", 2, "A1")


def task_of(ledger):
    values = {"number": "N-T01", "case_id": 1, "kind": "lead", "org_id": 2, "mandatory": True, "instruction": "现场设围挡", "state": "held"}
    return PastRecord(ledger, "task", {**values, "sent_by": 1, "sent_at": AT, "release_at": AT})


def test_an_entry_carries_the_digest_of_what_it_says():
    ledger = Ledger(CODES)
    task_of(ledger).born(AT, WHO, "order", {"case": 1})
    _, _, at, actor, seat, op, kind, ref, version, before, after, facts, digest = ledger.entries[0]
    assert digest == digest_of(Entry(0, 0, 0, at, actor, seat, op, kind, ref, version, before, after, json.loads(facts)))
    assert (op, kind, ref, version, before, after) == ("order", "task", 1, 1, "", "held")


def test_a_new_record_tells_what_is_not_empty_and_never_words():
    ledger = Ledger(CODES)
    task_of(ledger).born(AT, WHO, "order", {})
    at = "2026-11-23T02:00:00+00:00"
    told = {"case_id": 1, "kind": "lead", "org_id": 2, "mandatory": True, "sent_by": 1, "sent_at": at, "release_at": at}
    assert json.loads(ledger.entries[0][-2]) == {"set": told}


def test_a_change_tells_what_differs_alone():
    ledger = Ledger(CODES)
    task = task_of(ledger)
    task.move(AT, WHO, "finish", {}, {"state": "finished", "org_id": 2, "finished_at": AT, "refuse_reason": "words"})
    assert json.loads(ledger.entries[0][-2]) == {"set": {"finished_at": "2026-11-23T02:00:00+00:00"}}
    assert ledger.entries[0][8:11] == (2, "held", "finished")


def test_rows_are_in_the_order_of_the_columns_and_ids_go_up():
    ledger = Ledger(CODES)
    for task in (task_of(ledger), task_of(ledger)):
        task.end()
    first, second = (dict(zip(bulk.columns("task"), row, strict=True)) for row in ledger.rows["task"])
    assert (first["id"], second["id"]) == (1, 2)
    assert (first["number"], first["version"], first["signed_at"]) == ("N-T01", 1, None)
