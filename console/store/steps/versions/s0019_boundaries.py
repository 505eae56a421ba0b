"""Changes of boundaries that wait for another's word, with the outlines of their areas before and after."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Outline

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "boundary_change",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("proposed_by", Id, nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("files", sa.String(length=400), server_default="", nullable=False),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("grids", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_boundary_change_centre_id_centre")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_boundary_change_proposed_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_boundary_change_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_change")),
    )
    op.create_index(op.f("ix_boundary_change_state"), "boundary_change", ["state"], unique=False)
    op.create_index(op.f("ix_boundary_change_centre_id_state"), "boundary_change", ["centre_id", "state"], unique=False)
    op.create_table(
        "boundary_area",
        sa.Column("change_id", Id, nullable=False),
        sa.Column("code", sa.String(length=15), nullable=False),
        sa.Column("kind", sa.String(length=2), server_default="", nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=12), server_default="", nullable=False),
        sa.Column("path", sa.String(length=120), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("was_name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("rings", Outline(), nullable=False),
        sa.Column("before", Outline(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["boundary_change.id"], name=op.f("fk_boundary_area_change_id_boundary_change")),
        sa.PrimaryKeyConstraint("change_id", "code", name=op.f("pk_boundary_area")),
    )
    op.create_index(op.f("ix_boundary_area_code"), "boundary_area", ["code"], unique=False)
