"""The four roles of a hall's PostgreSQL database, each with the least it needs.

    console_app       consoles and gateways: everything but changing the journal, sealing, and the shape of tables
    console_sealer    reads journal and seals, adds seals
    console_migrator  owns the tables and takes schema steps; nobody works with it
    console_reader    looks (reports, verification); no passwords, sessions or camera addresses

They are groups without a login: a site makes logins of its own and puts each
into one group, so no password passes through here. The journal's triggers
refuse changes to everyone, the owner included, who would have to take them away
first; what that leaves behind the seals find.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from console.domain.errors import Denied, Refused
from console.store.faults import is_forbidden
from console.store.unit import Unit

APP, SEALER, MIGRATOR, READER = ROLES = ("console_app", "console_sealer", "console_migrator", "console_reader")
GROWING = ("journal", "seal", "signer")
SEALS = ("seal", "signer")
HIDDEN = ("secret", "session", "camera_address", "plugin")
VERSIONS = "alembic_version"


def are_in_use(unit: Unit) -> bool:
    """Whether this database was given the roles."""
    if unit.dialect != "postgresql":
        return False
    question = "select has_schema_privilege(rolname, 'public', 'CREATE') from pg_roles where rolname = :name"
    return bool(unit.scalar(text(question).bindparams(name=MIGRATOR)))


def become_migrator(unit: Unit) -> None:
    """Work as the owner of the tables until the transaction ends. Raises Denied for a login outside that group."""
    if not unit.scalar(text("select pg_has_role(:name, 'MEMBER')").bindparams(name=MIGRATOR)):
        raise Denied("needs_migrator", role=MIGRATOR)
    unit.run(text(f"set local role {MIGRATOR}"))


def create(unit: Unit) -> None:
    """Make the roles, give the tables to the migrator and grant the rest; may be repeated.

    Raises Refused on SQLite, Denied for a login that may not make roles.
    """
    if unit.dialect != "postgresql":
        raise Refused("roles_need_postgresql")
    try:
        for role in ROLES:
            if not unit.scalar(text("select 1 from pg_roles where rolname = :name").bindparams(name=role)):
                unit.run(text(f"create role {role} nologin"))
        for table in _every_table(unit):
            unit.run(text(f"alter table {table} owner to {MIGRATOR}"))
        unit.run(text(f"alter function refuse_change() owner to {MIGRATOR}"))
        unit.run(text("revoke create on schema public from public"))
        unit.run(text(f"grant usage on schema public to {', '.join(ROLES)}"))
        unit.run(text(f"grant create on schema public to {MIGRATOR}"))
        grant(unit)
    except DBAPIError as refused:
        if is_forbidden(refused):
            raise Denied("may_not_make_roles", problem=str(refused.orig)) from refused
        raise


def grant(unit: Unit) -> None:
    """Give every role what it needs on the tables there are now, and nothing else."""
    for statement in grants(_every_table(unit)):
        unit.run(text(statement))


def grants(names: Sequence[str]) -> Iterator[str]:
    """The statements that grant on these tables: first everything is taken back."""
    everyone = f"public, {APP}, {SEALER}, {READER}"
    yield f"revoke all on {', '.join(names)} from {everyone}"
    yield f"revoke all on all sequences in schema public from {everyone}"
    worked = [name for name in names if name not in (*GROWING, VERSIONS)]
    yield f"grant select, insert, update, delete on {', '.join(worked)} to {APP}"
    yield f"grant usage, select, update on all sequences in schema public to {APP}"
    yield f"grant select on {', '.join((*SEALS, VERSIONS))} to {APP}, {SEALER}"
    yield f"grant select, insert on journal to {APP}"
    yield f"grant select on journal to {SEALER}"
    yield f"grant insert on {', '.join(SEALS)} to {SEALER}"
    yield f"grant select on {', '.join(name for name in names if name not in HIDDEN)} to {READER}"


def _every_table(unit: Unit) -> tuple[str, ...]:
    """What there is in the database; the full-text index and the schema's version stand in no list of ours."""
    rows = unit.rows(text("select tablename from pg_tables where schemaname = 'public' order by tablename"))
    return tuple(str(row[0]) for row in rows)
