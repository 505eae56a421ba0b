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

from console.domain.errors import Unavailable

RING = 2_000
# Chinese writes numbers right behind a word, where \b sees no border: digits are looked at instead.
_SECRETS = (
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s\"'<>]*@", re.IGNORECASE), r"\1***@"),
    (re.compile(r"(\b(?:password|passwd|pwd|token|secret)\b[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&)}]+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(\bBearer\s+)\S+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])"), "******************"),
    (re.compile(r"(?<!\d)((?:86)?1)[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), r"\1**********"),
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
        try:
            self.lines.append(self.format(record))
        except (TypeError, ValueError, KeyError):  # a line whose arguments do not fit must not stop its writer
            self.handleError(record)


def start(folder: Path | None, *, verbose: bool = False) -> Ring:
    """Set up logging for this process; the ring holds its last 2 000 lines. Raises Unavailable when the folder cannot be written."""
    formatter = Redacting("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    ring = Ring()
    handlers: list[logging.Handler] = [ring, logging.StreamHandler(sys.stderr)]
    if folder is not None:
        handlers.append(_file(folder))
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
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    return ring


def _file(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(folder / "console.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8")
    except OSError as fault:
        raise Unavailable("no_data_folder", folder=str(folder), problem=fault.strerror or str(fault)) from fault


def _uncaught(kind: type[BaseException], value: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    shown = value if value is not None else kind()
    logging.getLogger("console").critical("uncaught", exc_info=(kind, shown, trace))
