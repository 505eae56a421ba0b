"""Putting people on the roster of a centre and taking them off it."""

from datetime import datetime

from console.domain import duty, roles
from console.domain.duty import Duty
from console.domain.errors import Denied, Invalid, Missing, Refused
from console.domain.people import Actor
from console.domain.place import Centre
from console.service.desk import Act, Desk
from console.store import offices, tables


class Roster:
    """Operations on rosters. Every one raises Missing, Denied, Refused, Invalid, Stale."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def put(self, actor: Actor, login: str, starts_at: datetime, ends_at: datetime, part: str) -> Duty:
        """Put somebody of the centre on duty."""

        def work(act: Act) -> Duty:
            centre = self._centre(act, act.actor.centre_id)
            if part not in duty.PARTS:
                raise Invalid("part", "unknown_code", value=part[:40])
            duty.check_span(starts_at, ends_at)
            user = offices.colleague(act.unit, centre.id, login)
            if user is None:
                raise Invalid("login", "no_such_colleague", value=login[:60])
            if not duty.may_stand(part, user.roles):
                raise Refused("duty_role", "part")
            if offices.is_on_duty(act.unit, user.id, starts_at, ends_at):
                raise Refused("duty_twice", "starts_at")
            row = act.unit.add(tables.duty, Duty(0, centre.id, user.id, starts_at, ends_at, part))
            facts: dict[str, object] = {"user": user.id, "centre": centre.id, "part": part}
            facts |= {"from": starts_at.isoformat(), "to": ends_at.isoformat()}
            act.note("put", "duty", row.id, 1, facts)
            return row

        return self.desk.run(actor, work)

    def take_off(self, actor: Actor, duty_id: int, version: int) -> None:
        """Take a duty off the roster."""

        def work(act: Act) -> None:
            row = act.unit.get(tables.duty, Duty, duty_id)
            if row is None or row.centre_id != act.actor.centre_id:
                raise Missing("duty", duty_id)
            self._centre(act, row.centre_id)
            if row.version != version:
                raise act.unit.stale("duty", duty_id)
            offices.remove_duty(act.unit, duty_id)
            act.note("take_off", "duty", duty_id, version + 1, {"user": row.user_id, "centre": row.centre_id, "part": row.part})

        return self.desk.run(actor, work)

    def _centre(self, act: Act, centre_id: int) -> Centre:
        centre = act.unit.get(tables.centre, Centre, centre_id)
        if centre is None or not roles.may_at(act.actor, "roster", centre.id, centre.path):
            raise Denied("role", kind="duty", action="edit")
        return centre
