"""The search box as an officer uses it: what is found, in which order, and what nobody may find."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from console.service.indexer import Indexer
from console.service.search import Search
from console.store import tables
from tests.make import CODES, Town


@pytest.fixture
def box(town) -> Search:
    """The search over the small town, its names spelled."""
    Indexer(town.store, CODES).catch_up()
    return town.ask.search


def cases(town: Town, box: Search, words: str, login: str = "duty") -> list[tuple[int, str]]:
    return [(hit.id, hit.found_in) for hit in box.find(town.actor(login), words).cases]


def archive(town: Town, case_id: int) -> None:
    """End a case as its flow will once it reaches the archive."""
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(state="90"))
    Indexer(town.store, CODES).rebuild()


def test_title_before_address_before_content_and_the_newest_first(town, box):
    in_text = town.report("0602", text="旁边有井盖", address="东街").case_id
    in_address = town.report("0602", text="路灯坏了", address="井盖厂西门").case_id
    titled = town.report("0601", text="请处理", address="东街").case_id
    newer = town.report("0601", text="请处理", address="东街").case_id

    assert cases(town, box, "井盖") == [(newer, "title"), (titled, "title"), (in_address, "address"), (in_text, "text")]


def test_open_cases_stand_before_archived_ones_of_the_same_kind(town, box):
    old_open, newer, newest = (town.report("0601", address="东街").case_id for _ in range(3))
    archive(town, newest)

    assert [found for found, _ in cases(town, box, "井盖")] == [newer, old_open, newest]
    assert not box.find(town.actor("duty"), "井盖").cases[2].is_open


def test_every_word_must_be_there_anywhere(town, box):
    both = town.report("0601", address="仓颉路小学西门").case_id
    town.report("0601", address="东街")

    assert cases(town, box, "小学 井盖") == [(both, "address")]
    assert cases(town, box, "小学 煤气") == []


def test_a_number_is_found_whole_or_by_its_end_before_all_else(town, box):
    receipts = [town.report("0601", text=f"第{n}处，门牌2号") for n in range(2)]
    other = town.report("0602", text="编号000001的灯杆不亮")

    assert cases(town, box, receipts[1].number) == [(receipts[1].case_id, "number")]
    assert cases(town, box, "000001") == [(receipts[0].case_id, "number"), (other.case_id, "text")]
    assert cases(town, box, "002") == [(receipts[1].case_id, "number")]


def test_few_numbers_that_end_alike_leave_room_for_words(town, box):
    many = [town.report("0602", text="灯") for _ in range(9)]
    with town.store.write() as unit:
        for day, receipt in enumerate(many):
            unit.run(update(tables.case).where(tables.case.c.id == receipt.case_id).values(number=f"SJ410923-202611{day + 10}-000342"))
    Indexer(town.store, CODES).rebuild()
    road = town.report("0602", text="沿G342国道").case_id

    found = cases(town, box, "342")

    assert [how for _, how in found] == ["number"] * 5 + ["text"]
    assert found[-1][0] == road


def test_initials_find_the_category(town, box):
    cover = town.report("0601", text="请处理", address="东街").case_id
    town.report("0602", text="请处理", address="东街")

    assert cases(town, box, "jg") == [(cover, "title")]
    assert cases(town, box, "JG") == [(cover, "title")]
    assert cases(town, box, "j") == []


def test_a_category_is_found_in_english_too(town, box):
    cover = town.report("0601").case_id

    assert cases(town, box, "manhole") == [(cover, "title")]


def test_what_changes_about_a_case_changes_what_finds_it(town, box):
    case_id = town.report("0601", text="请处理", address="东街").case_id
    town.cases.accept(town.actor("intake"), case_id, 1, category="0602")

    assert cases(town, box, "井盖") == []
    assert cases(town, box, CODES.categories["0602"].zh.split("/")[0]) == [(case_id, "title")]


def test_reporters_and_phones_cannot_be_found(town, box):
    town.report("0601", text="联系人电话13912345678，车牌豫J12345")

    sought = ("网格员壬", "13800000009", "13912345678", "5678", "0009", "豫J12345", "12345")
    assert [cases(town, box, words) for words in sought] == [[]] * 7


@pytest.mark.parametrize("login", ["stranger", "d30", "grid002", "stranger-d10"])
def test_a_stranger_finds_no_case_camera_or_colleague(town, box, login):
    receipt = town.report("0601")
    found = [box.find(town.actor(login), words) for words in ("井盖", receipt.number, "jg", "C301", "值班员甲")]

    assert [(one.cases, one.cameras, one.people) for one in found] == [((), (), ())] * 5


def test_a_shielded_case_is_not_found(town, box):
    case_id = town.report("0601").case_id
    with town.store.write() as unit:
        unit.run(update(tables.case).where(tables.case.c.id == case_id).values(shield="检举"))

    assert cases(town, box, "井盖") == []


@pytest.mark.parametrize(
    ("words", "first"),
    [("仓颉村", "410923102204"), ("cjc", "410923102204"), ("nlx", "410923000000"), ("410923102204", "410923102204"),
     ("第二网格", "410923102204002")],
)  # fmt: skip
def test_places_are_found_by_name_initials_and_code(town, box, words, first):
    assert box.find(town.actor("duty"), words).places[0].code == first


def test_a_place_says_what_it_lies_in(town, box):
    village, grid = box.find(town.actor("duty"), "仓颉村").places[:2]

    assert (village.name, village.within, village.level) == ("仓颉村", "元村镇", 5)
    assert (grid.name, grid.within, grid.level) == ("仓颉村第一网格", "仓颉村", 6)


@pytest.mark.parametrize(
    ("words", "codes"),
    [("C301", ["C301"]), ("c30", ["C301", "C302"]), ("302", ["C302"]), ("小学", ["C302"]), ("xxxm", ["C302"]), ("cjl", ["C301"])],
)  # fmt: skip
def test_cameras_are_found_by_number_name_and_initials(town, box, words, codes):
    assert [camera.code for camera in box.find(town.actor("duty"), words).cameras] == codes


def test_a_camera_is_not_found_without_a_role_that_looks(town, box):
    assert box.find(town.actor("viewer"), "C301").cameras == ()


@pytest.mark.parametrize("words", ["值班员甲", "zbyj", "duty"])
def test_a_colleague_is_found_with_unit_and_masked_phone(town, box, words):
    (person, *_) = box.find(town.actor("duty"), words).people

    assert (person.name, person.unit) == ("值班员甲", "南乐县综治中心")
    assert (person.masked_phone, person.unit_phone) == ("138****0001", "13800000100")
    assert "13800000001" not in repr(person)


@pytest.mark.parametrize("words", ["", "  ", "，", "%", "_", "'", '"', "\x00", "a" * 5_000, "井" * 5_000])
def test_no_text_makes_it_fail(town, box, words):
    town.report("0601")

    assert box.find(town.actor("duty"), words).cases == ()


def test_percent_and_underscore_are_no_wildcards(town, box):
    for words in ("%", "_", "仓%村", "仓_村", "c_01"):
        found = box.find(town.actor("duty"), words)
        assert (found.places, found.cameras, found.people) == ((), (), ())


def test_places_of_the_whole_city_are_shown_to_who_has_signed_in_only(town, box):
    nobody = replace(town.actor("duty"), user_id=0, roles=frozenset(), centre_path="")

    assert box.find(nobody, "仓颉村").places == ()
