"""The whole road on real input: phone page, console window, six keys, recall window, desk page, answer, board, timeline."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, create_engine, text

from tests.eyes import read_name
from tests.servers import Display
from tests.stage import ROOT, Stage

PHOTO = ROOT / "resources" / "demo" / "photos" / "manhole.jpg"
DONE_PHOTO = ROOT / "resources" / "demo" / "photos" / "covered.jpg"
WORD = "demo"


@dataclass
class Road:
    """A console with its demo county, silent but for the people of the test."""

    stage: Stage
    base: str
    engine: Engine
    artifacts: Path

    def one(self, question: str, **values: object) -> tuple:
        """The only row of a question to the database itself."""
        with self.engine.connect() as connection:
            return tuple(connection.execute(text(question), values).one())

    def all(self, question: str, **values: object) -> list[tuple]:
        """All rows of a question to the database itself."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question), values)]

    def shot(self, name: str) -> Path:
        """A picture of the hall's screen, kept as proof."""
        return self.stage.grab(self.artifacts / f"{name}.png")


@contextmanager
def opened(engine_url: str, display: Display, data: Path, name: str) -> Iterator[Road]:
    """The console before its sign-in page; pictures of it go into a folder of this name."""
    folder = ROOT / "artifacts" / name / engine_url.split(":")[0].split("+")[0]
    arguments = ["demo", "--scale", "county", "--data", str(data), "--database", engine_url, "--port", "0"]
    arguments += ["--pace", "0", "--morning", "0"]
    with Stage(display, arguments) as stage:
        stage.until(lambda: any("http://" in line for line in stage.lines) and stage.widgets("QPushButton", "演示"), 60, "the sign-in page")
        base = next(found.group() for line in stage.lines if (found := re.search(r"http://[\d.]+:\d+", line)))
        engine = create_engine(engine_url)
        yield Road(stage, base, engine, folder)
        engine.dispose()


@pytest.fixture
def road(engine_url: str, display: Display, tmp_path: Path) -> Iterator[Road]:
    with opened(engine_url, display, tmp_path / "data", "road") as made:
        yield made


def sit_down(road: Road) -> None:
    """One visible click, and the hall stands."""
    road.stage.click(road.stage.widgets("QPushButton", "演示")[0])
    road.stage.until(lambda: road.stage.widgets("QueuePanel"), what="the hall")


def worker_near_cameras(road: Road) -> tuple[str, float, float]:
    """The grid worker of the village where camera C301 stands, and a spot beside it."""
    lon, lat, village = road.one("select lon, lat, division from camera where code = 'C301'")
    (login,) = road.one("select login from person where grid like :village", village=f"{village}%")
    return login, lon + 0.0008, lat + 0.0003


def report_by_phone(browser: Browser, road: Road, name: str, *, category: str = "0601") -> None:
    """A grid worker's phone: sign in, choose, photograph, send."""
    login, lon, lat = worker_near_cameras(road)
    phone = browser.new_context(
        viewport={"width": 360, "height": 740}, geolocation={"longitude": lon, "latitude": lat, "accuracy": 9},
        permissions=["geolocation"], locale="zh-CN",
    )  # fmt: skip
    page = phone.new_page()
    sign_in(page, road, login, "phone")
    page.wait_for_selector("body[data-ready]")
    page.fill("#search", category)
    page.click(f"#found [data-code='{category}']")
    page.set_input_files("#photos input[type=file]", PHOTO)
    page.wait_for_selector("#photos img")
    expect(page.locator("#place")).to_contain_text("9")
    page.fill("#address", "元村镇 仓颉路小学西门")
    page.fill("#text", "放学时段，机动车道井盖缺失，约70厘米，已用三角架临时围挡。")
    page.screenshot(path=road.artifacts / f"{name}-phone-form.png", full_page=True)
    page.click("#send")
    expect(page.locator("#notice")).to_contain_text("SJ410923-")
    page.click("#tab-mine")
    page.wait_for_selector("#sent [data-case]")


