"""Leave for recorded video: asked for with a reason, decided by somebody else, taken without in an emergency and then reviewed."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.codes import known
from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.limits import CHINA
from console.domain.paging import Leaf, Turn
from console.domain.people import Actor, User
from console.domain.texts import check_text
from console.domain.video_leave import (
    BROKEN,
    LETTER_MAX,
    OPEN,
    ORGAN,
    PLAYBACK,
    RESIDENT,
    REVIEW_WITHIN,
    VALID,
    VERDICTS,
    VideoLeave,
    Wish,
    check_decider,
    check_reviewer,
    check_trained,
    check_wish,
    may_ask,
)
from console.service.desk import Act, Desk
from console.store import tables, video_leaves
from console.store.find import cases, footage, places
from console.store.scope import Scope

REASON_MIN, REASON_MAX = 6, 200
KIND = "video_leave"
URGENT = "P1"
FIRST = Turn()
Change = Callable[[Act, VideoLeave], VideoLeave]
log = logging.getLogger(__name__)


class VideoLeaves:
    """Requests for recorded video, and their ends. Source: handbook G1, G26, 3.5, Q6."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, actor: Actor, kind: str, wish: Wish) -> tuple[VideoLeave, ...]:
        """Ask to play or to take out recorded video: one request for the hall's cameras, one more for those of the police.

        Raises Denied, Invalid, Refused("playback_suspended"), Missing for a
        camera or case outside the actor's area.
        """
        wanted = checked(self.desk, actor, kind, wish)

        def work(act: Act) -> tuple[VideoLeave, ...]:
            _may_use(act, wanted)
            police = video_leaves.police_cameras(act.unit, wanted.cameras)
            parts = {is_theirs: tuple(one for one in wanted.cameras if (one in police) is is_theirs) for is_theirs in (False, True)}
            made = [replace(_asked(act, kind, wanted), cameras=part, is_police=is_theirs) for is_theirs, part in parts.items() if part]
            return tuple(add(act, one, "ask_leave") for one in made)

        return self.desk.run(actor, work)

    def break_glass(self, actor: Actor, wish: Wish) -> VideoLeave:
        """Play without leave in an emergency, once per case in P1; the director hears of it at once and reviews it within a day.

        Raises Refused for another priority, a second time, or a suspended
        person; else as `ask` does. Source: handbook G26.
        """
        wanted = checked(self.desk, actor, PLAYBACK, wish)

        def work(act: Act) -> VideoLeave:
            if wanted.case_id is None:
                raise Invalid("case", "purpose_needs_case", purpose=wanted.purpose)
            case = act.case(wanted.case_id)  # locked: two who break in at once are one after the other
            _may_use(act, wanted)
            if case.priority != URGENT or case.ended_at is not None:
                raise Refused("emergency_p1_only")
            if video_leaves.is_broken_into(act.unit, case.id):
                raise Refused("emergency_used")
            until, due = act.now + VALID[PLAYBACK], act.now + REVIEW_WITHIN
            made = replace(_asked(act, PLAYBACK, wanted), state=BROKEN, decided_at=act.now, valid_until=until, review_due=due)
            return add(act, made, "break_glass")

        return self.desk.run(actor, work)

    def grant(self, actor: Actor, leave_id: int, version: int) -> VideoLeave:
        """Grant a request: 2 h for playing, 24 h for taking out.

        Raises Denied for one's own and for cameras of the police, Missing, Stale, Refused.
        """

        def given(act: Act, leave: VideoLeave) -> VideoLeave:
            return replace(leave, state=OPEN, valid_until=act.now + VALID[leave.kind])

        return self._decide(actor, leave_id, version, "grant", given)

    def refuse(self, actor: Actor, leave_id: int, version: int) -> VideoLeave:
        """Refuse a request. Raises as `grant` does."""
        return self._decide(actor, leave_id, version, "refuse", lambda _, leave: replace(leave, state="refused"))

    def review(self, actor: Actor, leave_id: int, version: int, verdict: str) -> VideoLeave:
        """Say of an emergency whether it was fit; the person may play again. Raises Denied, Invalid, Missing, Stale, Refused."""
        if verdict not in VERDICTS:
            raise Invalid("verdict", "unknown_code", value=verdict[:40])

        def work(act: Act) -> VideoLeave:
            found = _found(act, leave_id, version)
            check_reviewer(actor, found)
            done = replace(found, reviewed_by=actor.user_id, reviewed_at=act.now, verdict=verdict, decider=actor.name)
            return save(act, found, done, "review")

        return self.desk.run(actor, work)

    def waiting(self, actor: Actor, turn: Turn = FIRST) -> Leaf[VideoLeave]:
        """What waits for this actor: requests to decide, emergencies to review; none of one's own."""
        with self.desk.store.read() as unit:
            return footage.waiting(unit, Scope(actor), turn)

    def newest(self, actor: Actor, case_id: int | None) -> tuple[VideoLeave, ...]:
        """What this actor asked for last about a case, however it stands; two where some cameras are the police's."""
        with self.desk.store.read() as unit:
            return video_leaves.newest_of(unit, actor.user_id, case_id)

    def may_break_glass(self, actor: Actor, case_id: int) -> bool:
        """Whether an emergency of this case may still be used by this actor. Raises Missing."""
        with self.desk.store.read() as unit:
            case = cases.case_by_id(unit, Scope(actor), case_id)
            is_urgent = case.priority == URGENT and case.ended_at is None
            is_free = not video_leaves.is_suspended(unit, actor.user_id, self.desk.clock.now())
            return is_urgent and is_free and may_ask(actor) and not video_leaves.is_broken_into(unit, case_id)

    def chore(self, sweeper: Actor) -> int:
        """Tell once of each emergency nobody reviewed in time; its person is suspended from that instant on."""
        with self.desk.store.read() as unit:
            late = video_leaves.unreviewed(unit, self.desk.clock.now())
        return sum(self._suspend(sweeper, leave) for leave in late)

    def _suspend(self, sweeper: Actor, leave: VideoLeave) -> int:
        def work(act: Act) -> int:
            found = video_leaves.leave_by_id(act.unit, leave.id)
            if found is None or not found.is_unreviewed() or found.suspended_at is not None:
                return 0
            save(act, found, replace(found, suspended_at=act.now), "suspend_person")
            return 1

        try:
            return self.desk.run(sweeper, work)
        except Stale:
            log.info("video leave %d moved while it was looked at; the next round looks again", leave.id)
            return 0

    def _decide(self, actor: Actor, leave_id: int, version: int, op: str, change: Change) -> VideoLeave:
        def work(act: Act) -> VideoLeave:
            found = _found(act, leave_id, version)
            check_decider(actor, found)
            decided = replace(change(act, found), decided_by=actor.user_id, decided_at=act.now, decider=actor.name)
            return save(act, found, decided, op)

        return self.desk.run(actor, work)


