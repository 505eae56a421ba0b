"""Time is passed in, never fetched: a clock says what instant it is, in UTC."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Whatever can say what instant it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)


class HandClock:
    """A clock that stands still until it is set; for tests and rehearsals."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The instant it was last set to."""
        return self.at
