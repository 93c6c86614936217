"""What is said with a step of a request; and what one account has read lately, by index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("request_step") as batch:
        batch.add_column(sa.Column("note", sa.LargeBinary(), nullable=True))
    op.create_index("ix_read_event_account_id_at", "read_event", ["account_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_read_event_account_id_at", table_name="read_event")
    with op.batch_alter_table("request_step") as batch:
        batch.drop_column("note")
