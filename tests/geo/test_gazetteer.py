"""The register of divisions: everyday names, the two units without an outline, a broken file named."""

import pytest

from console.domain.errors import Invalid
from console.geo.gazetteer import FILE, PARK, URBAN, called, path_of, read_names
from tests.make import ROOT

REGISTER = ROOT / "resources" / "geo" / FILE


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("光明路居委会", "光明路社区"), ("林海社区居民委员会", "林海社区"), ("佛堂村村委会", "佛堂村"), ("齐庄村委会", "齐庄村"),
        ("元村镇", "元村镇"), ("老城第一类似居委会", "老城第一社区"),
    ],
)  # fmt: skip
def test_a_village_has_the_name_people_call_it(official, short):
    assert called(official) == short


def test_the_way_down_to_a_village_names_everything_above_it():
    by_code = {name.code: name for name in read_names(REGISTER)}
    assert path_of(by_code["410923100201"], by_code) == "/410900000000/410923000000/410923100000/410923100201/"


def test_the_park_stands_under_the_urban_district():
    park = next(name for name in read_names(REGISTER) if name.code == PARK)
    assert (park.level, park.parent) == (3, URBAN)


def test_a_broken_register_is_named(tmp_path):
    (tmp_path / FILE).write_text("code,name\n1,x\n", encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        read_names(tmp_path / FILE)
    assert (refused.value.field, refused.value.code) == (FILE, "broken_file")
