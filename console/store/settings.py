"""Small facts about a database itself, kept beside its rows."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from console.store import tables
from console.store.unit import Unit

S = tables.setting.c


def value(unit: Unit, name: str, *, to_change: bool = False) -> object:
    """What is kept under a name, or none; to change it, locked until the end of the act where the engine can."""
    asked = select(S.value).where(S.name == name)
    return unit.scalar(asked.with_for_update() if to_change else asked)


def keep(unit: Unit, name: str, found: object) -> None:
    """Keep a value under a name; of two who keep one at once, the later wins."""
    insert = postgresql.insert if unit.dialect == "postgresql" else sqlite.insert
    statement = insert(tables.setting).values(name=name, value=found)
    unit.run(statement.on_conflict_do_update(index_elements=[S.name], set_={"value": statement.excluded.value}))
