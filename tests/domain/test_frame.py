"""What a file says its numbers are: `.prj` texts of several programs, `crs` members, short names; and what is refused by name."""

import pytest

from console.domain.errors import Invalid
from console.domain.frame import DEGREES, WGS84, Frame, belt, belts, frame_of, frame_of_crs, frame_of_prj

GEOGRAPHIC = 'GEOGCS["{name}",DATUM["{datum}",SPHEROID["S",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174]]'
CGCS = GEOGRAPHIC.format(name="GCS_China_Geodetic_Coordinate_System_2000", datum="D_China_2000")


def projected(name="CGCS2000_3_Degree_GK_CM_114E", base=CGCS, east="500000.0", meridian="114.0", scale="1.0", how="Gauss_Kruger"):
    return (
        f'PROJCS["{name}",{base},PROJECTION["{how}"],PARAMETER["False_Easting",{east}],PARAMETER["False_Northing",0.0],'
        f'PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CGCS, "wgs84"),
        (GEOGRAPHIC.format(name="GCS_WGS_1984", datum="D_WGS_1984"), "wgs84"),
        (GEOGRAPHIC.format(name="GCJ-02", datum="D_WGS_1984"), "gcj02"),
        (GEOGRAPHIC.format(name="BD09", datum="D_BD09"), "bd09"),
        (projected(), "epsg:4547"),
        (projected("CGCS2000_3_Degree_GK_Zone_38", east="38500000.0"), "epsg:4526"),
        (projected("CGCS2000 / 3-degree Gauss-Kruger CM 117E", meridian="117", how="Transverse_Mercator"), "epsg:4548"),
        ('GEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101]]]', "wgs84"),
        ("  " + projected().replace("[", "(").replace("]", ")"), "epsg:4547"),
    ],
)
def test_prj_texts_are_read(text, code):
    assert frame_of_prj(text).code == code


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GEOGRAPHIC.format(name="GCS_Xian_1980", datum="D_Xian_1980"), "GCS_Xian_1980"),
        (projected("Xian_1980_3_Degree_GK_Zone_38", base=GEOGRAPHIC.format(name="GCS_Xian_1980", datum="D_Xian_1980")), "Xian_1980_3"),
        (projected("WGS_1984_UTM_Zone_50N", scale="0.9996", meridian="117"), "WGS_1984_UTM"),
        (projected("own", meridian="115.5"), "own"),
        (projected("zone of another", east="39500000.0"), "zone of another"),
        (projected("cone", how="Lambert_Conformal_Conic"), "cone"),
        ("nothing of the kind", "nothing of the kind"),
        ("", ""),
    ],
)
def test_what_cannot_be_converted_is_refused_by_its_name(text, named):
    with pytest.raises(Invalid) as refused:
        frame_of_prj(text)
    assert refused.value.code == "unknown_frame"
    assert str(refused.value.facts["value"]).startswith(named)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "wgs84"), ("urn:ogc:def:crs:EPSG::4490", "wgs84"), ("EPSG:4326", "wgs84"),
        ("urn:ogc:def:crs:EPSG::4547", "epsg:4547"), ("EPSG:4526", "epsg:4526"), ("epsg:4554", "epsg:4554"), ("GCJ-02", "gcj02"),
        ("bd09", "bd09"), ("wgs84", "wgs84"), ("http://www.opengis.net/def/crs/EPSG/0/4490", "wgs84"),
    ],
)  # fmt: skip
def test_crs_names_are_read(name, code):
    assert frame_of_crs({"type": "name", "properties": {"name": name}}).code == code


def test_a_file_without_crs_says_nothing():
    assert frame_of_crs(None) is None


@pytest.mark.parametrize("crs", ["EPSG:4326", {"properties": {}}, {"type": "link"}, {"properties": {"name": "EPSG:3857"}}, 7])
def test_a_crs_nobody_can_read_is_refused(crs):
    with pytest.raises(Invalid) as refused:
        frame_of_crs(crs)
    assert refused.value.code == "unknown_frame"


def test_every_frame_is_found_again_by_its_code():
    for frame in (*DEGREES, *belts()):
        assert frame_of(frame.code) == frame
    assert len(belts()) == 42


def test_belts_near_a_meridian_come_first():
    assert [one.code for one in belts(114)[:2]] == ["epsg:4547", "epsg:4526"]
    assert {one.meridian for one in belts(114)[:6]} == {111, 114, 117}


def test_only_meridians_of_the_country_have_a_belt():
    assert belt(135, with_zone=True) == Frame(meridian=135, zone=45)
    for meridian in (72, 138, 115):
        with pytest.raises(Invalid):
            belt(meridian)
    assert not WGS84.is_metres
