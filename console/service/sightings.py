"""Marks on the way: what a person saw on a camera, kept with the case. Nothing recognises anybody here (handbook 7)."""

from dataclasses import replace

from console.domain.camera import LOOKS, VideoAccess
from console.domain.case import Case
from console.domain.errors import Invalid, Missing, Refused
from console.domain.people import Actor
from console.domain.retention import ENDED
from console.domain.sighting import Seen, Sighting, check_heading
from console.domain.video_leave import FOR_CASE, check_keeping
from console.service.desk import Act, Desk
from console.store import tables, video
from console.store.find import cases, places, sightings
from console.store.scope import Scope


class Sightings:
    """Makes marks through looks that are open, and tells the trace of a case."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def mark(self, actor: Actor, access_id: int, case_id: int, seen: Seen) -> Sighting:
        """Keep with a case what the actor sees, live or recorded, through an open look of their own. Source: AC-1, lines 3 and 7.

        The mark is an access of its own, of purpose V1 with the case. Raises Missing for a look
        that has ended or a case that is not the actor's to see, Refused for a case that has ended and for a resident's look,
        Invalid for an instant outside the look and for what is no direction.
        """
        check_heading(seen.heading_deg)

        def work(act: Act) -> Sighting:
            case = act.case(case_id)
            if case.state in ENDED:
                raise Refused("mark_on_ended_case", number=case.number)
            who = act.actor.user_id
            look = video.open_look(act.unit, access_id, who, LOOKS)
            if look is None:
                raise Missing("video", access_id)
            check_keeping(look)
            if seen.at > act.now or (look.kind == "live" and seen.at < look.opened_at):
                raise Invalid("at", "not_while_looking")
            return self._keep(act, case, look, seen)

        return self.desk.run(actor, work)

    def of_case(self, actor: Actor, case_id: int) -> tuple[Sighting, ...]:
        """The marks of a case in the order of their times: the trace. Raises Missing."""
        with self.desk.store.read() as unit:
            scope = Scope(actor)
            cases.case_by_id(unit, scope, case_id)
            return sightings.of_case(unit, scope, case_id)

    def _keep(self, act: Act, case: Case, look: VideoAccess, seen: Seen) -> Sighting:
        camera = places.camera_by_id(act.unit, act.scope, look.camera_id)
        words = act.say(case, "seen", seen.words, "words")
        marked_at = seen.at if look.kind == "live" else act.now
        row = replace(look, id=0, kind="mark", purpose=FOR_CASE, case_id=case.id, opened_at=marked_at, closed_at=marked_at)
        row = act.unit.add(tables.video_access, row)
        who = act.actor
        made = Sighting(
            0, case.id, row.id, camera.id, camera.code, camera.lon, camera.lat, seen.heading_deg, seen.at, who.user_id, who.name
        )
        made = act.unit.add(tables.sighting, made)
        facts: dict[str, object] = {
            "case": case.id, "camera": camera.id, "code": camera.code, "seen_at": seen.at.isoformat(), "heading": seen.heading_deg,
            "access": row.id, **words,
        }  # fmt: skip
        act.note("seen", "sighting", made.id, 1, facts, states=("", "marked"))
        return made
