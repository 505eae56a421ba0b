"""Keys of acts already done: the answer given then is found again, and one key is never answered twice."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from console.store import keys
from console.store.keys import Seen

AT = datetime(2026, 11, 23, 2, 0, 0, 123456, tzinfo=UTC)
SEEN = Seen("9:6f2c0c8e", "a" * 64, {"case": 1, "number": "SJ410923-20261123-000001", "flags": ["late"]}, AT)


def test_a_key_is_answered_as_it_was_then(store):
    with store.write() as unit:
        keys.remember(unit, SEEN)

    with store.read() as unit:
        assert keys.answer(unit, SEEN.key) == SEEN
        assert keys.answer(unit, "9:another") is None


def test_one_key_cannot_be_remembered_twice(store):
    with store.write() as unit:
        keys.remember(unit, SEEN)

    with pytest.raises(IntegrityError), store.write() as unit:
        keys.remember(unit, SEEN)
