"""The guards of a case's steps: who stands in which relation to it, and what an act must bring along (handbook 3.2 to 3.5).

They read a record by its fields' names, so the same rules hold for a case and for what replay makes of one.
"""

from datetime import datetime, timedelta

from console.domain.errors import Refused
from console.domain.flow import Facts, Relation, Stateful
from console.domain.people import Actor

URGENT, ORDINARY = ("P1", "P2"), ("P3", "P4")
EMERGENCIES, DISPUTES = "14", "01"  # groups of CT-06
REOPEN_WITHIN = timedelta(days=30)
NO_CONTACT_AFTER = timedelta(days=3)
SKIP_AFTER = timedelta(days=3)
NEAR_M, SAME_WITHIN = 1_000.0, timedelta(days=7)
REWORKS_BY_CHECKER, RETURNS_BY_UNIT = 2, 1
CONTENT = ("5", "4", "3")
NOT_OURS = "1"  # the reason of a rejection that must name the right body (petition regulations, art. 23)


def is_urgent(case: Stateful, _facts: Facts) -> None:
    """T42 is for P1 and P2."""
    if getattr(case, "priority", "") not in URGENT:
        raise Refused("not_urgent", "priority", priority=getattr(case, "priority", ""))


def is_ordinary(case: Stateful, _facts: Facts) -> None:
    """T43 is for P3 and P4."""
    if getattr(case, "priority", "") not in ORDINARY:
        raise Refused("is_urgent", "priority", priority=getattr(case, "priority", ""))


def has_one_lead(_case: Stateful, facts: Facts) -> None:
    """A dispatch names exactly one lead department and nobody twice."""
    if facts.get("leads") != 1:
        raise Refused("one_lead", "orders", count=facts.get("leads"))
    if facts.get("repeated"):
        raise Refused("unit_twice", "orders", unit=facts.get("repeated"))


def has_reason(_case: Stateful, facts: Facts) -> None:
    """The act needs words why."""
    if not _said(facts, "reason"):
        raise Refused("needs_reason", "reason")


def has_reply(_case: Stateful, facts: Facts) -> None:
    """The reporter is told in words (T05, T11)."""
    if not _said(facts, "public_reply"):
        raise Refused("needs_text", "public_reply")


def has_way_on(_case: Stateful, facts: Facts) -> None:
    """Who turns a matter away as not ours names the body it belongs to (T05)."""
    if facts.get("reason_code") == NOT_OURS and not _said(facts, "right_body"):
        raise Refused("needs_right_body", "right_body")


def has_closing(_case: Stateful, facts: Facts) -> None:
    """Closing names its type and the words for the citizen."""
    for name in ("close_type", "public_reply"):
        if not _said(facts, name):
            raise Refused("needs_text", name)


def has_note_or_photo(_case: Stateful, facts: Facts) -> None:
    """Something was seen: a photo, or words about it (T07)."""
    if not _said(facts, "text") and not facts.get("photos"):
        raise Refused("needs_text_or_photo", "text")


def is_shown_on_site(_case: Stateful, facts: Facts) -> None:
    """A check rests on a photo of afterwards or on a note of the call (T30)."""
    if not _said(facts, "text") and not facts.get("photos_after"):
        raise Refused("needs_check_note", "text")


def has_pair_of_photos(_case: Stateful, facts: Facts) -> None:
    """Who handles a matter alone shows how it was and how it is (T36)."""
    for when in ("before", "after"):
        if not facts.get(f"photos_{when}"):
            raise Refused(f"needs_photo_{when}", "photos")


def is_merging_alike(_case: Stateful, facts: Facts) -> None:
    """Cases are merged that are open, of one kind, one place and one time (T09)."""
    for name in ("is_other", "is_open", "same_kind", "same_place", "same_time"):
        if not facts.get(name):
            raise Refused(f"merge_{name}", "target")


def came_within(case: Stateful, facts: Facts) -> None:
    """A case that ended is reopened within 30 natural days (T38)."""
    ended, now = getattr(case, "ended_at", None), facts.get("now")
    if isinstance(ended, datetime) and isinstance(now, datetime) and now > ended + REOPEN_WITHIN:
        raise Refused("reopen_too_late", "state", days=REOPEN_WITHIN.days)


