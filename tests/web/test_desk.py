"""A department's desk page."""

from pathlib import Path

from playwright.sync_api import Page, expect

from console.domain.task import Order, Task
from tests.gateway.hall import Hall
from tests.web.conftest import Opens, overflow
from tests.web.test_phone import HOSTILE


def sent(hall: Hall, category: str = "0601", instruction: str = "现场设围挡", **more: object) -> Task:
    """A task of the housing department, released now."""
    town = hall.town
    receipt = town.report(category, **more)
    town.cases.send(town.actor("duty"), receipt.case_id, 1, [Order(2, "lead", instruction)])
    town.wait(10)
    town.sweep.round()
    return next(row.task for row in town.ask.desk_inbox(town.actor("d10")) if row.task.case_id == receipt.case_id)


def state(hall: Hall, task: Task) -> str:
    return hall.town.ask.desk_task(hall.town.actor("d10"), task.id).task.state


def ready(page: Page, verb: str) -> None:
    expect(page.locator(f"[data-verb={verb}]")).to_be_enabled()


def test_a_new_task_is_painted_without_reloading_and_counted_in_the_title(hall: Hall, opens: Opens):
    page = opens("d10", "desk")
    expect(page.locator("#inbox")).to_contain_text("没有待签收的任务")
    task = sent(hall)
    row = page.locator(f"[data-task='{task.id}']")
    expect(row).to_contain_text("◆ 特急")
    expect(row).to_contain_text("井盖缺失/破损")
    expect(page).to_have_title("(1) 部门工作台")
    page.wait_for_timeout(100)  # two frames
    assert page.evaluate("Object.keys(window.painted)") == [str(task.id)]
    assert page.evaluate(f"performance.getEntriesByName('task-{task.id}-painted').length") == 1


def test_a_task_is_signed_answered_and_finished_by_keyboard(hall: Hall, opens: Opens, photo: Path):
    task = sent(hall)
    page = opens("d10", "desk")
    ready(page, "sign")
    page.keyboard.press("Enter")
    ready(page, "finish")
    assert state(hall, task) == "handling"
    page.focus("[data-verb=finish]")
    page.keyboard.press("Enter")
    expect(page.locator(".form [role=status]")).to_have_text("还缺：文字说明、照片")
    expect(page.locator(".form .main")).to_be_disabled()
    page.fill(".form textarea", "已更换井盖")
    page.set_input_files(".form input[type=file]", str(photo))
    page.wait_for_selector(".thumb")
    expect(page.locator(".form [role=status]")).to_have_text("")
    page.focus(".form textarea")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#inbox h2", has_text="已反馈")).to_be_visible()
    expect(page.locator("[data-reply]")).to_have_count(2)
    expect(page.locator("[data-reply]").last).to_contain_text("已更换井盖")
    assert (state(hall, task), hall.town.case(task.case_id).state) == ("finished", "60")


def test_only_legal_verbs_have_a_button(hall: Hall, opens: Opens):
    task = sent(hall)
    page = opens("d10", "desk")
    ready(page, "sign")
    assert page.locator("[data-verb]").evaluate_all("all => all.map(n => n.dataset.verb)") == ["sign", "return", "ask_delay"]
    hall.town.answer("d10", task, "sign")
    ready(page, "finish")
    assert page.locator("[data-verb]").evaluate_all("all => all.map(n => n.dataset.verb)") == [
        "on_site", "progress", "finish", "ask_co", "ask_delay",
    ]  # fmt: skip


def test_a_return_needs_a_reason_and_words(hall: Hall, opens: Opens):
    task = sent(hall)
    page = opens("d10", "desk")
    page.click("[data-verb=return]")
    expect(page.locator(".form [role=status]")).to_have_text("还缺：原因、文字说明")
    page.select_option("[name=reason]", "1")
    page.fill("[name=text]", "应由供水公司处置")
    page.click(".form .main")
    expect(page.locator("#inbox h2", has_text="退回")).to_be_visible()
    assert (state(hall, task), hall.town.case(task.case_id).state) == ("returned", "30")


def test_a_task_changed_by_another_says_by_whom_and_keeps_what_was_typed(hall: Hall, opens: Opens):
    task = hall.town.answer("d10", sent(hall, "0502"), "sign")
    page = opens("d10", "desk")
    page.route("**/api/live", lambda route: route.abort())  # the page does not hear of the other one
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.click("[data-verb=progress]")
    page.fill(".form textarea", "我写了很久的话")
    hall.town.answer("d10", task, "progress", text="别人先写的")
    page.click(".form .main")
    expect(page.locator("#notice.bad")).to_contain_text("已被承办人己于 ")
    expect(page.locator("[data-reply]").last).to_contain_text("别人先写的")
    expect(page.locator(".form textarea")).to_have_value("我写了很久的话")
    page.click(".form .main")
    expect(page.locator("[data-reply]").last).to_contain_text("我写了很久的话")


def test_a_recalled_task_goes_and_says_so(hall: Hall, opens: Opens):
    task = sent(hall)
    page = opens("d10", "desk")
    page.click("[data-verb=return]")
    page.fill("[name=text]", "刚写的话")
    hall.town.cases.recall(hall.town.actor("duty"), task.case_id, hall.town.case(task.case_id).version, "发错单位")
    expect(page.locator("#notice.bad")).to_contain_text("指挥中心已撤回这个任务")
    expect(page.locator("#notice.bad")).to_contain_text("刚写的话")
    expect(page.locator("[data-task]")).to_have_count(0)
    expect(page).to_have_title("部门工作台")


