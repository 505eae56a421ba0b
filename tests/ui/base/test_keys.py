"""The key table: each key and each act once, none that belongs to input methods or the desktop."""

from PySide6.QtGui import QKeySequence

from console.ui.base.keys import GROUPS, KEYS, TOLD, group_actions, key_for, pressed

TAKEN = {"Ctrl+Space", "Shift", "Ctrl+Shift", "Ctrl+Shift+F", "Ctrl+;", "Ctrl+.", "Alt+F4", "F10"}


def test_every_key_and_every_act_stands_once():
    assert len({key.press for key in KEYS}) == len(KEYS)
    assert len({key.action for key in KEYS}) == len(KEYS)


def test_no_key_belongs_to_input_methods_or_the_desktop():
    assert TAKEN.isdisjoint(key.press for key in KEYS)


def test_qt_understands_every_key():
    for key in KEYS:
        assert not QKeySequence(key.press).isEmpty(), key
        assert QKeySequence(key.press).toString() == key.press


def test_the_handbook_keys_are_there():
    wanted = {"F1": "overlay", "F3": "next_unacked", "F4": "acknowledge", "F5": "dispatch", "F6": "cameras"}
    wanted |= {"F7": "locate", "F12": "silence", "Ctrl+Return": "submit", "Ctrl+Z": "undo", "Ctrl+L": "lock"}
    assert {press: action for press, action in ((k.press, k.action) for k in KEYS) if press in wanted} == wanted
    assert key_for("dispatch") == "F5"
    assert key_for("nothing") == ""


def test_every_key_belongs_to_a_group():
    assert {key.group for key in (*KEYS, *TOLD)} == set(GROUPS)


def test_a_press_means_an_act_inside_its_group_alone():
    assert pressed("Del", "wall") == "wall_close"
    assert pressed("F5", "wall") == ""
    assert "wall_close" in group_actions("wall")
    assert "dispatch" not in group_actions("wall")
