"""Imports of spreadsheets row by row, and suspected duplicates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spreadsheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('read', 'confirmed', 'undone', 'discarded')",
            name=op.f("ck_spreadsheet_import_state"),
        ),
        sa.ForeignKeyConstraint(
            ["network_code"],
            ["network.code"],
            name=op.f("fk_spreadsheet_import_network_code_network"),
        ),
        sa.ForeignKeyConstraint(
            ["read_by"],
            ["account.id"],
            name=op.f("fk_spreadsheet_import_read_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spreadsheet_import")),
    )
    op.create_index(
        "ix_spreadsheet_import_network_code",
        "spreadsheet_import",
        ["network_code", "file_digest"],
        unique=False,
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("values", sa.LargeBinary(), nullable=False),
        sa.Column("problems", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('waiting', 'new', 'same', 'updated', 'left_out')",
            name=op.f("ck_import_row_outcome"),
        ),
        sa.CheckConstraint(
            "verdict IN ('ok', 'review', 'reject')", name=op.f("ck_import_row_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["spreadsheet_import.id"],
            name=op.f("fk_import_row_import_id_spreadsheet_import"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_import_row_record_id_record"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("import_id", "ordinal", name=op.f("uq_import_row_import_id_ordinal")),
    )
    op.create_index(op.f("ix_import_row_digest"), "import_row", ["digest"], unique=False)
    op.create_index(op.f("ix_import_row_record_id"), "import_row", ["record_id"], unique=False)
    op.create_table(
        "suspicion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("first_record_id", sa.Integer(), nullable=False),
        sa.Column("second_record_id", sa.Integer(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('suspected', 'same', 'different')", name=op.f("ck_suspicion_state")
        ),
        sa.CheckConstraint(
            "first_record_id < second_record_id", name=op.f("ck_suspicion_pair_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["first_record_id"],
            ["record.id"],
            name=op.f("fk_suspicion_first_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_suspicion_network_code_network")
        ),
        sa.ForeignKeyConstraint(
            ["second_record_id"],
            ["record.id"],
            name=op.f("fk_suspicion_second_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspicion")),
        sa.UniqueConstraint(
            "first_record_id",
            "second_record_id",
            name=op.f("uq_suspicion_first_record_id_second_record_id"),
        ),
    )
    op.create_index(op.f("ix_suspicion_network_code"), "suspicion", ["network_code"], unique=False)


def downgrade() -> None:
    op.drop_table("suspicion")
    op.drop_table("import_row")
    op.drop_table("spreadsheet_import")
