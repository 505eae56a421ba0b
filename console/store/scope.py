"""Who may see what: the one file that decides it, as conditions in SQL.

visible = (the owner centre lies in the actor's subtree, the role may read
there and nothing shields the case) or (an access row was written by the flow
for the actor's unit). A unit that was given a task knows of the case only
while that task has left the hall; one that watches, always. A reporter sees
the reports he sent, the program itself sees all. Every question in
`store/find` takes a Scope first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from console.domain.boundary_change import READERS as BOUNDARY_READERS
from console.domain.boundary_change import STAGING
from console.domain.case import DRAFT
from console.domain.code_change import READERS as CODE_READERS
from console.domain.people import Actor
from console.domain.roles import BELOW, HERE, OVERSEERS
from console.domain.task import DESK_STATES
from console.domain.video_leave import BROKEN, DECIDERS, POLICE, REVIEWERS
from console.store import tables

# Roles that read whatever their centre and those below it own (handbook 3.5).
READERS = frozenset({"R04", "R05", "R06", "R07", "R08", "R11", "R14", "R16", "R17", "R18", "R21", "R23", "SYSTEM"})
# Who takes reports in and may read whom they come from, masked.
INTAKE_ROLES = frozenset({"R05", "R06", "SYSTEM"})
UNIT_ROLES = frozenset({"R01", "R02", "R09", "R10"})
# Access that came with a task; it counts only while that task has left the hall.
ORDERED = ("lead", "co", "verify")
CAMERA_ROLES = frozenset({"R05", "R06", "R07", "R08", "R14", "R16", "R17", "SYSTEM"})
# Who reads the registers of video (handbook 3.5, G1): the director, the upper supervisor, the auditor.
REGISTER_ROLES = frozenset({"R17", "R18", "R19"})


Condition = ColumnElement[bool]


def kept(make: "Callable[[Scope], Condition]") -> "Callable[[Scope], Condition]":
    """Build an actor's condition once: it depends on the actor alone, and building it costs as much as asking."""
    of_actor = lru_cache(maxsize=1024)(lambda actor: make(Scope(actor)))

    @wraps(make)
    def condition(self: "Scope") -> Condition:
        return of_actor(self.actor)

    return condition


