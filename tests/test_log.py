"""The log: kept in a file and in memory, without passwords, phones and identity numbers; nothing uncaught goes unseen."""

import logging
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import log
from console.domain.errors import Unavailable
from tests.make import ROOT


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("rtsp://admin:secret@10.0.0.1/a", "rtsp://***@10.0.0.1/a"),
        ("RTSP://admin:p@ss/w:rd@10.0.0.1:554/a", "RTSP://***@10.0.0.1:554/a"),
        ("打不开 rtsp://u:p@h/1，重试", "打不开 rtsp://***@h/1，重试"),
        ("postgresql+psycopg://hall:word@db/hall", "postgresql+psycopg://***@db/hall"),
        ("http://10.0.0.1/a?b=c", "http://10.0.0.1/a?b=c"),
        ("电话13800001234报", "电话1**********报"),
        ("+8613800001234", "+861**********"),
        ("138-0000-1234 138 0000 1234", "1********** 1**********"),
        ("身份证410923199001011234。", "身份证******************。"),
        ("41092319900101123X", "******************"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ('{"password": "hall word", "login": "duty"}', '{"password": "*** word", "login": "duty"}'),
        ("token=abcdef&x=1", "token=***&x=1"),
    ],
)
def test_what_must_not_lie_in_a_file_is_struck_out(said, kept):
    assert log.redact(said) == kept


@pytest.mark.parametrize(
    "said",
    ["SJ410923-20261123-000002", "41092301001323000301", "410923102204001", "1700000000000", "port 8080", "12345", "115.201, 36.101"],
)
def test_numbers_that_are_nobodys_stay(said):
    assert log.redact(said) == said


@given(
    digits=st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    before=st.sampled_from(["", "电话", "tel ", "("]),
    after=st.sampled_from(["", "。", "号"]),
)
def test_no_mobile_number_survives(digits, before, after):
    assert digits not in log.redact(before + digits + after)


def run(code, folder, *, status=0):
    """A process of its own: logging belongs to a whole process."""
    done = subprocess.run(
        [sys.executable, "-c", f"import logging, sys, threading\nfrom pathlib import Path\nfrom console import log\n"
         f"ring = log.start(Path({str(folder)!r}))\n{code}"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    return (folder / "console.log").read_text(encoding="utf-8"), done.stderr


def test_lines_go_to_the_file_warnings_to_the_terminal_too(tmp_path):
    kept, shown = run("logging.getLogger('x').info('quiet'); logging.getLogger('x').warning('loud 13800001234')", tmp_path / "logs")
    assert "quiet" in kept
    assert "loud 1**********" in kept
    assert "quiet" not in shown
    assert "loud 1**********" in shown


def test_a_traceback_is_struck_out_too(tmp_path):
    kept, shown = run("raise ValueError('rtsp://a:b@h/1')", tmp_path, status=1)
    assert "ValueError: rtsp://***@h/1" in kept
    assert "a:b" not in kept + shown


def test_an_error_in_a_thread_is_logged_with_the_threads_name(tmp_path):
    kept, _ = run("t = threading.Thread(target=lambda: 1 / 0, name='feed'); t.start(); t.join()", tmp_path)
    assert "CRITICAL feed console: uncaught" in kept
    assert "ZeroDivisionError" in kept


def test_an_error_while_something_is_thrown_away_is_logged(tmp_path):
    kept, _ = run("class Bad:\n    def __del__(self): raise KeyError('gone')\nx = Bad(); del x", tmp_path)
    assert "KeyError: 'gone'" in kept


def test_ending_a_thread_or_the_program_is_no_error(tmp_path):
    code = "t = threading.Thread(target=sys.exit); t.start(); t.join(); raise KeyboardInterrupt"
    kept, _ = run(code, tmp_path, status=-2)
    assert "uncaught" not in kept


def test_the_ring_keeps_the_last_two_thousand(tmp_path):
    code = (
        "for n in range(2_500): logging.getLogger('x').info('line %d', n)\n"
        "assert len(ring.lines) == 2_000 and ring.lines[-1].endswith('line 2499')"
    )
    run(code, tmp_path)


def test_a_line_whose_arguments_do_not_fit_stops_nobody(tmp_path):
    kept, _ = run("logging.getLogger('x').info('%d', 'word'); logging.getLogger('x').info('after')", tmp_path)
    assert "after" in kept


def test_the_file_turns_over_before_it_fills_the_disk(tmp_path):
    run("for n in range(60): logging.getLogger('x').info('x' * 100_000)", tmp_path)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["console.log", "console.log.1"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    before = logging.getLogger().handlers[:]
    with pytest.raises(Unavailable) as refused:
        log.start(tmp_path / "file" / "logs")
    assert refused.value.code == "no_data_folder"
    assert logging.getLogger().handlers == before
