"""One review at a time; another one ends the looks of the first."""

from console.ui.review.desk import ReviewDesk


def test_another_review_replaces_the_first_and_ends_its_looks(qtbot, seat, footage):
    ended = []
    desk = ReviewDesk(seat, close=lambda _, ids: ended.append(ids))
    desk.open(footage[:2])
    first = desk.window
    desk.open(footage[2:3])
    first.deck.join()
    qtbot.waitUntil(lambda: ended == [tuple(sorted(piece.access_id for piece in footage[:2]))])
    assert desk.window is not first
    second = desk.window
    desk.leave()
    second.deck.join()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert desk.window is None


def test_without_recordings_nothing_opens(seat):
    desk = ReviewDesk(seat)
    desk.open(())
    assert desk.window is None
