"""Walls that are kept, tours of them, cameras kept connected for the next one, and pictures taken of cameras."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Tuples

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Take this step."""
    _batches()
    _stills()
    _walls()
    _tours()


def _batches() -> None:
    op.create_table(
        "video_batch",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("cameras", Tuples(), nullable=False),
        sa.Column("purpose", sa.String(length=4), server_default="", nullable=False),
        sa.Column("case_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_batch")),
    )


def _stills() -> None:
    op.create_table(
        "video_still",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("access_id", Id, nullable=False),
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("attachment_id", Id, nullable=True),
        sa.Column("file_name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["access_id"], ["video_access.id"], name=op.f("fk_video_still_access_id_video_access")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_video_still_camera_id_camera")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_still")),
    )
    op.create_index(op.f("ix_video_still_sha256"), "video_still", ["sha256"], unique=False)


def _walls() -> None:
    op.create_table(
        "saved_wall",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("owner_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("audience", sa.String(length=8), server_default="", nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("layout", sa.String(length=12), server_default="", nullable=False),
        sa.Column("hung", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("taken_by", Id, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_saved_wall_centre_id_centre")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_saved_wall_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_wall")),
    )
    op.create_index(op.f("ix_saved_wall_centre_id_audience"), "saved_wall", ["centre_id", "audience"], unique=False)
    op.create_index(op.f("ix_saved_wall_owner_id"), "saved_wall", ["owner_id"], unique=False)


def _tours() -> None:
    op.create_table(
        "wall_tour",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_wall_tour_centre_id_centre")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_wall_tour_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall_tour")),
    )
    op.create_index(op.f("ix_wall_tour_owner_id"), "wall_tour", ["owner_id"], unique=False)
