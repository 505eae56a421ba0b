"""The door: signing in."""

from playwright.sync_api import Browser, expect

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
