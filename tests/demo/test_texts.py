"""What the demo's people write fits the code tables and the drawn photos."""

import random

import pytest

from console.demo.texts import Texts
from console.domain.errors import Invalid
from console.service.tasks import ACTIONS
from tests.make import CODES, ROOT

DEMO = ROOT / "resources" / "demo"
TEXTS = Texts.load(DEMO / "texts.toml")


def test_every_category_is_of_the_code_table_and_has_words():
    assert set(TEXTS.reports) == set(TEXTS.weights) <= set(CODES.categories)
    for texts in TEXTS.reports.values():
        assert texts
        assert all(text.format(place="元村集市东侧").startswith("元村集市东侧") for text in texts)


def test_every_priority_comes_up():
    assert {CODES.categories[code].priority for code in TEXTS.reports} == {"P1", "P2", "P3", "P4"}


def test_every_photo_is_there():
    named = {TEXTS.photo(category, done=done) for category in TEXTS.reports for done in (False, True)} - {""}
    assert named
    assert all((DEMO / "photos" / f"{name}.jpg").is_file() for name in named)


def test_what_is_done_always_has_a_photo():
    assert all(TEXTS.photo(category, done=True) for category in TEXTS.reports)


def test_answers_are_words_of_legal_acts():
    assert set(TEXTS.answers) <= set(ACTIONS)
    hand = random.Random(1)
    for action in ("on_site", "progress", "finish", "return"):
        assert TEXTS.answer(hand, action)


def test_a_village_has_no_city_roads():
    places = {TEXTS.place(random.Random(seed), "佛堂村") for seed in range(200)}
    assert len(places) == len(TEXTS.village_spots)
    assert not [place for place in places if any(road in place for road in TEXTS.roads)]
    assert any(TEXTS.place(random.Random(1), "光明路社区").startswith(f"光明路社区{road}") for road in TEXTS.roads)


def test_a_category_comes_as_often_as_its_weight_says():
    hand = random.Random(3)
    drawn = [TEXTS.category(hand) for _ in range(2_000)]
    expected = 2_000 * TEXTS.weights["0602"] / sum(TEXTS.weights.values())
    assert drawn.count("0602") == pytest.approx(expected, rel=0.25)


def test_the_same_hand_writes_the_same():
    one, other = (TEXTS.report(random.Random(5), "0601", "元村桥北头") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("text", ["[reports", "", '[reports.0601]\nweight = "five"\ntexts = []', "\x00"])
def test_a_broken_file_is_named(tmp_path, text):
    path = tmp_path / "texts.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        Texts.load(path)
    assert (refused.value.field, refused.value.code) == ("texts.toml", "broken_file")
    with pytest.raises(Invalid):
        Texts.load(tmp_path / "none.toml")
