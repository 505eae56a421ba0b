"""The list of cameras: found by name, by number, by the last digits."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.camera import Camera
from console.ui.wall.cameras import CameraList, digits_of, matching, numbered


def camera(number, code, name):
    return Camera(number, code, "", name, "fixed", 115.2, 36.1, 0.0, 60.0, "", "", 2)


CAMERAS = (camera(1, "C301", "仓颉路西"), camera(2, "C1301", "小学西门"), camera(3, "C302", "仓颉路东"), camera(4, "C1402", "<b>桥</b>"))


def codes(found):
    return [one.code for one in found]


def test_a_code_s_digits_are_its_number():
    assert digits_of("C301") == "301"
    assert digits_of("东门-7号") == "7"


def test_a_whole_number_calls_its_camera_even_when_others_end_so():
    assert codes(numbered(CAMERAS, "301")) == ["C301"]


def test_last_digits_call_a_camera_when_they_are_enough():
    assert codes(numbered(CAMERAS, "402")) == ["C1402"]
    assert codes(numbered(CAMERAS, "02")) == ["C302", "C1402"]
    assert numbered(CAMERAS, "999") == ()
    assert numbered(CAMERAS, "") == ()


def test_search_takes_name_and_number_together():
    assert codes(matching(CAMERAS, "仓颉")) == ["C301", "C302"]
    assert codes(matching(CAMERAS, "仓颉 302")) == ["C302"]
    assert codes(matching(CAMERAS, "c13")) == ["C1301"]
    assert matching(CAMERAS, "无此处") == ()


def shown(qtbot, cameras=CAMERAS):
    made = CameraList(lambda camera_id: 2 if camera_id == 3 else None)
    qtbot.addWidget(made)
    made.resize(232, 300)
    made.show_cameras(cameras)
    made.show()
    return made


def test_return_in_the_search_opens_the_first_camera_found(qtbot):
    made, opened = shown(qtbot), []
    made.opened.connect(opened.append)
    made.search.setFocus()
    QTest.keyClicks(made.search, "402")
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert codes(opened) == ["C1402"]


def test_return_in_an_empty_search_opens_nothing(qtbot):
    made, opened = shown(qtbot), []
    made.opened.connect(opened.append)
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert opened == []


def test_return_on_a_row_opens_it_by_keyboard_alone(qtbot):
    made, opened = shown(qtbot), []
    made.opened.connect(opened.append)
    made.view.setFocus()
    QTest.keyClick(made.view, Qt.Key.Key_Down)
    QTest.keyClick(made.view, Qt.Key.Key_Down)
    QTest.keyClick(made.view, Qt.Key.Key_Return)
    assert len(opened) == 1


def test_no_cameras_and_none_found_are_said_apart(qtbot):
    made = shown(qtbot, ())
    assert made.view.empty_text == "没有摄像机"
    made.search.setText("桥")
    assert made.view.empty_text == "没有找到摄像机"


def test_two_thousand_cameras_are_searched_at_once(qtbot):
    many = tuple(camera(n, f"C{n}", f"路口{n}") for n in range(1, 2001))
    made = shown(qtbot, many)
    assert made.view.model().rowCount() == 500
    made.search.setText("路口1999")
    assert made.view.model().rowCount() == 1
    made.grab()


def test_a_list_that_came_in_part_asks_for_the_words_and_shows_the_answer_to_the_last_ones(qtbot):
    made, wanted = shown(qtbot), []
    made.wanted.connect(wanted.append)
    made.search.setText("桥")
    assert wanted == [], "a whole register is searched where it is"
    made.show_cameras(CAMERAS[:1], is_cut=True)
    made.search.setText("东")
    assert wanted == ["桥", "东"]
    made.show_found("桥", CAMERAS[3:])
    assert codes(made._model.rows) == []
    made.show_found("东", CAMERAS[2:3])
    assert codes(made._model.rows) == ["C302"]
