"""A file that leaves may be about the team of a request, which is no network's list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("export") as batch:
        batch.alter_column("network_code", existing_type=sa.String(length=32), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM export WHERE network_code IS NULL")
    with op.batch_alter_table("export") as batch:
        batch.alter_column("network_code", existing_type=sa.String(length=32), nullable=False)
