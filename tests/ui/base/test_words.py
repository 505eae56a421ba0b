"""Words: sentences come from the catalogue in force."""

from pathlib import Path

from console.domain.errors import Refused
from console.domain.words import Words
from console.ui.base import words

I18N = Path(__file__).resolve().parents[3] / "resources" / "i18n"


def test_chinese_is_spoken_when_installed():
    assert words.language() == "zh_CN"
    assert words.tr("↑ {n} new", n=3) == "↑3 新"


def test_english_stands_for_itself(english):
    assert words.language() == "en"
    assert words.tr("↑ {n} new", n=3) == "↑ 3 new"


def test_a_refusal_without_a_sentence_is_shown_with_its_facts():
    words.install(Words("en", {}))
    assert "unsigned_tasks" in words.refusal(Refused("unsigned_tasks", count=3))
    assert "3" in words.refusal(Refused("unsigned_tasks", count=3))


def test_what_nobody_foresaw_is_told_without_its_innards():
    assert words.told(Refused("decided_already")) == words.refusal(Refused("decided_already"))
    assert words.told(ValueError("password=1")) == "发生意外错误，已写入日志。"
