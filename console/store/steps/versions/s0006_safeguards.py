"""Seals and triggers over the journal; looks at personal details, approvals, exports, holds and deletion reports."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant

revision = "0006"
down_revision = "0005"

KEPT = ("journal", "seal", "signer")


def upgrade() -> None:
    """Take this step."""
    _seals()
    _looks_and_exports()
    _retention()
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
    else:
        _refuse_on_sqlite()


def _seals() -> None:
    op.create_table(
        "seal",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("first_id", Id, nullable=False),
        sa.Column("last_xid", sa.BigInteger(), nullable=False),
        sa.Column("last_id", Id, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), server_default="", nullable=False),
        sa.Column("signer", sa.String(length=16), server_default="", nullable=False),
        sa.Column("signature", sa.String(length=128), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
    )
    op.create_table(
        "signer",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.String(length=64), server_default="", nullable=False),
        sa.Column("first_seal", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signer")),
    )


def _looks_and_exports() -> None:
    op.create_table(
        "personal_access",
        _id(),
        _number("case_id"),
        _text("fields", 80),
        _text("reason", 200),
        _number("user_id"),
        _text("user_name", 40),
        _number("org_id"),
        _text("seat", 40),
        _when("at", needed=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_access")),
    )
    op.create_index(op.f("ix_personal_access_case_id"), "personal_access", ["case_id"])
    op.create_table(
        "approval",
        _id(),
        _text("kind", 12),
        _text("reason", 200),
        _number("asked_by"),
        _number("centre_id"),
        _when("asked_at", needed=True),
        _text("state", 10),
        _number("decided_by", needed=False),
        _when("decided_at"),
        _when("valid_until"),
        _version(),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_approval_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_centre_id_state"), "approval", ["centre_id", "state"])
    op.create_table(
        "export_log",
        _id(),
        _text("kind", 12),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        _text("purpose", 200),
        _text("receiver", 80),
        _number("approval_id", needed=False),
        _text("sha256", 64),
        _number("user_id"),
        _text("user_name", 40),
        _text("seat", 40),
        _when("at", needed=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_log")),
    )
    op.create_index(op.f("ix_export_log_at"), "export_log", ["at"])


def _retention() -> None:
    with op.batch_alter_table("case_file") as batch:
        batch.add_column(_when("delete_after"))
    op.create_index(op.f("ix_case_file_delete_after"), "case_file", ["delete_after"])
    op.create_table(
        "hold",
        _id(),
        _number("case_id"),
        _text("reason", 200),
        _number("held_by"),
        _when("held_at", needed=True),
        _when("until", needed=True),
        _number("lifted_by", needed=False),
        _when("lifted_at"),
        _version(),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_hold_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_case_id"), "hold", ["case_id"])
    op.create_table(
        "deletion_report",
        _id(),
        _text("day", 10),
        _when("began_at", needed=True),
        _when("ended_at"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("cases", "rows", "files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_report")),
        sa.UniqueConstraint("day", name=op.f("uq_deletion_report_day")),
    )
    op.create_table(
        "deletion_item",
        _id(),
        _number("report_id"),
        _text("kind", 16),
        _number("ref"),
        _text("number", 40),
        _text("sha256", 64),
        sa.ForeignKeyConstraint(["report_id"], ["deletion_report.id"], name=op.f("fk_deletion_item_report_id_deletion_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_item")),
    )
    op.create_index(op.f("ix_deletion_item_report_id"), "deletion_item", ["report_id"])


def _id() -> "sa.Column[int]":
    return sa.Column("id", Id, autoincrement=True, nullable=False)


def _number(name: str, *, needed: bool = True) -> "sa.Column[int]":
    return sa.Column(name, Id, nullable=not needed)


def _text(name: str, length: int) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def _when(name: str, *, needed: bool = False) -> "sa.Column[object]":
    return sa.Column(name, Instant(), nullable=not needed)


def _version() -> "sa.Column[int]":
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _refuse_on_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
        END $$
    """)
    for table in KEPT:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _refuse_on_sqlite() -> None:
    for table in KEPT:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {act} refused'); END"
            )
        # INSERT OR REPLACE takes the old row away without asking the trigger of DELETE.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows: REPLACE refused'); END"
        )
