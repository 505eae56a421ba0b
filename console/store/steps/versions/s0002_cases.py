"""Reports, cases, tasks, answers and pictures."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Tuples

revision = "0002"
down_revision = "0001"
# As they were in this step; the program's own list may grow.
STAGES = ("accept", "file", "dispatch", "sign", "first", "handle", "check", "close")


def upgrade() -> None:
    """Take this step."""
    _attachment()
    _report()
    _upload()
    _case_file()
    _access()
    _task()
    _task_reply()


def _attachment() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("owner_kind", sa.String(length=10), server_default="", nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("stage", sa.String(length=8), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=8), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", Id, nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_case_id"), "attachment", ["case_id"], unique=False)
    op.create_index(op.f("ix_attachment_sha256"), "attachment", ["sha256"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=64), server_default="", nullable=False),
        sa.Column("source", sa.String(length=2), server_default="", nullable=False),
        sa.Column("reporter_id", Id, nullable=False),
        sa.Column("reporter_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("reporter_phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.Column("category", sa.String(length=40), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=200), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("datum", sa.String(length=8), server_default="", nullable=False),
        sa.Column("raw_lon", sa.Float(), nullable=True),
        sa.Column("raw_lat", sa.Float(), nullable=True),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("device_at", Instant(), nullable=True),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("flags", Tuples(), nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("state", sa.String(length=12), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_case_id"), "report", ["case_id"], unique=False)
    op.create_index(op.f("ix_report_reporter_id"), "report", ["reporter_id"], unique=False)


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "user_id", name=op.f("pk_upload")),
    )


def _case_file() -> None:
    op.create_table(
        "case_file",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=32), server_default="", nullable=False),
        sa.Column("title", sa.String(length=60), server_default="", nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=4), server_default="", nullable=False),
        sa.Column("source", sa.String(length=2), server_default="", nullable=False),
        sa.Column("priority", sa.String(length=2), server_default="", nullable=False),
        sa.Column("scale", sa.String(length=1), server_default="", nullable=False),
        sa.Column("state", sa.String(length=2), server_default="", nullable=False),
        sa.Column("occurred_at", Instant(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("address", sa.String(length=200), server_default="", nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("coord_source", sa.String(length=12), server_default="", nullable=False),
        sa.Column("division", sa.String(length=12), server_default="", nullable=False),
        sa.Column("grid", sa.String(length=15), server_default="", nullable=False),
        sa.Column("owner_centre", Id, nullable=False),
        sa.Column("reporter_id", Id, nullable=False),
        sa.Column("flags", Tuples(), nullable=False),
        sa.Column("acked_at", Instant(), nullable=True),
        sa.Column("acked_by", Id, nullable=True),
        sa.Column("lead_org", Id, nullable=True),
        sa.Column("handler_ids", Tuples(), nullable=False),
        sa.Column("returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reworked", sa.Integer(), server_default="0", nullable=False),
        *(sa.Column(f"{kind}_{stage}", Instant(), nullable=True) for kind in ("due", "done") for stage in STAGES),
        sa.Column("close_type", sa.String(length=12), server_default="", nullable=False),
        sa.Column("close_text", sa.Text(), server_default="", nullable=False),
        sa.Column("public_reply", sa.Text(), server_default="", nullable=False),
        sa.Column("shield", sa.String(length=12), server_default="", nullable=False),
        sa.Column("retention_class", sa.String(length=1), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["lead_org"], ["org.id"], name=op.f("fk_case_file_lead_org_org")),
        sa.ForeignKeyConstraint(["owner_centre"], ["centre.id"], name=op.f("fk_case_file_owner_centre_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("number", name=op.f("uq_case_file_number")),
    )
    op.create_index(
        op.f("ix_case_file_owner_centre_state_priority_reported_at"),
        "case_file",
        ["owner_centre", "state", "priority", "reported_at"],
        unique=False,
    )


def _access() -> None:
    op.create_table(
        "access",
        sa.Column("case_id", Id, nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("why", sa.String(length=12), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_access_case_id_case_file")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_access_org_id_org")),
        sa.PrimaryKeyConstraint("case_id", "org_id", name=op.f("pk_access")),
    )
    op.create_index(op.f("ix_access_org_id_case_id"), "access", ["org_id", "case_id"], unique=False)


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=40), server_default="", nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=4), server_default="", nullable=False),
        sa.Column("org_id", Id, nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="", nullable=False),
        sa.Column("sent_by", Id, nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("release_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("due_sign", Instant(), nullable=True),
        sa.Column("signed_at", Instant(), nullable=True),
        sa.Column("due_first", Instant(), nullable=True),
        sa.Column("first_reply_at", Instant(), nullable=True),
        sa.Column("due_handle", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("on_site_at", Instant(), nullable=True),
        sa.Column("refuse_reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_task_case_id_case_file")),
        sa.ForeignKeyConstraint(["org_id"], ["org.id"], name=op.f("fk_task_org_id_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("number", name=op.f("uq_task_number")),
    )
    op.create_index(op.f("ix_task_case_id"), "task", ["case_id"], unique=False)
    op.create_index(op.f("ix_task_org_id_state"), "task", ["org_id", "state"], unique=False)


def _task_reply() -> None:
    op.create_table(
        "task_reply",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("case_id", Id, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("user_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("solved", sa.String(length=8), server_default="", nullable=False),
        sa.Column("photos", Tuples(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_task_reply_case_id_case_file")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_reply_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_reply")),
    )
    op.create_index(op.f("ix_task_reply_case_id"), "task_reply", ["case_id"], unique=False)
    op.create_index(op.f("ix_task_reply_task_id"), "task_reply", ["task_id"], unique=False)
