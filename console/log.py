"""Logging: one rotating file and the terminal, secrets and personal numbers struck out, nothing uncaught goes unseen."""

import faulthandler
import logging
import re
import sys
import threading
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

RING = 2_000
_SECRETS = (
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@"), r"\1***@"),
    (re.compile(r"\b1[3-9]\d{9}\b"), "1**********"),
    (re.compile(r"\b\d{17}[\dXx]\b"), "******************"),
)


def redact(text: str) -> str:
    """The text without passwords in addresses, mobile numbers and identity numbers."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class Redacting(logging.Formatter):
    """Formats a line and strikes out what must not lie in a file."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, traceback included."""
        return redact(super().format(record))


class Ring(logging.Handler):
    """The last lines, for the diagnosis page and crash reports."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=RING)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


def start(folder: Path | None, *, verbose: bool = False) -> Ring:
    """Set up logging for this process; the ring holds its last 2 000 lines."""
    formatter = Redacting("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    ring = Ring()
    handlers: list[logging.Handler] = [ring, logging.StreamHandler(sys.stderr)]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(folder / "console.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(formatter)
    handlers[1].setLevel(logging.INFO if verbose else logging.WARNING)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.handlers = handlers
    # Under pytest or a closed terminal stderr may have no descriptor; the Python hooks below still see everything.
    if sys.stderr is not None and hasattr(sys.stderr, "fileno") and sys.stderr is sys.__stderr__:
        faulthandler.enable()
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    return ring


def _uncaught(kind: type[BaseException], value: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    shown = value if value is not None else kind()
    logging.getLogger("console").critical("uncaught", exc_info=(kind, shown, trace))
