"""Answering many callers with one piece of work: what comes in while a lot is at work makes up the next lot.

Nobody waits for a lot to fill. A caller who comes alone is a lot of one; in a storm
one transaction answers dozens, and the threads of the door stay free.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

I = TypeVar("I")  # noqa: E741 - what is asked
O = TypeVar("O")  # noqa: E741 - what is answered
MOST = 64


class Together(Generic[I, O]):
    """One lot after the other, in the order of asking; for the event loop it was made on.

    `work` runs on a thread, gets at most 64 items and answers each, in
    order, with what its caller gets or with the error its caller is told.
    What it raises itself is told to everyone of the lot.
    """

    def __init__(self, work: Callable[[Sequence[I]], Sequence[O | Exception]]) -> None:
        self._work = work
        self._waiting: list[tuple[I, asyncio.Future[O]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, item: I) -> O:
        """The answer to one item. Raises what the work says of it."""
        future: asyncio.Future[O] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        while self._waiting:
            lot, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            await self._answer(lot)
        self._task = None

    async def _answer(self, lot: list[tuple[I, asyncio.Future[O]]]) -> None:
        answers: Sequence[O | Exception]
        try:
            answers = await run_in_threadpool(self._work, [item for item, _ in lot])
        except Exception as fault:  # noqa: BLE001 - it is told to everyone who asked
            answers = [fault] * len(lot)
        for (_, future), answer in zip(lot, answers, strict=True):
            if future.done():
                continue  # whoever asked has gone away
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
