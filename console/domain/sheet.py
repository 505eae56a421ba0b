"""Rows as CSV that Excel opens in Chinese and that carries no formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # without it Excel reads UTF-8 as GBK
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """A cell that a spreadsheet shows and never computes: what begins like a formula gets an apostrophe."""
    return "'" + text if text.lstrip(" ").startswith(_STARTS) else text


def sheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A whole file: mark, head, rows, each cell guarded."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([[cell(value) for value in row] for row in rows])
    return (MARK + sink.getvalue()).encode()
