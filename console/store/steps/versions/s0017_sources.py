"""How far a camera's clock is off."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Take this step."""
    op.add_column("camera", sa.Column("clock_offset_s", sa.Float(), server_default="0", nullable=False))
