"""Questions about centres, units, boundaries and cameras."""

from sqlalchemy import select

from console.domain.camera import Camera
from console.domain.errors import Missing
from console.domain.people import OrgUnit, User
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit


def orgs(unit: Unit, scope: Scope) -> tuple[OrgUnit, ...]:
    """Units that may hold a task for the actor's centre, by code."""
    return unit.records(OrgUnit, unit.rows(select(tables.org).where(scope.orgs()).order_by(tables.org.c.code)))


def partners(unit: Unit, scope: Scope) -> tuple[OrgUnit, ...]:
    """Departments a unit may ask for help or name as a better lead: those of its own centre, but for itself."""
    return unit.records(OrgUnit, unit.rows(select(tables.org).where(scope.partners()).order_by(tables.org.c.code)))


def departments(unit: Unit, scope: Scope, centre_id: int) -> dict[str, OrgUnit]:
    """The units that stand for each CT-04 department at one centre."""
    o = tables.org.c
    question = select(tables.org).where(scope.orgs(), o.centre_id == centre_id, o.department != "").order_by(o.id.desc())
    return {org.department: org for org in unit.records(OrgUnit, unit.rows(question))}


def people(unit: Unit, scope: Scope) -> tuple[User, ...]:
    """Colleagues the actor may know of, by login."""
    return unit.records(User, unit.rows(select(tables.user).where(scope.people()).order_by(tables.user.c.login)))


def cameras(unit: Unit, scope: Scope, limit: int = 2_000) -> tuple[Camera, ...]:
    """Cameras of the actor's area, by code."""
    return unit.records(Camera, unit.rows(select(tables.camera).where(scope.cameras()).order_by(tables.camera.c.code).limit(limit)))


def camera_by_id(unit: Unit, scope: Scope, camera_id: int) -> Camera:
    """One camera. Raises Missing, also for one the actor may not look through."""
    found = unit.record(Camera, unit.row(select(tables.camera).where(tables.camera.c.id == camera_id, scope.cameras())))
    if found is None:
        raise Missing("camera", camera_id)
    return found
