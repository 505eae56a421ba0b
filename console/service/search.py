"""The one search box: what is typed is looked for among cases, places, cameras and people, each inside the actor's scope.

Searching changes nothing and leaves no journal line: what may be looked at is guarded where it is opened.
"""

import re
from functools import partial

from console.domain.codes import Book, Codes
from console.domain.people import Actor
from console.domain.search import Found, PersonHit, case_query, name_query
from console.domain.spot_text import spots_in
from console.service.pinyin import initials
from console.store import atlas
from console.store.find import search
from console.store.scope import Scope
from console.store.store import Store

INITIALS_LEAST = 2  # one letter would mean every tenth category
_BETWEEN = re.compile(r"[/、（()），,]")


class Search:
    """Finds. May be asked from any thread but the screen's; no text makes it fail."""

    def __init__(self, store: Store, book: Book) -> None:
        self._store = store
        self._book = book
        self._known: tuple[Codes | None, dict[str, tuple[str, ...]]] = (None, {})

    def find(self, actor: Actor, text: str) -> Found:
        """Everything a query finds, best first in each group; nothing for a query without a letter, sign or digit."""
        cases, names = case_query(text, partial(self.categories, actor.centre_id)), name_query(text)
        if not any(sign.isalnum() for sign in names.text):
            return Found(text)
        scope = Scope(actor)
        with self._store.read() as unit:
            places = atlas.named(unit, names) if scope.may_see_places else ()
            return Found(
                text, search.cases(unit, scope, cases), places, search.cameras(unit, scope, names), search.people(unit, scope, names),
                spots_in(text),
            )  # fmt: skip

    def workers(self, actor: Actor, grid: str) -> tuple[PersonHit, ...]:
        """Colleagues whose own grid this is; their own numbers are masked, their unit's is not."""
        with self._store.read() as unit:
            return search.workers(unit, Scope(actor), grid)

    def categories(self, centre_id: int, letters: str) -> tuple[str, ...]:
        """A centre's categories whose name, or a part of it, begins with these initials (jg: 井盖缺失/破损)."""
        if len(letters) < INITIALS_LEAST:
            return ()
        return tuple(code for code, known in self._initials(centre_id).items() if any(one.startswith(letters) for one in known))

    def _initials(self, centre_id: int) -> dict[str, tuple[str, ...]]:
        """The initials of all names, worked out once while the table stays the same."""
        codes, (known, found) = self._book.of(centre_id), self._known
        if known is not codes:
            found = {code: _initials_of(entry.zh) for code, entry in codes.categories.items()}
            self._known = (codes, found)
        return found


def _initials_of(name: str) -> tuple[str, ...]:
    return tuple(initials(part) for part in (name, *_BETWEEN.split(name)[1:]))
