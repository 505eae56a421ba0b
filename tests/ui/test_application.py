"""The application under every window: one for the whole process, with its name."""

from console.ui.application import dressed
from tests.make import ROOT


def test_there_is_one_application_with_its_name_and_picture(qapp):
    assert dressed(ROOT / "resources") is qapp
    assert qapp.applicationName() == "command-console"
    assert not qapp.windowIcon().isNull()
