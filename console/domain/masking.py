"""Personal details made unreadable: names, phones, plates, addresses, and numbers found inside free text.

Showing the plain value again is an operation of its own with a reason and a journal line; here is only the mask.
Identity numbers of 15 digits (void since 2013) are not looked for: grid codes have the same shape.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

FindingKind = Literal["identity", "card", "phone", "plate"]

_LONG_SURNAMES = (
    "欧阳 司马 上官 诸葛 东方 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空 端木 南宫 独孤 轩辕 呼延 闻人 东郭 "
    "西门 百里 申屠 太史 公冶 宗政 濮阳 淳于 单于 仲孙 钟离 鲜于 闾丘 赫连 澹台 万俟")
_COMPOUND_SURNAMES = frozenset(_LONG_SURNAMES.split())
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_GAP = r"[ \-\u2010-\u2015]?"

_LONG_NUMBER = re.compile(r"(?<![A-Za-z\d])\d{15,18}[\dXxＸｘ](?![A-Za-z\d])")
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?([1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)([0０]\d{2,3}[ \-)）]\d{7,8})(?!\d)")
_PLATE = re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳](?![A-Z0-9])")

_LATIN = re.compile(r"[\dA-Z]")  # without any of these no number is in a text
_COUNT = "[0-9０-９A-Za-z一二三四五六七八九十]+ ?"
_ROOM = re.compile(rf"{_COUNT}(?:单元|室|户|层|楼)|[东西南北中]户")  # a bare "4楼" is a floor, "4号楼" a building
_BUILDING = re.compile(rf"{_COUNT}(?:号楼|号院|栋|幢|座)")
_DOORS = re.compile(rf"(?:{_ROOM.pattern})(?:[ -]?(?:{_ROOM.pattern}))*(?:[ -]?[0-9０-９A-Za-z]+(?![号栋幢座:：0-9A-Za-z]))?")
_BEHIND_BUILDING = re.compile(r"((?:号楼|号院|栋|幢|座)[ -]?)[0-9０-９]{2,}(?![0-9０-９]|号楼|号院|栋|幢|座)")
_NUMBER = re.compile(r"\d+ ?号(?!线)")


@dataclass(frozen=True)
class Finding:
    """A stretch of a text that looks like a personal number."""

    kind: FindingKind
    start: int
    end: int


def mask_name(name: str) -> str:
    """A name with the surname left: 张*, 欧阳**; other scripts keep the first letter."""
    name = name.strip()
    if len(name) < 2:
        return "*" * len(name)
    if not _is_chinese(name[0]):
        return name[0] + "***"
    kept = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:kept] + "*" * (len(name) - kept)


def mask_phone(phone: str) -> str:
    """A phone number with the middle hidden: 138****0000; a short one keeps its last two digits, or none; twice is as once."""
    if "*" in phone:
        return phone
    digits = "".join(sign for sign in phone if sign.isdigit())
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 7:
        return f"{digits[:2]}****{digits[-2:]}"
    return "*" * len(phone)


def mask_plate(plate: str) -> str:
    """A number plate with province, city and the last two signs left: 豫J***12."""
    bare = re.sub(r"[·• ]", "", plate)
    if len(bare) < 6:
        return "*" * len(bare)
    return bare[:2] + "*" * (len(bare) - 4) + bare[-2:]


def mask_address(address: str) -> str:
    """An address down to the building or house number; what follows it (unit, floor, room) is hidden."""
    room = _ROOM.search(address)
    known = address[:room.start()] if room else address
    houses = [*_BUILDING.finditer(known)] or [*_NUMBER.finditer(known)]
    if houses:
        known = known[:houses[-1].end()]
    return known.rstrip(" ,，-") + "***" if len(known) < len(address.rstrip()) else known


def mask_doors(text: str) -> str:
    """A text with every exact door in it (unit, floor, room) hidden; buildings and house numbers stay."""
    return _DOORS.sub("***", _BEHIND_BUILDING.sub(r"\1***", text))


def mask_identity(number: str) -> str:
    """An identity number with the region left and all else hidden."""
    return number[:3] + "*" * (len(number) - 3)


def mask_card(number: str) -> str:
    """A bank card number with its last four digits left."""
    return "*" * (len(number) - 4) + number[-4:]


def personal_numbers(text: str) -> tuple[Finding, ...]:
    """Identity, bank card, phone and plate numbers in a free text, in order, without overlap.

    Whole digits of any width count. A number of 18 signs is an identity number when
    its birth date exists; a wrong check digit is a slip of the pen and still masked.
    """
    if not _LATIN.search(text):
        return ()
    found = [Finding(kind, *hit.span()) for hit in _LONG_NUMBER.finditer(text) if (kind := _long_kind(hit.group()))]
    for pattern, kind, group in ((_MOBILE, "phone", 1), (_LANDLINE, "phone", 1), (_PLATE, "plate", 0)):
        found += [Finding(kind, *hit.span(group)) for hit in pattern.finditer(text)]
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def mask_text(text: str) -> str:
    """A free text with every personal number in it masked."""
    masks = {"identity": mask_identity, "card": mask_card, "phone": mask_phone, "plate": mask_plate}
    parts, last = [], 0
    for one in personal_numbers(text):
        parts += [text[last:one.start], masks[one.kind](text[one.start:one.end])]
        last = one.end
    return "".join([*parts, text[last:]])


def _is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _long_kind(number: str) -> FindingKind | None:
    digits = number[:-1] + number[-1].upper().replace("Ｘ", "X")
    if len(digits) == 18 and _is_birth_date(digits[6:14]):
        return "identity"
    return "card" if digits.isdigit() and _passes_luhn(digits) else None


def _is_birth_date(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year < 2100


def _passes_luhn(digits: str) -> bool:
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return digits[0] in "3456３４５６" and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
