"""Words the panels share: titles, units, parts."""

from console.ui.wording import FLAGS, name_units, part_words, title_of, unit_words, with_part
from tests.make import CODES, ORGS


def test_a_department_of_the_own_centre_is_said_short_and_typed_many_ways():
    named = name_units(ORGS, 2, CODES)[2]
    assert (named.short, named.name) == ("住建", "南乐县住房和城乡建设局")
    assert {"住建", "zj", "D10", "410923-D10", "南乐县住房和城乡建设局"} <= set(named.spellings)


def test_the_same_department_elsewhere_is_said_in_full():
    assert name_units(ORGS, 2, CODES)[6].short == "清丰县住房和城乡建设局"


def test_a_title_that_is_its_category_follows_the_language(english):
    assert title_of("井盖缺失/破损", "0601", CODES) == "Manhole cover missing or broken"
    assert title_of("小学门口井盖", "0601", CODES) == "小学门口井盖"


def test_a_unit_has_its_part_beside_it_and_an_unknown_one_its_number():
    named = name_units(ORGS, 2, CODES)
    assert (with_part(named, 2, "lead"), with_part(named, 3, "co")) == ("住建（主）", "水气热（协）")
    assert (unit_words(named, 99), part_words("co")) == ("单位 99", "协")


def test_every_mark_has_a_word_and_a_sentence():
    assert all(word and sentence.endswith((".", "?")) for word, sentence in FLAGS.values())
