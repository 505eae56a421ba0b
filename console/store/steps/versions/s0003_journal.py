"""Journal, keys, outbox, numbers and settings."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Json

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Take this step."""
    _journal()
    _numbers()
    _seen()
    _setting()
    _delivery()


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", Id, nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("op", sa.String(length=20), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("ref", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("to_state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_journal_kind_ref_version"), "journal", ["kind", "ref", "version"], unique=False)
    op.create_index(op.f("ix_journal_xid_id"), "journal", ["xid", "id"], unique=False)


def _numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_numbers")),
    )


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("body_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("answer", Json, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_seen")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("recipient", Id, nullable=False),
        sa.Column("channel", sa.String(length=10), server_default="", nullable=False),
        sa.Column("release_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["recipient"], ["org.id"], name=op.f("fk_delivery_recipient_org")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_delivery_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("task_id", "channel", name=op.f("uq_delivery_task_id_channel")),
    )
    op.create_index(op.f("ix_delivery_state_release_at"), "delivery", ["state", "release_at"], unique=False)
