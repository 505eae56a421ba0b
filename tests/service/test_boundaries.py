"""Two people change boundaries: a village draws, its town decides; the ground changes whole or not at all, and its past is kept."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from console.domain.boundary import Columns
from console.domain.boundary_change import BoundaryChange
from console.domain.errors import Denied, Invalid, Missing, Refused, Stale
from console.domain.place import Point
from console.domain.words import Words
from console.geo.layers import read_layer
from console.service.boundaries import Boundaries, Stopped
from console.service.ground import Ground
from console.store import atlas, tables
from console.store import boundaries as store
from console.store.find import boundaries as find
from console.store.scope import Scope
from tests.geo.mapfiles import feature, write
from tests.make import GRIDS, ROOT, START, VILLAGE, Town

FIRST, SECOND = GRIDS
WORDS = {language: Words.load(Path(ROOT) / "resources" / "i18n", language) for language in ("zh_CN", "en")}
BORDER = 115.212  # the border between the two grids, two thousandths further east


def square(west, east, south=36.1, north=36.12):
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return (tuple(Point(*spot) for spot in ring),)


@pytest.fixture
def halved(town: Town) -> Town:
    """The town's two grids over the whole of its village, so that they tile it."""
    with town.store.write() as unit:
        for code, rings in ((FIRST.code, square(115.2, 115.21)), (SECOND.code, square(115.21, 115.22))):
            unit.run(tables.grid.update().where(tables.grid.c.code == code).values(rings=rings))
    return town


@pytest.fixture
def boundaries(halved: Town) -> Boundaries:
    return Boundaries(halved.desk)


@pytest.fixture
def moved(tmp_path) -> Path:
    """A file in which the border between the two grids stands elsewhere."""
    return grids_file(tmp_path / "grids.geojson", BORDER)


def grids_file(path: Path, border: float, crs: str = "EPSG:4490") -> Path:
    rings = {FIRST: square(115.2, border), SECOND: square(border, 115.22)}
    return write(path, [feature(grid.code, grid.name, VILLAGE, outline) for grid, outline in rings.items()], crs=crs)


def outlines(town: Town) -> dict:
    with town.store.read() as unit:
        return {grid.code: tuple(grid.rings) for grid in atlas.grids(unit)}


def journal(town: Town) -> list[tuple]:
    j = tables.journal.c
    with town.store.read() as unit:
        question = select(j.op, j.from_state, j.to_state, j.actor, j.version, j.facts).where(j.kind == "boundary").order_by(j.id)
        return [tuple(row) for row in unit.rows(question)]


def proposed(town: Town, boundaries: Boundaries, path: Path, login: str = "village") -> BoundaryChange:
    actor = town.actor(login)
    return boundaries.propose(actor, boundaries.check(actor, [path], None, {}), "村民小组调整")


def said(error: Exception) -> None:
    """Both languages have a sentence without gaps."""
    for words in WORDS.values():
        told = words.of(error)
        assert told != str(error)
        assert "{" not in told


def test_what_a_village_draws_waits_until_its_town_approves_and_both_are_named(halved, boundaries, moved):
    before = outlines(halved)
    change = proposed(halved, boundaries, moved)
    waiting = outlines(halved)

    approved = boundaries.approve(halved.actor("town"), change.id, change.version)

    assert (change.state, change.areas, change.grids, change.files) == ("proposed", 2, 2, "grids.geojson")
    assert waiting == before
    assert (approved.state, approved.decided_at) == ("approved", START)
    assert outlines(halved) == {FIRST.code: square(115.2, BORDER), SECOND.code: square(BORDER, 115.22)}
    (row,) = boundaries.changes(halved.actor("town"))
    assert (row.proposer, row.decider, row.centre) == ("村值守寅", "镇值班卯", "仓颉村综治中心")
    village, town = halved.actor("village").user_id, halved.actor("town").user_id
    assert [line[:5] for line in journal(halved)] == [
        ("propose", "", "proposed", village, 2), ("approve", "proposed", "approved", town, 3),
    ]  # fmt: skip
    assert all(line[5]["codes"] == [FIRST.code, SECOND.code] and line[5]["proposed_by"] == village for line in journal(halved))