def test_enter_that_ends_a_chinese_word_signs_nothing(hall: Hall, opens: Opens):
    task = sent(hall)
    page = opens("d10", "desk")
    ready(page, "sign")
    page.evaluate("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    page.click("[data-verb=return]")
    page.fill("[name=text]", "字")
    page.press("[name=text]", "Enter")
    assert state(hall, task) == "awaiting"


def test_enter_on_another_row_opens_it_before_it_signs_anything(hall: Hall, opens: Opens):
    first, second = sent(hall), sent(hall, "0603")
    page = opens("d10", "desk")
    ready(page, "sign")
    page.focus(f"[data-task='{second.id}']")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-shown='{second.id}']")).to_be_visible()
    assert (state(hall, first), state(hall, second)) == ("awaiting", "awaiting")


def test_hostile_text_is_shown_as_it_was_written(hall: Hall, opens: Opens):
    sent(hall, instruction=HOSTILE, text=HOSTILE, address=HOSTILE)
    page = opens("d10", "desk")
    expect(page.locator(".order .said")).to_have_text(HOSTILE)
    expect(page.locator(".block .said").filter(has_text="{{7*7}}")).to_have_count(2)
    assert page.locator(".task img, .inbox img").count() == 0


def test_the_desk_fits_a_phone_one_half_at_a_time(hall: Hall, opens: Opens):
    task = sent(hall, text="长" * 300, address="很长的地址" * 30)
    page = opens("d10", "desk", width=360, height=740)
    assert overflow(page) == 0
    expect(page.locator("#task")).to_be_hidden()
    page.click(f"[data-task='{task.id}']")
    expect(page.locator("#inbox")).to_be_hidden()
    assert overflow(page) == 0
    page.click(".back")
    expect(page.locator("#inbox")).to_be_visible()


def test_the_rest_of_a_break_is_asked_for_when_the_line_is_back(hall: Hall, opens: Opens):
    page = opens("d10", "desk")
    port = hall.gateway.port
    hall.gateway.stop()
    expect(page.locator("#link")).to_be_visible()
    task = sent(hall)
    hall.again(port=port)
    expect(page.locator(f"[data-task='{task.id}']")).to_be_visible()
    expect(page.locator("#link")).to_be_hidden()


def test_reminders_are_turned_on_by_hand_and_sound_for_what_is_new(hall: Hall, opens: Opens):
    page = opens("d10", "desk")
    page.evaluate(
        """() => {
            window.notes = 0;
            const make = AudioContext.prototype.createOscillator;
            AudioContext.prototype.createOscillator = function () { window.notes += 1; return make.call(this); };
        }"""
    )
    sent(hall)
    expect(page.locator("[data-task]")).to_have_count(1)
    assert page.evaluate("window.notes") == 0
    page.click("#remind")
    expect(page.locator("#remind")).to_have_text("提醒已开")
    before = page.evaluate("window.notes")
    sent(hall)
    expect(page.locator("[data-task]")).to_have_count(2)
    assert page.evaluate("window.notes") == before + 2


def test_a_finished_page_speaks_english(hall: Hall, opens: Opens):
    sent(hall)
    page = opens("d10", "desk")
    page.click("text=English")
    expect(page.locator("[data-verb=sign]")).to_have_text("Sign (Enter)")
    expect(page.locator("[data-task] b")).to_have_text("Manhole cover missing or broken")


def test_more_time_is_asked_for_on_the_page_and_its_decision_is_read_there(hall: Hall, opens: Opens):
    task = hall.town.answer("d10", sent(hall, "0502"), "sign")
    page = opens("d10", "desk")
    page.click("[data-verb=ask_delay]")
    expect(page.locator(".form [role=status]")).to_have_text("还缺：原因")
    page.select_option("[name=reason]", "1")
    page.fill("[name=interval]", "1")
    page.fill("[name=text]", "等待配件")
    page.click(".form .main")
    expect(page.locator("[data-asked]")).to_contain_text("待审核")
    asked = hall.town.ask.case_desk(hall.town.actor("duty"), task.case_id).applications[0]
    hall.town.applications.decide(hall.town.actor("duty"), asked.id, asked.version, grant=False, advice="理由不足")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    expect(page.locator("[data-asked]")).to_contain_text("理由不足")


def test_a_plate_is_answered_on_the_page_and_help_is_asked_for(hall: Hall, opens: Opens):
    task = hall.town.answer("d10", sent(hall, "0502"), "sign")
    town = hall.town
    town.supervisions.supervise(town.actor("director"), task.case_id, town.case(task.case_id).version, "2", "限期办结")
    page = opens("d10", "desk")
    expect(page.locator("[data-plate]")).to_contain_text("红牌")
    page.click("[data-answer]")
    page.fill("[name=text]", "已派人，今日完工")
    page.click(".form .main")
    expect(page.locator("[data-plate]")).to_contain_text("已答复：已派人，今日完工")
    page.click("[data-verb=ask_co]")
    page.select_option("[name=target]", "3")
    page.fill("[name=text]", "请协助关水")
    page.click(".form .main")
    expect(page.locator("#notice.good")).to_be_visible()
    assert [(each.org_id, each.state) for each in town.tasks_of(task.case_id)] == [(2, "handling"), (3, "asked")]
