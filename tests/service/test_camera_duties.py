"""What is stated of a camera, and the places no camera gets into without a written basis (handbook G3, G4, Q6)."""

import pytest

from console.domain.errors import Invalid
from console.domain.plugin import Plugin
from console.service.camera_duties import duties
from console.service.register import Register
from console.store import register
from tests.make import START
from tests.plugins.halls import ADMIN

PLUGIN = Plugin(1, "trial", 2, True, {}, "", 20, START)
ROW = {"ref": "a", "code": "C901", "name": "一号", "lon": 115.2, "lat": 36.1, "datum": "wgs84"}


@pytest.mark.parametrize(
    ("row", "stated"),
    [({}, {}), ({"notice_sign": "有", "filing_no": "南公视备1号"}, {"notice_sign": "yes", "filing_no": "南公视备1号"}),
     ({"notice_sign": "No"}, {"notice_sign": "no"}), ({"owner": "公安"}, {"owner": "police"})],
)  # fmt: skip
def test_what_a_row_states_is_kept_in_one_form(row, stated):
    assert duties({"name": "路口", **row}, "1") == stated


@pytest.mark.parametrize(("name", "site", "room"), [("便民大厅", "", "2"), ("二楼女更衣室", "", "1"), ("一号", "宾馆客房", "")])
def test_a_guarded_place_is_blocked_without_basis_and_approval(name, site, room):
    row = {"name": name, "site": site}
    for more in ({}, {"basis": "县政法委批复3号"}, {"approved_by": "主任丁"}):
        with pytest.raises(Invalid) as refused:
            duties({**row, **more}, room)
        assert refused.value.code == "guarded_place"
    assert duties({**row, "basis": "县政法委批复3号", "approved_by": "主任丁"}, room)["basis"] == "县政法委批复3号"


@pytest.mark.parametrize(("field", "value"), [("notice_sign", "也许"), ("owner", "某某"), ("filing_no", "x" * 121)])
def test_what_cannot_be_read_is_refused_by_name(field, value):
    with pytest.raises(Invalid) as refused:
        duties({field: value}, "1")
    assert refused.value.field == field


def attributes(town):
    with town.store.read() as unit:
        return register.source_of(unit, 3).attributes


def test_the_day_a_camera_came_in_and_what_was_stated_once_stay(town):
    fills = Register(town.desk, lambda: town.ground)
    fills.take_all(ADMIN, PLUGIN, [{**ROW, "notice_sign": "无", "filing_no": "备1"}])
    town.wait(40 * 86_400)
    fills.take_all(ADMIN, PLUGIN, [{**ROW, "name": "一号改", "notice_sign": "有"}])

    assert attributes(town) == {"notice_sign": "yes", "filing_no": "备1", "registered_on": "2026-11-23"}


def test_a_report_that_changes_nothing_is_no_change(town):
    fills = Register(town.desk, lambda: town.ground)
    fills.take_all(ADMIN, PLUGIN, [ROW])
    assert fills.preview(ADMIN, PLUGIN, [ROW]).changed == 0
