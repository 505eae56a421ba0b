"""Every route: what it gives, to whom, and what it refuses."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.gateway.routes.live import place
from console.gateway.routes.pages import sources
from tests.gateway.hall import WEB, WORDS, Hall, draft, picture
from tests.service.halls import TOMORROW, CodeHall


def test_the_same_key_and_body_is_one_report_however_often_and_at_once(hall: Hall):
    phones = [hall.program("grid001") for _ in range(4)]
    body = draft()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: phones[number % 4].post("/api/reports", body), range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(hall.town.ask.my_reports(hall.town.actor("grid001"))) == 1


def test_the_same_key_with_another_body_is_refused(hall: Hall):
    phone = hall.program("grid001")
    body = draft()
    assert phone.post("/api/reports", body).status_code == 201
    refused = phone.post("/api/reports", body | {"text": "另一句"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "key_reused")
    other = hall.program("grid002").post("/api/reports", body)
    assert other.status_code == 201  # keys are each sender's own


def test_who_may_not_report_is_told_so(door: Hall):
    refused = door.program("d10").report()
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "role")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"hello", "not_a_picture"), (b"\xff\xd8\xff" + b"x" * 500, "broken_picture"),
     (b"GIF89a" + b"0" * 99, "not_a_picture"),
     (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"), (picture()[:400], "broken_picture")],
)  # fmt: skip
def test_a_wrong_photo_is_refused_with_its_reason(door: Hall, content, code):
    phone = door.program("grid001")
    answers = [
        phone.post("/api/photos", files={"photo": ("p.jpg", content, "image/jpeg")}),
        phone.post("/api/photos", data=content, headers={"Content-Type": "image/jpeg"}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["field"]) == (422, code, "photo")


def test_a_form_without_the_photo_and_a_body_of_another_kind_are_refused(door: Hall):
    phone = door.program("grid001")
    assert phone.post("/api/photos", files={"other": ("p.jpg", b"x", "image/jpeg")}).json()["error"]["code"] == "missing_field"
    many = phone.post("/api/photos", files=[("photo", (f"{n}.jpg", b"x", "image/jpeg")) for n in range(50)])
    assert many.status_code == 400
    assert phone.post("/api/photos", data=b"x", headers={"Content-Type": "text/html"}).status_code == 415
    broken = phone.post("/api/photos", data=b"x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400


def test_nobody_uploads_without_a_session_and_nobody_without_end(door: Hall):
    assert door.stranger().post("/api/photos", data=picture(), headers={"Content-Type": "image/jpeg"}).status_code == 401
    phone = door.program("viewer")
    codes = [phone.post("/api/photos", data=b"x", headers={"Content-Type": "image/jpeg"}).status_code for _ in range(90)]
    assert codes[:60] == [422] * 60
    assert 429 in codes


def test_a_photo_is_seen_by_who_may_see_its_matter_only(hall: Hall):
    phone, d10, stranger = hall.program("grid001"), hall.program("d10"), hall.program("stranger-d10")
    photo = phone.send_photo(picture("blue"))
    path = f"/api/files/{photo}"
    own = phone.get(path)
    assert (own.status_code, own.headers["Content-Type"], own.headers["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert own.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"Exif" not in own.content
    assert (d10.get(path).status_code, stranger.get(path).status_code) == (404, 404)
    hall.town.sent()
    hall.town.reports.receive(hall.town.actor("grid001"), hall.town.draft(photos=(photo,)))
    assert stranger.get(path).status_code == 404
    for name in ("x", "0" * 63, "..%2f..%2fetc%2fpasswd", "%00" * 64, "A" * 64):
        assert phone.get(f"/api/files/{name}").status_code in (404, 422), name


def test_a_stranger_gets_the_same_answer_as_for_a_task_that_is_not_there(hall: Hall):
    _, (task,) = hall.town.sent()
    stranger = hall.program("stranger-d10")
    there, absent = stranger.get(f"/api/tasks/{task.id}"), stranger.get("/api/tasks/999999")
    assert (there.status_code, absent.status_code) == (404, 404)
    assert there.json() == absent.json()
    refused = stranger.answer(task.id, "sign", task.version)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "missing")


def test_a_task_in_its_recall_window_is_not_there_for_its_unit(hall: Hall):
    town = hall.town
    receipt = town.report()
    town.cases.send(town.actor("duty"), receipt.case_id, 1, town.ask.suggestion(town.actor("duty"), town.case(receipt.case_id)).orders)
    desk = hall.program("d10")
    assert desk.get("/api/tasks").json()["tasks"] == []
    assert desk.get("/api/tasks/1").status_code == 404
    assert desk.answer(1, "sign", 1).status_code == 404


def test_the_reporter_is_not_told_to_the_department(hall: Hall):
    _, (task,) = hall.town.sent()
    desk = hall.program("d10")
    told = desk.get(f"/api/tasks/{task.id}").text + desk.get("/api/tasks").text
    for secret in ("网格员壬", "grid001", "13800000009", "reporter"):
        assert secret not in told


def test_who_comes_second_is_told_who_was_first_and_when(hall: Hall):
    _, (task,) = hall.town.sent()
    desk = hall.program("d10")
    assert desk.answer(task.id, "sign", task.version).status_code == 200
    second = desk.answer(task.id, "sign", task.version)
    assert (second.status_code, second.json()["error"]["code"]) == (409, "stale")
    assert second.json()["error"]["facts"]["by"] == "承办人己"
    assert second.json()["error"]["facts"]["at"].startswith("2026-11-23T02:")


def test_an_answer_with_its_key_counts_once(hall: Hall):
    _, (task,) = hall.town.sent()
    desk, key = hall.program("d10"), str(uuid.uuid4())
    answers = [desk.answer(task.id, "sign", task.version, key=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [len(answer.json()["replies"]) for answer in answers] == [1] * 3
    other = desk.answer(task.id, "return", task.version, key=key, reason="1")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")


def test_rules_of_the_flow_come_back_with_their_field(hall: Hall):
    _, (task,) = hall.town.sent()
    desk = hall.program("d10")
    for action, more, status, code, field in (
        ("finish", {"text": "x"}, 409, "wrong_state", None), ("dance", {}, 422, "unknown_code", "action"),
        ("return", {}, 409, "needs_reason", "reason"), ("return", {"reason": "77", "text": "x"}, 422, "unknown_code", "reason"),
    ):  # fmt: skip
        told = desk.answer(task.id, action, task.version, **more)
        assert (told.status_code, told.json()["error"]["code"], told.json()["error"]["field"]) == (status, code, field), action
    version = desk.answer(task.id, "sign", task.version).json()["version"]
    told = desk.answer(task.id, "finish", version, text="已换")
    assert (told.status_code, told.json()["error"]["code"], told.json()["error"]["field"]) == (409, "needs_photo", "photos")


def test_code_tables_find_a_category_by_its_initials(door: Hall):
    tables = door.program("grid001").get("/api/codes").json()
    cover = next(category for category in tables["categories"] if category["code"] == "0601")
    assert (cover["zh"], cover["priority"], cover["initials"][:4]) == ("井盖缺失/破损", "P1", "jgqs")
    assert {"code": "1", "zh": "非本单位职责", "en": "Not our duty"} in tables["return_reasons"]


def test_pages_are_served_and_known_ones_not_again(door: Hall):
    stranger = door.stranger()
    for name in ("", "phone.html", "desk.html", "console.css", "common.js", "icon.svg"):
        first = stranger.get(f"/{name}")
        assert first.status_code == 200, name
        assert stranger.get(f"/{name}", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    for name in ("phone.htm", "..%2fpyproject.toml", "%2e%2e", "%00", "etc/passwd", ".hidden"):
        assert stranger.get(f"/{name}").status_code == 404, name


def test_every_text_of_the_pages_has_its_chinese():
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WEB.iterdir()) if path.suffix in (".js", ".html"))
    used = sources(text)
    assert len(used) > 100
    assert [source for source in used if f"page: {source}" not in WORDS["zh_CN"].entries] == []


def test_pages_hold_no_script_style_or_address_of_their_own():
    for path in sorted(WEB.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert "innerHTML" not in text, path.name
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", ""), path.name
        assert "https://" not in text, path.name
        if path.suffix == ".html":
            assert "<style" not in text
            assert " style=" not in text
            assert text.count("<script") == text.count('<script type="module" src="/')


def test_a_place_in_the_journal_is_digits_or_none():
    assert [place(text) for text in ("", "7", "0", "-1", "x", "1" * 30, "٣")] == [None, 7, 0, -1, -1, -1, -1]


def test_code_tables_are_those_of_the_callers_centre(hall: Hall):
    book_hall = CodeHall(hall.town)
    row = {**book_hall.book.rows(0)["categories"]["0602"], "active": False}
    book_hall.decided(book_hall.leader, "categories", "0602", row)
    book_hall.decided(book_hall.leader, "reasons", "return.7", {"zh": "不在辖区", "en": "Outside our area", "active": True})
    hall.again(codes=book_hall.book)

    def offered(login: str) -> tuple[set[str], set[str]]:
        tables = hall.program(login).get("/api/codes").json()
        return {row["code"] for row in tables["categories"]}, {row["code"] for row in tables["return_reasons"]}

    before = offered("grid001")
    hall.town.clock.at = TOMORROW
    after, others = offered("grid001"), offered("stranger-d10")

    assert before[0] - after[0] == {"0602"}
    assert after[1] - before[1] == {"7"}
    assert others == before


def test_a_report_says_what_its_sender_may_do_and_stops_when_the_hall_has_it(hall: Hall):
    phone = hall.program("grid001")
    with_photo, without = draft(photos=[phone.send_photo()]), draft()
    for body in (with_photo, without):
        assert phone.post("/api/reports", body).status_code == 201

    told = {row["key"]: [(verb["action"], verb["needs"]) for verb in row["verbs"]] for row in phone.get("/api/reports").json()["reports"]}

    assert list(told.values()) == [[("withdraw", ["reason"]), ("self_handle", ["photos"])]] * 2
    case_id = hall.town.ask.my_report(hall.town.actor("grid001"), str(without["key"])).case.id
    hall.town.cases.accept(hall.town.actor("duty"), case_id, 1)
    assert next(row for row in phone.get("/api/reports").json()["reports"] if row["case_id"] == case_id)["verbs"] == []
    late = phone.post(f"/api/reports/{without['key']}/answer", {"action": "withdraw", "text": "误报"})
    assert (late.status_code, late.json()["error"]["code"]) == (409, "wrong_state")


def test_a_report_is_shown_settled_and_answers_as_it_is_now(hall: Hall):
    phone = hall.program("grid001")
    body = draft(photos=[phone.send_photo(picture("red"))])
    phone.post("/api/reports", body)
    after = {"action": "self_handle", "text": "已扶正", "photos": [phone.send_photo(picture("green"))], "key": str(uuid.uuid4())}

    answers = [phone.post(f"/api/reports/{body['key']}/answer", after) for _ in range(2)]

    assert [(answer.status_code, answer.json()["state"]["code"], answer.json()["verbs"]) for answer in answers] == [(200, "60", [])] * 2
    for wrong, code in (({"action": "close"}, "unknown_code"), ({"action": "withdraw", "why": "x"}, "unknown_field")):
        refused = phone.post(f"/api/reports/{body['key']}/answer", wrong)
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, code)
