"""Perspectives: seven screens as plain trees; panels that are not there leave their room to the others."""

from console.ui.base.keys import KEYS
from console.ui.perspectives import PERSPECTIVES, Split, leaves, prune

DUTY = PERSPECTIVES[0].tree


def test_the_seven_screens_have_the_handbooks_numbers_and_keys():
    assert [each.number for each in PERSPECTIVES] == [1, 2, 3, 4, 5, 6, 7]
    says = {key.action: key.says for key in KEYS}
    assert all(says[f"perspective_{each.number}"] == each.name for each in PERSPECTIVES)


def test_duty_shows_five_panels_queue_first():
    assert leaves(DUTY) == ("inbox", "board", "map", "wall", "case")


def test_a_missing_panel_leaves_its_room():
    tree = prune(DUTY, frozenset({"inbox", "map", "wall"}))
    assert tree == Split(True, ("inbox", Split(False, ("map", "wall"), (72, 28))), (295, 490))


def test_one_panel_fills_the_screen():
    assert prune(DUTY, frozenset({"case"})) == "case"


def test_no_panel_is_no_screen():
    assert prune(DUTY, frozenset()) is None
    assert leaves(None) == ()


def test_every_split_has_a_weight_for_each_part():
    def check(tree):
        if isinstance(tree, Split):
            assert len(tree.parts) == len(tree.weights) >= 2
            for part in tree.parts:
                check(part)

    for each in PERSPECTIVES:
        assert each.needs in leaves(each.tree)
        check(each.tree)
