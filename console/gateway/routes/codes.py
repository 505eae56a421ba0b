"""Code tables the pages choose from."""

from fastapi import APIRouter
from pydantic import BaseModel

from console.domain.codes import offered
from console.gateway.auth import Reader
from console.gateway.parts import Here
from console.gateway.routes import refusals
from console.gateway.views import Named, named
from console.service.pinyin import initials

router = APIRouter(tags=["codes"])


class CategoryName(Named):
    """A category, how urgent it is by itself, and the pinyin initials it is found by."""

    group: str
    priority: str
    initials: str


class CodeTables(BaseModel):
    """What a phone and a desk choose from."""

    categories: list[CategoryName]
    groups: list[Named]
    priorities: list[Named]
    return_reasons: list[Named]
    delay_reasons: list[Named]
    suspend_reasons: list[Named]


@router.get("/api/codes", summary="Code tables", responses=refusals())
def tables(here: Here, session: Reader) -> CodeTables:
    """Categories with their groups, priorities, and the reasons for giving a task back: those in use at the caller's centre."""
    codes = here.codes_for(session.actor)
    categories = [
        CategoryName(code=c.code, zh=c.zh, en=c.en, group=c.group, priority=c.priority, initials=initials(c.zh))
        for c in offered(codes.categories)
    ]
    return CodeTables(
        categories=categories, groups=[named(entry) for entry in codes.category_groups.values()],
        priorities=[named(entry) for entry in codes.priorities.values()],
        return_reasons=[named(entry) for entry in offered(codes.reasons["return"])],
        delay_reasons=[named(entry) for entry in offered(codes.reasons["delay"])],
        suspend_reasons=[named(entry) for entry in offered(codes.reasons["suspend"])],
    )  # fmt: skip
