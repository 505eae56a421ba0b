"""`python -m tests.shots`: the README's pictures, taken of the real program with the demo county, by day and night."""

import re
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_ARGS
from tests.servers import Display
from tests.stage import ROOT, Stage

FOLDER = ROOT / "resources" / "help" / "shots"
WORD = "demo"
DEMO = ("demo", "--scale", "county", "--port", "0", "--pace", "0")


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Display() as display, Stage(display, [*DEMO, "--data", data]) as stage:
        base = _sit_down(stage)
        _hall(stage)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            _pages(browser, base)
            browser.close()
    for path in sorted(FOLDER.glob("*.png")):
        _shrink(path)
        print(path.relative_to(ROOT), path.stat().st_size // 1024, "KiB")


def _sit_down(stage: Stage) -> str:
    stage.until(lambda: any("http://" in line for line in stage.lines) and stage.widgets("QPushButton", "演示"), 300, "sign-in")
    stage.click(stage.widgets("QPushButton", "演示")[0])
    stage.until(lambda: stage.hall()["rows"], 60, "the hall")
    return next(found.group() for line in stage.lines if (found := re.search(r"http://[\d.]+:\d+", line)))


def _hall(stage: Stage) -> None:
    stage.press("F3")
    stage.until(lambda: stage.hall()["case"], what="a case in hand")
    stage.press("F6")
    stage.until(lambda: len(stage.hall()["pictures"]) >= 4, 30, "live tiles")  # type: ignore[arg-type]
    stage.press("F7")
    stage.press("F5")
    stage.until(lambda: stage.hall()["can_send"], what="the strip")
    _settled(stage, "hall-day")
    stage.press("Escape")
    stage.until(lambda: not stage.hall()["can_send"], what="no strip")
    stage.press("ctrl+shift+n")
    _settled(stage, "hall-night")
    stage.press("ctrl+shift+n")
    stage.press("ctrl+shift+e")
    stage.until(lambda: stage.widgets("", "Inbox"), what="English")
    _settled(stage, "hall-english")


def _settled(stage: Stage, name: str) -> None:
    time.sleep(2.0)  # a picture of a still screen; nothing is decided by it
    stage.grab(FOLDER / f"{name}.png")


def _pages(browser: Browser, base: str) -> None:
    phone = browser.new_page(viewport={"width": 360, "height": 780}, device_scale_factor=2, locale="zh-CN")
    for page, login, kind in ((phone, "grid001", "phone"), (browser.new_page(viewport={"width": 1280, "height": 800}), "d10", "desk")):
        page.goto(base + "/")
        page.check(f"input[name=kind][value={kind}]")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", WORD)
        page.click("#enter")
        page.wait_for_selector("#tiles button, #task [data-verb]")
        page.wait_for_timeout(800)
        page.screenshot(path=FOLDER / f"{kind}.png")


def _shrink(path: Path) -> None:
    """256 colours are enough for a README and a third of the bytes."""
    Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
