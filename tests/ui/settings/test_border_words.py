"""Findings, frames and changes in words, in both languages, without a code or a gap."""

from datetime import UTC, datetime

import pytest

from console.domain.boundary import Checked, Finding
from console.domain.boundary_change import BoundaryChange, BoundaryRow
from console.domain.frame import belt, belts, frame_of
from console.domain.words import Words
from console.ui.base import words
from console.ui.settings import border_words
from tests.make import ROOT

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WRONG = Finding("a.shp", 0, "", "refused", "wrong_datum", {"known": "epsg:4547", "fits": "gcj02"})
SHORT = Finding("a.shp", 3, "410923102204001", "refused", "ring_short", {"count": 2})


@pytest.fixture(params=["zh_CN", "en"])
def spoken(request):
    before = words._words
    words.install(Words.load(ROOT / "resources" / "i18n", request.param))
    yield request.param
    words.install(before)


def test_frames_are_said_by_their_names(spoken):
    told = border_words.finding_words(WRONG)
    assert "EPSG:4547" in told
    assert "GCJ-02" in told
    assert "gcj02" not in told
    assert {code for code, _ in border_words.frame_choices()} == {"", "wgs84", "gcj02", "bd09", *(one.code for one in belts())}
    assert border_words.frame_words(belt(114, with_zone=True)) != border_words.frame_words(frame_of("epsg:4547"))


def test_findings_become_rows_a_csv_and_lines_to_paste(spoken):
    lines = border_words.lines_of((WRONG, SHORT))
    assert [line.cells[:3] for line in lines] == [("a.shp", "", ""), ("a.shp", "3", "410923102204001")]
    assert "410923102204001" in lines[1].searched
    assert border_words.findings_csv(lines).decode("utf-8-sig").splitlines()[0] == ",".join(border_words.heads())
    assert border_words.findings_text(lines).split("\n")[1].split("\t")[:3] == ["a.shp", "3", "410923102204001"]
    assert all(border_words.severity_words(one) for one in ("refused", "repaired", "noted"))


def test_a_check_and_a_history_are_said_whole(spoken):
    assert "{" not in border_words.summary_words(Checked((WRONG, SHORT), 7, 5))
    done = BoundaryChange(4, 5, 16, AT, "调整", "a.shp", 2, 2, "refused", 17, AT, "边界不清", 3)
    told = border_words.history_words(BoundaryRow(done, "仓颉村综治中心", "村值守寅", "镇值班卯"))
    assert all(word in told for word in ("村值守寅", "镇值班卯", "调整", "a.shp", "边界不清", "2026-11-23 10:00"))
    assert border_words.boundary_state_words("strange") == "strange"
