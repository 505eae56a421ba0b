"""What operations on a case share: orders with their hops, tasks called off and put away."""

from console.domain.task import Order
from console.service.casework import call_off, order_facts, settle, sorting, tasks_of


def test_orders_are_counted_for_the_table():
    twice = [Order(2, "lead"), Order(3, "co"), Order(3, "co")]

    assert order_facts(twice) == {"leads": 1, "repeated": 3}
    assert order_facts([Order(2, "co")]) == {"leads": 0, "repeated": None}


def test_each_order_says_its_hop(town):
    case, _ = town.sent("0601", co=True)
    lines = town.ask.case_desk(town.actor("duty"), case.id).timeline

    assert [line.facts["hop"] for line in lines if line.op == "order"] == ["U3F0D3"] * 3


def test_what_lives_is_called_off_and_what_is_finished_is_put_away(town):
    case, _ = town.worked("0502")
    town.answer("d10", town.tasks_of(case.id)[0], "finish", text="已清理")
    leader = town.actor("leader")

    def work(act):
        locked = act.case(case.id)
        ended = call_off(act, locked, "重办")
        settle(act, locked)
        return ended, [task.state for task in tasks_of(act, locked)]

    assert town.desk.run(leader, work) == (0, ["settled"])


def test_a_new_category_brings_its_title_and_priority(town):
    case = town.case(town.report("0602").case_id)

    changed = town.desk.run(town.actor("duty"), lambda act: (sorting(act, case, "0601", ""), sorting(act, case, "0602", "")))

    assert changed == ({"category": "0601", "title": "井盖缺失/破损", "priority": "P1"}, {})
