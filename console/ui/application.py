"""The Qt application under every window of the program: its name, its fonts, its messages, and how a terminal ends it."""

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from console.domain.errors import Unavailable

log = logging.getLogger(__name__)
FONTS = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "Source Han Sans SC", "PingFang SC")


def dressed(resources: Path) -> QApplication:
    """The application, made when there is none yet. Raises Unavailable("no_cjk_font") where Chinese cannot be shown."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    qInstallMessageHandler(_qt_said)
    application.setApplicationName("command-console")
    application.setWindowIcon(QIcon(str(resources / "icons" / "console.svg")))
    if not set(FONTS) & set(QFontDatabase.families()):
        raise Unavailable("no_cjk_font", package="fonts-noto-cjk")
    # Python sees a Ctrl+C of the terminal only between two of its own steps; a heart or a timer must give it some.
    signal.signal(signal.SIGINT, lambda *_: application.quit())
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    return application


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    levels = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtCriticalMsg: logging.ERROR}
    log.log(levels.get(kind, logging.WARNING), "Qt: %s", text)
