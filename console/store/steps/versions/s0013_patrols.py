"""Video patrols: plans, walks along them with what was seen of each camera, and the reports they led to."""

import sqlalchemy as sa
from alembic import op

from console.store.columns import Id, Instant, Tuples

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Take this step."""
    _plans()
    _runs()
    _stops()
    _findings()


def _plans() -> None:
    op.create_table(
        "patrol_plan",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("shift", sa.String(length=4), server_default="", nullable=False),
        sa.Column("stops", Tuples(), nullable=False),
        sa.Column("made_by", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_patrol_plan_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_plan")),
    )
    op.create_index(op.f("ix_patrol_plan_centre_id"), "patrol_plan", ["centre_id"], unique=False)


def _runs() -> None:
    op.create_table(
        "patrol_run",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("plan_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("shift", sa.String(length=4), server_default="", nullable=False),
        sa.Column("shift_from", Instant(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("seat", sa.String(length=40), server_default="", nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("proven_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_patrol_run_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_run")),
    )
    op.create_index(op.f("ix_patrol_run_centre_id_shift_from"), "patrol_run", ["centre_id", "shift_from"], unique=False)
    op.create_index(op.f("ix_patrol_run_user_id_ended_at"), "patrol_run", ["user_id", "ended_at"], unique=False)


def _stops() -> None:
    op.create_table(
        "patrol_stop",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("camera_id", Id, nullable=False),
        sa.Column("planned_s", sa.Integer(), nullable=False),
        sa.Column("preset", sa.String(length=40), server_default="", nullable=False),
        sa.Column("shown_ms", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="", nullable=False),
        sa.Column("why", sa.String(length=100), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["patrol_run.id"], name=op.f("fk_patrol_stop_run_id_patrol_run")),
        sa.ForeignKeyConstraint(["camera_id"], ["camera.id"], name=op.f("fk_patrol_stop_camera_id_camera")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_stop")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_patrol_stop_run_id_place")),
    )


def _findings() -> None:
    op.create_table(
        "patrol_finding",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.Column("stop_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("report_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["patrol_run.id"], name=op.f("fk_patrol_finding_run_id_patrol_run")),
        sa.ForeignKeyConstraint(["stop_id"], ["patrol_stop.id"], name=op.f("fk_patrol_finding_stop_id_patrol_stop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_finding")),
        sa.UniqueConstraint("report_id", name=op.f("uq_patrol_finding_report_id")),
    )
    op.create_index(op.f("ix_patrol_finding_run_id"), "patrol_finding", ["run_id"], unique=False)