def _of_case(column: "ColumnElement[int]", condition: Condition) -> Condition:
    """Whether the case a row belongs to meets a condition: looked up row by row, for no list asks about all of them."""
    case = select(tables.case.c.id).where(tables.case.c.id == column, condition)
    return case.correlate(column.table).exists()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Keeping:
    """What one actor may see of a centre itself: its accounts, units, rosters and code tables."""

    actor: Actor

    def centres(self) -> Condition:
        """Centres in the actor's subtree, by their stored path."""
        path = self.actor.centre_path
        return tables.centre.c.path.startswith(path, autoescape=True) if path else false()

    @kept
    def accounts(self) -> Condition:
        """Accounts an administrator, auditor or director reads: of the subtree, a clerk's of the own centre."""
        return self._administered(tables.user.c.centre_id)

    @kept
    def units(self) -> Condition:
        """Units those who read accounts may look at, closed ones included."""
        return self._administered(tables.org.c.centre_id)

    @kept
    def rosters(self) -> Condition:
        """Rosters: of the own centre for everybody of it, below it for those who read accounts there."""
        own = tables.duty.c.centre_id == self.actor.centre_id if self.actor.user_id else false()
        return or_(own, self._administered(tables.duty.c.centre_id))

    @kept
    def holds(self) -> Condition:
        """Held cases of the area, for those who watch over personal data; a shielded one is left out."""
        return and_(self._overseen(tables.case.c.owner_centre), tables.case.c.shield == "")

    @kept
    def deletions(self) -> Condition:
        """What nights took away from cases of the area, shielded ones left out; what belonged to no case, for the centre on top."""
        number, c = tables.deletion_item.c.number, tables.case.c
        theirs = number.in_(select(c.number).where(self._overseen(c.owner_centre), c.shield == ""))
        is_top = self.actor.centre_path.count("/") == 2 and self.actor.holds_any(OVERSEERS)
        return or_(theirs, number == "") if is_top else theirs

    @kept
    def exports(self) -> Condition:
        """What people of the area took out of the hall, for those who watch over it."""
        theirs = select(tables.user.c.id).where(self._overseen(tables.user.c.centre_id))
        return tables.export_log.c.user_id.in_(theirs)

    @kept
    def requests(self) -> Condition:
        """Requests for leave from the area, for those who watch over it."""
        return self._overseen(tables.approval.c.centre_id)

    @kept
    def video_leaves(self) -> Condition:
        """Requests for recorded video of the area that the actor may decide on, and emergencies the actor may review; never the own."""
        v = tables.video_leave.c
        ways = []
        if self.actor.holds_any(DECIDERS):
            ways.append(and_(v.state != BROKEN, ~v.is_police))
        if self.actor.holds_any(POLICE):
            ways.append(and_(v.state != BROKEN, v.is_police))
        if self.actor.holds_any(REVIEWERS):
            ways.append(v.state == BROKEN)
        inside = v.centre_id.in_(select(tables.centre.c.id).where(self.centres()))
        return and_(or_(*ways), inside, v.asked_by != self.actor.user_id) if ways else false()

    @kept
    def looks(self) -> Condition:
        """Looks at video by people of the area, for those who watch over it."""
        if not self.actor.holds_any(REGISTER_ROLES):
            return false()
        inside = select(tables.centre.c.id).where(self.centres())
        return tables.video_access.c.org_id.in_(select(tables.org.c.id).where(tables.org.c.centre_id.in_(inside)))

    @kept
    def registered(self) -> Condition:
        """Cameras of the area, for those who watch over the register."""
        if not self.actor.holds_any(REGISTER_ROLES):
            return false()
        return tables.camera.c.centre_id.in_(select(tables.centre.c.id).where(self.centres()))

    def _overseen(self, centre_id: ColumnElement[int]) -> Condition:
        if not self.actor.holds_any(OVERSEERS):
            return false()
        return centre_id.in_(select(tables.centre.c.id).where(self.centres()))

    def _administered(self, centre_id: ColumnElement[int]) -> Condition:
        if self.actor.holds_any(BELOW["read"]):
            return centre_id.in_(select(tables.centre.c.id).where(self.centres()))
        return centre_id == self.actor.centre_id if self.actor.holds_any(HERE["read"]) else false()

    @kept
    def code_changes(self) -> Condition:
        """Changes of code tables at the centres of the subtree and at those above, whose tables the actor's centre follows."""
        if self.actor.kind == "system":
            return true()
        if not self.actor.holds_any(CODE_READERS):
            return false()
        above = [int(part) for part in self.actor.centre_path.split("/") if part]
        inside = select(tables.centre.c.id).where(self.centres())
        return or_(tables.code_change.c.centre_id.in_(inside), tables.code_change.c.centre_id.in_(above))

    @kept
    def boundary_changes(self) -> Condition:
        """Changes of boundaries at the centres of the subtree, once they are proposed."""
        b = tables.boundary_change.c
        if self.actor.kind == "system":
            return b.state != STAGING
        if not self.actor.holds_any(BOUNDARY_READERS):
            return false()
        return and_(b.centre_id.in_(select(tables.centre.c.id).where(self.centres())), b.state != STAGING)


class Looking(Keeping):
    """What one actor may see of the wall: walls and tours that are kept, plans of patrols, and the ground they cover."""

    @kept
    def walls(self) -> Condition:
        """Walls one may open: one's own and those of the centre, for roles that look at video."""
        w, actor = tables.saved_wall.c, self.actor
        own = and_(w.owner_id == actor.user_id, w.audience != "shift")
        return or_(own, and_(w.centre_id == actor.centre_id, w.audience == "centre")) if self._looks else false()

    @kept
    def handed_walls(self) -> Condition:
        """Walls somebody else left for the next shift at the actor's seat."""
        w, actor = tables.saved_wall.c, self.actor
        here = and_(w.centre_id == actor.centre_id, w.seat == actor.seat, w.audience == "shift", w.owner_id != actor.user_id)
        return here if self._looks else false()

    @kept
    def tours(self) -> Condition:
        """One's own tours."""
        return tables.wall_tour.c.owner_id == self.actor.user_id if self.actor.user_id else false()

    @kept
    def patrol_plans(self) -> Condition:
        """Plans one may walk: those of the own centre, for roles that look at video."""
        return tables.patrol_plan.c.centre_id == self.actor.centre_id if self._looks else false()

    @kept
    def ground(self) -> Condition:
        """Divisions of the area the actor's centre answers for."""
        top, centre, path = tables.division.alias(), tables.centre.c, tables.division.c.path
        within = tables.centre.c.id == self.actor.centre_id
        own = select(top.c.path).join(tables.centre, centre.division == top.c.code).where(within).scalar_subquery()
        return func.substr(path, 1, func.length(own)) == own

    @property
    def _looks(self) -> bool:
        """Whether the actor looks at video."""
        return self.actor.holds_any(CAMERA_ROLES)


