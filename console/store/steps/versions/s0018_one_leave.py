"""One leave for every recording: a state organ's request for a clip is decided like any other request for recorded video."""

import sqlalchemy as sa
from alembic import op

from console.store.tables import Id, Instant, Tuples

revision = "0018"
down_revision = "0017"

REQUEST = sa.table(
    "clip_request", sa.column("id", Id), sa.column("clip_id", Id), sa.column("approval_id", Id), sa.column("leave_id", Id),
    *(sa.column(name, sa.String) for name in ("organ", "letter_no", "officer", "basis")), sa.column("starts_at", Instant()),
    sa.column("ends_at", Instant()),
)  # fmt: skip
CLIP = sa.table("video_clip", *(sa.column(name, Id) for name in ("id", "camera_id", "case_id")))
APPROVAL = sa.table(
    "approval", *(sa.column(name, Id) for name in ("id", "asked_by", "centre_id", "decided_by")), sa.column("state", sa.String),
    *(sa.column(name, Instant()) for name in ("asked_at", "decided_at", "valid_until")),
)  # fmt: skip
PERSON = sa.table("person", sa.column("id", Id), sa.column("name", sa.String), sa.column("org_id", Id))
LEAVE = sa.table(
    "video_leave", *(sa.column(name, Id) for name in ("id", "asked_by", "centre_id", "decided_by", "case_id", "org_id")),
    *(sa.column(name, sa.String) for name in ("kind", "reason", "state", "purpose", "relation", "letter", "asker", "decider", "verdict")),
    *(sa.column(name, Instant()) for name in ("asked_at", "decided_at", "valid_until", "starts_at", "ends_at")),
    sa.column("version", sa.Integer), sa.column("cameras", Tuples()), sa.column("is_police", sa.Boolean),
)  # fmt: skip


def upgrade() -> None:
    """Take this step."""
    op.add_column("clip_request", sa.Column("leave_id", Id, nullable=True))
    bind = op.get_bind()
    for row in bind.execute(_requests()).mappings().all():
        made = bind.execute(sa.insert(LEAVE).values(_leave(row)).returning(LEAVE.c.id)).scalar_one()
        bind.execute(sa.update(REQUEST).where(REQUEST.c.id == row["id"]).values(leave_id=made))
    op.drop_index(op.f("ix_clip_request_approval_id"), "clip_request")
    with op.batch_alter_table("clip_request") as table:
        table.drop_constraint("fk_clip_request_approval_id_approval", type_="foreignkey")
        table.drop_column("approval_id")
        table.alter_column("leave_id", existing_type=Id, nullable=False)
        table.create_foreign_key(op.f("fk_clip_request_leave_id_video_leave"), "video_leave", ["leave_id"], ["id"])
        table.create_index(op.f("ix_clip_request_leave_id"), ["leave_id"])


def _requests() -> sa.Select:
    asker, decider = PERSON.alias("asker"), PERSON.alias("decider")
    return (
        sa.select(
            REQUEST, CLIP.c.camera_id, CLIP.c.case_id, APPROVAL.c.asked_by, APPROVAL.c.centre_id, APPROVAL.c.asked_at, APPROVAL.c.state,
            APPROVAL.c.decided_by, APPROVAL.c.decided_at, APPROVAL.c.valid_until, asker.c.name.label("asker"), asker.c.org_id,
            decider.c.name.label("decider"),
        )
        .join_from(REQUEST, CLIP, CLIP.c.id == REQUEST.c.clip_id).join(APPROVAL, APPROVAL.c.id == REQUEST.c.approval_id)
        .join(asker, asker.c.id == APPROVAL.c.asked_by).join(decider, decider.c.id == APPROVAL.c.decided_by, isouter=True)
    )  # fmt: skip


def _leave(row: sa.RowMapping) -> dict[str, object]:
    same = ("asked_by", "centre_id", "asked_at", "state", "decided_by", "decided_at", "valid_until", "case_id", "asker", "org_id")
    return {
        **{name: row[name] for name in (*same, "starts_at", "ends_at")}, "kind": "export", "reason": row["basis"], "version": 1,
        "purpose": "V7", "cameras": (row["camera_id"],), "is_police": False, "relation": "", "verdict": "", "decider": row["decider"] or "",
        "letter": f"{row['organ']} {row['letter_no']} {row['officer']}"[:120],
    }  # fmt: skip
