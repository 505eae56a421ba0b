"""A code table as a CSV sheet: written for a spreadsheet, read back with a report of every line before anything is proposed."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from console.domain.code_rows import CALENDAR, Part, checked, codes_of, parts_of, row_of
from console.domain.codes import Codes
from console.domain.errors import ConsoleError, Invalid
from console.domain.people import Actor
from console.service.code_changes import MOST_AT_ONCE, CodeChanges, Wish
from console.service.code_tables import CodeTables
from console.service.desk import Act

MOST_BYTES = 1_000_000
YES, NO = ("1", "是", "yes", "true"), ("0", "否", "no", "false", "")
_FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would compute instead of show


@dataclass(frozen=True)
class Problem:
    """A line that cannot be taken, and why."""

    line: int
    code: str
    error: ConsoleError


@dataclass(frozen=True)
class Report:
    """What a sheet would change: nothing is proposed yet."""

    wishes: tuple[Wish, ...]
    unchanged: int
    problems: tuple[Problem, ...]


class CodeSheets:
    """Exports and imports of one table at one centre."""

    def __init__(self, tables: CodeTables) -> None:
        self._tables = tables
        self._changes: CodeChanges = tables.changes

    def export(self, actor: Actor, table: str, centre_id: int, path: Path) -> int:
        """Write a table into a file; how many rows. Raises Denied, Missing, and Invalid("file_unwritable")."""
        rows = self._tables.rows(actor, table, centre_id)
        text = sheet_of(table, {row.code: row.values for row in rows if row.values})

        def work(act: Act) -> None:
            act.note("export", "code_table", centre_id, 0, {"table": table, "rows": len(rows)})

        self._changes.desk.run(actor, work)
        try:
            path.write_bytes(text)
        except OSError as fault:
            raise Invalid("file", "file_unwritable", problem=fault.strerror or str(fault)) from fault
        return len(rows)

    def check(self, actor: Actor, table: str, centre_id: int, path: Path) -> Report:
        """Read a file and say line by line what it would change. Raises Denied, Missing, and Invalid for no sheet at all."""
        codes = self._tables.tables(actor, centre_id)
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as fault:
            raise Invalid("file", "file_unreadable", problem=fault.strerror or str(fault)) from fault
        return report_of(table, content, self._changes.book.rows(centre_id), codes)


def sheet_of(table: str, rows: Mapping[str, Mapping[str, object]]) -> bytes:
    """Rows as CSV in UTF-8 with the mark spreadsheets look for."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", *(part.name for part in _columns(table))])
    for code, values in rows.items():
        writer.writerow([_shown(code), *(_shown(_written(part, values.get(part.name, ""))) for part in _columns(table))])
    return out.getvalue().encode("utf-8-sig")


def report_of(table: str, content: bytes, raw: Mapping[str, Mapping[str, object]], codes: Codes) -> Report:
    """What a sheet would change in rows as they stand. Raises Invalid when it is no sheet of this table."""
    if len(content) > MOST_BYTES:
        raise Invalid("file", "sheet_too_large", most=MOST_AT_ONCE, size=MOST_BYTES // 1000)
    lines = _lines(content)
    absent = [name for name in ("code", *(part.name for part in _columns(table))) if name not in (lines[0] if lines else ())]
    if absent:
        raise Invalid("file", "sheet_columns", value=", ".join(absent))
    wishes, problems, same, seen = [], [], 0, dict[str, int]()
    for number, cells in enumerate(lines[1:], start=2):
        said = dict(zip(lines[0], (cell.strip() for cell in cells), strict=False))
        code = _code(table, _meant(said.get("code", "")), raw)
        if not any(said.values()):
            continue
        try:
            if code in seen:
                raise Invalid("code", "code_in_two_lines", value=code, first=seen[code])
            seen[code] = number
            after = checked(table, code, _values(table, code, said), codes)
        except ConsoleError as wrong:
            problems.append(Problem(number, code, wrong))
            continue
        if after == row_of(raw, table, code):
            same += 1
        else:
            wishes.append(Wish(table, code, after))
    if len(wishes) > MOST_AT_ONCE:
        raise Invalid("file", "sheet_too_large", most=MOST_AT_ONCE, size=MOST_BYTES // 1000)
    return Report(tuple(wishes), same, tuple(problems))


def _columns(table: str) -> tuple[Part, ...]:
    """The columns of a sheet; the calendar's rows are of two kinds and share one."""
    return (*parts_of(table, "week"), *parts_of(table)) if table == CALENDAR else parts_of(table)


def _lines(content: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):  # Chinese spreadsheets still save the second
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        try:
            return [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
        except csv.Error as wrong:
            raise Invalid("file", "sheet_unreadable") from wrong
    raise Invalid("file", "sheet_unreadable")


def _code(table: str, said: str, raw: Mapping[str, Mapping[str, object]]) -> str:
    """The code meant: a spreadsheet takes 0601 for a number and drops the nought."""
    known = codes_of(raw, table)
    padded = said.zfill(4) if table == "categories" and said.isdigit() else said
    return padded if padded in known else said


def _values(table: str, code: str, said: Mapping[str, str]) -> dict[str, object]:
    return {part.name: _read(part, _meant(said.get(part.name, ""))) for part in parts_of(table, code)}


def _read(part: Part, text: str) -> object:
    if part.kind == "departments":
        return "all" if text == "all" else text.replace(",", " ").replace("，", " ").split()
    if part.kind == "hours":
        return text.replace(",", " ").replace("，", " ").split()
    if part.kind == "weekdays":
        return [int(char) for char in text if char.isdecimal() and char.isascii()] if text.replace(" ", "").isdecimal() else text
    if part.kind == "flag":
        return True if text.lower() in YES else False if text.lower() in NO else text
    return text


def _written(part: Part, value: object) -> str:
    if part.kind == "flag":
        return YES[0] if value else NO[0]
    if isinstance(value, list | tuple):
        return ("" if part.kind == "weekdays" else " ").join(str(one) for one in value)
    return str(value)


def _shown(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _meant(text: str) -> str:
    return text[1:] if text.startswith("'") else text
