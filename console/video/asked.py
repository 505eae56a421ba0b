"""Files that workers were asked to write: who waits for which, and until when."""

import itertools
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from console.domain.errors import Unavailable

TOLD = frozenset({"nothing_kept"})  # problems that have words of their own


@dataclass(frozen=True)
class _Wish:
    answer: "Future[Path]"
    path: Path
    until: float
    code: str


class Asked:
    """Known to the pool's supervising thread alone. Times are monotonic seconds."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Wish] = {}

    def add(self, answer: "Future[Path]", path: Path, until: float, code: str) -> int:
        """The number of a new request; not answered in time it fails with Unavailable(code)."""
        number = next(self._numbers)
        self._waiting[number] = _Wish(answer, path, until, code)
        return number

    def answered(self, number: int, problem: str) -> None:
        """A worker wrote the file, or says why not; an answer nobody waits for is dropped."""
        wish = self._waiting.pop(number, None)
        if wish is not None and problem:
            wish.answer.set_exception(Unavailable(problem if problem in TOLD else wish.code, problem=problem))
        elif wish is not None:
            wish.answer.set_result(wish.path)

    def forget(self, now: float = float("inf")) -> None:
        """Those whose time is over hear so; all of them without a time."""
        for number in [number for number, wish in self._waiting.items() if wish.until < now]:
            wish = self._waiting.pop(number)
            wish.answer.set_exception(Unavailable(wish.code))
