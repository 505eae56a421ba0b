"""Questions about centres, units, boundaries and cameras."""

from collections.abc import Collection

from sqlalchemy import case, select

from console.domain.camera import Camera
from console.domain.errors import Missing
from console.domain.people import OrgUnit, User
from console.store import tables
from console.store.scope import Scope
from console.store.unit import Unit
from console.store.video import can_be_opened

CAMERAS = 2_000  # a list's most; whoever has more searches


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


def cameras(unit: Unit, scope: Scope, words: str = "", limit: int = CAMERAS) -> tuple[Camera, ...]:
    """Cameras of the actor's area whose code, name or initials hold every word, those that can be opened first, then by code."""
    c, s = tables.camera.c, tables.spelling.c
    question = select(tables.camera).where(scope.cameras())
    for word in words.split():
        fits = c.code.icontains(word, autoescape=True) | c.name.icontains(word, autoescape=True)
        if word.isascii() and word.isalnum():
            fits |= c.name.in_(select(s.name).where(s.letters.contains(word.lower(), autoescape=True)))
        question = question.where(fits)
    return unit.records(Camera, unit.rows(question.order_by(case((can_be_opened(), 0), else_=1), c.code).limit(limit)))


def cameras_in(unit: Unit, scope: Scope, box: tuple[float, float, float, float], *, opens: bool, limit: int = 200) -> tuple[Camera, ...]:
    """Cameras inside west, south, east, north, the nearest to its middle first; `opens`: only those that can be opened."""
    c, (west, south, east, north) = tables.camera.c, box
    x, y = (west + east) / 2, (south + north) / 2
    # Both sides of the box are the same length on the ground, so their lengths in degrees are the scales.
    across, down = (c.lon - x) / max(east - west, 1e-9), (c.lat - y) / max(north - south, 1e-9)
    question = select(tables.camera).where(scope.cameras(), c.lon.between(west, east), c.lat.between(south, north))
    if opens:
        question = question.where(can_be_opened())
    return unit.records(Camera, unit.rows(question.order_by(across * across + down * down, c.code).limit(limit)))


def camera_by_id(unit: Unit, scope: Scope, camera_id: int) -> Camera:
    """One camera. Raises Missing, also for one the actor may not look through."""
    found = unit.record(Camera, unit.row(select(tables.camera).where(tables.camera.c.id == camera_id, scope.cameras())))
    if found is None:
        raise Missing("camera", camera_id)
    return found


def cameras_of(unit: Unit, scope: Scope, ids: Collection[int]) -> tuple[Camera, ...]:
    """Those of these cameras the actor may look through."""
    wanted = tables.camera.c.id.in_(sorted(ids))
    return unit.records(Camera, unit.rows(select(tables.camera).where(wanted, scope.cameras()))) if ids else ()
