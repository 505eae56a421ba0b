"""Which table a record lives in, and the word the journal has for its kind."""

from sqlalchemy import Table

from console.domain.case import Case
from console.domain.task import Task
from console.store import tables

HOMES: dict[type, tuple[str, Table]] = {Case: ("case", tables.case), Task: ("task", tables.task)}