def sign_in(page: Page, road: Road, login: str, kind: str) -> None:
    page.goto(road.base + "/")
    page.check(f"input[name=kind][value={kind}]")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", WORD)
    page.click("#enter")


def dispatch_by_six_keys(road: Road, *, shots: str = "") -> int:
    """F3, F4, F6, F5, Ctrl+Enter; what each key does is waited for where a person would look."""
    stage = road.stage
    stage.until(lambda: stage.hall()["rows"], what="the row")
    if shots:
        road.shot(f"{shots}-1-arrived")
    stage.press("F3")
    case_id = stage.until(lambda: stage.hall()["case"], what="F3 takes the case in hand")
    assert isinstance(case_id, int)
    stage.press("F4")
    stage.until(lambda: stage.hall()["acked"], what="F4 acknowledges")
    assert road.one("select state, acked_at is not null from case_file where id = :id", id=case_id) == ("10", True), "F4 moves nothing"
    stage.press("F6")
    stage.until(lambda: len(stage.hall()["pictures"]) == 4, what="F6 opens four live tiles")  # type: ignore[arg-type]
    if shots:
        road.shot(f"{shots}-2-cameras")
    stage.press("F5")
    stage.until(lambda: stage.hall()["can_send"], what="F5 opens the strip, filled")
    if shots:
        road.shot(f"{shots}-3-strip")
    stage.press("ctrl+Return")
    stage.until(lambda: stage.hall()["state"] == "40", what="Ctrl+Enter dispatches")
    return case_id


def names_on_the_wall(road: Road) -> set[str]:
    """The camera names burnt into the pictures, read from the pixels on the X screen."""
    picture = Image.open(road.shot("wall"))
    found = set()
    for x, y, width, height in road.stage.hall()["pictures"]:  # type: ignore[attr-defined]
        found.add(read_name(picture.crop((x, y, x + width, y + height)).resize((640, 360))))
    return found


def test_a_phone_report_becomes_a_tracked_answer(road: Road, browser: Browser) -> None:
    sit_down(road)
    report_by_phone(browser, road, "1")
    case_id = dispatch_by_six_keys(road, shots="hall")
    assert names_on_the_wall(road) == {"C301", "C302", "C303", "C304"}

    desk = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
    sign_in(desk, road, "d10", "desk")
    desk.wait_for_selector("#inbox [data-task]")
    desk.screenshot(path=road.artifacts / "2-desk-waiting.png")
    desk.click("#inbox [data-task]")  # a task that comes while the page is open does not push itself forward
    expect(desk.locator("#task h1")).to_contain_text("井盖")
    desk.wait_for_selector("[data-verb=sign]")
    desk.keyboard.press("Enter")
    expect(desk.locator("#task .top")).to_contain_text("已签收")
    desk.click("[data-verb=on_site]")
    desk.wait_for_selector("[data-verb=on_site].main", state="detached")
    finish_the_others(road, browser, case_id)
    desk.click("[data-verb=finish]")
    desk.fill("textarea[name=text]", "已更换井盖并试压，现场恢复通行。")
    desk.set_input_files(".form input[type=file]", DONE_PHOTO)
    desk.wait_for_selector(".form img")
    desk.screenshot(path=road.artifacts / "3-desk-answer.png")
    desk.click(".form button.main")
    desk.wait_for_selector("#task [data-verb=finish]", state="detached")
    desk.screenshot(path=road.artifacts / "4-desk-finished.png")

    stage = road.stage
    stage.until(lambda: stage.hall()["state"] == "60", what="the case desk turns to awaiting check")
    road.shot("hall-4-answered")
    assert_database(road, case_id)
    assert_journal(road, case_id)


def finish_the_others(road: Road, browser: Browser, case_id: int) -> None:
    """The co-departments answer from desks of their own; the lead finishes last."""
    co = road.all("select o.department from task t join org o on o.id = t.org_id where t.case_id = :id and t.kind = 'co'", id=case_id)
    assert {name for (name,) in co} == {"D30", "D31"}
    for (department,) in co:
        sign_and_finish(road, browser, department, "现场核对，我单位管线完好。")


