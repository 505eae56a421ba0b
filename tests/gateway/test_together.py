"""Many callers, one piece of work: nobody waits for company, everybody gets the answer meant for them."""

import asyncio
import threading

import pytest

from console.domain.errors import Denied
from console.gateway.together import MOST, Together
from tests.waiting import played


class Doubling:
    """Work that doubles numbers, refuses negative ones, and can be held back by hand."""

    def __init__(self) -> None:
        self.lots: list[list[int]] = []
        self.free = threading.Event()
        self.free.set()
        self.begun = threading.Event()

    def __call__(self, items):
        self.lots.append(list(items))
        self.begun.set()
        assert self.free.wait(10)
        return [Denied("signed_out") if item < 0 else 2 * item for item in items]


async def behind(work: Doubling, together: Together, first: int, others: list[int]) -> list:
    """Ask for one, and for the others while it is at work."""
    work.free.clear()
    one = asyncio.create_task(together.ask(first))
    await asyncio.to_thread(work.begun.wait, 10)
    rest = [asyncio.create_task(together.ask(item)) for item in others]
    await asyncio.to_thread(work.free.set)
    return await asyncio.gather(one, *rest, return_exceptions=True)


def test_who_comes_alone_is_answered_alone():
    work = Doubling()

    async def play():
        together = Together(work)
        return [await together.ask(1), await together.ask(2)]

    assert played(play()) == [2, 4]
    assert work.lots == [[1], [2]]


def test_who_comes_meanwhile_makes_up_the_next_lot():
    work = Doubling()

    assert played(behind(work, Together(work), 1, [2, 3, 4])) == [2, 4, 6, 8]
    assert work.lots == [[1], [2, 3, 4]]


def test_no_lot_is_larger_than_its_limit():
    work = Doubling()
    others = list(range(2, MOST + 12))

    assert played(behind(work, Together(work), 1, others)) == [2, *(2 * item for item in others)]
    assert [len(lot) for lot in work.lots] == [1, MOST, 10]


def test_a_refusal_reaches_only_who_it_is_for():
    work = Doubling()

    answers = played(behind(work, Together(work), 1, [-1, 3]))

    assert (answers[0], answers[2]) == (2, 6)
    assert isinstance(answers[1], Denied)


def test_a_fault_of_the_work_is_told_to_the_whole_lot_and_the_next_goes_on():
    def work(items):
        if 0 in items:
            raise ZeroDivisionError
        return list(items)

    async def play():
        together = Together(work)
        with pytest.raises(ZeroDivisionError):
            await together.ask(0)
        return await together.ask(5)

    assert played(play()) == 5


def test_who_goes_away_takes_nothing_from_the_others():
    work = Doubling()

    async def play():
        together = Together(work)
        work.free.clear()
        gone, stays = asyncio.create_task(together.ask(1)), asyncio.create_task(together.ask(2))
        await asyncio.to_thread(work.begun.wait, 10)
        gone.cancel()
        await asyncio.to_thread(work.free.set)
        return await stays

    assert played(play()) == 4
