"""Changes of the code tables a centre may make for itself."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Json

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "code_change",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("table_name", sa.String(length=20), server_default="", nullable=False),
        sa.Column("code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("proposed_by", Id, nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("effective_from", Instant(), nullable=False),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("answer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_code_change_centre_id_centre")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_code_change_proposed_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_code_change_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_change")),
    )
    op.create_index(op.f("ix_code_change_state_effective_from"), "code_change", ["state", "effective_from"], unique=False)
    op.create_index(op.f("ix_code_change_centre_id_table_name_code"), "code_change", ["centre_id", "table_name", "code"], unique=False)
