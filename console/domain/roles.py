"""Which roles one person may hold together, where a role sits, and which nobody gives alone (CT-03)."""

from collections.abc import Iterable, Mapping

from console.domain.codes import Role
from console.domain.errors import Invalid, Refused
from console.domain.people import Actor

# Three administrations that never meet in one person (classified protection, 三员分立): the system's,
# the audit's, and the business with its platform clerks and directors.
SYSTEM_ADMINISTRATOR, AUDITOR, CLERK, DIRECTOR = "R22", "R19", "R04", "R17"
# Who watches over personal data: holds, deletions, what leaves the hall (handbook G17, 7.2).
OVERSEERS = frozenset({DIRECTOR, AUDITOR})
APART = (SYSTEM_ADMINISTRATOR, AUDITOR)
# Whoever asks for these is not the one who grants them.
GUARDED = frozenset({"R15", "R17", "R18", "R19", "R22"})
GRID, VILLAGE = 6, 5
# Accounts, by what is done with them: roles that may do it anywhere below their centre, and at their own centre only.
BELOW: Mapping[str, frozenset[str]] = {
    "read": frozenset({SYSTEM_ADMINISTRATOR, AUDITOR, DIRECTOR}),
    "edit": frozenset({SYSTEM_ADMINISTRATOR}),
    "import": frozenset({SYSTEM_ADMINISTRATOR}),
    "decide": frozenset({DIRECTOR}),
    "reset_factor": frozenset({DIRECTOR}),
    "units": frozenset({SYSTEM_ADMINISTRATOR}),
    "roster": frozenset(),
}
HERE: Mapping[str, frozenset[str]] = {
    "read": frozenset({CLERK}), "edit": frozenset({CLERK}), "import": frozenset(), "decide": frozenset(), "reset_factor": frozenset(),
    "units": frozenset({CLERK}), "roster": frozenset({CLERK, "R16", DIRECTOR}),
}  # fmt: skip


def may(actor: Actor, what: str) -> bool:
    """Whether an actor may do this with accounts anywhere at all."""
    return actor.holds_any(BELOW[what] | HERE[what])


def may_at(actor: Actor, what: str, centre_id: int, centre_path: str) -> bool:
    """Whether an actor may do this with accounts of one centre."""
    if actor.holds_any(BELOW[what]) and bool(actor.centre_path) and centre_path.startswith(actor.centre_path):
        return True
    return actor.holds_any(HERE[what]) and centre_id == actor.centre_id


def may_touch(actor: Actor, roles: Iterable[str]) -> bool:
    """Whether an account with these roles may be edited by this actor: a clerk keeps off guarded ones."""
    return actor.holds_any(BELOW["edit"]) or GUARDED.isdisjoint(roles)


def check_together(roles: Iterable[str]) -> None:
    """Refuse roles that contradict one another. Raises Refused, naming both."""
    held = sorted(set(roles))
    for apart in APART:
        if apart in held and len(held) > 1:
            other = next(role for role in held if role != apart)
            raise Refused("roles_contradict", "roles", first=apart, second=other)


def check_level(roles: Iterable[str], level: int, known: Mapping[str, Role]) -> None:
    """Refuse a role that does not sit at a centre of this level; grid roles belong to their village's. Raises Invalid."""
    for code in roles:
        if code not in known:
            raise Invalid("roles", "unknown_code", value=code)
        sits = {VILLAGE if one == GRID else one for one in known[code].levels}
        if level not in sits:
            raise Invalid("roles", "role_level", role=code, level=level)
