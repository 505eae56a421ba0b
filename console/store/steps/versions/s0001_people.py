"""People, places and cameras."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Json, Tuples

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Take this step."""
    _centre()
    _division()
    _grid()
    _camera()
    _org()
    _camera_address()
    _person()
    _video_access()
    _secret()
    _session()


def _centre() -> None:
    op.create_table(
        "centre",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=24), server_default="", nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("path", sa.String(length=200), server_default="", nullable=False),
        sa.Column("intake", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_centre_code")),
    )
    op.create_index(op.f("ix_centre_path"), "centre", ["path"], unique=False)


def _division() -> None:
    op.create_table(
        "division",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("parent", sa.String(length=12), server_default="", nullable=False),
        sa.Column("path", sa.String(length=120), server_default="", nullable=False),
        sa.Column("rings", Json, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_division")),
    )
    op.create_index(op.f("ix_division_parent"), "division", ["parent"], unique=False)


def _grid() -> None:
    op.create_table(
        "grid",
        sa.Column("code", sa.String(length=15), nullable=False),
        sa.Column("kind", sa.String(length=2), server_default="", nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("rings", Json, nullable=False),
        sa.Column("leader", sa.String(length=40), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_grid")),
    )
    op.create_index(op.f("ix_grid_division"), "grid", ["division"], unique=False)


def _camera() -> None:
    op.create_table(
        "camera",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("gb_id", sa.String(length=20), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("direction_deg", sa.Float(), nullable=False),
        sa.Column("fov_deg", sa.Float(), nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_camera_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera")),
        sa.UniqueConstraint("code", name=op.f("uq_camera_code")),
    )


def _org() -> None:
    op.create_table(
        "org",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=24), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=20), server_default="", nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("duty_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("department", sa.String(length=4), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_org_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org")),
        sa.UniqueConstraint("code", name=op.f("uq_org_code")),
    )


def _camera_address() -> None:
    op.create_table(
        "camera_address",
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("sub", sa.String(length=400), server_default="", nullable=False),
        sa.Column("main", sa.String(length=400), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_camera_address_camera_id_camera")),
        sa.PrimaryKeyConstraint("camera_id", name=op.f("pk_camera_address")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=40), server_default="", nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("work_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("roles", Tuples(), nullable=False),
        sa.Column("status", sa.String(length=12), server_default="", nullable=False),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_person_centre_id_centre")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_person_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )


def _video_access() -> None:
    op.create_table(
        "video_access",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), server_default="", nullable=False),
        sa.Column("purpose", sa.String(length=4), server_default="", nullable=False),
        sa.Column("case_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_video_access_camera_id_camera")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_video_access")),
    )
    op.create_index(op.f("ix_video_access_case_id"), "video_access", ["case_id"], unique=False)


def _secret() -> None:
    op.create_table(
        "secret",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("argon2", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_secret_user_id_person")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_secret")),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("csrf", sa.String(length=64), server_default="", nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=8), server_default="", nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_session_user_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
