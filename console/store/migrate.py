"""Bringing a database to the schema this program knows, and refusing one that is newer."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from console.domain.errors import Unavailable
from console.store import roles
from console.store.store import Store

STEPS = Path(__file__).parent / "steps"
SEAT = 0x5A5A_0002  # the advisory lock of the one that migrates; starting consoles wait for it


def upgrade(store: Store, to: str = "head") -> None:
    """Take every step that is missing, up to one of them if named, as the tables' owner where the database has roles.

    Raises Unavailable("schema_newer") for a database of a later program,
    Denied for a login that may not take steps.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    with store.write() as unit:
        if unit.dialect == "postgresql":
            unit.run(text("set local lock_timeout = '120s'"))
            unit.run(text(f"select pg_advisory_xact_lock({SEAT})"))
        found = MigrationContext.configure(unit.connection).get_current_revision()
        if found in (script.get_current_head(), to):
            return
        if found is not None and found not in {step.revision for step in script.walk_revisions()}:
            raise Unavailable("schema_newer", found=found, known=script.get_current_head())
        has_roles = roles.are_in_use(unit)
        if has_roles:
            roles.become_migrator(unit)
        config.attributes["connection"] = unit.connection
        command.upgrade(config, to)
        if has_roles:
            roles.grant(unit)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    return config
