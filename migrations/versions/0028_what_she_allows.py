"""What she ticked with her yes to an approach: the fields that may be shown after a release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("approach") as batch:
        batch.add_column(sa.Column("allows", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("approach") as batch:
        batch.drop_column("allows")