def waited_three_days(case: Stateful, facts: Facts) -> None:
    """An ordinary matter skips a level only when its handling has lasted three days (T22)."""
    since, now = getattr(case, "done_sign", None), facts.get("now")
    if not isinstance(since, datetime) or not isinstance(now, datetime) or now < since + SKIP_AFTER:
        raise Refused("skip_too_early", "state", days=SKIP_AFTER.days)


def waited_long_enough(case: Stateful, facts: Facts) -> None:
    """A case nobody could be reached for is archived after three natural days (T34, T41)."""
    since, now = getattr(case, "done_close", None), facts.get("now")
    if not isinstance(since, datetime) or not isinstance(now, datetime) or now < since + NO_CONTACT_AFTER:
        raise Refused("call_back_first", "state", days=NO_CONTACT_AFTER.days)


def has_score(case: Stateful, facts: Facts) -> None:
    """A call-back ends with a score; who is not content is sent back once, and answered for after that (T34, T35)."""
    score = facts.get("score")
    if score in CONTENT:
        return
    if score not in ("1", "2"):
        raise Refused("needs_score", "score")
    if not getattr(case, "called_back", 0):
        raise Refused("call_back_returns", "score")
    if not facts.get("answered"):
        raise Refused("supervise_first", "score")


def is_not_handler(case: Stateful, actor: Actor) -> bool:
    """The checker is not among those who handled the case (invariant 3)."""
    return actor.user_id not in getattr(case, "handler_ids", ())


def may_close(case: Stateful, actor: Actor) -> bool:
    """P1, P2 and joint cases are closed by the director, the others by the filing officer or the shift leader (T32)."""
    is_grave = getattr(case, "priority", "") in URGENT or "joint" in getattr(case, "flags", ())
    return actor.holds_any(frozenset({"R17"} if is_grave else {"R07", "R16"}))


def not_acked(case: Stateful, _actor: Actor) -> bool:
    """A case is acknowledged once."""
    return getattr(case, "acked_at", None) is None


def is_in_area(case: Stateful, actor: Actor) -> bool:
    """The case belongs to the actor's centre or one below; who only watches it does nothing to it."""
    path = str(getattr(case, "owner_path", ""))
    return path.startswith(actor.centre_path) if path else getattr(case, "owner_centre", None) == actor.centre_id


def is_owner(case: Stateful, actor: Actor) -> bool:
    """The case belongs to the actor's own centre."""
    return getattr(case, "owner_centre", None) == actor.centre_id


def is_at_upper(case: Stateful, actor: Actor) -> bool:
    """The actor sits at the centre a case was escalated to."""
    return getattr(case, "target_centre", None) == actor.centre_id


def is_own_report(case: Stateful, actor: Actor) -> bool:
    """The actor brought the case in."""
    return bool(actor.user_id) and getattr(case, "reporter_id", None) == actor.user_id


def is_emergency(case: Stateful, _actor: Actor) -> bool:
    """P1 and the emergencies of group 14 may pass a level by at once (emergency response law, art. 17 and 69)."""
    return getattr(case, "priority", "") == "P1" or str(getattr(case, "category", "")).startswith(EMERGENCIES)


def is_dispute(case: Stateful, _actor: Actor) -> bool:
    """Mediation is for disputes, group 01."""
    return str(getattr(case, "category", "")).startswith(DISPUTES)


def is_never_reworked_twice(case: Stateful, _actor: Actor) -> bool:
    """The checker alone sends a case back twice (T31)."""
    return getattr(case, "reworked", 0) < REWORKS_BY_CHECKER


def is_reworked_twice(case: Stateful, actor: Actor) -> bool:
    """The third rework is the director's to decide (T31)."""
    return not is_never_reworked_twice(case, actor)


def came_from(state: str) -> Relation:
    """An escalated case goes back to the state it came from (T24)."""
    def relation(case: Stateful, _actor: Actor) -> bool:
        return getattr(case, "prev_state", "") == state
    return relation


def either(*relations: Relation) -> Relation:
    """One of these relations is enough."""
    def relation(case: Stateful, actor: Actor) -> bool:
        return any(one(case, actor) for one in relations)
    return relation




def _said(facts: Facts, name: str) -> bool:
    return bool(str(facts.get(name) or "").strip())
