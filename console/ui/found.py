"""What a search found as lines to choose from: grouped, counted out so that all fit, and drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from console.domain.camera import Camera
from console.domain.codes import Codes
from console.domain.limits import CHINA
from console.domain.place import GROUP
from console.domain.search import CaseHit, Found, PersonHit, PlaceHit
from console.domain.spot_text import SpotHit
from console.service.pinyin import initials
from console.ui.base import draw, theme
from console.ui.base.words import language, tr
from console.ui.wording import title_of

GROUPS = ("cases", "places", "cameras", "people", "commands")
MOST = 14  # lines that fit a small screen
EACH = 2  # lines every group may have before another takes more
COMMANDS = 5
_initials = lru_cache(maxsize=512)(initials)


@dataclass(frozen=True)
class Deed:
    """A command: what it is called, how it is reached without the search, and what it is typed by."""

    name: str
    label: str
    press: str
    run: Callable[[], None]

    def fits(self, words: str) -> bool:
        """Whether some typed words mean it: a part of its label, its initials, or its key."""
        low = words.casefold()
        return bool(low) and (low in self.label.casefold() or _initials(self.label).startswith(low) or low == self.press.casefold())

    def is_just(self, words: str) -> bool:
        """Whether the words say this command and nothing more."""
        low = words.casefold()
        return low in (self.label.casefold(), _initials(self.label), self.press.casefold())


@dataclass(frozen=True)
class Item:
    """One line: what it stands for and what it says."""

    group: str
    thing: CaseHit | PlaceHit | SpotHit | Camera | PersonHit | Deed
    title: str
    note: str
    side: str
    priority: str = ""

    @property
    def spoken(self) -> str:
        """The line as one sentence, for screen readers and tests."""
        return "  ".join(part for part in (self.title, self.note, self.side) if part)


def title_of_group(group: str) -> str:
    """What stands over a group."""
    words = {"cases": tr("Cases"), "places": tr("Places"), "cameras": tr("Cameras"), "people": tr("Colleagues"), "commands": tr("Commands")}
    return words[group]


def items(found: Found, deeds: Iterable[Deed], codes: Codes) -> tuple[Item, ...]:
    """Everything found as lines in the order of the groups, no more than fit."""
    words = " ".join(found.text.split())
    fitting = sorted((deed for deed in deeds if deed.fits(words)), key=lambda deed: not deed.is_just(words))[:COMMANDS]
    groups = (
        [_case(hit, codes) for hit in found.cases], [*(_spot(hit) for hit in found.spots), *(_place(hit, codes) for hit in found.places)],
        [Item("cameras", hit, f"{hit.code}  {hit.name}", "", "") for hit in found.cameras],
        [Item("people", hit, hit.name, hit.unit, hit.masked_phone) for hit in found.people],
        [Item("commands", deed, deed.label, "", deed.press) for deed in fitting],
    )  # fmt: skip
    return counted_out([list(group) for group in groups])


def first_choice(found: Found, shown: tuple[Item, ...]) -> int:
    """The line Enter means when nothing else was chosen: a command said whole, else the first."""
    words = " ".join(found.text.split())
    meant = (place for place, item in enumerate(shown) if isinstance(item.thing, Deed) and item.thing.is_just(words))
    return next(meant, 0)


def counted_out(groups: list[list[Item]]) -> tuple[Item, ...]:
    """At most MOST lines: each group gets a few, what is left goes to the first groups that have more."""
    shares = [min(EACH, len(group)) for group in groups]
    left = MOST - sum(shares)
    for place, group in enumerate(groups):
        more = min(left, len(group) - shares[place])
        shares[place] += more
        left -= more
    return tuple(item for group, share in zip_longest(groups, shares) for item in group[:share])


def _case(hit: CaseHit, codes: Codes) -> Item:
    status = codes.statuses.get(hit.state)
    at = hit.reported_at.astimezone(CHINA)
    state = status.named(language()) if status is not None else hit.state
    side = f"{state} · {at:%Y-%m-%d} · {hit.number[-6:]}"
    return Item("cases", hit, title_of(hit.title, hit.category, codes), hit.address, side, hit.priority)


def _place(hit: PlaceHit, codes: Codes) -> Item:
    level = codes.levels.get(str(hit.level))
    kind = tr("Grid") if hit.level == GROUP or level is None else level.named(language())
    return Item("places", hit, hit.name, hit.within, kind)


def _spot(hit: SpotHit) -> Item:
    datums = {"wgs84": tr("WGS-84, CGCS2000"), "gcj02": tr("GCJ-02: Amap, Tencent"), "bd09": tr("BD-09: Baidu")}
    return Item("places", hit, f"{hit.lon:.6f}, {hit.lat:.6f}", datums[hit.datum], tr("Position"))


def paint(painter: QPainter, box: QRect, item: Item, number: str, *, is_current: bool) -> None:
    """Draw one line; `number` is what Alt chooses it by."""
    shade = theme.tokens()
    if is_current:
        painter.fillRect(box, theme.colour(shade.selected))
        painter.fillRect(QRect(box.left(), box.top(), theme.px(4), box.height()), theme.colour(shade.accent))
    room = box.adjusted(theme.px(14), 0, -theme.px(14), 0)
    draw.text(painter, QRect(room.left(), room.top(), theme.px(18), room.height()), number, size=theme.SMALL, ink=shade.dim)
    room.setLeft(room.left() + theme.px(24))
    side = theme.px(20)
    if item.priority:
        chip = QRectF(room.left(), room.top() + (room.height() - side) / 2, side, side)
        draw.chip(painter, chip, item.priority, is_chinese=language() == "zh_CN")
    room.setLeft(room.left() + theme.px(30))
    gap = theme.px(14)
    wide = draw.text(painter, _right(room, room.width() // 2), item.side, size=theme.SMALL, ink=shade.dim, right=True)
    room.setRight(room.right() - wide - gap)
    is_past = isinstance(item.thing, CaseHit) and not item.thing.is_open
    took = draw.text(painter, room, item.title, bold=not is_past, ink=shade.dim if is_past else shade.text)
    room.setLeft(room.left() + took + gap)
    if room.width() > theme.px(40):
        draw.text(painter, room, item.note, size=theme.SMALL, ink=shade.dim)


def _right(box: QRect, width: int) -> QRect:
    return QRect(box.right() - width + 1, box.top(), width, box.height())
