"""Places nobody may be watched in without a written basis (handbook G3)."""

import pytest

from console.domain.video_watch import is_guarded


@pytest.mark.parametrize(
    ("name", "room_type", "guarded"),
    [("仓颉路西", "1", False), ("仓颉路西", "", False), ("便民大厅", "2", True), ("宾馆三楼客房", "1", True), ("学校宿舍", "", True),
     ("浴室", "1", True), ("公共厕所", "1", True), ("商场试衣间", "", True), ("公厕门口", "1", False), ("宿舍楼东门外", "1", False),
     ("女更衣室", "", True), ("厕所对面", "", False)],
)  # fmt: skip
def test_indoors_and_private_places_are_guarded(name, room_type, guarded):
    assert is_guarded(name, room_type) is guarded