def checked(desk: Desk, actor: Actor, kind: str, wish: Wish, *, is_new: bool = True) -> Wish:
    """A wish as it may be kept, each camera once. Raises Invalid; what only a new request tells is asked of that alone."""
    if kind not in VALID:
        raise Invalid("kind", "unknown_code", value=kind[:40])
    known(desk.book.of(actor.centre_id).video_purposes, wish.purpose, "purpose")
    words = wish.reason.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise Invalid("reason", "reason_length", least=REASON_MIN, most=REASON_MAX)
    check_text("reason", words, REASON_MAX)
    if is_new:
        check_wish(wish)
    letter = check_text("letter", wish.letter.strip(), LETTER_MAX) if wish.purpose == ORGAN else ""
    relation = wish.relation if wish.purpose == RESIDENT else ""
    return replace(wish, reason=words, letter=letter, relation=relation, cameras=tuple(dict.fromkeys(wish.cameras)))


def _may_use(act: Act, wish: Wish) -> None:
    if not may_ask(act.actor):
        raise Denied("role")
    check_fit(act)
    if wish.case_id is not None:
        cases.case_by_id(act.unit, act.scope, wish.case_id)
    for camera_id in wish.cameras:
        places.camera_by_id(act.unit, act.scope, camera_id)


def check_fit(act: Act) -> None:
    """Refuse a person whose emergency nobody has reviewed in time, and one who was not trained within a year (G26, G8).

    Raises Refused: "playback_suspended", "training_missing", "training_over".
    """
    if video_leaves.is_suspended(act.unit, act.actor.user_id, act.now):
        raise Refused("playback_suspended")
    user = act.unit.get(tables.user, User, act.actor.user_id)
    check_trained(user.trained_at if user is not None else None, act.now)


