"""The sheet of keys: shows what works here, and the next key sends it away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.words import Words
from console.ui.base import words as words_of
from console.ui.base.keys import KEYS, TOLD, group_actions
from console.ui.overlay import KeyOverlay
from tests.ui.conftest import RESOURCES


def overlay_of(qtbot, width=1366, height=768):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(width, height)
    made = KeyOverlay(host)
    host.show()
    made.host = host
    return made


def words(overlay):
    return [label.text() for label in overlay._card.findChildren(QLabel)]


def test_only_keys_that_do_something_are_listed(qtbot):
    overlay = overlay_of(qtbot)
    overlay.toggle(frozenset({"dispatch", "submit"}), (("pq", "派遣"),))
    shown = words(overlay)
    assert {"F5", "Ctrl+Enter", "pq"} <= set(shown)
    assert "F8" not in shown


def test_what_tables_take_is_told_where_tables_are(qtbot):
    overlay = overlay_of(qtbot)
    overlay.toggle(group_actions("table"), ())
    assert {"表格", "Alt+1…9", "Ctrl+← →", "Alt+← →"} <= set(words(overlay))
    assert overlay.host.rect().contains(overlay._card.geometry())


def test_it_fits_the_smallest_screen(qtbot):
    overlay = overlay_of(qtbot)
    everything = frozenset(
        ("overlay", "command", "next_unacked", "acknowledge", "dispatch", "cameras", "locate", "maximise", "silence", "look",
         "language", "larger", "smaller", "reset_layout", "lock", "undo", "submit", "perspective_1", "perspective_2")
    )  # fmt: skip
    overlay.toggle(everything, (("jj", "接警"),))
    assert overlay.host.rect().contains(overlay._card.geometry())


def test_a_director_with_every_verb_sees_all_of_them(qtbot):
    overlay = overlay_of(qtbot)
    verbs = tuple((f"v{number}", "Escalate past a level") for number in range(36))
    overlay.toggle(frozenset(key.action for key in KEYS if key.group != "wall") | group_actions("table"), verbs)
    assert {spelled for spelled, _ in verbs} <= set(words(overlay))
    assert overlay.host.rect().contains(overlay._card.geometry())


@pytest.mark.parametrize("speaks", ["zh_CN", "en"])
def test_every_key_of_every_panel_stands_on_the_smallest_screen(qtbot, speaks):
    words_of.install(Words.load(RESOURCES / "i18n", speaks))
    overlay = overlay_of(qtbot)
    verbs = tuple((f"v{number}", "Escalate past a level") for number in range(30))
    overlay.toggle(frozenset(key.action for key in (*KEYS, *TOLD)), verbs)
    card = overlay._card
    assert overlay.host.rect().contains(card.geometry())
    for label in card.findChildren(QLabel):
        assert card.rect().contains(label.geometry()), label.text()
        assert label.height() >= label.fontMetrics().height() - 1, label.text()
        assert label.width() >= 0.7 * label.fontMetrics().horizontalAdvance(label.text()), label.text()


def test_any_key_sends_it_away(qtbot):
    overlay = overlay_of(qtbot)
    overlay.toggle(frozenset({"dispatch"}), ())
    assert overlay.isVisible()
    qtbot.keyClick(overlay, Qt.Key.Key_X)
    assert not overlay.isVisible()


def test_its_own_key_sends_it_away_too(qtbot):
    overlay = overlay_of(qtbot)
    overlay.toggle(frozenset({"dispatch"}), ())
    overlay.toggle(frozenset({"dispatch"}), ())
    assert not overlay.isVisible()
