"""Tiles by libvlc, as a peer for the wall's benchmark: `python -m tests.bench.vlc_tiles window|vmem WIDTH HEIGHT PORT…`."""

import ctypes
import sys

import vlc
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

COLUMNS, PAINT_MS = 4, 40
OPTIONS = ("--quiet", "--no-audio", "--no-video-title-show", "--network-caching=300", "--no-xlib")
Calls = vlc.CallbackDecorators


class Memory(QWidget):
    """A tile whose pictures libvlc writes into memory and Qt paints."""

    def __init__(self, player: vlc.MediaPlayer, width: int, height: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._buffer = ctypes.create_string_buffer(width * height * 4)
        self._image = QImage(memoryview(self._buffer), width, height, width * 4, QImage.Format.Format_RGB32)
        self._is_new = False
        # Kept for as long as libvlc may call them.
        self._calls = (Calls.VideoLockCb(self._lock), Calls.VideoUnlockCb(lambda *_: None), Calls.VideoDisplayCb(self._shown))
        player.video_set_callbacks(*self._calls, None)
        player.video_set_format("RV32", width, height, width * 4)

    def _lock(self, _opaque: int, planes: "ctypes._Pointer[ctypes.c_void_p]") -> None:
        planes[0] = ctypes.addressof(self._buffer)

    def _shown(self, _opaque: int, _picture: int) -> None:
        self._is_new = True

    def tick(self) -> None:
        """Paint what is new."""
        if self._is_new:
            self._is_new = False
            self.update()

    def paintEvent(self, _event: object) -> None:
        """Paint the newest picture."""
        painter = QPainter(self)
        painter.drawImage(0, 0, self._image)
        painter.end()


def main() -> None:
    """Show until killed."""
    way, width, height, *ports = sys.argv[1], *map(int, sys.argv[2:])
    app = QApplication([])
    wall, instance, timer = QWidget(), vlc.Instance(*OPTIONS), QTimer(interval=PAINT_MS)
    players = []
    for at, port in enumerate(ports):
        player = instance.media_player_new()
        player.set_media(instance.media_new(f"http://127.0.0.1:{port}/"))
        tile = Memory(player, width, height, wall) if way == "vmem" else QWidget(wall)
        tile.setGeometry(at % COLUMNS * width, at // COLUMNS * height, width, height)
        if isinstance(tile, Memory):
            timer.timeout.connect(tile.tick)
        else:
            player.set_xwindow(int(tile.winId()))
        players.append(player)
    wall.resize(COLUMNS * width, -(-len(ports) // COLUMNS) * height)
    wall.show()
    for player in players:
        player.play()
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