def sign_and_finish(road: Road, browser: Browser, department: str, words: str) -> None:
    """A department signs its newest task at its desk and answers it with words and a picture."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
    sign_in(page, road, department.lower(), "desk")
    page.wait_for_selector("#inbox [data-task]")
    page.click("#inbox [data-task]")
    page.wait_for_selector("[data-verb=sign]")
    page.keyboard.press("Enter")
    page.click("[data-verb=finish]")
    page.fill("textarea[name=text]", words)
    page.set_input_files(".form input[type=file]", DONE_PHOTO)
    page.wait_for_selector(".form img")
    page.click(".form button.main")
    page.wait_for_selector("#task [data-verb=finish]", state="detached")
    page.context.close()


def assert_database(road: Road, case_id: int) -> None:
    category, priority, state, acked = road.one("select category, priority, state, acked_by from case_file where id = :id", id=case_id)
    assert (category, priority, state) == ("0601", "P1", "60")
    assert acked is not None
    assert road.one("select count(*) from report where case_id = :id", id=case_id) == (1,)
    joined = "select o.department, t.kind, t.state from task t join org o on o.id = t.org_id where t.case_id = :id order by t.id"
    tasks = road.all(joined, id=case_id)
    assert tasks == [("D10", "lead", "finished"), ("D30", "co", "finished"), ("D31", "co", "finished")]
    pictures = road.all("select owner_kind, stage from attachment where case_id = :id order by id", id=case_id)
    assert pictures == [("report", "before"), ("reply", "after"), ("reply", "after"), ("reply", "after")]
    looks = road.all("select purpose, reason from video_access where case_id = :id", id=case_id)
    assert len(looks) == 4
    assert {purpose for purpose, _ in looks} == {"V1"}
    assert all("SJ410923-" in reason for _, reason in looks)


def assert_journal(road: Road, case_id: int) -> None:
    acts = [op for (op,) in road.all("select op from journal where kind = 'case' and ref = :id order by version", id=case_id)]
    others = [op for op in acts if op != "joined"]
    assert others == ["submit", "ack", "accept", "file", "dispatch", "released", "sign", "on_site", "finish"]
    (first, last) = road.one("select min(version), max(version) from journal where kind = 'case' and ref = :id", id=case_id)
    assert (first, last) == (1, len(acts))


def test_a_recall_within_the_window_leaves_nothing_on_the_desk(road: Road, browser: Browser) -> None:
    sit_down(road)
    desk = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
    sign_in(desk, road, "d10", "desk")
    expect(desk.locator("#inbox .none")).to_be_visible()
    report_by_phone(browser, road, "5", category="0602")
    stage = road.stage
    stage.until(lambda: stage.hall()["rows"], what="the row")
    stage.press("F3")
    case_id = stage.until(lambda: stage.hall()["case"], what="the case in hand")
    stage.press("F5")
    stage.until(lambda: stage.hall()["can_send"], what="the strip")
    stage.press("ctrl+Return")
    stage.until(lambda: stage.hall()["state"] == "40", what="dispatched")
    stage.press("ctrl+z")
    stage.until(lambda: stage.hall()["state"] == "30", what="recalled")
    road.shot("hall-5-recalled")
    assert {state for (state,) in road.all("select state from delivery")} == {"recalled"}
    assert road.all("select op from journal where op = 'released'") == []
    # The desk hears of everything within a second; what came after the recall proves that nothing came before.
    (task_id,) = road.one("select id from task where case_id = :id and kind = 'lead'", id=case_id)
    assert desk.request.get(f"{road.base}/api/tasks/{task_id}").status == 404
    assert desk.request.get(f"{road.base}/api/tasks").json()["tasks"] == []
    expect(desk.locator("#inbox [data-task]")).to_have_count(0)
    desk.screenshot(path=road.artifacts / "6-desk-after-recall.png")
