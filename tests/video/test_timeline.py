"""Recordings of several cameras on one line of true time."""

from datetime import UTC, datetime, timedelta

from console.domain.camera import Camera
from console.domain.footage import Footage
from console.video.timeline import MOST_CAMERAS, Timeline

T = datetime(2026, 3, 1, 11, 42, tzinfo=UTC)


def camera(number):
    return Camera(number, f"C30{number}", "", "", "fixed", 115.0, 36.0, 0.0, 60.0, "", "", 2)


def piece(number, begin, end):
    return Footage(number, camera(number), "/x.mp4", T + timedelta(seconds=begin), T + timedelta(seconds=end))


def test_the_line_reaches_from_the_first_picture_to_the_last_of_all_cameras():
    line = Timeline.of([piece(2, 5, 20), piece(1, 40, 60), piece(1, 0, 10)])
    assert (line.starts_at, line.length_s) == (T, 60.0)
    assert [track.camera.id for track in line.tracks] == [2, 1]
    assert line.spans(line.tracks[1]) == ((0.0, 10.0), (40.0, 60.0))


def test_a_second_belongs_to_a_piece_or_to_a_gap():
    first, second = piece(1, 0, 10), piece(1, 40, 60)
    line = Timeline.of([first, second])
    (track,) = line.tracks
    assert [line.piece(track, at_s) for at_s in (0.0, 9.99, 10.0, 39.9, 40.0, 60.0)] == [first, first, None, None, second, None]


def test_where_pieces_overlap_the_later_one_counts():
    first, second = piece(1, 0, 12), piece(1, 10, 20)
    line = Timeline.of([first, second])
    assert [line.piece(line.tracks[0], at_s) for at_s in (9.0, 11.0)] == [first, second]


def test_the_next_picture_is_found_over_a_gap_of_all_cameras():
    line = Timeline.of([piece(1, 0, 10), piece(2, 30, 40)])
    assert [line.next_picture(at_s) for at_s in (5.0, 10.0, 39.0, 40.0)] == [5.0, 30.0, 39.0, None]


def test_instants_and_seconds_are_one_another_and_stay_in_the_line():
    line = Timeline.of([piece(1, 0, 10)])
    assert line.instant(4.0) == T + timedelta(seconds=4)
    assert [line.second(T + timedelta(seconds=at_s)) for at_s in (-5, 4, 50)] == [0.0, 4.0, 10.0]


def test_no_more_than_nine_cameras_and_no_empty_piece():
    line = Timeline.of([piece(number, 0, 5) for number in range(1, 13)])
    assert len(line.tracks) == MOST_CAMERAS
    assert len(Timeline.of([piece(1, 0, 5), piece(1, 9, 9)]).tracks[0].pieces) == 1
