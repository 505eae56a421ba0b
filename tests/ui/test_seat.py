"""A seat tells every panel once which case is in hand."""

pytest_plugins = ("tests.ui.stage",)


def test_taking_a_case_in_hand_is_told_once(stage):
    seat = stage.seat()
    told = []
    seat.selected.connect(told.append)
    seat.take(7)
    seat.take(7)
    seat.take(0)
    assert told == [7, 0]
    assert seat.case_id == 0
