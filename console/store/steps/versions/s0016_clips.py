"""Clips kept with cases, what state organs say when they ask for one, and the day stills go."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Take this step."""
    _clips()
    _requests()
    with op.batch_alter_table("video_still") as still:
        still.add_column(sa.Column("delete_after", Instant(), nullable=True))
        still.add_column(sa.Column("deleted_at", Instant(), nullable=True))
        still.create_index(op.f("ix_video_still_delete_after"), ["delete_after"])


def _clips() -> None:
    op.create_table(
        "video_clip",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("access_id", Id, nullable=False),
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("attachment_id", Id, nullable=True),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("source", sa.String(length=10), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("picture", sa.String(length=64), server_default="", nullable=False),
        sa.Column("watermark", sa.String(length=200), server_default="", nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("hold_until", Instant(), nullable=True),
        sa.Column("hold_reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("held_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("delete_after", Instant(), nullable=True),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["access_id"], ["video_access.id"], name=op.f("fk_video_clip_access_id_video_access")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_video_clip_camera_id_camera")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_video_clip_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_clip")),
    )
    for column in ("case_id", "sha256", "delete_after"):
        op.create_index(op.f(f"ix_video_clip_{column}"), "video_clip", [column], unique=False)


def _requests() -> None:
    op.create_table(
        "clip_request",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("clip_id", Id, nullable=False),
        sa.Column("approval_id", Id, nullable=False),
        sa.Column("organ", sa.String(length=60), server_default="", nullable=False),
        sa.Column("letter_no", sa.String(length=40), server_default="", nullable=False),
        sa.Column("officer", sa.String(length=40), server_default="", nullable=False),
        sa.Column("basis", sa.String(length=200), server_default="", nullable=False),
        sa.Column("why_long", sa.String(length=200), server_default="", nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("export_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["clip_id"], ["video_clip.id"], name=op.f("fk_clip_request_clip_id_video_clip")),
        sa.ForeignKeyConstraint(["approval_id"], ["approval.id"], name=op.f("fk_clip_request_approval_id_approval")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clip_request")),
    )
    for column in ("clip_id", "approval_id", "letter_no"):
        op.create_index(op.f(f"ix_clip_request_{column}"), "clip_request", [column], unique=False)
