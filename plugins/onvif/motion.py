"""Turning goes on only while it is asked for: re-sent every half second, and ended when nobody has asked for three."""

import threading
import time
from collections.abc import Callable

AGAIN_S, DEAD_MAN_S = 0.5, 3.0
Send = Callable[[float, float, float], None]


class Motion:
    """What one camera does now."""

    def __init__(self, send: Send, halt: Callable[[], None]) -> None:
        """`send` turns for a second, `halt` stands still; both raise what the device says."""
        self._send, self._halt = send, halt
        self._speed: tuple[float, float, float] | None = None
        self._until = 0.0
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._thread: threading.Thread | None = None

    def move(self, pan: float, tilt: float, zoom: float) -> None:
        """Turn at these speeds, each from -1 to 1."""
        speed = (_held(pan), _held(tilt), _held(zoom))
        self._send(*speed)
        with self._lock:
            self._speed, self._until = speed, time.monotonic() + DEAD_MAN_S
            if self._thread is None:
                self._news.clear()
                self._thread = threading.Thread(target=self._go_on, name="motion", daemon=True)
                self._thread.start()

    @property
    def is_moving(self) -> bool:
        """Whether it turns now."""
        return self._speed is not None

    def stop(self) -> None:
        """Stand still."""
        self.forget()
        self._halt()

    def forget(self) -> None:
        """Send nothing more: the camera is on its way elsewhere."""
        with self._lock:
            self._speed = None
        self._news.set()

    def _go_on(self) -> None:
        try:
            while not self._news.wait(AGAIN_S):
                with self._lock:
                    speed, is_over = self._speed, time.monotonic() > self._until
                if speed is None:
                    return
                if is_over:
                    self._halt()
                    return
                self._send(*speed)
        except Exception:  # noqa: BLE001 - a device that no longer answers stops by its own timeout of a second
            return
        finally:
            with self._lock:
                self._speed = self._thread = None


def _held(speed: float) -> float:
    return max(-1.0, min(1.0, float(speed)))