def test_older_outlines_are_kept_and_can_be_proposed_again(halved, boundaries, moved):
    before = outlines(halved)
    change = proposed(halved, boundaries, moved)
    boundaries.approve(halved.actor("town"), change.id, change.version)

    kept = boundaries.areas(halved.actor("town"), change.id)
    back = boundaries.revert(halved.actor("village"), change.id)
    again = boundaries.propose(halved.actor("village"), back, "改回")
    boundaries.approve(halved.actor("town"), again.id, again.version)

    assert {area.code: tuple(area.before) for area in kept} == before
    assert back.checked.findings == ()
    assert outlines(halved) == before
    assert [row.change.id for row in boundaries.changes(halved.actor("town"), code=FIRST.code)] == [again.id, change.id]


def test_cases_stay_in_the_grid_they_were_given(halved, boundaries, moved):
    halved.ground = Ground.load(halved.store)
    case = halved.case(halved.report(lon=115.211, lat=36.101).case_id)
    change = proposed(halved, boundaries, moved)
    boundaries.approve(halved.actor("town"), change.id, change.version)

    halved.ground = Ground.load(halved.store)
    assert case.grid == halved.case(case.id).grid == SECOND.code
    assert halved.case(halved.report(lon=115.211, lat=36.101).case_id).grid == FIRST.code


def test_new_grids_and_divisions_come_in(halved, boundaries, tmp_path):
    new = "410923102205"
    features = [
        feature(f"{new}001", "新村第一网格", new, square(115.21, 115.22)), feature(new, "新村", halved_town(), square(115.21, 115.22)),
        feature(VILLAGE, "仓颉村", halved_town(), square(115.2, 115.21)),
    ]  # fmt: skip
    county = halved.actor("director")
    with halved.store.write() as unit:
        unit.run(tables.grid.delete().where(tables.grid.c.code == SECOND.code))
        unit.run(tables.division.update().where(tables.division.c.level.in_((3, 4, 5)), tables.division.c.rings != ()).values(
            rings=square(115.2, 115.22)))  # fmt: skip

    survey = boundaries.check(county, [write(tmp_path / "new.geojson", features)], None, {})
    change = boundaries.propose(county, survey, "拆分新村")
    boundaries.approve(halved.actor("city"), change.id, change.version)

    assert survey.checked.findings == ()
    ground = Ground.load(halved.store)
    assert ground.grid_at(Point(115.215, 36.11)) == f"{new}001"
    assert ground.divisions[new].path.endswith(f"/{new}/")
    assert (ground.grids[f"{new}001"].kind, ground.grids[f"{new}001"].level) == ("B", 6)


def halved_town() -> str:
    return "410923102000"


def test_who_proposed_does_not_approve(halved, boundaries, moved):
    change = proposed(halved, boundaries, moved, "town")
    town = halved.actor("town")
    for act in (lambda: boundaries.approve(town, change.id, 2), lambda: boundaries.refuse(town, change.id, 2, "不")):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "own_proposal"
        said(refused.value)


@pytest.mark.parametrize("login", ["duty", "intake", "leader", "checker", "d10", "grid001", "viewer", "supervisor"])
def test_only_planners_check_and_propose(halved, boundaries, moved, login):
    survey, actor = boundaries.check(halved.actor("village"), [moved], None, {}), halved.actor(login)
    for act in (lambda: boundaries.check(actor, [moved], None, {}), lambda: boundaries.propose(actor, survey, "x")):
        with pytest.raises(Denied) as denied:
            act()
        said(denied.value)


def test_a_village_director_decides_nothing_and_a_stranger_knows_of_nothing(halved, boundaries, moved):
    change = proposed(halved, boundaries, moved)
    director = halved.actor("village")
    director = type(director)(**{**vars(director), "user_id": 12, "roles": frozenset({"R17"})})
    with pytest.raises(Denied):
        boundaries.approve(director, change.id, change.version)
    assert boundaries.changes(halved.actor("stranger")) == ()
    assert boundaries.areas(halved.actor("stranger"), change.id) == ()
    with pytest.raises(Missing):
        boundaries.approve(halved.actor("stranger"), change.id, change.version)


