"""A department's desk: its tasks, and the answers it gives."""

from typing import Annotated

from fastapi import APIRouter, Path

from console.gateway import views
from console.gateway.auth import Reader, Writer
from console.gateway.parts import Here
from console.gateway.routes import refusals
from console.gateway.shapes import AnswerIn, AskIn, PlateIn
from console.gateway.strict import StrictRoute
from console.gateway.views import TaskList, TaskView

router = APIRouter(route_class=StrictRoute, tags=["tasks"])
TaskId = Annotated[int, Path(ge=1, le=2**53, examples=[1])]
PlateId = Annotated[int, Path(ge=1, le=2**53, examples=[1])]


@router.get("/api/tasks", summary="My unit's tasks", responses=refusals())
def inbox(here: Here, session: Reader) -> TaskList:
    """The tasks that have left the hall for my unit, each with the verbs that are legal now."""
    now = here.clock.now()
    rows = here.ask.desk_inbox(session.actor)
    return TaskList(tasks=[views.task_row(row, session.actor, here.codes_for(session.actor), now) for row in rows], now=now)


@router.get("/api/tasks/{task_id}", summary="One task", responses=refusals(404))
def one(here: Here, session: Reader, task_id: TaskId) -> TaskView:
    """One task whole; who reported the matter is not told."""
    return views.task_view(here.ask.desk_task(session.actor, task_id), session.actor, here.codes_for(session.actor), here.clock.now())


@router.post("/api/tasks/{task_id}/answer", summary="Answer a task", responses=refusals(403, 404, 408, 409, 413, 415))
def answer(here: Here, session: Writer, task_id: TaskId, said: AnswerIn) -> TaskView:
    """Sign, return, be on site, report progress or finish; then the task as it is now."""
    actor = session.actor
    here.tasks.answer(actor, task_id, said.version, said.answer(), key=said.key)
    return views.task_view(here.ask.desk_task(actor, task_id), actor, here.codes_for(actor), here.clock.now())


@router.post("/api/tasks/{task_id}/ask", summary="Ask for something on a task", responses=refusals(403, 404, 408, 409, 413, 415))
def ask(here: Here, session: Writer, task_id: TaskId, said: AskIn) -> TaskView:
    """Ask for more time, a pause, another lead, help, or to give back once more; somebody else decides. Then the task as it is now."""
    actor = session.actor
    if said.action == "ask_co":
        here.tasks.ask_help(actor, task_id, said.version, said.target, said.text)
    else:
        here.applications.ask_on_task(actor, task_id, said.version, said.action, said.wish(), key=said.key)
    return views.task_view(here.ask.desk_task(actor, task_id), actor, here.codes_for(actor), here.clock.now())


@router.post("/api/tasks/{task_id}/plates/{plate_id}", summary="Answer a plate", responses=refusals(403, 404, 408, 409, 413, 415))
def answer_plate(here: Here, session: Writer, task_id: TaskId, plate_id: PlateId, said: PlateIn) -> TaskView:
    """The written answer to a plate that hangs on the task's case; then the task as it is now."""
    actor = session.actor
    here.ask.desk_task(actor, task_id)
    here.supervisions.answer(actor, plate_id, said.version, said.text)
    return views.task_view(here.ask.desk_task(actor, task_id), actor, here.codes_for(actor), here.clock.now())
