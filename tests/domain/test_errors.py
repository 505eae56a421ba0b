"""Refusals carry a code, a field and facts, and never a finished sentence."""

from console.domain.errors import Denied, Invalid, KeyReused, Missing, Stale


def test_an_error_names_code_field_and_facts_in_the_log():
    assert str(Invalid("photos", "too_many", count=12, most=9)) == "too_many [photos](count=12, most=9)"
    assert str(Denied("role", action="ack")) == "role(action='ack')"


def test_what_is_missing_does_not_tell_whether_it_exists():
    hidden, absent = Missing("case", 7), Missing("case", 7)
    assert (hidden.code, hidden.field, hidden.facts) == (absent.code, absent.field, absent.facts)


def test_a_lost_race_says_who_was_first_and_when():
    lost = Stale("case", 7, by="值班员甲", at="2026-11-23T02:00:00+00:00")
    assert (lost.code, lost.field) == ("stale", "version")
    assert lost.facts == {"kind": "case", "ref": 7, "by": "值班员甲", "at": "2026-11-23T02:00:00+00:00"}


def test_a_used_key_is_named():
    assert (KeyReused("k-1").field, KeyReused("k-1").facts) == ("key", {"key": "k-1"})
