"""Search: the full-text index of cases, and the initials of names. The index is filled when the program starts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SQLITE = "CREATE VIRTUAL TABLE case_words USING fts5(lexemes, content='', contentless_delete=1, tokenize='ascii')"
POSTGRESQL = (
    "CREATE TABLE case_words (case_id BIGINT NOT NULL CONSTRAINT pk_case_words PRIMARY KEY, lexemes TSVECTOR NOT NULL)",
    "CREATE INDEX ix_case_words_lexemes ON case_words USING gin (lexemes)",
)


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "spelling",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("letters", sa.String(length=80), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_spelling")),
    )
    for statement in [SQLITE] if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
