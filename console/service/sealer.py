"""The sealer: every second the entries no seal covers yet get one, signed; at most one process of a hall does it.

On SQLite that is the process that has the file. On PostgreSQL it is whoever holds
an advisory lock, among those that have a recorded key: the first to seal
records its own, another one comes in only by `adopt`. Were two to seal at the
same moment, the seals' numbers would collide and one would give way.
"""

import logging
import threading
from collections.abc import Callable, Sequence

from console.domain.clock import Clock
from console.domain.errors import ConsoleError, Refused, Unavailable
from console.domain.seal import NO_SEAL, FaultKind, Seal, Signer, head_of, signer_id
from console.net.signing import SealKey, is_signed
from console.store import hints, seals
from console.store.store import Store
from console.store.unit import IntegrityError, Unit

log = logging.getLogger(__name__)
EVERY_S = 1.0
LOT = 2_000  # entries under one seal at most
AGAIN_S = 5.0


def public_keys(signers: Sequence[Signer]) -> dict[str, bytes]:
    """The recorded public keys by their short names; one that is no key is none."""
    return {signer.id: bytes.fromhex(signer.public_key) for signer in signers if _is_hex(signer.public_key)}


def signature_fault(seal: Seal, keys: dict[str, bytes]) -> FaultKind | None:
    """What is wrong with a seal's signature, or None."""
    key = keys.get(seal.signer)
    if key is None:
        return "signer"
    return None if _is_hex(seal.signature) and is_signed(key, bytes.fromhex(seal.signature), seal.text) else "signature"


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and all(sign in "0123456789abcdef" for sign in text)


class Sealer:
    """Keeps the journal sealed. `problem` says why it does not, and is None while it does."""

    def __init__(self, store: Store, clock: Clock, key: Callable[[], SealKey]) -> None:
        self._store = store
        self._clock = clock
        self._make_key = key
        self._key: SealKey | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.problem: ConsoleError | None = None

    def start(self) -> None:
        """Begin sealing; what is unsealed from earlier is sealed first."""
        self._thread = threading.Thread(target=self._run, name="sealer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Seal what is there, end the thread and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def round(self, lot: int = LOT) -> int:
        """Seal all there is to seal now, so many entries a seal; how many entries that were. Raises Refused, Unavailable."""
        sealed = 0
        while done := self._seal_once(lot):
            sealed += done
        return sealed

    def adopt(self) -> Signer:
        """Record this process's key, so that it may seal from now on; the others keep their right. Raises Unavailable."""
        key = self._my_key()
        with self._store.write() as unit:
            known = next((signer for signer in seals.signers(unit) if signer.id == signer_id(key.public)), None)
            return known or self._record(unit, key)

    def _my_key(self) -> SealKey:
        if self._key is None:
            self._key = self._make_key()
        return self._key

    def _record(self, unit: Unit, key: SealKey) -> Signer:
        last = seals.newest(unit)
        signer = Signer(signer_id(key.public), key.public.hex(), last.id + 1 if last is not None else 1, self._clock.now())
        seals.add_signer(unit, signer)
        return signer

    def _admit(self, unit: Unit, key: SealKey, last: Seal | None) -> str:
        known = public_keys(seals.signers(unit))
        mine = signer_id(key.public)
        if last is not None and signature_fault(last, known) is not None:
            raise Refused("forged_seal", seal=last.id)
        if not known:
            self._record(unit, key)
        elif mine not in known:
            raise Refused("foreign_seal_key", key=mine, known=", ".join(sorted(known)))
        return mine

    def _seal_once(self, lot: int) -> int:
        with self._store.read() as unit:
            if not seals.unsealed(unit, seals.mark_of(seals.newest(unit)), limit=1):
                return 0
        key = self._my_key()
        with self._store.write() as unit:
            last = seals.newest(unit)
            rows = seals.unsealed(unit, seals.mark_of(last), lot)
            if not rows:
                return 0
            signer = self._admit(unit, key, last)
            head = head_of(last.head if last is not None else NO_SEAL, (str(row[2]) for row in rows))
            number = last.id + 1 if last is not None else 1
            first, (last_xid, last_id, _) = int(str(rows[0][1])), rows[-1]
            seal = Seal(number, self._clock.now(), first, int(str(last_xid)), int(str(last_id)), len(rows), head, signer)
            seals.add(unit, seal.signed(key.sign(seal.text).hex()))
        return len(rows)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._stop.wait(self._try())

    def _try(self) -> float:
        """Seal until the end or a fault; how long to wait before trying again."""
        try:
            self._seal_while_elected()
        except IntegrityError:
            log.info("another process sealed first")
            return EVERY_S
        except Unavailable as fault:
            self._say(fault)
            return AGAIN_S
        except Refused as refusal:
            self._say(refusal)
            return 60 * AGAIN_S
        except Exception:
            # Whatever it was: a sealer that has died seals nothing any more, and nobody would notice.
            log.exception("the journal cannot be sealed now")
            return AGAIN_S
        return AGAIN_S

    def _say(self, problem: ConsoleError) -> None:
        if self.problem is None or self.problem.code != problem.code:
            log.warning("the journal is not being sealed: %s", problem)
        self.problem = problem

    def _seal_while_elected(self) -> None:
        if self._store.dialect != "postgresql":
            self._keep_sealing()
            return
        with self._store.read() as unit:
            if not seals.may_seal(unit):
                raise Refused("no_right_to_seal")
        with hints.election(self._store, seals.SEAT) as elected:
            if elected:
                self._keep_sealing()
            else:
                self.problem = None  # somebody else does it

    def _keep_sealing(self) -> None:
        is_ending = False
        while not is_ending:
            is_ending = self._stop.is_set()  # the last round comes after the wish to stop, so that nothing is left
            self.round()
            self.problem = None
            self._stop.wait(EVERY_S)
