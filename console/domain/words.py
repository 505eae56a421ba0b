"""One catalogue of words for every door: English source strings, Chinese beside them.

Qt's own .ts files would serve the screens only; the phone and desk pages and every
refusal need the same sentences, so the catalogue is plain TOML read once at start.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from console.domain.errors import ConsoleError, Invalid

LANGUAGES = ("zh_CN", "en")


@dataclass(frozen=True)
class Words:
    """A language's sentences, found by their English source."""

    language: str
    entries: dict[str, str] = field(default_factory=dict, repr=False)

    @staticmethod
    def load(folder: Path, language: str) -> "Words":
        """Read every `*.toml` under `folder/language`.

        English source strings stand for themselves; `en` holds what has no
        source string (errors, field names). Raises Invalid for an unknown language, a
        broken file or one source string translated in two ways.
        """
        if language not in LANGUAGES:
            raise Invalid("language", "unknown_language", value=language, known=", ".join(LANGUAGES))
        entries: dict[str, str] = {}
        for path in sorted((folder / language).glob("*.toml")):
            try:
                found = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
                raise Invalid(path.name, "broken_file", problem=str(broken)) from broken
            for source, text in found.items():
                if entries.get(source, text) != text:
                    raise Invalid(path.name, "translated_twice", source=source)
                entries[source] = text
        return Words(language, entries)

    def __call__(self, source: str, **facts: object) -> str:
        """The sentence in this language; a source without entry stands for itself."""
        text = self.entries.get(source, source)
        return text.format(**facts) if facts else text

    def of(self, error: ConsoleError) -> str:
        """The sentence for a refusal; it names field, problem and remedy.

        Sentences are filed under `error.CODE`; a code without one is shown
        with its facts, so that nothing is ever silent.
        """
        known = self.entries.get(f"error.{error.code}")
        if known is None:
            return str(error)
        facts = {key: self(value) if isinstance(value, str) else value for key, value in error.facts.items()}
        named = self(f"field.{error.field}") if error.field else ""
        facts["field"] = (error.field or "") if named.startswith("field.") else named
        try:
            return known.format(**facts)
        except (KeyError, IndexError):
            return str(error)


def pick(language: str, zh: str, en: str) -> str:
    """The wording of a code-table entry in a language."""
    return zh if language == "zh_CN" else en

