"""A grid worker's page on a small phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from console.domain.rows import MyReport
from tests.gateway.hall import Hall
from tests.waiting import until
from tests.web.conftest import Opens, overflow

HOSTILE = "<img src=x onerror=alert(1)><b>粗</b>&amp;{{7*7}}\"'"


def sent(hall: Hall, login: str = "grid001") -> tuple[MyReport, ...]:
    """What has arrived, newest first."""
    return hall.town.ask.my_reports(hall.town.actor(login))


def write(page: Page, text: str, code: str = "0502") -> None:
    page.click(f"[data-code='{code}']")
    page.fill("#text", text)
    page.click("#send")


def test_a_report_is_three_taps_and_a_photo(hall: Hall, opens: Opens, photo: Path):
    page = opens("grid001", "phone", width=360, height=740)
    expect(page.locator("#place")).to_contain_text("已定位")
    page.click("[data-code='0601']")
    page.set_input_files("input[type=file]", str(photo))
    page.wait_for_selector(".thumb")
    page.click("#send")
    expect(page.locator("#notice.good")).to_contain_text("已上报，编号 SJ410923-")
    (report,) = sent(hall)
    assert (report.report.category, report.report.lon, report.report.lat) == ("0601", 115.201, 36.101)
    assert (report.report.grid, report.report.datum) == ("410923102204001", "wgs84")
    width = hall.town.ask.case_desk(hall.town.actor("duty"), report.report.case_id).attachments[0].width
    assert (len(report.photos), width) == (1, 1600)


def test_nothing_is_wider_than_the_phone_and_all_is_large_enough_to_touch_and_read(opens: Opens):
    page = opens("grid001", "phone", width=360, height=740)
    page.fill("#search", "纠纷")
    assert overflow(page) == 0
    sizes = page.evaluate(
        """[...document.querySelectorAll('button, input:not([type=file]), select, textarea')].filter(n => n.offsetParent)
        .map(n => [n.id || n.textContent, (n.closest('label') ?? n).getBoundingClientRect().height,
            parseFloat(getComputedStyle(n).fontSize)])"""
    )
    assert len(sizes) > 15
    assert [size for size in sizes if size[1] < 48 or size[2] < 16] == []
    page.click("#tab-mine")
    assert overflow(page) == 0


def test_every_category_is_found_by_word_code_and_initials(opens: Opens):
    page = opens("grid001", "phone", width=360)
    for wanted in ("井盖", "0601", "jgqs", "JGQS"):
        page.fill("#search", wanted)
        expect(page.locator("#found [data-code='0601']")).to_be_visible()
    page.press("#search", "Enter")
    expect(page.locator("#chosen")).to_contain_text("井盖缺失/破损")
    page.click("#chosen button")
    page.fill("#search", "没有这种事")
    expect(page.locator("#found")).to_contain_text("其他")


def test_what_is_written_offline_waits_and_goes_exactly_once(hall: Hall, opens: Opens, photo: Path):
    page = opens("grid001", "phone", width=360)
    page.context.set_offline(True)
    write(page, "第一条")
    page.set_input_files("input[type=file]", str(photo))
    page.wait_for_selector(".thumb")
    write(page, "第二条")
    expect(page.locator("#tab-mine")).to_have_text("我的上报 · 待发送 2")
    page.click("#tab-mine")
    expect(page.locator("#waiting .card")).to_have_count(2)
    assert sent(hall) == ()
    page.context.set_offline(False)
    expect(page.locator("#sent .card")).to_have_count(2)
    expect(page.locator("#tab-mine")).to_have_text("我的上报")
    assert [(row.report.text, len(row.photos)) for row in sent(hall)] == [("第二条", 1), ("第一条", 0)]


def test_an_answer_lost_on_its_way_back_does_not_double_the_report(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)  # it arrived; the phone never hears
            route.abort()
        else:
            route.continue_()

    page.route("**/api/reports", lose)
    write(page, "一条")
    expect(page.locator("#notice.good")).to_be_visible()
    assert (lost, len(sent(hall))) == ([201, 201], 1)


def test_what_waits_survives_closing_the_page(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.route("**/api/reports", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, "关页之前")
    expect(page.locator("#tab-mine")).to_contain_text("待发送 1")
    page.unroute("**/api/reports")
    page.reload()
    until(lambda: len(sent(hall)) == 1, what="the report of the closed page")
    expect(page.locator("#tab-mine")).to_have_text("我的上报")


def test_a_gateway_that_is_restarted_loses_nothing(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    port = hall.gateway.port
    hall.gateway.stop()
    write(page, "停机时")
    expect(page.locator("#tab-mine")).to_contain_text("待发送 1")
    expect(page.locator("#link")).to_be_visible()
    hall.again(port=port)
    until(lambda: len(sent(hall)) == 1, 30, what="the report written while the gateway was down")
    expect(page.locator("#link")).to_be_hidden()


def test_a_refused_report_stays_with_its_reason_and_can_be_corrected(opens: Opens):
    page = opens("grid001", "phone", width=360)

    def spoil(route: Route) -> None:
        if route.request.method == "POST":
            route.continue_(post_data={**route.request.post_data_json, "source": "77"})
        else:
            route.continue_()

    page.route("**/api/reports", spoil)
    write(page, "来源不对的上报")
    page.click("#tab-mine")
    card = page.locator("#waiting .card.bad")
    expect(card).to_contain_text("来源“77”不在代码表中")
    card.locator("button.main").click()
    expect(page.locator("#text")).to_have_value("来源不对的上报")
    expect(page.locator("#tab-mine")).to_have_text("我的上报")


def test_the_hall_taking_a_report_is_seen_without_reloading(hall: Hall, opens: Opens):
    receipt = hall.town.report()
    page = opens("grid001", "phone", width=360)
    page.click("#tab-mine")
    card = page.locator(f"[data-case='{receipt.case_id}']")
    expect(card).to_contain_text("待受理")
    expect(card).not_to_contain_text("指挥中心已接警")
    hall.town.cases.ack(hall.town.actor("duty"), receipt.case_id, 1)
    expect(card).to_contain_text("指挥中心已接警")


def test_hostile_text_is_shown_as_it_was_written(hall: Hall, opens: Opens):
    hall.town.report(text=HOSTILE, address=HOSTILE)
    page = opens("grid001", "phone", width=360)
    page.click("#tab-mine")
    expect(page.locator("#sent .said")).to_have_text(HOSTILE)
    assert page.locator("#sent img, #sent b b").count() == 0


@pytest.mark.parametrize(("answer", "priority"), [("是，特急", "P1"), ("不是，按一般", "P4")])
def test_critical_is_asked_once(hall: Hall, opens: Opens, answer, priority):
    page = opens("grid001", "phone", width=360)
    page.check("#urgent")
    page.click(f"dialog >> text={answer}")
    expect(page.locator("dialog")).to_have_count(0)
    assert page.is_checked("#urgent") == (priority == "P1")
    write(page, "有人被困")
    expect(page.locator("#notice.good")).to_be_visible()
    case_id = sent(hall)[0].report.case_id
    assert hall.town.case(case_id).priority == priority


def test_without_a_position_the_address_and_the_grid_are_given_by_hand(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360, located=False)
    expect(page.locator("#place")).to_contain_text("请写明地址并选择网格")
    page.fill("#address", "仓颉路小学西门")
    page.select_option("#grid", "410923102204002")
    write(page, "路面塌陷", "0403")
    expect(page.locator("#notice.good")).to_contain_text("没有位置")
    report = sent(hall)[0].report
    assert (report.address, report.lon) == ("仓颉路小学西门", None)
    assert "no_position" in report.flags


def test_nothing_can_be_sent_empty_and_the_page_says_what_is_missing(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.click("#send")
    expect(page.locator("#notice.bad")).to_have_text("请先选择是什么事。")
    page.click("[data-code='0502']")
    page.click("#send")
    expect(page.locator("#notice.bad")).to_have_text("请拍一张照片，或写一句说明。")
    assert sent(hall) == ()


def test_a_half_written_report_survives_a_reload(opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.click("[data-code='0502']")
    page.fill("#text", "写到一半")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#text")).to_have_value("写到一半")
    expect(page.locator("#chosen")).to_contain_text("暴露垃圾")


SLOW_STORE = """() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, ...rest) {
        return this.name === "drafts" ? this.get(value.user) : put.call(this, value, ...rest);
    };
}"""  # a phone whose store of drafts never gets round to writing before the page goes


def test_what_was_written_last_survives_a_reload_before_the_slow_store_has_it(opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.evaluate(SLOW_STORE)
    page.click("[data-code='0502']")
    page.fill("#text", "最后一字")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("#text")).to_have_value("最后一字")
    expect(page.locator("#chosen")).to_contain_text("暴露垃圾")


def test_the_page_speaks_english_by_a_switch(opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.click("text=English")
    expect(page.locator("#send")).to_have_text("Send report")
    expect(page.locator("[data-code='0301']")).to_have_text("Fire")
    assert (page.evaluate("document.documentElement.lang"), overflow(page)) == ("en", 0)


def test_who_is_signed_out_comes_to_the_door_and_what_waits_stays(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.click("[data-code='0502']")
    page.fill("#text", "登录已失效")
    page.context.clear_cookies()
    page.click("#send")
    page.wait_for_selector("[name=login]")
    page.fill("[name=login]", "grid001")
    page.fill("[name=password]", "correct horse battery")
    page.click("#enter")
    until(lambda: len(sent(hall)) == 1, what="the report written after the session had ended")


def reported(hall: Hall, page: Page, text: str = "路口垃圾") -> int:
    """Report something by the page; its case, with the page at the list of what was sent."""
    write(page, text)
    expect(page.locator("#notice.good")).to_be_visible()
    page.click("#tab-mine")
    expect(page.locator("#sent .card")).to_have_count(1)
    return sent(hall)[0].case.id


def test_what_was_settled_on_the_spot_is_shown_by_two_pictures_and_goes_out_offline_too(hall: Hall, opens: Opens, photo: Path):
    page = opens("grid001", "phone", width=360)
    case_id = reported(hall, page)
    page.context.set_offline(True)
    page.click("#sent [data-verb='self_handle']")
    expect(page.locator(".form [role='status']")).to_have_text("还缺：处置前照片、处置后照片")
    for place in range(2):
        page.locator(".form input[type=file]").nth(place).set_input_files(str(photo))
        page.wait_for_selector(f".form .photos:nth-child(2) >> nth={place} >> .thumb")
    page.fill(".form textarea", "已清走")
    assert overflow(page) == 0
    page.click(".form .main")
    expect(page.locator("#waiting .card")).to_contain_text("自办自结")
    assert hall.town.case(case_id).state == "10"

    page.context.set_offline(False)

    expect(page.locator("#said.good")).to_contain_text("自办自结")
    until(lambda: hall.town.case(case_id).state == "60", what="the case waiting to be checked")
    expect(page.locator("#sent [data-verb]")).to_have_count(0)
    desk = hall.town.ask.case_desk(hall.town.actor("duty"), case_id)
    assert [one.stage for one in desk.attachments] == ["before", "after"]


def test_a_report_is_taken_back_with_a_reason(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    case_id = reported(hall, page)
    page.click("#sent [data-verb='withdraw']")
    expect(page.locator(".form .main")).to_be_disabled()
    page.fill(".form textarea", "报错了地方")
    page.reload()
    page.click("#tab-mine")
    page.click("#sent [data-verb='withdraw']")
    expect(page.locator(".form textarea")).to_have_value("报错了地方")  # kept until it is sent
    page.click(".form .main")
    until(lambda: hall.town.case(case_id).state == "93", what="the case taken back")
    expect(page.locator("#sent .card")).to_contain_text("撤回")
    expect(page.locator("#sent [data-verb]")).to_have_count(0)


def test_before_the_page_is_ready_nothing_can_be_typed_or_tapped_that_would_be_lost(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    page.fill("#text", "写到一半")
    held: list[Route] = []
    page.route("**/api/codes", lambda route: held.append(route))
    with page.expect_request("**/api/codes"):
        page.reload()
    page.focus("#text")
    page.keyboard.type("太早")
    assert page.input_value("#text") == ""  # the draft would be written over it
    held[0].continue_()
    expect(page.locator("#text")).to_have_value("写到一半")
    page.click("#tab-mine")
    expect(page.locator("#mine")).to_be_visible()


def test_a_case_the_hall_takes_on_meanwhile_keeps_the_words_on_the_page(hall: Hall, opens: Opens):
    page = opens("grid001", "phone", width=360)
    case_id = reported(hall, page)
    page.click("#sent [data-verb='withdraw']")
    page.fill(".form textarea", HOSTILE)
    hall.town.cases.accept(hall.town.actor("duty"), case_id, 1)
    expect(page.locator("#said.bad")).to_contain_text(HOSTILE)
    expect(page.locator("#sent [data-verb]")).to_have_count(0)


def test_what_is_being_written_is_there_again_with_its_pictures_and_for_its_writer_alone(hall: Hall, opens: Opens, photo: Path):
    page = opens("grid001", "phone", width=360)
    page.click("[data-code='0601']")
    page.fill("#text", "写到一半")
    page.set_input_files("#photos input[type=file]", str(photo))
    page.wait_for_selector("#photos .thumb")
    page.reload()
    expect(page.locator("#text")).to_have_value("写到一半")
    expect(page.locator("#chosen")).to_contain_text("井盖缺失/破损")
    expect(page.locator("#photos .thumb")).to_have_count(1)
    writers = page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("outbox"); asked.onsuccess = () => {
        const all = asked.result.transaction("drafts").objectStore("drafts").getAllKeys(); all.onsuccess = () => done(all.result); }; })"""
    )
    assert writers == [hall.town.actor("grid001").user_id]
