"""Bringing a database to the schema this program knows, and refusing one that is newer.

The tool that takes steps is loaded when there is one to take; a usual start only compares two numbers.
"""

from pathlib import Path

from sqlalchemy import inspect, text

from console.domain.errors import Unavailable
from console.store import roles
from console.store.store import Store
from console.store.unit import Unit

STEPS = Path(__file__).parent / "steps"
KNOWN = sorted(step.name[1:5] for step in (STEPS / "versions").glob("s*.py"))  # s0010_code_changes.py is step 0010
SEAT = 0x5A5A_0002  # the advisory lock of the one that migrates; starting consoles wait for it


def upgrade(store: Store, to: str = "head") -> None:
    """Take every step that is missing, up to one of them if named, as the tables' owner where the database has roles.

    Raises Unavailable("schema_newer") for a database of a later program,
    Denied for a login that may not take steps.
    """
    with store.write() as unit:
        if unit.dialect == "postgresql":
            unit.run(text("set local lock_timeout = '120s'"))
            unit.run(text(f"select pg_advisory_xact_lock({SEAT})"))
        found = _step_of(unit)
        if found in (KNOWN[-1], to):
            return
        if found is not None and found not in KNOWN:
            raise Unavailable("schema_newer", found=found, known=KNOWN[-1])
        has_roles = roles.are_in_use(unit)
        if has_roles:
            roles.become_migrator(unit)
        _take_steps(unit, to)
        if has_roles:
            roles.grant(unit)


def _step_of(unit: Unit) -> str | None:
    """The step a database stands at; None for an empty one."""
    if not inspect(unit.connection).has_table(roles.VERSIONS):
        return None
    found = unit.scalar(text(f"select version_num from {roles.VERSIONS}"))
    return None if found is None else str(found)


def _take_steps(unit: Unit, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": unit.connection})
    config.set_main_option("script_location", str(STEPS))
    command.upgrade(config, to)
