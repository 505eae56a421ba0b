"""Who calls: cookies, CSRF words, tokens, and how often a password may be tried."""

import pytest

from tests.gateway.hall import PASSWORD, Hall, draft


def test_a_page_signs_in_with_a_cookie_no_script_and_no_other_site_can_use(door: Hall):
    door.knows("grid001")
    answer = door.stranger().sign_in("grid001", kind="phone")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    me = answer.json()
    assert (me["name"], me["grid"], me["may_report"], me["has_desk"]) == ("网格员壬", "410923102204001", True, True)
    assert [grid["name"] for grid in me["grids"]] == ["仓颉村第一网格", "仓颉村第二网格"]


@pytest.mark.parametrize(("login", "password"), [("grid001", "wrong"), ("nobody", PASSWORD), ("", ""), ("a\x00b", "x"), ("grid001", "")])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(door: Hall, login, password):
    door.knows("grid001")
    answer = door.stranger().sign_in(login, password)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_sign_in")


def test_without_a_session_nothing_is_told(door: Hall):
    stranger = door.stranger()
    for path in ("/api/me", "/api/reports", "/api/tasks", "/api/tasks/1", "/api/live", "/api/codes", f"/api/files/{'0' * 64}"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), path
    for path, body in (("/api/reports", draft()), ("/api/tasks/1/answer", {"action": "sign", "version": 1}), ("/api/sign-out", None)):
        assert stranger.post(path, body).status_code == 401, path


def test_a_forged_token_is_no_session(door: Hall):
    real = door.program("grid001").line.headers["Authorization"].removeprefix("Bearer ")
    forged = [real[:-1], real + "A", real.swapcase(), "null", "0", "' or 1=1 --", "eyJhbGciOiJub25lIn0.e30.", "a" * 5_000]
    for token in forged:
        stranger = door.stranger()
        assert stranger.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401, token[:20]
        assert stranger.get("/api/me", cookies={"console_session": token}).status_code == 401, token[:20]


def test_a_page_needs_its_csrf_word_and_a_program_does_not(door: Hall):
    page, program = door.browser("grid001"), door.program("grid001")
    assert program.report().status_code == 201
    assert page.report().status_code == 201
    page.line.headers["X-CSRF-Token"] = "wrong"
    refused = page.report()
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf")
    del page.line.headers["X-CSRF-Token"]
    assert page.report().status_code == 403
    assert page.get("/api/reports").status_code == 200


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_another_sites_page_can_neither_sign_in_nor_send(door: Hall, headers):
    page = door.browser("grid001")
    assert page.post("/api/reports", draft(), headers=headers).status_code == 403
    body = {"login": "grid001", "password": PASSWORD}
    assert door.stranger().post("/api/sign-in", body, headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_even_speak_our_language(door: Hall):
    page = door.browser("grid001")
    answer = page.post("/api/reports", data=b'{"key":"x"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_after_signing_out_the_token_is_worth_nothing(door: Hall):
    page = door.browser("grid001")
    cookie = page.line.cookies["console_session"]
    assert page.post("/api/sign-out").status_code == 204
    assert door.stranger().get("/api/me", cookies={"console_session": cookie}).status_code == 401


def test_guessing_is_slowed_down_for_the_guesser_alone(door: Hall):
    door.knows("duty")
    guesser = door.stranger()
    answers = [guesser.sign_in("duty", f"guess{number}") for number in range(7)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 240
    assert answers[-1].json()["error"]["code"] == "too_often"
    assert door.browser("d10").get("/api/me").json()["login"] == "d10"


def test_two_sign_ins_give_two_sessions(door: Hall):
    one, other = door.browser("grid001"), door.browser("grid001")
    assert one.line.cookies["console_session"] != other.line.cookies["console_session"]
    one.post("/api/sign-out")
    assert other.get("/api/me").status_code == 200
