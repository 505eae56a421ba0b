"""Account rules, second factors, sessions that tell where, role changes, rosters, and the staging of imports."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Tuples

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Take this step."""
    _people()
    _accounts()
    _second_factor()
    _roles_and_duty()
    _imports()


def _version() -> "sa.Column[int]":
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _people() -> None:
    with op.batch_alter_table("org") as org:
        org.add_column(sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False))
        org.add_column(_version())
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("employment", sa.String(length=12), server_default="", nullable=False))
        person.add_column(sa.Column("valid_to", Instant(), nullable=True))
        person.add_column(sa.Column("trained_at", Instant(), nullable=True))
        person.add_column(_version())
        person.create_index(op.f("ix_person_centre_id_login"), ["centre_id", "login"])
        person.create_index(op.f("ix_person_org_id"), ["org_id"])


def _accounts() -> None:
    with op.batch_alter_table("secret") as secret:
        secret.add_column(sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
        secret.add_column(sa.Column("locked_at", Instant(), nullable=True))
        secret.add_column(sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))
        secret.add_column(sa.Column("changed_at", Instant(), nullable=True))
        secret.add_column(sa.Column("last_sign_in", Instant(), nullable=True))
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("address", sa.String(length=45), server_default="", nullable=False))
        session.add_column(sa.Column("seen_at", Instant(), nullable=True))
        session.create_index(op.f("ix_session_user_id_closed_at"), ["user_id", "closed_at"])
    op.create_table(
        "password_past",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("argon2", sa.String(length=200), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_password_past_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_past")),
    )
    op.create_index(op.f("ix_password_past_user_id"), "password_past", ["user_id"], unique=False)


def _second_factor() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("secret", sa.String(length=64), server_default="", nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_second_factor_user_id_person")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("code_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_recovery_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    op.create_index(op.f("ix_recovery_user_id"), "recovery", ["user_id"], unique=False)


def _roles_and_duty() -> None:
    op.create_table(
        "role_change",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("before", Tuples(), nullable=False),
        sa.Column("after", Tuples(), nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        _version(),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_role_change_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_change")),
    )
    op.create_index(op.f("ix_role_change_state"), "role_change", ["state"], unique=False)
    op.create_index(op.f("ix_role_change_user_id"), "role_change", ["user_id"], unique=False)
    op.create_table(
        "duty",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("part", sa.String(length=12), server_default="", nullable=False),
        _version(),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_duty_centre_id_centre")),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_duty_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_centre_id_starts_at"), "duty", ["centre_id", "starts_at"], unique=False)


def _imports() -> None:
    op.create_table(
        "user_import",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_import")),
    )
    op.create_table(
        "user_import_row",
        sa.Column("import_id", Id, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), server_default="", nullable=False),
        sa.Column("name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("work_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("roles", Tuples(), nullable=False),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.Column("employment", sa.String(length=12), server_default="", nullable=False),
        sa.Column("valid_to", Instant(), nullable=True),
        sa.Column("start_hash", sa.String(length=200), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["user_import.id"], name=op.f("fk_user_import_row_import_id_user_import")),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_user_import_row")),
    )
