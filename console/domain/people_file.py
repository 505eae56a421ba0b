"""A CSV file of people: its template, reading it in whatever encoding it came, and the report of what is wrong in it.

Reading names every problem by line and field and takes nothing; what a line
means for the database is judged by the service.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.errors import Invalid

MOST_LINES = 20_000
CHINA = ZoneInfo("Asia/Shanghai")
# Field, Chinese head, English head, whether it must be there, an example.
COLUMNS = (
    ("login", "账号", "login", True, "wangge001"),
    ("name", "姓名", "name", True, "张三三"),
    ("unit", "单位编码", "unit code", True, "ZZ410923"),
    ("roles", "角色", "roles", True, "R06 R07"),
    ("work_phone", "工作电话", "work phone", False, "13800000000"),
    ("grid", "网格编码", "grid code", False, ""),
    ("employment", "用工性质", "employment", False, "政府购买"),
    ("valid_to", "有效期至", "valid to", False, "2027-12-31"),
)
EMPLOYMENTS = {
    "": "", "公务员": "civil", "事业": "public", "事业编": "public", "政府购买": "contract", "兼职": "parttime", "志愿": "volunteer",
    "志愿者": "volunteer",
} | {code: code for code in ("civil", "public", "contract", "parttime", "volunteer")}  # fmt: skip
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Line:
    """One person of the file as written, by field."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one field of one line: the refusal that says problem and remedy."""

    line: int
    refusal: Invalid
    value: str = ""

    @property
    def field(self) -> str:
        """The field it is about."""
        return self.refusal.field or ""


def decode(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GBK. Raises Invalid("import_encoding")."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Invalid("file", "import_encoding")


def read(content: bytes) -> tuple[Line, ...]:
    """The lines of a file by the names in its header, Chinese or English, in any order.

    Raises Invalid for an unknown encoding, a header that lacks columns, no or too many lines.
    """
    text = decode(content)
    first = text.lstrip("\r\n").partition("\n")[0]
    between = next((sign for sign in (",", "\t", ";") if sign in first), ",")
    rows = csv.reader(io.StringIO(text), delimiter=between)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        places = _places(header)
        lines = tuple(_lines(rows, places))
    except csv.Error as broken:
        raise Invalid("file", "broken_file", problem=str(broken)) from broken
    if not lines:
        raise Invalid("file", "import_empty")
    if len(lines) > MOST_LINES:
        raise Invalid("file", "import_too_many", count=len(lines), most=MOST_LINES)
    return lines


def _places(header: list[str]) -> dict[str, int]:
    lowered = [cell.lower() for cell in header]
    found = {}
    for field, chinese, english, _, _ in COLUMNS:
        names = [lowered.index(name) for name in (chinese, english, field) if name in lowered]
        if names:
            found[field] = names[0]
    absent = [f"{chinese} ({english})" for field, chinese, english, needed, _ in COLUMNS if needed and field not in found]
    if absent:
        raise Invalid("file", "import_header", known="、".join(absent))
    return found


def _lines(rows: "Iterator[list[str]]", places: dict[str, int]) -> Iterator[Line]:
    for row in rows:
        if any(cell.strip() for cell in row):
            values = {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
            yield Line(rows.line_num, values)  # type: ignore[attr-defined]


def day_end(text: str) -> datetime | None:
    """The end of a day such as 2027-12-31 or 2027/12/31, in China. Raises Invalid("bad_date")."""
    if not text:
        return None
    try:
        day = datetime.strptime(text.replace("/", "-"), "%Y-%m-%d").replace(tzinfo=CHINA)
    except ValueError as wrong:
        raise Invalid("valid_to", "bad_date", value=text[:40]) from wrong
    return (day + timedelta(days=1)).astimezone(UTC)


def template(*, english: bool = False) -> bytes:
    """The empty file with one example, as a spreadsheet of any age opens it (UTF-8 with mark)."""
    heads = [column[2] if english else column[1] for column in COLUMNS]
    return write([heads, [column[4] for column in COLUMNS]])


def write(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV in which no spreadsheet sees a formula (a quote before what looks like one)."""
    out = io.StringIO()
    csv.writer(out).writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell that is text and nothing else."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
