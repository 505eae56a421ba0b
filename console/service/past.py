"""The hours a map can replay: what the journal tells of every case in the actor's scope, for all moments of them at once."""

from datetime import datetime

from console.domain.codes import Book
from console.domain.past import PastHours, Spell, check_hours, in_order, spells_of
from console.domain.people import Actor
from console.store.find import past
from console.store.scope import Scope
from console.store.store import Store


class PastCases:
    """Questions about the past of the map."""

    def __init__(self, store: Store, book: Book) -> None:
        self._store = store
        self._book = book

    def hours(self, actor: Actor, starts_at: datetime, ends_at: datetime, now: datetime) -> PastHours:
        """Every pin of some hours, at most 24 and none of them to come. Raises Invalid, naming the end that is wrong.

        State, priority, acknowledgement and lamp are folded from the journal. The
        journal keeps no words and only a rounded position: title and place are
        those of the case's row as it stands today, and a case that is deleted, has no
        position, or may not be seen by the actor today, is not there.
        Two questions for every 200 cases: the screen never waits for a
        reading of 10,000 cases in one.
        """
        check_hours(starts_at, ends_at, now)
        spells: list[Spell] = []
        last, is_more = 0, True
        with self._store.read() as unit:
            while is_more:
                page = past.lives(unit, Scope(actor), starts_at, ends_at, after=last)
                for life in page:
                    spells += spells_of(life, self._book, starts_at, ends_at)
                is_more, last = len(page) == past.PAGE, page[-1].case_id if page else 0
        return PastHours(starts_at, ends_at, in_order(spells))
