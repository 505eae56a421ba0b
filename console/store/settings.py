"""Small facts about a database itself, kept beside its rows."""

from sqlalchemy import delete, insert, select

from console.store import tables
from console.store.unit import Unit

S = tables.setting.c


def value(unit: Unit, name: str) -> object:
    """What is kept under a name, or none."""
    return unit.scalar(select(S.value).where(S.name == name))


def keep(unit: Unit, name: str, found: object) -> None:
    """Keep a value under a name."""
    unit.run(delete(tables.setting).where(S.name == name))
    unit.run(insert(tables.setting).values(name=name, value=found))
