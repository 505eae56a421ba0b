"""How a stream is, from its counters and the clock: pure rules, no connection, no Qt.

Silence is the normal failure and every player calls it "playing" (video.md,
fact 6), so only times count here: when did bytes, pictures and changes of the
picture come last. All times are monotonic seconds.
"""

from dataclasses import dataclass
from typing import Literal

from console.video.budget import Full, Heat

State = Literal[
    "connecting",
    "live",
    "stalled-network",
    "stalled-decoder",
    "frozen",
    "black",
    "covered",
    "refused",
    "unauthorised",
    "forbidden",
    "not-found",
    "wrong-codec",
    "elsewhere",
    "broken-off",
    "offline",
]
Cause = Literal["", "network", "decoder", "camera", "register"]
# Why an opening ended, as the worker tells it; "worker" is the pool's own word for a worker that died.
Reason = Literal[
    "", "refused", "unauthorised", "forbidden", "not_found", "wrong_codec", "redirected", "elsewhere",
    "timeout", "ended", "lost", "fault", "worker",
]  # fmt: skip

# Bytes or pictures missing this long are a stall: the tile says so before the veil falls at 5 s (ux W5).
STALL_S = 3.0
VEIL_S = 5.0
# From here on nobody expects the picture back at once (ux W5: offline icon and retry countdown).
OFFLINE_S = 30.0
KEYS_STALL_S = 12.0  # key frames lie up to ten seconds apart
# Longer than any of these, and the stream begins anew: an opening ends after six seconds by itself, key frames come within ten.
OPENS_WITHIN_S, DECODES_WITHIN_S = 30.0, 20.0
FROZEN_S = 10.0
BLACK_S = 3.0
COVERED_S = 10.0  # a truck before the lens drives on

_CAUSES: dict[State, Cause] = {
    "connecting": "",
    "live": "",
    "stalled-network": "network",
    "stalled-decoder": "decoder",
    "frozen": "camera",
    "black": "camera",
    "covered": "camera",
    "refused": "network",
    "unauthorised": "register",
    "forbidden": "register",
    "not-found": "register",
    "wrong-codec": "register",
    "elsewhere": "register",
    "broken-off": "camera",
    "offline": "network",
}
# What is wrong, and what to do next: English source strings for `tr`.
WORDS: dict[State, tuple[str, str]] = {
    "connecting": ("Connecting", ""),
    "live": ("Live", ""),
    "stalled-network": ("No data from the camera", "Check the camera's network; reconnecting by itself"),
    "stalled-decoder": ("Data, but no picture", "Choose the other stream or tell maintenance"),
    "frozen": ("The picture stands still", "Tell maintenance to restart the camera"),
    "black": ("The picture is black", "Camera covered or without light: send somebody to look"),
    "covered": ("The picture shows nothing", "Lens covered, fogged or painted over: send somebody to look"),
    "refused": ("The camera refuses the connection", "Check address and port in the register"),
    "unauthorised": ("User or password is wrong", "Correct them in the register"),
    "forbidden": ("The camera does not let this user look", "Have its owner allow this user and this console"),
    "not-found": ("The camera does not know this stream", "Correct the path in the register"),
    "wrong-codec": ("The camera sends no readable video", "Set it to H.264 or H.265"),
    "elsewhere": ("The camera sends us to an unknown host", "Correct the address, or have that host registered"),
    "broken-off": ("Line broken or answer garbled", "Check port and path in the register, then restart the camera"),
    "offline": ("The camera does not answer", "Choose a neighbour camera and tell maintenance"),
}

LOWERED: dict[tuple[Heat, Full], str] = {
    ("half", "processor"): "Every other picture: processor full",
    ("keys", "processor"): "Key frames only: processor full",
    ("half", "memory"): "Every other picture: memory full",
    ("keys", "memory"): "Key frames only: memory full",
}


@dataclass(frozen=True)
class Counters:
    """What a worker tells once a second about one stream; 0.0 stands for never.

    `frame_at` is when the last picture was decoded, `captured_at` when the
    camera took it: late in a long queue, the two lie apart. `width` and
    `height` are the last picture's as the camera sent it; `late_s` is how late
    the last packet was taken, `busy_share` the part of the last second spent on packets.
    """

    bytes: int = 0
    packets: int = 0
    frames: int = 0
    errors: int = 0
    packet_at: float = 0.0
    frame_at: float = 0.0
    captured_at: float = 0.0
    same_since: float | None = None
    dark_since: float | None = None
    width: int = 0
    height: int = 0
    late_s: float = 0.0
    busy_share: float = 0.0
    flat_since: float | None = None


