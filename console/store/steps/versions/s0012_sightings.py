"""Marks people make on cameras along a way."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "sighting",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("access_id", Id, nullable=False),
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("heading_deg", sa.Float(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_sighting_case_id_case_file")),
        sa.ForeignKeyConstraint(["access_id"], ["video_access.id"], name=op.f("fk_sighting_access_id_video_access")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_sighting_camera_id_camera")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
    )
    op.create_index(op.f("ix_sighting_case_id"), "sighting", ["case_id"], unique=False)
