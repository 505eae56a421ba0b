"""The gateway as a whole: the road of a report and a task over real HTTP."""

from tests.gateway.hall import Hall


def test_a_report_with_a_photo_becomes_a_task_that_is_signed_and_answered_with_a_photo(hall: Hall):
    phone, desk = hall.browser("grid001"), hall.browser("d10")
    photo = phone.send_photo()
    told = phone.report(photos=[photo])
    assert told.status_code == 201, told.text
    case_id = told.json()["case_id"]
    town = hall.town
    duty = town.actor("duty")
    case = town.case(case_id)
    from_table = town.ask.suggestion(duty, case).orders
    town.cases.send(duty, case_id, case.version, from_table)
    assert desk.get("/api/tasks").json()["tasks"] == []  # held: nothing of it has left the hall
    town.wait(4)
    town.sweep.round()
    row = desk.get("/api/tasks").json()["tasks"][0]
    assert (row["group"], row["priority"]["code"], row["category"]["zh"]) == ("waiting", "P1", "井盖缺失/破损")
    assert [verb["action"] for verb in row["verbs"]] == ["sign", "return", "ask_delay"]
    page = desk.get(f"/api/tasks/{row['id']}").json()
    assert (page["content"], page["photos"]) == ("井盖缺失，已围挡", [photo])
    assert desk.get(f"/api/files/{photo}").headers["Content-Type"] == "image/jpeg"
    signed = desk.answer(row["id"], "sign", row["version"])
    assert signed.status_code == 200, signed.text
    for login in ("d30", "d31"):
        other = hall.browser(login)
        task = other.get("/api/tasks").json()["tasks"][0]
        version = other.answer(task["id"], "sign", task["version"]).json()["version"]
        done = other.answer(task["id"], "finish", version, text="已协助", photos=[other.send_photo()])
        assert done.status_code == 200, done.text
    done = desk.answer(row["id"], "finish", signed.json()["version"], text="已更换井盖", solved="yes", photos=[desk.send_photo()])
    assert done.status_code == 200, done.text
    assert done.json()["group"] == "answered"
    assert [reply["action"]["code"] for reply in done.json()["replies"]] == ["sign", "finish"]
    assert town.case(case_id).state == "60"
    mine = phone.get("/api/reports").json()["reports"][0]
    assert (mine["state"]["zh"], mine["acked"], mine["photos"]) == ("待核查", True, [photo])