class Scope(Looking):
    """What one actor may see; made per question from the actor alone."""

    @property
    def _reads_by_place(self) -> bool:
        """Whether a role of the actor reads what centres own."""
        return self.actor.holds_any(READERS)

    @property
    def answers_for_unit(self) -> bool:
        """Whether the actor answers tasks of a unit."""
        return self.actor.holds_any(UNIT_ROLES)

    @property
    def knows_reporters(self) -> bool:
        """Whether the actor takes reports in: outside intake a reporter stays unnamed (handbook G24)."""
        return self.actor.holds_any(INTAKE_ROLES)

    @kept
    def cases(self) -> Condition:
        """Cases the actor may know of."""
        if self.actor.kind == "system":
            return true()
        ways: list[Condition] = [self._owned(), self._watched()] if self._reads_by_place else []
        if self._reads_by_place or self.answers_for_unit:
            ways.append(self._ordered())
        return or_(*ways) if ways else false()

    def _owned(self) -> Condition:
        inside = select(tables.centre.c.id).where(self.centres())
        c = tables.case.c
        own = or_(c.state != DRAFT, c.reporter_id == self.actor.user_id)  # a draft is its author's alone
        return and_(c.owner_centre.in_(inside), c.shield == "", own)

    @kept
    def sent(self) -> Condition:
        """Cases the actor brought in: what a reporter may still do to them, not what the hall does."""
        return tables.case.c.reporter_id == self.actor.user_id if self.actor.user_id else false()

    def _watched(self) -> Condition:
        a = tables.access.c
        return exists().where(a.case_id == tables.case.c.id, a.org_id == self.actor.org_id, a.why.not_in(ORDERED))

    def _ordered(self) -> Condition:
        a, t = tables.access.c, tables.task.c
        granted = exists().where(a.case_id == tables.case.c.id, a.org_id == self.actor.org_id)
        released = exists().where(t.case_id == tables.case.c.id, t.org_id == self.actor.org_id, t.state.in_(DESK_STATES))
        return and_(granted, released)

    @kept
    def tasks(self) -> Condition:
        """Tasks the actor may know of: those of cases read by place or watched, and released ones of the own unit."""
        t = tables.task.c
        if self.actor.kind == "system":
            return true()
        ways: list[Condition] = []
        if self._reads_by_place:
            ways.append(_of_case(t.case_id, or_(self._owned(), self._watched())))
        if self._reads_by_place or self.answers_for_unit:
            ways.append(and_(t.org_id == self.actor.org_id, t.state.in_(DESK_STATES)))
        return or_(*ways) if ways else false()

    @kept
    def reports(self) -> Condition:
        """Reports of visible cases, and those the actor sent."""
        r = tables.report.c
        own = r.reporter_id == self.actor.user_id if self.actor.user_id else false()
        if not self._reads_by_place:
            return own
        return or_(own, _of_case(r.case_id, self.cases()))

    @kept
    def cameras(self) -> Condition:
        """Cameras of the own area, for roles that look at video."""
        if not self.actor.holds_any(CAMERA_ROLES):
            return false()
        return tables.camera.c.centre_id.in_(select(tables.centre.c.id).where(self.centres()))

    @kept
    def sites(self) -> Condition:
        """Key sites of the own area, for roles that read what centres own."""
        if not self._reads_by_place:
            return false()
        return tables.key_site.c.centre_id.in_(select(tables.centre.c.id).where(self.centres()))

    @kept
    def people(self) -> Condition:
        """Colleagues: users of the centres in the subtree."""
        if not self._reads_by_place:
            return tables.user.c.id == self.actor.user_id
        return tables.user.c.centre_id.in_(select(tables.centre.c.id).where(self.centres()))

    @kept
    def orgs(self) -> Condition:
        """Units a dispatch may name: departments of the own centre, other units of the subtree (handbook 3.5), closed ones never."""
        o = tables.org.c
        if not self._reads_by_place:
            return o.id == self.actor.org_id
        below = o.centre_id.in_(select(tables.centre.c.id).where(self.centres()))
        own = o.centre_id == self.actor.centre_id if self.actor.kind == "person" else true()
        return and_(~o.closed, below, or_(o.department == "", own))

    @kept
    def partners(self) -> Condition:
        """Departments beside the own unit: whom it may ask for help, or name as a better lead."""
        o = tables.org.c
        if not self.answers_for_unit:
            return false()
        return and_(o.centre_id == self.actor.centre_id, o.department != "", o.id != self.actor.org_id)

    @property
    def may_see_places(self) -> bool:
        """Boundaries are no secret, but only for who has signed in."""
        return bool(self.actor.user_id) or self.actor.kind == "system"
