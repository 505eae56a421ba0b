"""Where a camera may send us on to: its own host, or one the camera register knows. Nothing is opened here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from console.domain.errors import ConsoleError, Invalid
from console.video.source import Address, parse

MOST_HOPS = 3


@dataclass(frozen=True)
class Onward:
    """Follows redirects; `knows_host` asks the camera register and may take its time."""

    knows_host: Callable[[str], bool]

    def ask(self, address: Address, told: str, hops: int, then: Callable[[Address | None], None]) -> None:
        """Tell `then` where to go on, or None where nobody follows, from a thread of its own."""
        threading.Thread(target=lambda: then(self.follow(address, told, hops)), name="video-onward", daemon=True).start()

    def follow(self, address: Address, told: str, hops: int) -> Address | None:
        """The address a camera sends us on to after `hops` redirects; its login goes along to the same host and to no other."""
        try:
            found = parse(told)
        except Invalid:
            return None
        is_worse = found.scheme not in ("http", "https") or (address.scheme, found.scheme) == ("https", "http")
        is_home = found.host == address.host
        if is_worse or hops >= MOST_HOPS or not (is_home or self._is_known(found.host)):
            return None
        return replace(found, user=address.user if is_home else "", password=address.password if is_home else "")

    def _is_known(self, host: str) -> bool:
        try:
            return self.knows_host(host)
        except ConsoleError:
            return False  # without the register nobody is known; the next try asks again
