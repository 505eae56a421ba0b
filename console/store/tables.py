"""Every table of the console, with one naming convention from the first step on."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from console.store.columns import Id, Instant, Json, Outline, Tuples

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> "Column[int]":
    return Column("id", Id, primary_key=True, autoincrement=True)


def _text(name: str, length: int = 200, **more: object) -> "Column[str]":
    return Column(name, String(length), nullable=False, server_default="", **more)  # type: ignore[arg-type]


def _when(name: str, *, needed: bool = False) -> "Column[datetime]":
    return Column(name, Instant, nullable=not needed)


def _ref(name: str, target: str, *, needed: bool = True) -> "Column[int]":
    return Column(name, Id, ForeignKey(target), nullable=not needed)


def _version() -> "Column[int]":
    return Column("version", Integer, nullable=False, server_default="1")


centre = Table(
    "centre", metadata, _id(), _text("code", 24), Column("level", Integer, nullable=False), _text("division", 12),
    _text("name", 80), Column("parent_id", Id, nullable=True), _text("path", 200, index=True),
    Column("intake", Boolean, nullable=False), UniqueConstraint("code"),
)  # fmt: skip
division = Table(
    "division", metadata, Column("code", String(12), primary_key=True), Column("level", Integer, nullable=False), _text("name", 80),
    _text("parent", 12, index=True), _text("path", 120), Column("rings", Outline, nullable=False),
)  # fmt: skip
grid = Table(
    "grid", metadata, Column("code", String(15), primary_key=True), _text("kind", 2), Column("level", Integer, nullable=False),
    _text("division", 12, index=True), _text("name", 80), Column("rings", Outline, nullable=False), _text("leader", 40),
)  # fmt: skip
org = Table(
    "org", metadata, _id(), _text("code", 24), _text("kind", 20), Column("level", Integer, nullable=False), _text("division", 12),
    Column("parent_id", Id, nullable=True), _text("name", 80), _text("duty_phone", 30), _ref("centre_id", "centre.id"),
    _text("department", 4), Column("closed", Boolean, nullable=False, server_default=false()), _version(), UniqueConstraint("code"),
)  # fmt: skip
user = Table(
    "person", metadata, _id(), _text("login", 40), _text("name", 40), _text("work_phone", 30), _ref("org_id", "org.id"),
    _ref("centre_id", "centre.id"), Column("roles", Tuples, nullable=False), _text("status", 12), _text("grid", 15),
    _text("employment", 12), _when("valid_to"), _when("trained_at"), _version(), UniqueConstraint("login"),
    Index(None, "centre_id", "login"), Index(None, "org_id"),
)  # fmt: skip
# What a person signs in with, and how signing in went; apart from `person`, so that no list of people carries any of it.
secret = Table(
    "secret", metadata, Column("user_id", Id, ForeignKey("person.id"), primary_key=True), _text("argon2", 200),
    Column("failures", Integer, nullable=False, server_default="0"), _when("locked_at"),
    Column("must_change", Boolean, nullable=False, server_default=false()), _when("changed_at"), _when("last_sign_in"),
)  # fmt: skip
password_past = Table(
    "password_past", metadata, _id(), _ref("user_id", "person.id"), _text("argon2", 200), _when("at", needed=True), Index(None, "user_id"),
)  # fmt: skip
second_factor = Table(
    "second_factor", metadata, Column("user_id", Id, ForeignKey("person.id"), primary_key=True), _text("secret", 64),
    _when("confirmed_at"), Column("last_step", BigInteger, nullable=False, server_default="0"),
)  # fmt: skip
recovery = Table(
    "recovery", metadata, _id(), _ref("user_id", "person.id"), _text("code_hash", 64), _when("used_at"), Index(None, "user_id"),
)  # fmt: skip
session = Table(
    "session", metadata, Column("token_hash", String(64), primary_key=True), _ref("user_id", "person.id"), _text("csrf", 64),
    _text("seat", 40), _text("kind", 8), _when("opened_at", needed=True), _when("expires_at", needed=True), _when("closed_at"),
    _text("address", 45), _when("seen_at"), Index(None, "user_id", "closed_at"),
)  # fmt: skip
# A wish to give a person guarded roles, which somebody else decides.
role_change = Table(
    "role_change", metadata, _id(), _ref("user_id", "person.id"), Column("before", Tuples, nullable=False),
    Column("after", Tuples, nullable=False), Column("asked_by", Id, nullable=False), _when("asked_at", needed=True), _text("state", 10),
    Column("decided_by", Id, nullable=True), _when("decided_at"), _version(), Index(None, "state"), Index(None, "user_id"),
)  # fmt: skip
duty = Table(
    "duty", metadata, _id(), _ref("centre_id", "centre.id"), _ref("user_id", "person.id"), _when("starts_at", needed=True),
    _when("ends_at", needed=True), _text("part", 12), _version(), Index(None, "centre_id", "starts_at"),
)  # fmt: skip
# Where an import of people waits until it is whole; nothing reads it but the switch.
user_import = Table(
    "user_import", metadata, _id(), Column("user_id", Id, nullable=False), _when("at", needed=True), _text("state", 10),
    Column("total", Integer, nullable=False), _text("digest", 64),
)  # fmt: skip
user_import_row = Table(
    "user_import_row", metadata, Column("import_id", Id, ForeignKey("user_import.id"), primary_key=True),
    Column("line", Integer, primary_key=True), _text("login", 40), _text("name", 40), _text("work_phone", 30),
    Column("org_id", Id, nullable=False), Column("centre_id", Id, nullable=False), Column("roles", Tuples, nullable=False),
    _text("grid", 15), _text("employment", 12), _when("valid_to"), _text("start_hash", 200),
)  # fmt: skip
camera = Table(
    "camera", metadata, _id(), _text("code", 20), _text("gb_id", 20), _text("name", 80), _text("kind", 12),
    Column("lon", Float, nullable=False), Column("lat", Float, nullable=False), Column("direction_deg", Float, nullable=False),
    Column("fov_deg", Float, nullable=False), _text("division", 12), _text("grid", 15), _ref("centre_id", "centre.id"),
    Column("clock_offset_s", Float, nullable=False, server_default="0"), UniqueConstraint("code"),
)  # fmt: skip
# 重点部位 (CT-20): places that are inspected in a cycle, with a contact at work and no private address.
key_site = Table(
    "key_site", metadata, _id(), _text("code", 20), _text("name", 80), _text("kind", 2), Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False), _text("division", 12), _text("grid", 15), _ref("centre_id", "centre.id"), _text("unit", 80),
    _text("contact", 40), _text("contact_phone", 30), _text("risk_note", 200), Column("cycle_days", Integer, nullable=False),
    _when("last_inspected"), Column("incidents", Json, nullable=False), UniqueConstraint("code"), Index(None, "centre_id", "kind"),
)  # fmt: skip
# Apart from `camera`, so that no list, export or question about cameras can carry an address by accident.
camera_address = Table(
    "camera_address", metadata, Column("camera_id", Id, ForeignKey("camera.id"), primary_key=True), _text("sub", 400), _text("main", 400),
)  # fmt: skip
# Which plugin a camera came from, as what, and what else it told of it (CT-18).
camera_source = Table(
    "camera_source", metadata, Column("camera_id", Id, ForeignKey("camera.id"), primary_key=True), _text("plugin", 40), _text("ref", 120),
    Column("ptz", Boolean, nullable=False), Column("attributes", Json, nullable=False), Column("is_online", Boolean, nullable=True),
    _when("seen_at"), UniqueConstraint("plugin", "ref"),
)  # fmt: skip
plugin = Table(
    "plugin", metadata, _id(), _text("name", 40), _ref("centre_id", "centre.id"), Column("is_on", Boolean, nullable=False),
    Column("settings", Json, nullable=False), Column("sealed", Text, nullable=False), _ref("changed_by", "person.id"),
    _when("changed_at", needed=True), _version(), UniqueConstraint("name"),
)  # fmt: skip
# Who turns a camera now; one at a time.
ptz_lease = Table(
    "ptz_lease", metadata, Column("camera_id", Id, ForeignKey("camera.id"), primary_key=True), Column("access_id", Id, nullable=False),
    Column("user_id", Id, nullable=False), _text("user_name", 40), _text("seat", 40), _when("since", needed=True),
    _when("until", needed=True),
)  # fmt: skip
video_access = Table(
    "video_access", metadata, _id(), _ref("camera_id", "camera.id"), _text("kind", 10), _text("purpose", 4),
    Column("case_id", Id, nullable=True, index=True), _text("reason", 200), Column("user_id", Id, nullable=False), _text("user_name", 40),
    Column("org_id", Id, nullable=False), _text("seat", 40), _when("opened_at", needed=True), _when("closed_at"),
    Column("leave_id", Id, nullable=True), _text("approver", 40), _text("decision", 8), _when("granted_from"), _when("granted_to"),
    _when("period_from"), _when("period_to"), Index(None, "opened_at"), Index(None, "user_id", "opened_at"),
)  # fmt: skip
# Leave to play or take out recorded video, with what it is for; one taken in an emergency waits for its review.
video_leave = Table(
    "video_leave", metadata, _id(), _text("kind", 12), _text("reason", 200), Column("asked_by", Id, nullable=False),
    _ref("centre_id", "centre.id"), _when("asked_at", needed=True), _text("state", 10), Column("decided_by", Id, nullable=True),
    _when("decided_at"), _when("valid_until"), _version(), Column("cameras", Tuples, nullable=False), _when("starts_at", needed=True),
    _when("ends_at", needed=True), _text("purpose", 4), Column("case_id", Id, nullable=True), Column("is_police", Boolean, nullable=False),
    _text("relation", 10), _text("letter", 120), Column("org_id", Id, nullable=False), _text("asker", 40), _text("decider", 40),
    _when("review_due"), Column("reviewed_by", Id, nullable=True), _when("reviewed_at"), _text("verdict", 8), _when("suspended_at"),
    Index(None, "state", "review_due"), Index(None, "asked_by", "state"), Index(None, "centre_id", "state"), Index(None, "case_id"),
)  # fmt: skip
# Cameras kept connected and not shown, so that the next wall comes at once; one row for all of them.
video_batch = Table(
    "video_batch", metadata, _id(), Column("cameras", Tuples, nullable=False), _text("purpose", 4), Column("case_id", Id, nullable=True),
    _text("reason", 200), Column("user_id", Id, nullable=False), _text("user_name", 40), Column("org_id", Id, nullable=False),
    _text("seat", 40), _when("opened_at", needed=True), _when("closed_at"),
)  # fmt: skip
video_still = Table(
    "video_still", metadata, _id(), _ref("access_id", "video_access.id"), _ref("camera_id", "camera.id"),
    Column("attachment_id", Id, nullable=True), _text("file_name", 80), _text("sha256", 64), Column("size", Integer, nullable=False),
    Column("width", Integer, nullable=False), Column("height", Integer, nullable=False), _when("at", needed=True), _when("delete_after"),
    _when("deleted_at"), Index(None, "sha256"), Index(None, "delete_after"),
)  # fmt: skip
# Seconds of a camera in a case; of a deleted one the row stays, with its hash and when it went.
video_clip = Table(
    "video_clip", metadata, _id(), _ref("access_id", "video_access.id"), _ref("camera_id", "camera.id"), _ref("case_id", "case_file.id"),
    Column("attachment_id", Id, nullable=True), _when("starts_at", needed=True), _when("ends_at", needed=True), _text("source", 10),
    _text("sha256", 64), _text("picture", 64), _text("watermark"), Column("masked", Boolean, nullable=False),
    Column("user_id", Id, nullable=False), _text("user_name", 40), _when("at", needed=True), _when("hold_until"), _text("hold_reason"),
    _text("held_by", 40), _when("delete_after"), _when("deleted_at"), _version(),
    Index(None, "case_id"), Index(None, "sha256"), Index(None, "delete_after"),
)  # fmt: skip
# What a state organ said when it asked for a clip; the leave of the same request decides.
clip_request = Table(
    "clip_request", metadata, _id(), _ref("clip_id", "video_clip.id"), _ref("leave_id", "video_leave.id"), _text("organ", 60),
    _text("letter_no", 40), _text("officer", 40), _text("basis"), _text("why_long"), _when("starts_at", needed=True),
    _when("ends_at", needed=True), Column("asked_by", Id, nullable=False), _when("at", needed=True),
    Column("export_id", Id, nullable=True), Index(None, "clip_id"), Index(None, "leave_id"), Index(None, "letter_no"),
)  # fmt: skip
# A mark somebody made by hand: seen here, then; camera and place as they were.
sighting = Table(
    "sighting", metadata, _id(), _ref("case_id", "case_file.id"), _ref("access_id", "video_access.id"), _ref("camera_id", "camera.id"),
    _text("code", 20), Column("lon", Float, nullable=False), Column("lat", Float, nullable=False), Column("heading_deg", Float),
    _when("at", needed=True), Column("user_id", Id, nullable=False), _text("user_name", 40), Index(None, "case_id"),
)  # fmt: skip
saved_wall = Table(
    "saved_wall", metadata, _id(), _ref("centre_id", "centre.id"), _ref("owner_id", "person.id"), _text("owner_name", 40),
    _text("name", 40), _text("audience", 8), _text("seat", 40), Column("locked", Boolean, nullable=False), _text("layout", 12),
    Column("hung", Text, nullable=False), _when("at", needed=True), Column("taken_by", Id, nullable=True), _version(),
    Index(None, "centre_id", "audience"), Index(None, "owner_id"),
)  # fmt: skip
wall_tour = Table(
    "wall_tour", metadata, _id(), _ref("centre_id", "centre.id"), _ref("owner_id", "person.id"), _text("name", 40),
    Column("steps", Text, nullable=False), _version(), Index(None, "owner_id"),
)  # fmt: skip
# A video patrol: its plan, each walk along it with its cameras, and the reports it led to.
patrol_plan = Table(
    "patrol_plan", metadata, _id(), _ref("centre_id", "centre.id"), _text("name", 40), _text("shift", 4),
    Column("stops", Tuples, nullable=False), Column("made_by", Id, nullable=False), _when("at", needed=True), _version(),
    Index(None, "centre_id"),
)  # fmt: skip
patrol_run = Table(
    "patrol_run", metadata, _id(), Column("plan_id", Id, nullable=False), _ref("centre_id", "centre.id"), _text("plan_name", 40),
    _text("shift", 4), _when("shift_from", needed=True), Column("user_id", Id, nullable=False), _text("user_name", 40), _text("seat", 40),
    _when("began_at", needed=True), _when("proven_at", needed=True), _when("ended_at"), _version(),
    Index(None, "centre_id", "shift_from"), Index(None, "user_id", "ended_at"),
)  # fmt: skip
patrol_stop = Table(
    "patrol_stop", metadata, _id(), _ref("run_id", "patrol_run.id"), Column("place", Integer, nullable=False),
    _ref("camera_id", "camera.id"), Column("planned_s", Integer, nullable=False), _text("preset", 40),
    Column("shown_ms", Integer, nullable=False), _text("state", 8), _text("why", 100), Column("tries", Integer, nullable=False),
    UniqueConstraint("run_id", "place"),
)  # fmt: skip
patrol_finding = Table(
    "patrol_finding", metadata, _id(), _ref("run_id", "patrol_run.id"), _ref("stop_id", "patrol_stop.id"),
    Column("user_id", Id, nullable=False), Column("report_id", Id, nullable=False), Column("case_id", Id, nullable=False),
    _when("at", needed=True), UniqueConstraint("report_id"), Index(None, "run_id"),
)  # fmt: skip
report = Table(
    "report", metadata, _id(), _text("key", 64), _text("source", 2), Column("reporter_id", Id, nullable=False, index=True),
    _text("reporter_name", 40), _text("reporter_phone", 30), Column("protected", Boolean, nullable=False), _text("category", 40),
    Column("text", Text, nullable=False), _text("address", 200), Column("lon", Float), Column("lat", Float), Column("accuracy_m", Float),
    _text("datum", 8), Column("raw_lon", Float), Column("raw_lat", Float), _text("grid", 15), _text("division", 12), _when("device_at"),
    _when("received_at", needed=True), Column("flags", Tuples, nullable=False), Column("case_id", Id, nullable=False, index=True),
    _text("state", 12), _version(),
)  # fmt: skip
STAGES = ("accept", "verify", "file", "dispatch", "sign", "first", "handle", "check", "close", "evaluate")
case = Table(
    "case_file", metadata, _id(), _text("number", 32), _text("title", 60), Column("content", Text, nullable=False), _text("category", 4),
    _text("source", 2), _text("priority", 2), _text("scale", 1), _text("state", 2), _when("occurred_at"), _when("reported_at", needed=True),
    _text("address", 200), Column("lon", Float), Column("lat", Float), Column("accuracy_m", Float), _text("coord_source", 12),
    _text("division", 12), _text("grid", 15), _ref("owner_centre", "centre.id"), Column("reporter_id", Id, nullable=False),
    Column("flags", Tuples, nullable=False), _when("acked_at"), Column("acked_by", Id, nullable=True),
    _ref("lead_org", "org.id", needed=False), Column("handler_ids", Tuples, nullable=False),
    Column("returned", Integer, nullable=False, server_default="0"), Column("reworked", Integer, nullable=False, server_default="0"),
    *(_when(f"due_{stage}") for stage in STAGES), *(_when(f"done_{stage}") for stage in STAGES),
    _text("close_type", 12), Column("close_text", Text, nullable=False, server_default=""),
    Column("public_reply", Text, nullable=False, server_default=""), _text("shield", 12), _text("retention_class", 1),
    _when("delete_after"), _text("owner_path", 200), Column("target_centre", Id, nullable=True), _text("prev_state", 2),
    Column("merged_into", Id, nullable=True), _text("satisfaction", 1), _text("right_body", 80),
    *(Column(name, Integer, nullable=False, server_default="0") for name in ("delayed", "urged", "called_back", "suspended_s")),
    _text("card", 1), _when("suspended_at"), _when("suspend_review"), _when("ended_at"), _text("lamp", 1), _when("lamp_at"), _version(),
    UniqueConstraint("number"), Index(None, "owner_centre", "state", "priority", "reported_at"), Index(None, "lamp_at"),
    Index(None, "suspend_review"), Index(None, "delete_after"), sqlite_autoincrement=True,
)  # fmt: skip
task = Table(
    "task", metadata, _id(), _text("number", 40), _ref("case_id", "case_file.id"), _text("kind", 8), _ref("org_id", "org.id"),
    Column("mandatory", Boolean, nullable=False), Column("instruction", Text, nullable=False), _text("state", 10),
    Column("sent_by", Id, nullable=False), _when("sent_at", needed=True), _when("release_at", needed=True), _when("released_at"),
    Column("user_id", Id, nullable=True), _when("due_sign"), _when("signed_at"), _when("due_first"), _when("first_reply_at"),
    _when("due_handle"), _when("finished_at"), _when("on_site_at"), _text("refuse_reason", 300), _version(),
    UniqueConstraint("number"), Index(None, "org_id", "state"), Index(None, "case_id"),
)  # fmt: skip
application = Table(
    "application", metadata, _id(), _ref("case_id", "case_file.id"), _ref("task_id", "task.id", needed=False), _text("type", 2),
    _text("reason", 2), Column("text", Text, nullable=False), Column("interval", Integer, nullable=False), _text("unit", 1),
    _when("old_due"), _when("new_due"), Column("round", Integer, nullable=False), _text("target", 12),
    Column("applicant", Id, nullable=False), Column("applicant_org", Id, nullable=False), _when("asked_at", needed=True),
    _text("state", 1), Column("decided_by", Id, nullable=True),
    _when("decided_at"), Column("advice", Text, nullable=False, server_default=""), _version(), Index(None, "case_id"),
)  # fmt: skip
supervision = Table(
    "supervision", metadata, _id(), _ref("case_id", "case_file.id"), _text("category", 1), _text("card", 1),
    Column("by_user", Id, nullable=False), _ref("to_org", "org.id", needed=False), _ref("to_centre", "centre.id"),
    Column("text", Text, nullable=False), _when("at", needed=True), Column("auto", Boolean, nullable=False), _text("state", 10),
    _when("reply_due"), Column("reply_text", Text, nullable=False, server_default=""), Column("reply_by", Id, nullable=True),
    _when("reply_at"), _version(), Index(None, "case_id"), Index(None, "to_org", "state"),
)  # fmt: skip
meeting = Table(
    "meeting", metadata, _id(), _ref("case_id", "case_file.id"), _when("at", needed=True), _text("place", 200),
    Column("convener", Id, nullable=False), Column("units", Tuples, nullable=False), Column("minutes", Text, nullable=False),
    Column("tasks", Tuples, nullable=False), _version(), Index(None, "case_id"),
)  # fmt: skip
remark = Table(
    "remark", metadata, _id(), _ref("case_id", "case_file.id"), _when("at", needed=True), Column("user_id", Id, nullable=False),
    _text("action", 20), Column("text", Text, nullable=False), Index(None, "case_id"),
)  # fmt: skip
reply = Table(
    "task_reply", metadata, _id(), _ref("task_id", "task.id"), _ref("case_id", "case_file.id"), _when("at", needed=True),
    Column("user_id", Id, nullable=False), _text("user_name", 40), _text("kind", 12), Column("text", Text, nullable=False),
    _text("solved", 8), Column("photos", Tuples, nullable=False), Index(None, "task_id"), Index(None, "case_id"),
)  # fmt: skip
attachment = Table(
    "attachment", metadata, _id(), _text("owner_kind", 10), Column("owner_id", Id, nullable=False), Column("case_id", Id, nullable=False),
    _text("stage", 8), _text("kind", 8), _text("sha256", 64), Column("size", Integer, nullable=False), Column("width", Integer,
    nullable=False),
    Column("height", Integer, nullable=False), Column("uploaded_by", Id, nullable=False), _when("uploaded_at", needed=True),
    Index(None, "case_id"), Index(None, "sha256"),
)  # fmt: skip
# Photos that arrived and belong to nothing yet; an act claims them by their hash.
upload = Table(
    "upload", metadata, Column("sha256", String(64), primary_key=True), Column("user_id", Id, primary_key=True),
    Column("size", Integer, nullable=False), Column("width", Integer, nullable=False), Column("height", Integer, nullable=False),
    _when("at", needed=True),
)  # fmt: skip
access = Table(
    "access", metadata, Column("case_id", Id, ForeignKey("case_file.id"), primary_key=True),
    Column("org_id", Id, ForeignKey("org.id"), primary_key=True), _text("why", 12), _when("at", needed=True), Index(None, "org_id",
    "case_id"),
)  # fmt: skip
journal = Table(
    "journal", metadata, _id(), Column("xid", BigInteger, nullable=False), Column("epoch", Integer, nullable=False), _when("at",
    needed=True),
    Column("actor", Id, nullable=False), _text("seat", 40), _text("op", 20), _text("kind", 12), Column("ref", Id, nullable=False),
    Column("version", Integer, nullable=False), _text("from_state", 10), _text("to_state", 10), Column("facts", Json, nullable=False),
    _text("digest", 64), Index(None, "xid", "id"), Index(None, "kind", "ref", "version"), sqlite_autoincrement=True,
)  # fmt: skip
# Neither journal nor seals may be changed: triggers refuse it (step 0006). A batch step that remakes one must make its triggers again.
seal = Table(
    "seal", metadata, Column("id", Id, primary_key=True, autoincrement=False), _when("at", needed=True),
    Column("first_id", Id, nullable=False), Column("last_xid", BigInteger, nullable=False), Column("last_id", Id, nullable=False),
    Column("count", Integer, nullable=False), _text("head", 64), _text("signer", 16), _text("signature", 128),
)  # fmt: skip
signer = Table(
    "signer", metadata, Column("id", String(16), primary_key=True), _text("public_key", 64),
    Column("first_seal", Id, nullable=False), _when("at", needed=True),
)  # fmt: skip
# Who looked at plain personal details, and why; the reason stands here and not in the journal, which holds no free text.
personal_access = Table(
    "personal_access", metadata, _id(), Column("case_id", Id, nullable=False, index=True), _text("fields", 80), _text("reason", 200),
    Column("user_id", Id, nullable=False), _text("user_name", 40), Column("org_id", Id, nullable=False), _text("seat", 40),
    _when("at", needed=True),
)  # fmt: skip
approval = Table(
    "approval", metadata, _id(), _text("kind", 12), _text("reason", 200), Column("asked_by", Id, nullable=False),
    _ref("centre_id", "centre.id"), _when("asked_at", needed=True), _text("state", 10), Column("decided_by", Id, nullable=True),
    _when("decided_at"), _when("valid_until"), _version(), Index(None, "centre_id", "state"),
)  # fmt: skip
export_log = Table(
    "export_log", metadata, _id(), _text("kind", 12), Column("rows", Integer, nullable=False), Column("masked", Boolean, nullable=False),
    _text("purpose", 200), _text("receiver", 80), Column("approval_id", Id, nullable=True), _text("sha256", 64),
    Column("user_id", Id, nullable=False), _text("user_name", 40), _text("seat", 40), _when("at", needed=True), Index(None, "at"),
)  # fmt: skip
hold = Table(
    "hold", metadata, _id(), _ref("case_id", "case_file.id"), _text("reason", 200), Column("held_by", Id, nullable=False),
    _when("held_at", needed=True), _when("until", needed=True), Column("lifted_by", Id, nullable=True), _when("lifted_at"), _version(),
    Index(None, "case_id"),
)  # fmt: skip
deletion_report = Table(
    "deletion_report", metadata, _id(), _text("day", 10), _when("began_at", needed=True), _when("ended_at"),
    Column("cases", Integer, nullable=False), Column("rows", Integer, nullable=False), Column("files", Integer, nullable=False),
    UniqueConstraint("day"),
)  # fmt: skip
deletion_item = Table(
    "deletion_item", metadata, _id(), _ref("report_id", "deletion_report.id"), _text("kind", 16), Column("ref", Id, nullable=False),
    _text("number", 40), _text("sha256", 64), Index(None, "report_id"),
)  # fmt: skip
seen = Table(
    "seen", metadata, Column("key", String(120), primary_key=True), _text("body_hash", 64), Column("answer", Json, nullable=False),
    _when("at", needed=True),
)  # fmt: skip
delivery = Table(
    "delivery", metadata, _id(), _ref("task_id", "task.id"), _ref("recipient", "org.id"), _text("channel", 10),
    _when("release_at", needed=True), _text("state", 10), Column("tries", Integer, nullable=False, server_default="0"), _when("lease"),
    UniqueConstraint("task_id", "channel"), Index(None, "state", "release_at"),
)  # fmt: skip
numbers = Table("numbers", metadata, Column("series", String(40), primary_key=True), Column("next", Integer, nullable=False))
# The initials a name is typed by (井盖 jg); kept by the name alone, so they are never out of date. The full-text index: search.py.
spelling = Table("spelling", metadata, Column("name", String(80), primary_key=True), _text("letters", 80))
setting = Table("setting", metadata, Column("name", String(60), primary_key=True), Column("value", Json, nullable=False))
code_change = Table(
    "code_change", metadata, _id(), _text("table_name", 20), _text("code", 20), _ref("centre_id", "centre.id"),
    Column("before", Json, nullable=False), Column("after", Json, nullable=False), _ref("proposed_by", "person.id"),
    _when("proposed_at", needed=True), _when("effective_from", needed=True), _text("note", 500), _text("state", 10),
    _ref("decided_by", "person.id", needed=False), _when("decided_at"), _text("answer", 500), _version(),
    Index(None, "state", "effective_from"), Index(None, "centre_id", "table_name", "code"),
)  # fmt: skip
boundary_change = Table(
    "boundary_change", metadata, _id(), _ref("centre_id", "centre.id"), _ref("proposed_by", "person.id"), _when("proposed_at", needed=True),
    _text("note", 500), _text("files", 400), Column("areas", Integer, nullable=False), Column("grids", Integer, nullable=False),
    _text("state", 10), _ref("decided_by", "person.id", needed=False), _when("decided_at"), _text("answer", 500), _version(),
    Index(None, "state"), Index(None, "centre_id", "state"),
)  # fmt: skip
# An area as a change found it and as it wants it; of approved changes these are the older versions of the area.
boundary_area = Table(
    "boundary_area", metadata, Column("change_id", Id, ForeignKey("boundary_change.id"), primary_key=True),
    Column("code", String(15), primary_key=True), _text("kind", 2), Column("level", Integer, nullable=False), _text("parent", 12),
    *(_text(name, 80) for name in ("name", "was_name")), *(Column(name, Outline, nullable=False) for name in ("rings", "before")),
    _text("path", 120), Index(None, "code"),
)  # fmt: skip
