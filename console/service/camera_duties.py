"""What the law wants stated of a camera: sign, filing, whose it is, a written basis where nobody may be watched (G3, G4, Q6)."""

from collections.abc import Mapping

from console.domain.errors import Invalid
from console.domain.texts import check_text
from console.domain.video_watch import is_guarded

DUTIES = ("notice_sign", "filing_no", "owner", "basis", "approved_by", "registered_on")
WORDS_MAX = 120
_YES = dict.fromkeys(("有", "是", "yes", "true", "1"), "yes") | dict.fromkeys(("无", "没有", "否", "no", "false", "0"), "no")
_OWNERS = {
    "公安": "police", "公安机关": "police", "police": "police", "综治中心": "centre", "综治": "centre", "centre": "centre",
    "其他": "other", "社会": "other", "other": "other",
}  # fmt: skip


def duties(row: Mapping[str, str], room_type: str) -> dict[str, object]:
    """What a row states. Raises Invalid: a place that is guarded needs its basis and who approved it, else it is not registered."""
    found: dict[str, object] = {}
    for name, known in (("notice_sign", _YES), ("owner", _OWNERS)):
        if said := row.get(name, ""):
            if said.lower() not in known:
                raise Invalid(name, "unknown_code", value=said[:40])
            found[name] = known[said.lower()]
    for name in ("filing_no", "basis", "approved_by"):
        if said := check_text(name, row.get(name, ""), WORDS_MAX):
            found[name] = said
    if is_guarded(f"{row.get('name', '')} {row.get('site', '')}", room_type) and not {"basis", "approved_by"} <= found.keys():
        raise Invalid("basis", "guarded_place")
    return found
