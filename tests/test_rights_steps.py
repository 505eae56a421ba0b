"""The rest of the matrix of rights: every step of the flow that test_rights.py does not try, role by place, against 3.2 and 3.5."""

from dataclasses import replace

from console.domain.case import CASE_FLOW
from console.domain.task import TASK_FLOW
from tests import rights_model as model
from tests.domain.test_flow import a_case, a_task
from tests.make import START
from tests.test_rights import actors, compare


def test_the_other_steps_of_a_case_are_the_handbooks():
    """Every row of 3.2 that no test above tries in the services: role by place, for all who know of the case."""
    stands = replace(a_case("10", "P4"), category="0101", owner_path="/1/2/", owner_centre=2, target_centre=1, reporter_id=9)

    def cells():
        for name in model.FLOW:
            action, _, only = name.partition(" ")
            rows = [step for step in CASE_FLOW.steps if step.action == action and step.via in ("", "application")]
            for state in {only} if only else {state for step in rows for state in step.sources}:
                case = replace(stands, state=state, prev_state="40", suspended_at=START if action == "resume" else None)
                for role, relation, actor in actors():
                    if model.sees(role, relation, "", released=True):
                        got = any(CASE_FLOW._fits(step, case, actor) for step in rows)
                        want = model.in_flow(model.FLOW, name, role, relation)
                        yield f"{name} in {state} by {role} {relation}", str(got), str(want)

    assert compare(cells()) > 5_000


def test_the_other_steps_of_a_task_are_the_handbooks():
    def cells():
        for action in model.UNIT_FLOW:
            rows = [step for step in TASK_FLOW.steps if step.action == action]
            for state in {state for step in rows for state in step.sources}:
                kind = "verify" if action in ("verified", "ask_untrue") else "lead"
                task = replace(a_task(state), kind=kind, org_id=2)
                for role, relation, actor in actors():
                    if model.sees_task(role, relation, ""):
                        got = any(TASK_FLOW._fits(step, task, actor) for step in rows)
                        want = model.in_flow(model.UNIT_FLOW, action, role, relation)
                        yield f"{action} in {state} by {role} {relation}", str(got), str(want)

    assert compare(cells()) > 500