@dataclass(frozen=True)
class Status:
    """All that is known of a stream at one moment; the pool replaces it, never changes it.

    `reason` is why the last opening ended ("" while none did), `picture_at`
    the last picture of any opening, `shown_since` None for a hidden stream.
    """

    phase: Literal["waiting", "opening", "open"]
    reason: Reason = ""
    counters: Counters = Counters()
    opened_at: float = 0.0
    picture_at: float = 0.0
    shown_since: float | None = None
    next_try_at: float = 0.0
    heat: Heat = "live"
    full: Full = "processor"


@dataclass(frozen=True)
class Health:
    """What a tile says: the state, the picture's age, the time to the next try."""

    state: State
    age_s: float | None = None
    retry_in_s: float | None = None
    heat: Heat = "live"
    full: Full = "processor"

    @property
    def cause(self) -> Cause:
        """Where to look: network, decoder, camera or register; "" when all is well."""
        return _CAUSES[self.state]

    @property
    def words(self) -> str:
        """What is wrong, as an English source string."""
        return WORDS[self.state][0]

    @property
    def next_step(self) -> str:
        """What to do next, as an English source string; "" when nothing is to be done."""
        return WORDS[self.state][1]

    @property
    def lowered(self) -> str:
        """Why not every picture is shown, as an English source string; "" when all are."""
        return LOWERED.get((self.heat, self.full), "")

    @property
    def is_veiled(self) -> bool:
        """Whether the picture is too old to be taken for live."""
        return self.age_s is not None and self.age_s > VEIL_S


def assess(status: Status, now: float) -> Health:
    """The one answer a tile shows for what is known at `now`."""
    age = max(0.0, now - status.picture_at) if status.picture_at else None
    retry = max(0.0, status.next_try_at - now) if status.phase == "waiting" else None
    state = _open_state(status, now) if status.phase == "open" else _shut_state(status, age)
    return Health(state, age, retry, status.heat if status.shown_since is not None else "live", status.full)


def hangs(status: Status, now: float, *, asked_at: float) -> bool:
    """Whether a stream has to begin anew: an opening that never ends, or packets without pictures where there were some before.

    `asked_at` is when the opening was asked for. A camera whose pictures nobody could ever read is left alone.
    """
    if status.phase == "opening":
        return now - asked_at > OPENS_WITHIN_S
    if status.phase != "open" or not status.picture_at or _open_state(status, now) != "stalled-decoder":
        return False
    since = max(status.counters.frame_at, status.opened_at, status.shown_since or 0.0)
    return now - since > DECODES_WITHIN_S


def _open_state(status: Status, now: float) -> State:
    counters = status.counters
    if now - max(counters.packet_at, status.opened_at) >= STALL_S:
        return "stalled-network"
    if status.shown_since is None:
        return "live"
    since = max(counters.frame_at, status.opened_at, status.shown_since)
    if now - since >= (KEYS_STALL_S if status.heat == "keys" else STALL_S):
        return "stalled-decoder"
    if not counters.frames:
        return "connecting"
    # A covered lens also stands still; the more helpful word wins.
    if counters.dark_since is not None and now - counters.dark_since >= BLACK_S:
        return "black"
    if counters.flat_since is not None and now - counters.flat_since >= COVERED_S:
        return "covered"
    if counters.same_since is not None and now - counters.same_since >= FROZEN_S:
        return "frozen"
    return "live"


def _shut_state(status: Status, age: float | None) -> State:
    # What only the register can mend is said at once, however young the last picture is.
    match status.reason:
        case "unauthorised":
            return "unauthorised"
        case "forbidden":
            return "forbidden"
        case "redirected" | "elsewhere":
            return "elsewhere"
        case "not_found":
            return "not-found"
        case "wrong_codec":
            return "wrong-codec"
        case "":
            return "connecting"
        case "worker" | "fault":
            return "connecting" if age is None or age < STALL_S else "stalled-decoder"
    if age is not None and age < OFFLINE_S:
        return "stalled-network"
    if age is None and status.reason in ("lost", "ended"):
        return "broken-off"
    return "refused" if status.reason == "refused" else "offline"
