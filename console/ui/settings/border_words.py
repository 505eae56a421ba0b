"""How boundaries, their findings and their changes are said on the pages of the administration."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.boundary import Checked, Finding
from console.domain.boundary_change import BoundaryRow
from console.domain.errors import ConsoleError
from console.domain.frame import DEGREES, Frame, belts, frame_of
from console.domain.people_file import write
from console.ui.base.words import refusal, tr
from console.ui.settings.staff import moment

INK = {"refused": "alarm", "repaired": "amber", "noted": "dim"}
NEAR = 114  # the belts of the city come first


def severity_words(severity: str) -> str:
    """How grave a finding is."""
    return {"refused": tr("not taken"), "repaired": tr("repaired"), "noted": tr("to note")}[severity]


def finding_words(finding: Finding) -> str:
    """What is wrong and what to do, in one sentence; frames are said by their names."""
    told = finding.refusal
    told.facts = {key: _frame_or(value) if key in ("known", "fits") else value for key, value in told.facts.items()}
    return refusal(told)


def _frame_or(value: object) -> object:
    try:
        return frame_words(frame_of(value)) if isinstance(value, str) and ("epsg:" in value or value in _CODES) else value
    except ConsoleError:
        return value


_CODES = frozenset(frame.code for frame in DEGREES)


def frame_words(frame: Frame) -> str:
    """What coordinates are called."""
    if frame.is_metres:
        number = frame.code.upper()
        if frame.zone:
            return tr("3° belt, zone {zone} ({meridian}°E, {code})", zone=frame.zone, meridian=frame.meridian, code=number)
        return tr("3° belt, {meridian}°E without zone ({code})", meridian=frame.meridian, code=number)
    names = {"wgs84": tr("CGCS2000 / WGS-84 degrees"), "gcj02": tr("GCJ-02 degrees (AMap, Tencent)"), "bd09": tr("BD-09 degrees (Baidu)")}
    return names[frame.datum]


def frame_choices() -> tuple[tuple[str, str], ...]:
    """What an officer may say of a file's coordinates: nothing, a datum, or a belt, those of the city first."""
    return (("", tr("As the file says")), *((frame.code, frame_words(frame)) for frame in (*DEGREES, *belts(NEAR))))


def summary_words(checked: Checked) -> str:
    """What a check came to, in one line."""
    return tr(
        "{features} areas: {changes} change, {unchanged} stay as they are, {held} wait for others of their parent. "
        "{refused} faults, {repaired} repaired, {noted} to note.",
        features=checked.features, changes=len(checked.changes), unchanged=checked.unchanged, held=len(checked.held),
        refused=checked.count("refused"), repaired=checked.count("repaired"), noted=checked.count("noted"),
    )  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A finding as a row: its place in the list, its cells, and all its words in small letters to search in."""

    at: int
    finding: Finding
    cells: tuple[str, ...]
    searched: str


def lines_of(findings: Iterable[Finding]) -> tuple[Line, ...]:
    """Findings as rows; of thousands the words are better made away from the screen's thread."""
    found = []
    for at, one in enumerate(findings):
        cells = (one.file, str(one.feature) if one.feature else "", one.code, severity_words(one.severity), finding_words(one))
        found.append(Line(at, one, cells, " ".join(cells).lower()))
    return tuple(found)


def heads() -> tuple[str, str, str, str, str]:
    """The heads over those cells."""
    return tr("Boundary file"), tr("No."), tr("Code"), tr("Result"), tr("What to do")


def findings_csv(lines: Iterable[Line]) -> bytes:
    """Findings as CSV."""
    return write([heads(), *(line.cells for line in lines)])


def findings_text(lines: Iterable[Line]) -> str:
    """Findings as lines of a spreadsheet, to be pasted."""
    return "\n".join("\t".join(line.cells) for line in lines)


def boundary_state_words(state: str) -> str:
    """The state of a change of boundaries."""
    return {
        "proposed": tr("waiting"), "approved": tr("taken over"), "refused": tr("turned down"), "withdrawn": tr("taken back"),
    }.get(state, state)  # fmt: skip


def history_words(row: BoundaryRow) -> str:
    """Who proposed a change and who decided it, with both names."""
    change = row.change
    said = [
        tr("No. {number}: {areas} areas of {centre}, proposed by {who} at {at}", number=change.id, areas=change.areas, centre=row.centre,
           who=row.proposer, at=moment(change.proposed_at)),
        tr("Reason: {words}", words=change.note),
    ]  # fmt: skip
    if change.files:
        said.append(tr("Files: {names}", names=change.files))
    if change.decided_at is not None:
        state = boundary_state_words(change.state)
        said.append(tr("{state}: {who} at {at}", state=state, who=row.decider, at=moment(change.decided_at)))
    if change.answer:
        said.append(tr("Answer: {words}", words=change.answer))
    return "\n".join(said)
