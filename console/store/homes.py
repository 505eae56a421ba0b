"""Which table a record lives in, and the word the journal has for its kind."""

from sqlalchemy import Table

from console.domain.application import Application
from console.domain.case import Case
from console.domain.meeting import Meeting
from console.domain.supervision import Supervision
from console.domain.task import Task
from console.store import tables

HOMES: dict[type, tuple[str, Table]] = {
    Case: ("case", tables.case), Task: ("task", tables.task), Application: ("application", tables.application),
    Supervision: ("supervision", tables.supervision), Meeting: ("meeting", tables.meeting),
}  # fmt: skip
