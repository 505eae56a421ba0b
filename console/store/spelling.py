"""How names are typed without the input method: the initials of every name, kept by the name alone.

A name's initials follow from its text, so nothing here can be out of date: what is missing was not read yet.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, case, exists, func, or_, select, text

from console.domain.search import NameQuery
from console.store import tables
from console.store.unit import Unit

S = tables.spelling.c
NAMED = (tables.division.c.name, tables.grid.c.name, tables.camera.c.name, tables.user.c.name)
Condition = ColumnElement[bool]
_KEEP = text("INSERT INTO spelling (name, letters) VALUES (:name, :letters) ON CONFLICT (name) DO NOTHING")


def missing(unit: Unit, limit: int) -> tuple[tuple[str, bool], ...]:
    """Names that stand somewhere and have no initials yet, and whether they are a person's."""
    for name in NAMED:
        unknown = select(name).where(name != "", ~exists().where(S.name == name)).distinct().limit(limit)
        found = unit.rows(unknown)
        if found:
            return tuple((str(row[0]), name.table is tables.user) for row in found)
    return ()


def keep(unit: Unit, spelled: Mapping[str, str]) -> None:
    """Write initials of names that have none yet; another console may have written some meanwhile."""
    # In one order, so that two consoles that write at once wait for each other in a line and not in a ring.
    unit.run(_KEEP, [{"name": name, "letters": letters} for name, letters in sorted(spelled.items())])


def fit(query: NameQuery, name: ColumnElement[str], code: ColumnElement[str]) -> tuple[Condition, ColumnElement[int]]:
    """Whether a thing with this name and code is wanted, and how well it fits (0 is best).

    By its whole code, the beginning or end of its code, its initials, or a part of its name.
    """
    low_name, low_code = func.lower(name), func.lower(code)
    ranks: list[Condition] = [low_code == query.text, low_name == query.text]
    if query.letters:
        ranks.append(low_code.startswith(query.letters, autoescape=True))
        if query.letters.isdigit():
            ranks.append(low_code.endswith(query.letters, autoescape=True))
        ranks.append(name.in_(select(S.name).where(S.letters.startswith(query.letters, autoescape=True))))
    ranks += [low_name.startswith(query.text, autoescape=True), low_name.contains(query.text, autoescape=True)]
    return or_(*ranks), case(*((one, place) for place, one in enumerate(ranks)), else_=len(ranks))
