"""Progress at a terminal is one line written over; in a log a line for each tenth."""

import io

from console.app import read_words
from console.demo.meter import CLEAR, Meter

WORDS = read_words()["zh_CN"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told(out, language=WORDS):
    meter = Meter(language, out)
    for share in (0.0, 4.2, 4.9, 11.0, 12.0, 55.5, 100.0):
        meter("Drawing boundaries" if share < 20 else "Writing the year behind" if share < 100 else "Ready", share)
    return out.getvalue()


def test_a_terminal_sees_one_line_that_changes_and_ends():
    said = told(Terminal())
    assert said.count("\n") == 1
    assert said.endswith("100 %  已就绪\n")
    assert [line.split(" ")[0] for line in said.split(CLEAR)[1:]] == ["0", "4", "11", "12", "55", "100"]


def test_a_log_sees_a_line_for_each_tenth():
    lines = told(io.StringIO()).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["0", "11", "55", "100"]
    assert "正在划分边界" in lines[0]


def test_it_says_how_to_stop_and_that_nothing_is_lost():
    assert "Ctrl+C" in told(Terminal())
    assert "goes on from here" in told(Terminal(), read_words()["en"])
