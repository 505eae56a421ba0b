"""Recomputing the journal's digests and seals, a page at a time: all of it, or the newest part in the background; and those of clips."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from console.domain.errors import Missing, Unavailable
from console.domain.seal import Fault, FaultKind, Seal, Signer, Verdict, Walk, parse_head, with_fault
from console.service.sealer import Sealer, public_keys, signature_fault
from console.store import clips, seals
from console.store.files import Files
from console.store.store import Store

log = logging.getLogger(__name__)
NEWEST = 100_000
FIRST_S, EVERY_S = 10.0, 3_600.0
STEP = 1_000
Progress = Callable[[int, int], None]
JournalState = Literal["fine", "unsealed", "damaged"]


def _nobody(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


class Verify:
    """Walks along journal and seals. Everything it needs of them is read as it goes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stop = threading.Event()

    def all(self, head: str = "", progress: Progress = _nobody) -> Verdict:
        """Check every entry and every seal, and a head printed earlier if one is given.

        Raises Invalid for a head of another form, Unavailable when the database does not answer.
        """
        printed = parse_head(head) if head else None
        with self._store.read() as unit:
            total = seals.count(unit)
        verdict = self._walk(None, total, progress, every_signature=True)
        if printed is not None:
            with self._store.read() as unit:
                found = seals.by_id(unit, printed[1])
            if found is None or found.head != printed[0]:
                verdict = with_fault(verdict, Fault("head", 0, 0, printed[1]))
        return verdict

    def newest(self, entries: int = NEWEST, progress: Progress = _nobody) -> Verdict:
        """Check the newest entries, from the seal before them on, and the last seal's signature.

        That one answers for the seals before it: their heads are inside its own, and no
        sealer goes on from a seal whose signature is wrong.
        """
        with self._store.read() as unit:
            start = seals.before_newest(unit, entries)
        return self._walk(start, entries, progress, every_signature=False)

    def head(self) -> Seal | None:
        """The newest seal, to be printed."""
        with self._store.read() as unit:
            return seals.newest(unit)

    def signers(self) -> tuple[Signer, ...]:
        """The keys that sealed."""
        with self._store.read() as unit:
            return seals.signers(unit)

    def stop(self) -> None:
        """End a walk early; its verdict is then about the part it saw."""
        self._stop.set()

    def _walk(self, start: Seal | None, total: int, progress: Progress, *, every_signature: bool) -> Verdict:
        with self._store.read() as unit:
            last = seals.newest(unit)
            keys = public_keys(seals.signers(unit))
        # Seals that come while we walk are left out: all they cover lies behind what is read here.
        until = last.id if last is not None else 0
        start_id = start.id if start is not None else 0

        def checked(seal: Seal) -> FaultKind | None:
            return signature_fault(seal, keys) if every_signature or seal.id == until else None

        walk = Walk(seals.walk_seals(self._store, start_id, until), checked, start)
        for done, entry in enumerate(seals.walk_entries(self._store, seals.START if start is None else seals.mark_of(start)), 1):
            walk.take(entry)
            if done % STEP == 0:
                progress(done, total)
            if self._stop.is_set():
                return walk.so_far()
        return walk.verdict()


@dataclass(frozen=True)
class ClipFault:
    """A clip whose bytes are changed or missing: its number, its case's, its camera and its hash."""

    kind: Literal["clip_changed", "clip_missing"]
    clip_id: int
    case_number: str
    camera: str
    sha256: str


@dataclass(frozen=True)
class ClipVerdict:
    """How many clips were looked at, and which are not what they were (handbook G8)."""

    checked: int
    faults: tuple[ClipFault, ...]


class ClipVerify:
    """Reads every clip that should still lie there, and compares it with its hash."""

    def __init__(self, store: Store, files: Files) -> None:
        self._store, self._files = store, files

    def all(self) -> ClipVerdict:
        """Check all of them; takes as long as reading them. Raises Unavailable when the database does not answer."""
        checked, last, faults = 0, 0, list[ClipFault]()
        while True:
            with self._store.read() as unit:
                page = clips.after(unit, last)
            if not page:
                return ClipVerdict(checked, tuple(faults))
            for clip, number, camera in page:
                checked, last = checked + 1, clip.id
                kind = self._fault(clip.sha256)
                if kind is not None:
                    faults.append(ClipFault(kind, clip.id, number, camera, clip.sha256))

    def _fault(self, sha256: str) -> Literal["clip_changed", "clip_missing"] | None:
        try:
            return None if self._files.is_whole(sha256) else "clip_changed"
        except Missing:
            return "clip_missing"


class Guard:
    """Checks the newest entries soon after the start and every hour, in the background; the screen asks it for its last verdict.

    It is never in a hurry: it begins when the hall stands, and rests after each stretch as long as that one took, so that screen
    and gateway have the processor when they want it.
    """

    def __init__(self, verify: Verify, every_s: float = EVERY_S, *, first_s: float = 0.0) -> None:
        """`first_s` is how long after the start the first check begins."""
        self._verify = verify
        self._every_s, self._first_s = every_s, first_s
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.verdict: Verdict | None = None

    def start(self) -> None:
        """Begin with the first check, when it is time."""
        self._thread = threading.Thread(target=self._run, name="guard", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, in the middle of a check if need be."""
        self._stop.set()
        self._verify.stop()
        if self._thread is not None:
            self._thread.join(10)

    def look(self) -> Verdict:
        """Check once; what is wrong is logged at ERROR."""
        verdict = self._verify.newest(progress=self._rests())
        if not verdict.is_whole and not self._stop.is_set():
            faults = ", ".join(f"{fault.kind} {fault.first}-{fault.last} (seal {fault.seal})" for fault in verdict.faults[:10])
            log.error("the journal was tampered with: %d faults: %s", verdict.fault_count, faults)
        self.verdict = verdict
        return verdict

    def _rests(self) -> Progress:
        """Wait after each stretch as long as it took."""
        began = time.monotonic()

        def rest(_done: int, _total: int) -> None:
            nonlocal began
            self._stop.wait(time.monotonic() - began)
            began = time.monotonic()

        return rest

    def _run(self) -> None:
        self._stop.wait(self._first_s)
        while not self._stop.is_set():
            try:
                self.look()
            except Unavailable:
                log.warning("the journal cannot be checked now", exc_info=True)
            except Exception:
                # Whatever it was: a guard that has died guards nothing any more, and nobody would notice.
                log.exception("the journal cannot be checked now")
            self._stop.wait(self._every_s)


def journal_state(guard: Guard, sealer: Sealer | None) -> JournalState:
    """What the strip of every seat must say of the journal; damage outweighs a sealer that has stopped."""
    if guard.verdict is not None and not guard.verdict.is_whole:
        return "damaged"
    return "unsealed" if sealer is not None and sealer.problem is not None else "fine"
