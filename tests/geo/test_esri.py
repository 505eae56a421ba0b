"""Shapefiles: what is beside the `.shp` counts, Chinese in either encoding is read, what is missing or torn is named."""

import struct

import pytest
import shapefile

from console.domain.errors import Invalid
from console.domain.place import rings_of
from console.geo import esri
from console.geo.esri import read_shapefile, write_shapefile

SQUARE = [(115.2, 36.1), (115.2, 36.11), (115.21, 36.11), (115.21, 36.1), (115.2, 36.1)]
HOLE = [(115.204, 36.104), (115.206, 36.104), (115.206, 36.106), (115.204, 36.106), (115.204, 36.104)]
BELT = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["G",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0]]'
)


@pytest.fixture
def made(tmp_path):
    """A shapefile of one square called 东关, its parts as asked for."""

    def make(*, encoding="utf-8", cpg=None, prj=None, kind=shapefile.POLYGON, draw=lambda writer: writer.poly([SQUARE])):
        path = tmp_path / "grids.shp"
        with shapefile.Writer(str(path), shapeType=kind, encoding=encoding) as writer:
            writer.field("WGBM", "N", size=18)
            writer.field("名称", "C", size=60)
            draw(writer)
            writer.record(410922100101001, "东关第一网格")
        path.with_suffix(".cpg").unlink(missing_ok=True)
        for suffix, text in ((".cpg", cpg), (".prj", prj)):
            if text is not None:
                path.with_suffix(suffix).write_text(text)
        return path

    return make


@pytest.mark.parametrize(("encoding", "cpg"), [("utf-8", "UTF-8"), ("utf-8", None), ("gbk", None), ("gbk", "936"), ("gb18030", "GBK")])
def test_chinese_is_read_in_every_usual_encoding(made, encoding, cpg):
    layer = read_shapefile(made(encoding=encoding, cpg=cpg))
    assert layer.columns == ("WGBM", "名称")
    assert dict(layer.drawn[0].properties) == {"WGBM": 410922100101001, "名称": "东关第一网格"}
    assert layer.drawn[0].numbers.tolist() == [list(spot) for spot in SQUARE]


def test_capital_letters_of_endings_make_no_difference(made):
    path = made(prj=BELT)
    for suffix in (".shp", ".dbf", ".prj"):
        path.with_suffix(suffix).rename(path.with_suffix(suffix.upper()))
    assert read_shapefile(path.with_suffix(".SHP")).frame.code == "epsg:4547"


@pytest.mark.parametrize(("prj", "frame", "fault"), [(None, None, None), (BELT, "epsg:4547", None), ("LOCAL_CS[]", None, "unknown_frame")])
def test_the_prj_says_what_the_numbers_are_or_nobody_does(made, prj, frame, fault):
    layer = read_shapefile(made(prj=prj))
    assert (layer.frame.code if layer.frame else None, layer.frame_fault.code if layer.frame_fault else None) == (frame, fault)


@pytest.mark.parametrize(
    ("kind", "draw", "fault"),
    [
        (shapefile.POLYLINE, lambda writer: writer.line([SQUARE]), "not_an_area"),
        (shapefile.POINT, lambda writer: writer.point(1, 2), "not_an_area"),
        (shapefile.POLYGON, lambda writer: writer.null(), "no_outline"),
    ],
)
def test_what_is_no_area_carries_its_fault(made, kind, draw, fault):
    assert read_shapefile(made(kind=kind, draw=draw)).drawn[0].fault.code == fault


def test_heights_are_left_out(made):
    layer = read_shapefile(made(kind=shapefile.POLYGONZ, draw=lambda writer: writer.polyz([[(*spot, 51.0) for spot in SQUARE]])))
    assert layer.drawn[0].numbers.tolist() == [list(spot) for spot in SQUARE]


def test_without_its_table_a_shapefile_is_refused_and_the_table_named(made):
    path = made()
    path.with_suffix(".dbf").unlink()
    with pytest.raises(Invalid) as refused:
        read_shapefile(path)
    assert (refused.value.code, refused.value.facts) == ("no_attributes", {"file": "grids.dbf"})


def test_the_index_may_be_missing(made):
    path = made()
    path.with_suffix(".shx").unlink()
    assert len(read_shapefile(path).drawn) == 1


@pytest.mark.parametrize("part", [".shp", ".dbf"])
@pytest.mark.parametrize("share", [0, 0.1, 0.6, 0.95])
def test_a_torn_file_is_refused_and_never_half_read(made, part, share):
    path = made()
    torn = path.with_suffix(part)
    content = torn.read_bytes()
    torn.write_bytes(content[: int(len(content) * share)])
    if part == ".dbf" and share == 0.95:
        torn.write_bytes(b"\x03" * 40)
    with pytest.raises(Invalid) as refused:
        read_shapefile(path)
    assert refused.value.code == "broken_file"


def test_numbers_that_promise_a_billion_points_are_refused(made):
    path = made()
    content = bytearray(path.read_bytes())
    struct.pack_into("<i", content, 100 + 8 + 40, 2**30)
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        read_shapefile(path)
    assert refused.value.code == "broken_file"


def test_a_row_without_a_shape_is_told(made):
    path = made()
    with shapefile.Writer(dbf=str(path.with_suffix(".dbf"))) as writer:
        writer.field("code", "C")
        writer.record("1")
        writer.record("2")
    assert [(one.properties["code"], one.fault.code if one.fault else "") for one in read_shapefile(path).drawn] == [
        ("1", ""), ("2", "no_outline"),
    ]  # fmt: skip


def test_a_file_that_is_not_there_or_too_large_is_refused(made, tmp_path, monkeypatch):
    with pytest.raises(Invalid) as refused:
        read_shapefile(tmp_path / "none.shp")
    assert refused.value.code == "missing_file"
    monkeypatch.setattr(esri, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refused:
        read_shapefile(made())
    assert refused.value.code == "file_too_large"


def test_what_is_written_is_what_the_format_wants(tmp_path):
    rings = rings_of([SQUARE, HOLE])
    files = write_shapefile(tmp_path / "out.shp", [({"code": "1", "name": "东关"}, rings), ({"code": "2", "name": "空"}, ())])

    assert {file.name for file in files} == {"out.shp", "out.shx", "out.dbf", "out.prj", "out.cpg"}
    with shapefile.Reader(str(tmp_path / "out.shp")) as reader:
        shape = reader.shape(0)
        assert [shapefile.is_cw(shape.points[:5]), shapefile.is_cw(shape.points[5:])] == [True, False]
        assert reader.record(0).as_dict() == {"code": "1", "name": "东关"}
    layer = read_shapefile(tmp_path / "out.shp")
    assert layer.frame.code == "wgs84"
    assert sorted(layer.drawn[0].numbers.tolist()) == sorted(list(spot) for spot in (*SQUARE, *HOLE))


def test_nothing_is_written_as_an_empty_shapefile(tmp_path):
    write_shapefile(tmp_path / "out.shp", [])
    assert read_shapefile(tmp_path / "out.shp").drawn == ()
