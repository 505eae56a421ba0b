"""What the pages of the book share: the centre to choose, the sheet beside the form, and the way back."""

import pytest

from tests.make import CENTRES
from tests.ui.settings.rooms import Room

pytest_plugins = ("tests.ui.stage",)


@pytest.mark.parametrize("name", ["tables", "calendar"])
def test_the_sheet_opens_beside_and_leaving_it_leads_back(stage, name):
    page = Room(stage).open(name)
    page.sheet_button.click()
    assert page.side.currentWidget() is page.sheet
    page.sheet.left.emit()
    assert page.side.currentWidget() is page.editor
    assert page.focusProxy() is page._chooser


@pytest.mark.parametrize("name", ["tables", "calendar"])
def test_one_centre_is_no_choice_and_two_are(stage, name):
    page = Room(stage).open(name)
    page.centre.offer(CENTRES[1:2], 2)
    assert page.centre.isHidden()
    page.centre.offer(CENTRES[1:3], 3)
    assert not page.centre.isHidden()
    assert page.centre.code == "3"
