"""The small town with a code book over it, as the program joins them: two counties that may each change their tables."""

from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.code_change import CodeChange
from console.domain.code_files import read_table
from console.domain.codes import TABLES
from console.domain.people import Actor
from console.service.ask import Ask
from console.service.code_book import CodeBook
from console.service.code_changes import CodeChanges, Plan, Wish
from console.service.holidays import with_holidays
from tests.make import ROOT, START, Town

SHIPPED = with_holidays({name: read_table(ROOT / "resources" / "codes", name) for name in TABLES})
CITY, COUNTY, OTHER, TOWN, VILLAGE = 1, 2, 3, 4, 5
TOMORROW = START + timedelta(days=1)
MANHOLE = {"zh": "井盖缺失/破损", "en": "Manhole cover missing or broken", "priority": "P1", "limit": "4H", "lead": "D10",
           "co": ["D30", "D31"], "active": True}  # fmt: skip


class CodeHall:
    """A town whose services read the book, and the people who change it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.book = CodeBook(town.store, SHIPPED, town.clock)
        town.desk.book = self.book
        town.ask = Ask(town.store, self.book)
        self.changes = CodeChanges(town.desk, self.book)
        self.leader, self.director = town.actor("leader"), town.actor("director")
        self.stranger = town.actor("stranger")
        self.city_director = self.someone("duty", {"R17"}, CITY, "/1/")
        self.administrator = self.someone("intake", {"R22"}, COUNTY, "/1/2/")

    def someone(self, login: str, roles: set[str], centre: int, path: str) -> Actor:
        """A person of the town in another chair."""
        return replace(self.town.actor(login), roles=frozenset(roles), centre_id=centre, centre_path=path)

    def propose(self, actor: Actor, table: str, code: str, after: dict, *, at: datetime = TOMORROW, centre: int = 0) -> CodeChange:
        """One proposal with a reason."""
        return self.changes.propose(actor, [Wish(table, code, after)], Plan(at, "本地实际", centre))[0]

    def decided(self, actor: Actor, table: str, code: str, after: dict, *, at: datetime = TOMORROW, centre: int = 0) -> CodeChange:
        """A proposal of an actor, approved by the director of the city."""
        change = self.propose(actor, table, code, after, at=at, centre=centre)
        by = self.city_director if change.proposed_by != self.city_director.user_id else self.someone("checker", {"R17"}, CITY, "/1/")
        return self.changes.approve(by, change.id, change.version)

    def limit(self, code: str, centre: int) -> str:
        """A category's limit at a centre now."""
        return str(self.book.of(centre).categories[code].limit)
