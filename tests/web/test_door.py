"""The door: signing in."""

from playwright.sync_api import Browser, Route, expect

from console.net import secrets, totp
from console.store import accounts, tables
from tests.gateway.hall import PASSWORD, Hall


def test_a_wrong_password_is_said_and_the_name_stays(hall: Hall, browser: Browser):
    hall.knows("grid001")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(hall.base)
    page.fill("[name=login]", "grid001")
    page.fill("[name=password]", "wrong")
    page.press("[name=password]", "Enter")
    expect(page.locator("#notice.bad")).to_contain_text("账号或密码不对")
    expect(page.locator("[name=login]")).to_have_value("grid001")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/phone.html")
    page.close()


def test_a_password_typed_before_the_page_is_ready_never_gets_into_the_address(hall: Hall, browser: Browser):
    page = browser.new_page()
    held: list[Route] = []
    page.route("**/index.js", lambda route: held.append(route))
    with page.expect_request("**/index.js"):
        page.goto(hall.base, wait_until="commit")
    page.fill("[name=login]", "grid001")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    held[0].continue_()
    expect(page.locator("#enter")).to_be_enabled()
    assert "password" not in page.url
    expect(page.locator("[name=password]")).to_have_value(PASSWORD)
    page.close()


def test_who_has_no_page_here_is_told_so(hall: Hall, browser: Browser):
    hall.knows("viewer")
    page = browser.new_page()
    page.goto(hall.base)
    page.fill("[name=login]", "viewer")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("#notice.bad")).to_contain_text("这里没有您的角色可用的页面")
    page.close()


def test_a_department_lands_at_its_desk_whatever_was_chosen(hall: Hall, browser: Browser):
    hall.knows("d10")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(hall.base)
    page.fill("[name=login]", "d10")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk.html")
    page.close()


def test_a_page_inside_another_site_s_frame_shows_nothing(hall: Hall, browser: Browser):
    page = browser.new_page()
    page.set_content(f"<iframe src='{hall.base}/'></iframe>")
    page.wait_for_timeout(500)
    frame = page.frames[-1]
    assert frame.locator("form").count() == 0
    page.close()


def test_a_start_word_is_changed_on_the_page_before_the_first_session(hall: Hall, browser: Browser):
    word = totp.new_words(1)[0]
    with hall.town.store.write() as unit:
        accounts.set_password(unit, 9, secrets.start_hash(word), None, must_change=True)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(hall.base)
    page.fill("[name=login]", "grid001")
    page.fill("[name=password]", word)
    page.press("[name=password]", "Enter")
    expect(page.locator("#notice.bad")).to_contain_text("请先修改密码")
    page.fill("[name=new_password]", "three old locust trees")
    page.fill("[name=again]", "three old locust treez")
    page.press("[name=again]", "Enter")
    expect(page.locator("#notice.bad")).to_contain_text("不一样")
    page.fill("[name=again]", "three old locust trees")
    page.press("[name=again]", "Enter")
    page.wait_for_url("**/phone.html")
    page.close()


def test_a_second_factor_is_set_up_on_the_page_and_asked_for(hall: Hall, browser: Browser):
    """The approver handles a department's tasks too, so there is a page for him."""
    with hall.town.store.write() as unit:
        unit.run(tables.user.update().where(tables.user.c.id == 6).values(roles=("R09", "R15")))
    hall.knows("d10")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(hall.base)
    page.fill("[name=login]", "d10")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("dialog svg.qr")).to_be_visible()
    with hall.town.store.read() as unit:
        secret = accounts.offered_factor(unit, 6)
    page.fill("[name=first_code]", totp.code_now(secret, hall.town.clock.now()))
    page.press("[name=first_code]", "Enter")
    expect(page.locator("dialog .codes li")).to_have_count(8)
    page.click("dialog button.main")
    hall.town.wait(30)
    page.fill("[name=code]", totp.code_now(secret, hall.town.clock.now()))
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk.html")
    page.close()


def test_somebody_sees_where_he_is_signed_in_and_ends_the_other(hall: Hall, browser: Browser):
    phone = hall.program("d10")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(hall.base)
    page.fill("[name=login]", "d10")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("body[data-ready]")
    page.click(".bar .who")
    expect(page.locator("dialog .sessions li")).to_have_count(2)
    page.click("dialog .sessions button")
    expect(page.locator("dialog .sessions li")).to_have_count(1)
    assert phone.get("/api/me").status_code == 401
    page.close()
