"""How far a preparation has come, told at a terminal: one line that is written over, or a line for each tenth in a log."""

from typing import TextIO

from console.domain.words import Words

CLEAR = "\r\033[K"


class Meter:
    """Call it with what is being done and how much of the whole is done, in hundredths."""

    def __init__(self, words: Words, out: TextIO) -> None:
        """Tell it in these words, on this stream."""
        self._words, self._out = words, out
        self._told: tuple[str, int] | None = None

    def __call__(self, text: str, share: float) -> None:
        """Say it, unless nothing the eye could see has changed."""
        whole = share >= 100
        seen = (text, int(share) if self._out.isatty() else int(share) // 10)
        if seen == self._told:
            return
        self._told = seen
        what = self._words(text)
        if whole:
            line = self._words("{percent} %  {what}", percent=100, what=what)
        else:
            line = self._words("{percent} %  {what} …  (Ctrl+C stops; the next start goes on from here)", percent=int(share), what=what)
        if self._out.isatty():
            print(f"{CLEAR}{line}", end="\n" if whole else "", file=self._out, flush=True)
        else:
            print(line, file=self._out, flush=True)
