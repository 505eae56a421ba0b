"""The words on the screens: `tr` for every sentence, bound once to the seat's language.

One module-level catalogue, as Qt keeps one palette: every label of every panel needs it,
and handing it through forty constructors would say nothing. Nothing else is kept here.
"""

from console.domain.errors import ConsoleError
from console.domain.words import Words

_words = Words("en")


def install(words: Words) -> None:
    """Make this the catalogue of all screens; screens built before keep their old words."""
    global _words
    _words = words


def tr(source: str, **facts: object) -> str:
    """The sentence in the seat's language, found by its English source."""
    return _words(source, **facts)


def refusal(error: ConsoleError) -> str:
    """The sentence for a refusal: field, problem and remedy."""
    return _words.of(error)


def language() -> str:
    """The language the screens speak now, such as `zh_CN`."""
    return _words.language


def told(error: Exception) -> str:
    """What an error says to people; of one nobody foresaw only that it is in the log."""
    return refusal(error) if isinstance(error, ConsoleError) else tr("Something unforeseen happened; it is written in the log.")
