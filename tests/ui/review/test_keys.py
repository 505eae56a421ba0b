"""The keys of the review window: each stands once, and is shown as it stands on a keyboard."""

from console.ui.review.keys import KEYS, pressed, says, shown


def test_every_key_and_every_act_stands_once():
    assert len({key.press for key in KEYS}) == len({key.action for key in KEYS}) == len(KEYS)


def test_a_press_is_an_act_and_an_act_has_its_key_and_words():
    assert (pressed("Space"), pressed("Q")) == ("review_run", "")
    assert [shown(action) for action in ("review_back10", "review_enlarge", "review_seen")] == ["←", "Enter", "M"]
    assert says("review_run") == "play, pause"
