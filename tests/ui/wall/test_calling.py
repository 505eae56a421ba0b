"""A number finds its camera in the list or in the register, or says why not."""


def test_the_one_camera_with_a_number_is_called(panel, hall, qtbot):
    called = []
    panel.calling.called.connect(called.append)
    panel.calling.call("320")
    assert [camera.code for camera in called] == ["C320"]
    assert panel.calling.name_of("320") == "C320 滨河桥"
    assert panel.calling.name_of("7") == "—"


def test_a_list_that_came_in_part_asks_the_register(panel, hall, qtbot):
    called = []
    panel.calling.called.connect(called.append)
    panel.list.show_cameras(panel.list.cameras[:1], is_cut=True)
    panel.calling.call("302")
    qtbot.waitUntil(lambda: [camera.code for camera in called] == ["C302"])
