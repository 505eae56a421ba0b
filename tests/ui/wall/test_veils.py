"""The veil: what does not fit is left out from the end, the headline never; lines are even."""

import tomllib

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from console.ui.wall import veils
from console.ui.wall.faces import Veil
from console.video.health import WORDS
from tests.stage import ROOT

CHINESE = tomllib.loads((ROOT / "resources/i18n/zh_CN/video.toml").read_text(encoding="utf-8"))
FULL = Veil("画面停止 12 秒", "摄像机无数据", "请检查摄像机网络，正在自动重连", "4 秒后重连")


def rows_with_ink(width, height, veil=FULL):
    """The rows of a black picture in which something bright stands."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    veils.paint(painter, QRect(0, 0, width, height), veil, has_picture=False)
    painter.end()
    return [y for y in range(height) if any(image.pixelColor(x, y).lightness() > 150 for x in range(0, width, 1))]


def blocks(rows):
    return sum(1 for at, row in enumerate(rows) if at == 0 or row - rows[at - 1] > 3)


def test_a_large_tile_says_everything_on_three_lines(qapp):
    assert blocks(rows_with_ink(640, 360)) == 3


def test_a_small_tile_keeps_the_headline(qapp):
    rows = rows_with_ink(170, 40)
    assert blocks(rows) == 1
    assert 8 < rows[0] < 20


def test_a_sentence_of_several_lines_leaves_no_single_character_alone(qapp):
    step = Veil("画面静止", next_step="请检查摄像机网络，正在自动重连")
    image = QImage(232, 130, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    veils.paint(painter, QRect(0, 0, 232, 130), step, has_picture=False)
    painter.end()
    lit = [y for y in range(130) if any(image.pixelColor(x, y).lightness() > 150 for x in range(232))]
    last = [y for y in lit if y > lit[-1] - 12]
    wide = [x for x in range(232) if any(image.pixelColor(x, y).lightness() > 150 for y in last)]
    assert wide[-1] - wide[0] > 60


@pytest.mark.parametrize("words", [words for words, _ in WORDS.values()])
def test_in_a_wall_of_64_the_headline_is_whole_in_either_language(qapp, words):
    for headline in (words, CHINESE[words]):
        rows = rows_with_ink(128, 72, Veil(headline))
        assert rows[0] >= 2 and rows[-1] <= 69, headline
