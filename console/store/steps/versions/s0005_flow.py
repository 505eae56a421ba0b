"""The whole flow: a case's other stages and marks, applications, supervisions, meetings and the words of acts."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Tuples

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    """Take this step."""
    _case_file()
    with op.batch_alter_table("task") as task:
        task.alter_column("kind", existing_type=sa.String(length=4), type_=sa.String(length=8), existing_nullable=False,
                          existing_server_default="")
    _application()
    _supervision()
    _meeting()
    _remark()


def _case_file() -> None:
    # A draft that was thrown away must not leave its id, and with it its journal lines, to the next case: SQLite gives ids again
    # unless the table is made so that it does not.
    with op.batch_alter_table("case_file", recreate="auto" if op.get_bind().dialect.name == "postgresql" else "always",
                              table_kwargs={"sqlite_autoincrement": True}) as case:
        for name in ("due_verify", "due_evaluate", "done_verify", "done_evaluate", "suspended_at", "suspend_review", "ended_at", "lamp_at"):
            case.add_column(sa.Column(name, Instant(), nullable=True))
        for name in ("target_centre", "merged_into"):
            case.add_column(sa.Column(name, Id, nullable=True))
        for name in ("delayed", "urged", "called_back", "suspended_s"):
            case.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        texts = {"owner_path": 200, "prev_state": 2, "satisfaction": 1, "right_body": 80, "card": 1, "lamp": 1}
        for name, length in texts.items():
            case.add_column(sa.Column(name, sa.String(length=length), server_default="", nullable=False))
        case.create_index(op.f("ix_case_file_lamp_at"), ["lamp_at"], unique=False)
        case.create_index(op.f("ix_case_file_suspend_review"), ["suspend_review"], unique=False)
    op.execute("update case_file set owner_path = (select path from centre where centre.id = case_file.owner_centre)")
    # The sweeper looks at every open case once and finds out by itself when its lamp changes next.
    op.execute("update case_file set lamp_at = reported_at where state in ('10', '20', '30', '40', '50', '60', '70')")
    op.execute("update case_file set ended_at = done_close where state = '90'")


def _application() -> None:
    op.create_table(
        "application",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=True),
        sa.Column("type", sa.String(length=2), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=2), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=1), server_default="", nullable=False),
        sa.Column("old_due", Instant(), nullable=True),
        sa.Column("new_due", Instant(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=12), server_default="", nullable=False),
        sa.Column("applicant", Id, nullable=False),
        sa.Column("applicant_org", Id, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("state", sa.String(length=1), server_default="", nullable=False),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("advice", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_application_case_id_case_file")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_application_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_case_id"), "application", ["case_id"], unique=False)


def _supervision() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("category", sa.String(length=1), server_default="", nullable=False),
        sa.Column("card", sa.String(length=1), server_default="", nullable=False),
        sa.Column("by_user", Id, nullable=False),
        sa.Column("to_org", Id, nullable=True),
        sa.Column("to_centre", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("auto", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("reply_due", Instant(), nullable=True),
        sa.Column("reply_text", sa.Text(), server_default="", nullable=False),
        sa.Column("reply_by", Id, nullable=True),
        sa.Column("reply_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_supervision_case_id_case_file")),
        sa.ForeignKeyConstraint(["to_centre"], ["centre.id"], name=op.f("fk_supervision_to_centre_centre")),
        sa.ForeignKeyConstraint(["to_org"], ["org.id"], name=op.f("fk_supervision_to_org_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
    )
    op.create_index(op.f("ix_supervision_case_id"), "supervision", ["case_id"], unique=False)
    op.create_index(op.f("ix_supervision_to_org_state"), "supervision", ["to_org", "state"], unique=False)


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("place", sa.String(length=200), server_default="", nullable=False),
        sa.Column("convener", Id, nullable=False),
        sa.Column("units", Tuples(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("tasks", Tuples(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_meeting_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_case_id"), "meeting", ["case_id"], unique=False)


def _remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("action", sa.String(length=20), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_remark_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_case_id"), "remark", ["case_id"], unique=False)
