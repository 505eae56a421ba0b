"""One's own account over HTTP: a password that must be changed, a second factor, where one is signed in."""

import requests

from console.net import secrets, totp
from console.store import accounts
from tests.gateway.hall import PASSWORD, Hall

NEW = "three old locust trees"


def proof(login: str, password: str = PASSWORD, **more: object) -> dict[str, object]:
    return {"login": login, "password": password, **more}


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_start_word_must_be_changed_before_the_first_session(hall: Hall):
    word = totp.new_words(1)[0]
    with hall.town.store.write() as unit:
        accounts.set_password(unit, 9, secrets.start_hash(word), None, must_change=True)
    phone = hall.stranger()

    assert code_of(phone.sign_in("grid001", word, "phone")) == (401, "must_change_password")
    assert code_of(phone.post("/api/devices", proof("grid001", word))) == (401, "must_change_password")
    assert code_of(phone.post("/api/password", proof("grid001", word, new_password="1234567890"))) == (422, "password_common")
    assert phone.post("/api/password", proof("grid001", word, new_password=NEW)).status_code == 204
    assert phone.sign_in("grid001", NEW, "phone").status_code == 200


def test_a_director_sets_up_a_second_factor_and_signs_in_with_it(hall: Hall):
    hall.knows("director")
    page = hall.stranger()
    assert code_of(page.sign_in("director")) == (401, "needs_enrolment")

    offer = page.post("/api/second-factor", proof("director")).json()
    first = totp.code_now(offer["secret"], hall.town.clock.now())
    assert len(offer["picture"]) == len(offer["picture"][0])
    assert code_of(page.post("/api/second-factor/confirm", proof("director", first_code="000000"))) == (401, "bad_code")
    words = page.post("/api/second-factor/confirm", proof("director", first_code=first)).json()["codes"]

    assert code_of(page.sign_in("director")) == (401, "needs_code")
    answer = page.post("/api/sign-in", proof("director", kind="desk", code=words[0]))
    assert answer.status_code == 200
    hall.town.wait(30)
    now = totp.code_now(offer["secret"], hall.town.clock.now())
    assert hall.stranger().post("/api/devices", proof("director", code=now, name="app")).status_code == 201


def test_five_wrong_passwords_lock_the_account_wherever_they_come_from(hall: Hall):
    hall.knows("d10")
    guesser = hall.stranger()
    for number in range(5):
        assert code_of(guesser.sign_in("d10", f"guess{number}")) == (401, "bad_sign_in")
    hall.again()  # another door, whose own throttle knows nothing

    locked = hall.stranger().sign_in("d10")
    assert code_of(locked) == (401, "account_locked")
    assert locked.json()["error"]["facts"]["minutes"] == 15


def test_sessions_are_listed_and_a_lost_phone_is_signed_out(hall: Hall):
    phone, page = hall.program("grid001"), hall.browser("grid001")
    listed = page.get("/api/sessions").json()
    assert sorted((one["kind"], one["is_this"]) for one in listed) == [("desk", True), ("device", False)]
    assert {one["address"] for one in listed} == {"127.0.0.1"}
    lost = next(one["name"] for one in listed if one["kind"] == "device")
    other = hall.browser("d10")
    assert code_of(other.post(f"/api/sessions/{lost}/end")) == (404, "missing")

    assert page.post(f"/api/sessions/{lost}/end").status_code == 204

    assert phone.get("/api/me").status_code == 401
    assert page.get("/api/me").status_code == 200
    assert code_of(page.post(f"/api/sessions/{lost}/end")) == (404, "missing")


def test_an_ended_session_hears_nothing_more(hall: Hall):
    phone, page = hall.program("grid001"), hall.browser("grid001")
    stream = phone.line.get(f"{hall.base}/api/live", stream=True, timeout=20)
    lines = stream.iter_lines()
    assert any(b"hello" in line for line in lines)
    lost = next(one["name"] for one in page.get("/api/sessions").json() if one["kind"] == "device")

    page.post(f"/api/sessions/{lost}/end")
    hall.feed.wake()

    assert b"hint" not in b"".join(lines), "the stream ends by itself"
    assert phone.get("/api/live").status_code == 401
    stream.close()


def test_another_sites_page_can_try_none_of_it(hall: Hall):
    evil = {"Origin": "http://evil.example"}
    calls = (("/api/password", {"new_password": NEW}), ("/api/second-factor", {}), ("/api/second-factor/confirm", {"first_code": "1"}))
    for path, more in calls:
        assert code_of(hall.stranger().post(path, proof("grid001", **more), headers=evil)) == (403, "csrf")