def test_outside_the_own_area_nothing_is_proposed(halved, boundaries, moved):
    survey = boundaries.check(halved.actor("stranger"), [moved], None, {})
    assert {one.problem for one in survey.checked.findings} == {"not_your_area"}
    with pytest.raises(Invalid) as refused:
        boundaries.propose(halved.actor("stranger"), survey, "x")
    assert refused.value.code == "no_changes"
    said(refused.value)


def test_a_refusal_needs_its_reason_and_leaves_the_ground_alone(halved, boundaries, moved):
    before, change = outlines(halved), proposed(halved, boundaries, moved)
    with pytest.raises(Refused):
        boundaries.refuse(halved.actor("town"), change.id, change.version, " ")
    refused = boundaries.refuse(halved.actor("town"), change.id, change.version, "边界不清")
    assert (refused.state, refused.answer, outlines(halved)) == ("refused", "边界不清", before)


def test_a_proposal_can_be_taken_back_by_its_applicant(halved, boundaries, moved):
    change = proposed(halved, boundaries, moved)
    assert boundaries.withdraw(halved.actor("village"), change.id, change.version).state == "withdrawn"
    with pytest.raises(Refused):
        boundaries.approve(halved.actor("town"), change.id, change.version + 1)


def test_two_proposals_for_one_village_do_not_wait_at_once(halved, boundaries, moved, tmp_path):
    proposed(halved, boundaries, moved)
    with pytest.raises(Refused) as refused:
        proposed(halved, boundaries, grids_file(tmp_path / "other.geojson", 115.208), "town")
    assert (refused.value.code, refused.value.facts["value"]) == ("boundary_waits", VILLAGE)
    said(refused.value)
    with halved.store.read() as unit:
        assert unit.scalar(select(tables.boundary_area.c.change_id).where(tables.boundary_area.c.change_id == 2)) is None


def test_a_check_of_yesterdays_ground_is_checked_anew(halved, boundaries, moved, tmp_path):
    old = boundaries.check(halved.actor("village"), [grids_file(tmp_path / "other.geojson", 115.208)], None, {})
    change = proposed(halved, boundaries, moved)
    boundaries.approve(halved.actor("town"), change.id, change.version)
    with pytest.raises(Refused) as refused:
        boundaries.propose(halved.actor("village"), old, "x")
    assert refused.value.code == "ground_changed"
    said(refused.value)


def test_what_moved_under_a_waiting_proposal_is_not_overwritten(halved, boundaries, moved):
    change = proposed(halved, boundaries, moved)
    with halved.store.write() as unit:
        unit.run(tables.grid.update().where(tables.grid.c.code == FIRST.code).values(name="改名网格"))
    with pytest.raises(Refused) as refused:
        boundaries.approve(halved.actor("town"), change.id, change.version)
    assert (refused.value.code, refused.value.facts["codes"]) == ("ground_moved", FIRST.code)
    said(refused.value)
    assert boundaries.changes(halved.actor("town"), "waiting")


def test_a_second_desk_is_told_who_was_faster(halved, boundaries, moved):
    change = proposed(halved, boundaries, moved)
    boundaries.refuse(halved.actor("town"), change.id, change.version, "再议")
    with pytest.raises(Stale) as stale:
        boundaries.approve(halved.actor("director"), change.id, change.version)
    assert stale.value.facts["by"] == "镇值班卯"


def test_a_stopped_check_or_proposal_leaves_nothing(halved, boundaries, moved):
    actor = halved.actor("village")
    with pytest.raises(Stopped):
        boundaries.check(actor, [moved], None, {}, lambda done, total: False)
    survey = boundaries.check(actor, [moved], None, {})
    with pytest.raises(Stopped):
        boundaries.propose(actor, survey, "x", lambda done, total: False)
    with halved.store.read() as unit:
        assert unit.row(select(tables.boundary_change.c.id)) is None
        assert unit.row(select(tables.boundary_area.c.code)) is None


def test_files_that_cannot_be_read_are_named_and_the_others_are_still_checked(halved, boundaries, moved, tmp_path):
    (tmp_path / "torn.geojson").write_text("{")
    survey = boundaries.check(halved.actor("village"), [tmp_path / "torn.geojson", moved, tmp_path / "none.kml"], None, {})
    assert [(one.file, one.problem) for one in survey.checked.findings] == [("torn.geojson", "broken_file"), ("none.kml", "unknown_format")]
    assert (survey.checked.features, survey.checked.changes) == (2, ())


