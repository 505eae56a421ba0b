"""Plugins: their settings, where a camera came from, and who turns one."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Json

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "plugin",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_by", Id, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_plugin_centre_id_centre")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_plugin_changed_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugin")),
        sa.UniqueConstraint("name", name=op.f("uq_plugin_name")),
    )
    op.create_table(
        "camera_source",
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("plugin", sa.String(length=40), server_default="", nullable=False),
        sa.Column("ref", sa.String(length=120), server_default="", nullable=False),
        sa.Column("ptz", sa.Boolean(), nullable=False),
        sa.Column("attributes", Json, nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=True),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_camera_source_camera_id_camera")),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_source")),
        sa.UniqueConstraint("plugin", "ref", name=op.f("uq_camera_source_plugin_ref")),
    )
    op.create_table(
        "ptz_lease",
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("access_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_ptz_lease_camera_id_camera")),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_ptz_lease")),
    )
