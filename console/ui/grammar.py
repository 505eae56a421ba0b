"""The grammar of the command line: `verb [case] [target…] [: free text]`, pure and without Qt.

One grammar for all verbs. Verbs are pinyin initials, Chinese or digits; a case is its last
three or more digits, `.` is the selected one; targets are found by code, name or initials.
What cannot be read is marked where it stands, and what was expected is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Part = Literal["verb", "case", "target", "text"]
MOST_CHOICES = 9
SELECTED = "."
_COLONS = ":："


@dataclass(frozen=True)
class VerbWord:
    """A verb of the command line: its act, its label, every way to type it."""

    action: str
    label: str
    spellings: tuple[str, ...]
    takes_case: bool = True
    takes_targets: bool = False
    needs_target: bool = False
    takes_text: bool = False


@dataclass(frozen=True)
class Choice:
    """Something that can be named: a department, a camera; `spellings` are code, name, initials."""

    value: str
    label: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Command:
    """A line that was understood; `case` is digits, `.` for the selected one, or empty."""

    action: str
    case: str
    targets: tuple[Choice, ...]
    text: str


@dataclass(frozen=True)
class Problem:
    """What cannot be read: where it stands and which code names the reason."""

    code: Literal["unknown_verb", "unknown_target", "ambiguous", "no_case", "no_target", "no_targets", "no_text"]
    start: int
    end: int
    token: str
    expected: Part


@dataclass(frozen=True)
class Reading:
    """How a line reads at this moment; exactly one of command and problem, or neither for an empty line."""

    command: Command | None = None
    problem: Problem | None = None
    verb: VerbWord | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class _Token:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


Targets = Mapping[str, tuple[Choice, ...]]


def read(line: str, verbs: tuple[VerbWord, ...], targets: Targets, *, has_selection: bool) -> Reading:
    """Read a whole line; `targets` lists by act what may be named, `has_selection` whether `.` means something."""
    head, text = _cut(line)
    tokens = _tokens(head)
    if not tokens:
        return Reading()
    first, rest = tokens[0], tokens[1:]
    found = _find(first.text, tuple(Choice(verb.action, verb.label, verb.spellings) for verb in verbs))
    if len(found) != 1:
        code = "ambiguous" if found else "unknown_verb"
        return Reading(problem=_at(first, code, "verb"), choices=found[:MOST_CHOICES])
    verb = next(verb for verb in verbs if verb.action == found[0].value)
    case, rest = _case(verb, rest)
    if verb.takes_case and not case:
        if not has_selection:
            return Reading(problem=_after(head, "no_case", "case"), verb=verb)
        case = SELECTED
    if case == SELECTED and not has_selection:
        return Reading(problem=_at(tokens[1], "no_case", "case"), verb=verb)
    return _with_targets(head, text, verb, case, tokens=rest, known=targets.get(verb.action, ()))


def complete(line: str, verbs: tuple[VerbWord, ...], targets: Targets) -> str:
    """The line with its last word completed as far as it is certain; unchanged when it is not."""
    head, text = _cut(line)
    tokens = _tokens(head)
    if text is not None or not tokens or head.endswith(" "):
        return line
    last = tokens[-1]
    if len(tokens) == 1:
        known = tuple(Choice(verb.action, verb.label, verb.spellings) for verb in verbs)
    else:
        verb = _find(tokens[0].text, tuple(Choice(verb.action, verb.label, verb.spellings) for verb in verbs))
        known = targets.get(verb[0].value, ()) if len(verb) == 1 else ()
    found = _find(last.text, known)
    if len(found) != 1:
        return line
    return f"{head[: last.start]}{_best(last.text, found[0])} "


def choose(line: str, problem: Problem, choice: Choice) -> str:
    """The line with an ambiguous word replaced by one of its choices."""
    return f"{line[: problem.start]}{choice.spellings[0]} {line[problem.end :].lstrip()}"


def _with_targets(
    head: str, text: str | None, verb: VerbWord, case: str, *, tokens: list[_Token], known: tuple[Choice, ...],
) -> Reading:
    named: list[Choice] = []
    for token in tokens:
        if not verb.takes_targets:
            return Reading(problem=_at(token, "no_targets", "text"), verb=verb)
        found = tuple(choice for choice in _find(token.text, known) if choice not in named)
        if len(found) != 1:
            code = "ambiguous" if found else "unknown_target"
            return Reading(problem=_at(token, code, "target"), verb=verb, choices=found[:MOST_CHOICES])
        named.append(found[0])
    if verb.needs_target and not named:
        return Reading(problem=_after(head, "no_target", "target"), verb=verb, choices=known[:MOST_CHOICES])
    if text is not None and text.strip() and not verb.takes_text:
        return Reading(problem=Problem("no_text", len(head), len(head) + 1 + len(text), text.strip(), "verb"), verb=verb)
    return Reading(command=Command(verb.action, case, tuple(named), (text or "").strip()), verb=verb)


def _cut(line: str) -> tuple[str, str | None]:
    """The part before the first colon and the free text after it, None when there is no colon."""
    places = [line.index(colon) for colon in _COLONS if colon in line]
    return (line[: min(places)], line[min(places) + 1 :]) if places else (line, None)


def _tokens(head: str) -> list[_Token]:
    found, start = [], 0
    for word in head.split(" "):
        if word:
            found.append(_Token(word, start))
        start += len(word) + 1
    return found


def _case(verb: VerbWord, tokens: list[_Token]) -> tuple[str, list[_Token]]:
    """The case of a line, if its next word is one, and the words after it."""
    if not verb.takes_case or not tokens:
        return "", tokens
    word = tokens[0].text
    number = word.rpartition("-")[2] if word.upper().startswith("SJ") else word
    is_case = word == SELECTED or (number.isascii() and number.isdigit() and len(number) >= 3)
    return (number, tokens[1:]) if is_case else ("", tokens)


def _find(word: str, known: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """What a word may mean: exact spellings win over beginnings."""
    wanted = word.casefold()
    exact = tuple(c for c in known if any(wanted == spelling.casefold() for spelling in c.spellings))
    if exact:
        return exact
    return tuple(c for c in known if any(spelling.casefold().startswith(wanted) for spelling in c.spellings))


def _best(word: str, choice: Choice) -> str:
    """The spelling a word is the beginning of, or the first."""
    wanted = word.casefold()
    return next((s for s in choice.spellings if s.casefold().startswith(wanted)), choice.spellings[0])


def _at(token: _Token, code: str, expected: Part) -> Problem:
    return Problem(code, token.start, token.end, token.text, expected)


def _after(head: str, code: str, expected: Part) -> Problem:
    end = len(head.rstrip())
    return Problem(code, end, end, "", expected)
