"""Field history, steps of accreditation, choices made at imports, and what networks share."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

POOLS = "pool IN ('shared', 'exclusive')"
STATES = "state IN ('read', 'confirmed', 'undone', 'discarded')"
STATES_NOW = "state IN ('queued', 'reading', 'failed', 'read', 'confirmed', 'undone', 'discarded')"


def upgrade() -> None:
    op.create_table(
        "accreditation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=False),
        sa.Column("to_state", sa.String(length=24), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_accreditation_step_membership_id_membership"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["account.id"],
            name=op.f("fk_accreditation_step_taken_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation_step")),
    )
    op.create_index(
        op.f("ix_accreditation_step_membership_id"), "accreditation_step", ["membership_id"]
    )

    op.create_table(
        "column_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_column_choice_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_column_choice_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_column_choice")),
        sa.UniqueConstraint(
            "network_code", "heading", name=op.f("uq_column_choice_network_code_heading")
        ),
    )
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("recognised_code", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "network_code <> recognised_code", name=op.f("ck_recognition_two_networks")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_recognition_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_recognition_network_code_network")
        ),
        sa.ForeignKeyConstraint(
            ["recognised_code"],
            ["network.code"],
            name=op.f("fk_recognition_recognised_code_network"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recognition")),
        sa.UniqueConstraint(
            "network_code",
            "recognised_code",
            name=op.f("uq_recognition_network_code_recognised_code"),
        ),
    )
    op.create_table(
        "sharing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("with_code", sa.String(length=32), nullable=False),
        sa.Column("safety_class", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("network_code <> with_code", name=op.f("ck_sharing_two_networks")),
        sa.CheckConstraint("safety_class BETWEEN 0 AND 2", name=op.f("ck_sharing_safety_class")),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_sharing_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_sharing_network_code_network")
        ),
        sa.ForeignKeyConstraint(
            ["with_code"], ["network.code"], name=op.f("fk_sharing_with_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing")),
        sa.UniqueConstraint(
            "network_code",
            "with_code",
            "safety_class",
            name=op.f("uq_sharing_network_code_with_code_safety_class"),
        ),
    )
    op.create_table(
        "word_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=200), nullable=False),
        sa.Column("meaning", sa.JSON(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_word_choice_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_word_choice_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_choice")),
        sa.UniqueConstraint(
            "network_code", "field", "word", name=op.f("uq_word_choice_network_code_field_word")
        ),
    )
    op.create_table(
        "entry_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_row_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_source", sa.String(length=16), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("act IN ('changed', 'removed')", name=op.f("ck_entry_history_act")),
        sa.CheckConstraint(
            "source IN ('self', 'coordinator', 'import', 'operator')",
            name=op.f("ck_entry_history_source"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["account.id"],
            name=op.f("fk_entry_history_ended_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["account.id"],
            name=op.f("fk_entry_history_entered_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["import_row_id"],
            ["import_row.id"],
            name=op.f("fk_entry_history_import_row_id_import_row"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_entry_history_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_history")),
    )
    op.create_index("ix_entry_history_ended_at", "entry_history", ["ended_at"])
    op.create_index("ix_entry_history_record_id", "entry_history", ["record_id", "field"])

    with op.batch_alter_table("membership") as batch:
        batch.add_column(
            sa.Column("pool", sa.String(length=16), nullable=False, server_default="shared")
        )
        batch.create_check_constraint(op.f("ck_membership_pool"), POOLS)
    with op.batch_alter_table("membership") as batch:
        batch.alter_column("pool", server_default=None)
    with op.batch_alter_table("spreadsheet_import") as batch:
        batch.drop_constraint(op.f("ck_spreadsheet_import_state"), type_="check")
        batch.create_check_constraint(op.f("ck_spreadsheet_import_state"), STATES_NOW)
        batch.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("rows_read", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("rows_total", sa.Integer(), nullable=True))


def downgrade() -> None:
    # a file that waits to be read can be given again
    op.execute("DELETE FROM spreadsheet_import WHERE state IN ('queued', 'reading', 'failed')")
    with op.batch_alter_table("spreadsheet_import") as batch:
        batch.drop_column("rows_total")
        batch.drop_column("rows_read")
        batch.drop_column("content")
        batch.drop_constraint(op.f("ck_spreadsheet_import_state"), type_="check")
        batch.create_check_constraint(op.f("ck_spreadsheet_import_state"), STATES)
    with op.batch_alter_table("membership") as batch:
        batch.drop_constraint(op.f("ck_membership_pool"), type_="check")
        batch.drop_column("pool")
    op.drop_table("entry_history")
    op.drop_table("word_choice")
    op.drop_table("sharing")
    op.drop_table("recognition")
    op.drop_table("column_choice")
    op.drop_table("accreditation_step")
