"""A process that takes reports in until it is killed, and says which ones it has acknowledged.

Run as `python -m tests.crash.intake DATABASE ROUND`; keys to send again stand
on stdin, one a line. It prints "asked KEY" before and "told KEY CASE" after.
"""

import sys
import threading
from uuid import uuid5

from console.domain.clock import SystemClock
from console.domain.report import Draft
from console.store.store import Store
from tests.make import NAMESPACE, SPOT, Town

THREADS, MOST = 4, 2_000


def main() -> None:
    """Take reports in with four threads at once."""
    address, turn = sys.argv[1], sys.argv[2]
    again = [line.strip() for line in sys.stdin if line.strip()]
    store = Store.open(address)
    town = Town(store, SystemClock())
    worker = town.actor("grid001")
    talk = threading.Lock()

    def say(*words: object) -> None:
        with talk:
            print(*words, flush=True)

    def send(key: str) -> None:
        say("asked", key)
        draft = Draft(key, "0601", "井盖缺失", lon=SPOT.lon, lat=SPOT.lat, datum="wgs84")
        say("told", key, town.reports.receive(worker, draft).case_id)

    def run(number: int) -> None:
        for key in again[number::THREADS]:
            send(key)
        for count in range(MOST):
            send(str(uuid5(NAMESPACE, f"crash/{turn}/{number}/{count}")))

    say("ready")
    for number in range(THREADS):
        threading.Thread(target=run, args=(number,)).start()


if __name__ == "__main__":
    main()