def usable(act: Act, kind: str, wish: Wish, codes: dict[int, str]) -> dict[int, VideoLeave]:
    """For each camera the leave of the actor that covers it, the case and the period now; `codes` name cameras in a refusal.

    Raises Denied and Missing for who may not ask for it any more, Refused: "no_video_leave", "video_leave_over",
    "leave_without_camera", "leave_period".
    """
    _may_use(act, wish)
    mine = video_leaves.of_person(act.unit, act.actor.user_id, kind, wish.case_id, wish.purpose)
    given = [one for one in mine if one.state in (OPEN, BROKEN)]
    live = [one for one in given if one.is_live(act.now)]
    if not live:
        raise Refused("video_leave_over" if given else "no_video_leave")
    return {one: _covering(live, one, wish, codes) for one in wish.cameras}


def _covering(live: Sequence[VideoLeave], camera_id: int, wish: Wish, codes: dict[int, str]) -> VideoLeave:
    over = [one for one in live if camera_id in one.cameras]
    if not over:
        raise Refused("leave_without_camera", camera=codes[camera_id])
    found = next((one for one in over if one.covers(wish.starts_at, wish.ends_at)), None)
    if found is None:
        raise Refused("leave_period", since=_hour(over[0].starts_at), until=_hour(over[0].ends_at))
    return found


def _hour(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}" if at is not None else ""


def _asked(act: Act, kind: str, wish: Wish) -> VideoLeave:
    who = act.actor
    return VideoLeave(
        0, kind, wish.reason, who.user_id, who.centre_id, act.now, cameras=wish.cameras, starts_at=wish.starts_at, ends_at=wish.ends_at,
        purpose=wish.purpose, case_id=wish.case_id, relation=wish.relation, letter=wish.letter, org_id=who.org_id, asker=who.name,
    )  # fmt: skip


def add(act: Act, leave: VideoLeave, op: str) -> VideoLeave:
    """Keep a new request, and tell of it."""
    made = act.unit.add(tables.video_leave, leave)
    facts: dict[str, object] = {"kind": made.kind, "purpose": made.purpose, "case": made.case_id, "cameras": list(made.cameras)}
    act.note(op, KIND, made.id, made.version, facts, states=("", made.state))
    return made


def save(act: Act, before: VideoLeave, after: VideoLeave, op: str) -> VideoLeave:
    """Keep what became of a request, and tell of it."""
    stored = act.unit.save(tables.video_leave, before, after)
    facts: dict[str, object] = {"kind": stored.kind, "verdict": stored.verdict}
    act.note(op, KIND, stored.id, stored.version, facts, states=(before.state, stored.state))
    return stored


def _found(act: Act, leave_id: int, version: int) -> VideoLeave:
    found = footage.leave_by_id(act.unit, act.scope, leave_id)
    if found is None:
        raise Missing(KIND, leave_id)
    if found.version != version:
        raise act.unit.stale(KIND, leave_id)
    return found
