"""A photo or other file that belongs to a report, an answer or a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Stage = Literal["before", "during", "after"]


@dataclass(frozen=True)
class Attachment:
    """Bytes live once under their SHA-256; this row says to what they belong."""

    id: int
    owner_kind: str
    owner_id: int
    case_id: int
    stage: str
    kind: str
    sha256: str
    size: int
    width: int
    height: int
    uploaded_by: int
    uploaded_at: datetime
