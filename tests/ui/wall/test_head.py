"""The wall's buttons: three layouts at hand, all of them in a menu, in words."""

from console.ui.wall.head import layout_words
from console.video.wall import COLUMN


def test_every_layout_is_in_the_menu_and_the_present_one_is_marked(panel):
    menu = panel.buttons.choose_layout()
    words = [action.text() for action in menu.actions()]
    assert words[:3] == ["1 画面", "4 画面", "9 画面（概览）"]
    assert words[-3:] == ["1 大 5 小", "1 大 7 小", "1 大 + 案件列"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["4 画面"]
    menu.actions()[-3].trigger()
    assert panel.wall.layout == "1+5"
    assert panel.buttons.more.isChecked()
    assert panel.buttons.more.text() == "布局 1+5"
    menu.close()


def test_the_words_in_english(english):
    assert layout_words("16") == "16 tiles, overview"
    assert layout_words(COLUMN) == "One large and the case's column"
