"""An index of the statements that the expiry job has not marked yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UNMARKED = "superseded_at IS NULL AND expired_at IS NULL"


def upgrade() -> None:
    op.create_index(
        "ix_availability_unmarked",
        "availability",
        ["valid_until", "id"],
        unique=False,
        sqlite_where=sa.text(UNMARKED),
        postgresql_where=sa.text(UNMARKED),
    )


def downgrade() -> None:
    op.drop_index("ix_availability_unmarked", "availability")
