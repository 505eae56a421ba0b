"""What a database administrator with bad intentions would do: change the journal past its triggers."""

from sqlalchemy import text

from console.domain.journal import Entry
from console.store import tables
from console.store.store import Store

KEPT = ("journal", "seal", "signer")


def tamper(store: Store, *statements: object) -> None:
    """Carry out statements with the triggers of journal and seals out of the way."""
    with store.write() as unit:
        if unit.dialect == "postgresql":
            unit.run(text("set local session_replication_role = replica"))
        else:
            for table in KEPT:
                for trigger in ("no_update", "no_delete", "no_replace"):
                    unit.run(text(f"drop trigger if exists {table}_{trigger}"))
        for statement in statements:
            unit.run(statement)


def rewrite(store: Store, entry_id: int, **changes: object) -> None:
    """Change an entry and give it the digest of what it now says."""
    journal = tables.journal
    tamper(store, journal.update().where(journal.c.id == entry_id).values(**changes))
    with store.read() as unit:
        entry = unit.get(journal, Entry, entry_id)
    tamper(store, journal.update().where(journal.c.id == entry_id).values(digest=entry.sealed().digest))