def test_without_a_file_or_a_reason_nothing_begins(halved, boundaries, moved):
    with pytest.raises(Invalid) as refused:
        boundaries.check(halved.actor("village"), [], None, {})
    assert refused.value.code == "no_file"
    with pytest.raises(Invalid) as refused:
        boundaries.propose(halved.actor("village"), boundaries.check(halved.actor("village"), [moved], None, {}), " ")
    assert refused.value.code == "needs_reason"


def test_two_files_of_one_name_are_told_apart(halved, boundaries, moved, tmp_path):
    (tmp_path / "b").mkdir()
    other = grids_file(tmp_path / "b" / "grids.geojson", BORDER)
    survey = boundaries.check(halved.actor("village"), [moved, other], None, {"grids.geojson": Columns("code", "name")})
    assert {(one.file, one.problem) for one in survey.checked.findings} == {("grids.geojson (2)", "code_twice")}


@pytest.mark.parametrize("name", ["out.geojson", "out.shp"])
def test_what_goes_out_comes_back_unchanged(halved, boundaries, tmp_path, name):
    actor = halved.actor("director")
    files = boundaries.export(actor, "410923000000", tmp_path / name)
    survey = boundaries.check(actor, [tmp_path / name], None, {})

    assert all(file.exists() for file in files)
    codes = {one.properties["code"] for one in read_layer(tmp_path / name).drawn}
    assert codes == {"410923000000", "410923102000", VILLAGE, FIRST.code, SECOND.code}
    assert (survey.checked.findings, survey.checked.changes, survey.checked.unchanged) == ((), (), 5)
    with halved.store.read() as unit:
        line = unit.row(select(tables.journal.c.op, tables.journal.c.facts).where(tables.journal.c.kind == "boundary"))
    assert tuple(line) == ("export", {"division": "410923000000", "areas": 5})


def test_nobody_takes_out_what_lies_elsewhere(halved, boundaries, tmp_path):
    with pytest.raises(Missing):
        boundaries.export(halved.actor("director"), "410922000000", tmp_path / "out.shp")
    with pytest.raises(Denied):
        boundaries.export(halved.actor("grid001"), VILLAGE, tmp_path / "out.shp")
    with pytest.raises(Invalid) as refused:
        boundaries.export(halved.actor("director"), VILLAGE, tmp_path / "nowhere" / "out.geojson")
    assert refused.value.code == "file_unwritable"


def test_everybody_knows_what_the_own_centre_answers_for(halved, boundaries):
    assert boundaries.reach(halved.actor("village")).code == VILLAGE
    assert [boundaries.may(halved.actor("village"), what) for what in ("read", "propose", "export")] == [True] * 3
    assert not boundaries.may(halved.actor("grid001"), "read")


def test_every_finding_has_its_sentence_in_both_languages():
    folder = Path(ROOT) / "console" / "geo"
    files = ("naming", "survey", "outlining", "tiling", "esri", "geojson_layer", "layers", "boundary_files")
    text = "\n".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in files)
    told = set(re.findall(r'"(?:refused|repaired|noted)", "(\w+)"', text)) | set(re.findall(r'Invalid\([^,]+, "(\w+)"', text))
    told |= {"area_outside", "area_gap", "areas_overlap", "unknown_frame", "bad_area_code", "datum_unsaid"}
    told -= {"repaired", "noted"}  # the names of severities
    assert len(told) > 30
    for words in WORDS.values():
        assert {code for code in told if f"error.{code}" not in words.entries} == set()


def test_a_change_that_is_being_written_is_seen_by_nobody(halved):
    with halved.store.write() as unit:
        change = unit.add(tables.boundary_change, BoundaryChange(0, 5, 16, START, "x", "", 1, 1, "staging"))
    with halved.store.read() as unit:
        assert find.changes(unit, Scope(halved.actor("town"))) == ()
    with halved.store.write() as unit:
        assert store.locked(unit, Scope(halved.actor("town")), change.id) is None
