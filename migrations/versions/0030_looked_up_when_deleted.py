"""What goes with a deleted row is found by an index: else every delete reads the whole other table."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

POINTS_TO = (
    ("entry", "import_row_id"),
    ("entry_history", "import_row_id"),
    ("handle", "mediator_id"),
    ("link", "record_id"),
    ("suspicion", "second_record_id"),
)


def upgrade() -> None:
    for table, column in POINTS_TO:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in reversed(POINTS_TO):
        op.drop_index(f"ix_{table}_{column}", table_name=table)
