"""The wall's buttons: three layouts at hand, all of them in a menu, in words."""

from console.ui.wall.head import advice, layout_words
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


def test_what_an_officer_should_know_of_a_wall():
    assert advice(16, 0, "processor") == ()
    assert advice(17, 0, "processor") == ("已超过一人能看顾的 16 路",)
    assert advice(36, 9, "memory") == ("9 路已降级：内存不足", "已超过一人能看顾的 16 路")


def test_the_same_in_english(english):
    assert advice(36, 9, "processor") == ("9 lowered: processor full", "more than one person can watch (16)")
