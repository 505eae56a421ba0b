"""The tree of cameras: counts beside each division, cameras when it is opened, the first fork open by itself."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.camera import Camera, CameraArea
from console.ui.wall.tree import CameraTree

AREAS = (
    CameraArea("41", "濮阳市", "", 5, 3, 0), CameraArea("4101", "南乐县", "41", 5, 3, 1), CameraArea("410101", "元村镇", "4101", 2, 2, 2),
    CameraArea("410102", "<b>张镇</b>", "4101", 2, 0, 2),
)  # fmt: skip


def camera(number):
    return Camera(number, f"C{number}", "", "路口", "fixed", 115.2, 36.1, 0.0, 60.0, "410101", "", 2)


def made(qtbot):
    tree = CameraTree()
    qtbot.addWidget(tree)
    tree.resize(232, 400)
    tree.show()
    return tree


def lines(tree):
    """What is seen, from top to bottom."""
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append((index.data(), index.siblingAtColumn(1).data() or ""))
        index = tree.indexBelow(index)
    return found


def test_the_first_fork_stands_open_with_its_counts(qtbot):
    tree = made(qtbot)
    wanted = []
    tree.wanted.connect(wanted.append)
    tree.show_areas(AREAS)
    assert lines(tree)[:2] == [("濮阳市", "3/5"), ("南乐县", "3/5")]
    assert ("元村镇", "2/2") in lines(tree) and ("<b>张镇</b>", "0/2") in lines(tree)
    assert "410101" not in wanted, "nobody asked for its cameras yet"


def test_cameras_come_once_when_their_division_is_opened(qtbot):
    tree = made(qtbot)
    wanted, opened = [], []
    tree.wanted.connect(wanted.append)
    tree.opened.connect(opened.append)
    tree.show_areas(AREAS)
    index = tree._items["410101"].index()
    tree.expand(index)
    assert ("正在读取…", "") in lines(tree)
    tree.show_cameras("410101", [camera(301), camera(302)])
    tree.collapse(index)
    tree.expand(index)
    assert wanted.count("410101") == 1
    assert ("C302 路口", "") in lines(tree)
    assert ("正在读取…", "") not in [line for line in lines(tree) if line[0].startswith("C3")]
    tree.setCurrentIndex(index)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert [one.code for one in opened] == ["C301"]


def test_what_was_open_stays_open_when_the_counts_come_anew(qtbot):
    tree = made(qtbot)
    tree.show_areas(AREAS)
    tree.expand(tree._items["410101"].index())
    tree.show_areas(AREAS)
    assert tree.isExpanded(tree._items["410101"].index())


def test_no_areas_no_lines(qtbot):
    tree = made(qtbot)
    tree.show_areas(())
    assert lines(tree) == []


def test_of_thousands_of_divisions_only_those_looked_at_are_made(qtbot):
    tree = made(qtbot)
    towns = [CameraArea(f"1{n:02d}", f"镇{n}", "1", 300, 9, 0) for n in range(30)]
    villages = [CameraArea(f"1{n:02d}{m:02d}", f"村{m}", f"1{n:02d}", 3, 1, 3) for n in range(30) for m in range(99)]
    tree.show_areas([CameraArea("1", "县", "", 9000, 270, 0), *towns, *villages])
    assert len(tree._items) == 31
    tree.expand(tree._items["107"].index())
    assert len(tree._items) == 31 + 99
