"""A whole city: outlines as bytes, key sites, and what lists and searches over a year of cases lean on."""

import json

import sqlalchemy as sa
from alembic import op

from console.domain.packed import pack
from console.domain.place import rings_of
from console.store.tables import Id, Instant, Json

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take this step."""
    for table in ("division", "grid"):
        _pack_outlines(table)
    _key_site()


def _pack_outlines(table: str) -> None:
    with op.batch_alter_table(table) as changed:
        changed.add_column(sa.Column("outline", sa.LargeBinary(), nullable=True))
    rows = sa.table(table, sa.column("code", sa.String()), sa.column("rings", Json), sa.column("outline", sa.LargeBinary()))
    bind = op.get_bind()
    for code, rings in bind.execute(sa.select(rows.c.code, rows.c.rings)).all():
        found = rings_of(json.loads(rings) if isinstance(rings, str) else rings or ())
        bind.execute(rows.update().where(rows.c.code == code).values(outline=pack(found).packed))
    with op.batch_alter_table(table) as changed:
        changed.drop_column("rings")
        changed.alter_column("outline", new_column_name="rings", existing_type=sa.LargeBinary(), nullable=False)


def _key_site() -> None:
    op.create_table(
        "key_site",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=2), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("unit", sa.String(length=80), server_default="", nullable=False),
        sa.Column("contact", sa.String(length=40), server_default="", nullable=False),
        sa.Column("contact_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("risk_note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("cycle_days", sa.Integer(), nullable=False),
        sa.Column("last_inspected", Instant(), nullable=True),
        sa.Column("incidents", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_site")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_key_site_centre_id_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_key_site_code")),
    )
    op.create_index(op.f("ix_key_site_centre_id_kind"), "key_site", ["centre_id", "kind"], unique=False)
