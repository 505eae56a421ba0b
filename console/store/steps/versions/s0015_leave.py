"""Leave for recorded video, and what a look at it carries beside a live one."""

import sqlalchemy as sa
from alembic import op

from console.store.columns import Id, Instant, Tuples

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Take this step."""
    _leaves()
    _looks()


def _leaves() -> None:
    op.create_table(
        "video_leave",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("valid_until", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("cameras", Tuples(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("purpose", sa.String(length=4), server_default="", nullable=False),
        sa.Column("case_id", Id, nullable=True),
        sa.Column("is_police", sa.Boolean(), nullable=False),
        sa.Column("relation", sa.String(length=10), server_default="", nullable=False),
        sa.Column("letter", sa.String(length=120), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("asker", sa.String(length=40), server_default="", nullable=False),
        sa.Column("decider", sa.String(length=40), server_default="", nullable=False),
        sa.Column("review_due", Instant(), nullable=True),
        sa.Column("reviewed_by", Id, nullable=True),
        sa.Column("reviewed_at", Instant(), nullable=True),
        sa.Column("verdict", sa.String(length=8), server_default="", nullable=False),
        sa.Column("suspended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_video_leave_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_leave")),
    )
    for columns in (["state", "review_due"], ["asked_by", "state"], ["centre_id", "state"], ["case_id"]):
        op.create_index(op.f(f"ix_video_leave_{'_'.join(columns)}"), "video_leave", columns, unique=False)


def _looks() -> None:
    for column in (
        sa.Column("leave_id", Id, nullable=True),
        sa.Column("approver", sa.String(length=40), server_default="", nullable=False),
        sa.Column("decision", sa.String(length=8), server_default="", nullable=False),
        *(sa.Column(name, Instant(), nullable=True) for name in ("granted_from", "granted_to", "period_from", "period_to")),
    ):
        op.add_column("video_access", column)
    for columns in (["opened_at"], ["user_id", "opened_at"]):
        op.create_index(op.f(f"ix_video_access_{'_'.join(columns)}"), "video_access", columns, unique=False)
