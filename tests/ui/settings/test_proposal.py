"""The list of proposed departments: everything chosen, struck out and written over by keyboard."""

import pytest
from PySide6.QtCore import Qt

from console.service.units import NewUnit
from console.ui.settings.proposal import NAME, Proposal

UNITS = tuple(NewUnit(f"410923-D{number:02}", f"<b>单位{number}</b>", "department", "", f"D{number:02}") for number in range(1, 4))


@pytest.fixture
def proposal(qtbot):
    made = Proposal()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.show_units(UNITS)
    qtbot.waitExposed(made)
    made.table.setFocus()
    return made


def test_all_are_chosen_as_they_came(proposal):
    assert proposal.units == UNITS
    assert "3" in proposal.make.text()


def test_space_strikes_one_out_and_what_is_typed_stays(qtbot, proposal):
    qtbot.keyClick(proposal.table, Qt.Key.Key_Space)
    proposal.table.item(1, NAME).setText("公安局")

    with qtbot.waitSignal(proposal.wanted) as told:
        proposal.submit()

    assert [(one.code, one.name) for one in told.args[0]] == [("410923-D02", "公安局"), ("410923-D03", UNITS[2].name)]


def test_with_all_struck_out_nothing_can_be_made(qtbot, proposal):
    qtbot.mouseClick(proposal.none, Qt.MouseButton.LeftButton)
    assert (proposal.units, proposal.make.isEnabled()) == ((), False)
    qtbot.mouseClick(proposal.none, Qt.MouseButton.LeftButton)
    assert proposal.units == UNITS


def test_esc_leads_back(qtbot, proposal):
    with qtbot.waitSignal(proposal.left):
        qtbot.keyClick(proposal, Qt.Key.Key_Escape)
