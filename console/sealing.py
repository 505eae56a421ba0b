"""The commands about seals and database roles, as a person at a terminal meets them: `verify`, `roles`, `newkey`."""

import sys
from collections.abc import Callable

from console.domain.clock import SystemClock
from console.domain.errors import Refused
from console.domain.seal import Fault, Verdict
from console.domain.words import Words
from console.net.signing import SealKey
from console.service.sealer import Sealer
from console.service.verify import ClipVerify, Verify
from console.store import roles
from console.store.files import Files
from console.store.store import Store


def print_head(store: Store) -> int:
    """Print the newest head as HEX:ID, for paper. Raises Refused when nothing was sealed yet."""
    head = Verify(store).head()
    if head is None:
        raise Refused("nothing_sealed")
    print(head.printed)
    return 0


def verify(store: Store, tr: Words, head: str) -> bool:
    """Check the whole journal and say what was found; whether it is whole."""
    verifier = Verify(store)
    verdict = verifier.all(head, _counter(tr))
    for fault in verdict.faults:
        print(said(fault, tr))
    if verdict.fault_count > len(verdict.faults):
        print(tr("… and {n} more.", n=verdict.fault_count - len(verdict.faults)))
    for signer in verifier.signers():
        print(tr("Key {key} has sealed since seal {seal}.", key=signer.id, seal=signer.first_seal))
    print(_sum(verdict, tr))
    newest = verifier.head()
    if newest is not None:
        print(tr("Newest head: {head}", head=newest.printed))
    return verdict.is_whole


def verify_clips(store: Store, files: Files, tr: Words) -> bool:
    """Check the bytes of every clip and say which are not what they were; whether all are."""
    verdict = ClipVerify(store, files).all()
    for fault in verdict.faults:
        facts = {"clip": fault.clip_id, "number": fault.case_number, "camera": fault.camera, "sha": fault.sha256[:12]}
        if fault.kind == "clip_changed":
            print(tr("Clip {clip} (case {number}, camera {camera}, SHA-256 {sha}…) was changed: its bytes do not fit.", **facts))
        else:
            print(tr("Clip {clip} (case {number}, camera {camera}, SHA-256 {sha}…) is missing.", **facts))
    print(tr("{n} clips looked at, {bad} not what they were.", n=f"{verdict.checked:,}", bad=len(verdict.faults)))
    return not verdict.faults


def make_roles(store: Store, tr: Words) -> None:
    """Give the database its roles and say how logins get them. Raises Refused, Denied."""
    with store.write() as unit:
        roles.create(unit)
    print(tr("The roles are there: {roles}", roles=", ".join(roles.ROLES)))
    print(tr("Make a login for each program and put it into one role, for example:"))
    print(f"  CREATE ROLE hall_app LOGIN PASSWORD '…' IN ROLE {roles.APP};")


def adopt_key(store: Store, key: SealKey, tr: Words) -> None:
    """Record this data folder's key among those that may seal, and say which it is."""
    signer = Sealer(store, SystemClock(), lambda: key).adopt()
    print(tr("Key {key} has sealed since seal {seal}.", key=signer.id, seal=signer.first_seal))


def said(fault: Fault, tr: Words) -> str:
    """A fault as a sentence that says where to look."""
    facts = {"first": fault.first, "last": fault.last, "seal": fault.seal}
    sentences: dict[str, Callable[[], str]] = {
        "entry": lambda: tr("Entry {first} was changed: its digest does not fit.", **facts),
        "range": lambda: tr("Entries {first} to {last} do not fit seal {seal}: changed with their digests, added or taken away.", **facts),
        "entries_gone": lambda: tr("Entries {first} to {last} under seal {seal} are gone.", **facts),
        "order": lambda: tr("Before seal {seal} (entries {first} to {last}) a seal is missing.", **facts),
        "signature": lambda: tr("The signature of seal {seal} (entries {first} to {last}) is wrong.", **facts),
        "signer": lambda: tr("Seal {seal} (entries {first} to {last}) was signed by a key nobody recorded.", **facts),
        "head": lambda: tr("The printed head of seal {seal} is not in the database: entries were cut off or sealed anew.", **facts),
    }
    return sentences[fault.kind]()


def _sum(verdict: Verdict, tr: Words) -> str:
    facts = {"entries": f"{verdict.entries:,}", "seals": f"{verdict.seals:,}", "unsealed": f"{verdict.unsealed:,}"}
    if verdict.is_whole:
        return tr("The journal is whole: {entries} entries under {seals} seals, {unsealed} not sealed yet.", **facts)
    found = f"{verdict.fault_count:,}"
    return tr("{found} faults in {entries} entries under {seals} seals, {unsealed} not sealed yet.", found=found, **facts)


def _counter(tr: Words) -> Callable[[int, int], None]:
    """Says how far it is: one line that is written over on a terminal, nothing into a pipe."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            line = tr("{done} of {total} entries", done=f"{done:,}", total=f"{max(done, total):,}")
            print(line, end="\r" if done + 5_000 < total else "\n", file=sys.stderr, flush=True)

    return show
