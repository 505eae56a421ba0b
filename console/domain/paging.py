"""Long lists by the page: which part is wanted, in which order, and what came."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE = 200


@dataclass(frozen=True)
class Turn:
    """Which page of a list: its order by name ("" for the usual one), the direction, and after how many rows it begins."""

    order: str = ""
    is_down: bool = False
    start: int = 0


@dataclass(frozen=True)
class Leaf(Generic[Row]):
    """One page, and how many rows there are in all."""

    rows: tuple[Row, ...]
    total: int
