"""A remark: the words of an act on a case, kept apart from the journal so that they can be deleted and it cannot."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Remark:
    """Why an act was done, or what was found; its journal line carries the id."""

    id: int
    case_id: int
    at: datetime
    user_id: int
    action: str
    text: str
