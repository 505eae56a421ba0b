"""Who has which of the pages."""

import pytest

from tests.ui.settings.borders import Borders

pytest_plugins = ("tests.ui.stage",)


@pytest.mark.parametrize(
    ("login", "titles"),
    [("village", ["网格与边界", "边界变更"]), ("clerk", ["网格与边界", "边界变更"]), ("leader", ["边界变更"]), ("viewer", ["边界变更"]),
     ("intake", []), ("d10", []), ("grid001", [])],
)  # fmt: skip
def test_planners_check_files_and_others_look_on_or_see_nothing(stage, login, titles):
    assert [title for title, _ in Borders(stage, login).titled] == titles


def test_who_only_looks_on_exports_nothing_and_decides_nothing(stage):
    borders = Borders(stage, "viewer")
    borders.propose()
    page = borders.open()
    stage.until(lambda: page.table.cells.rows)
    page.table.choose(1)
    assert not page.out.isVisible()
    assert page.verbs.button("approve") is None
