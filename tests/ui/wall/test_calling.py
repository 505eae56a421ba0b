"""A number finds its camera in the list or in the register, or says why not."""

from console.store import tables


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


def test_the_tree_asks_the_register_when_it_is_looked_at(panel, hall, qtbot):
    panel._carry_out("wall_areas")
    tree = panel.list.tree
    qtbot.waitUntil(lambda: bool(tree._items))
    qtbot.waitUntil(lambda: any(item.text() == "仓颉村" for item in tree._items.values()))
    village = next(item for item in tree._items.values() if item.text() == "仓颉村")
    tree.expand(village.index())
    qtbot.waitUntil(lambda: village.rowCount() == 5)
    assert village.child(0).text().startswith("C301")


def test_initials_find_a_camera_whose_name_is_typed_without_an_input_method(panel, hall, qtbot):
    with hall.town.store.write() as unit:
        unit.run(tables.spelling.insert(), [{"name": "滨河桥", "letters": "bhq"}])
    panel.list.search.setText("bh")
    qtbot.waitUntil(lambda: [row.code for row in panel.list._model.rows] == ["C320"])
