"""Holding single clips back from deletion for proceedings: who, why and until when (handbook G2)."""

from dataclasses import replace
from datetime import datetime

from console.domain.clip import HOLD_MOST, VideoClip
from console.domain.errors import Denied, Invalid, Refused
from console.domain.people import Actor
from console.domain.texts import check_text
from console.service.clips import REASON_MAX, REASON_MIN
from console.service.desk import Act, Desk
from console.service.retention import HOLDERS
from console.store import tables
from console.store.find import clips as questions


class ClipHolds:
    """Holds on clips; a hold on their case keeps them, too."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def place(self, actor: Actor, clip_id: int, version: int, reason: str, until: datetime) -> VideoClip:
        """Keep a clip until an instant, with a reason. Raises Denied for who may not, Invalid, Missing, Stale."""
        words = _checked(actor, reason)
        if not self.desk.clock.now() < until <= self.desk.clock.now() + HOLD_MOST:
            raise Invalid("until", "hold_until", most=HOLD_MOST.days)
        return self._set(actor, clip_id, version, ("hold", until, words))

    def lift(self, actor: Actor, clip_id: int, version: int, reason: str) -> VideoClip:
        """End the hold of a clip, with a reason; its own day counts again. Raises as `place` does, Refused when nothing holds it."""
        return self._set(actor, clip_id, version, ("unhold", None, _checked(actor, reason)))

    def _set(self, actor: Actor, clip_id: int, version: int, wish: tuple[str, datetime | None, str]) -> VideoClip:
        op, until, words = wish

        def work(act: Act) -> VideoClip:
            clip = questions.by_id(act.unit, act.scope, clip_id).clip
            if clip.version != version:
                raise act.unit.stale("clip", clip_id)
            if until is None and clip.hold_until is None:
                raise Refused("not_held")
            case = act.case(clip.case_id)
            held = replace(clip, hold_until=until, hold_reason=words if until else "", held_by=actor.name if until else "")
            stored = act.unit.save(tables.video_clip, clip, held)
            facts: dict[str, object] = {"case": case.id, "until": until.isoformat() if until else None}
            if until is None:
                facts |= act.say(case, op, words)
            act.note(op, "clip", clip.id, stored.version, facts, states=("kept", "held" if until else "kept"))
            return stored

        return self.desk.run(actor, work)


def _checked(actor: Actor, reason: str) -> str:
    if not actor.holds_any(HOLDERS):
        raise Denied("role")
    words = reason.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
    return check_text("reason", words, REASON_MAX)
