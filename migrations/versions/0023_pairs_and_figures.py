"""Pairs across networks and their merges, saved searches, exports, monthly counts, changed terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comparison_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_code", sa.String(length=32), nullable=False),
        sa.Column("second_code", sa.String(length=32), nullable=False),
        sa.Column("first_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_code < second_code", name=op.f("ck_comparison_agreement_pair_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["first_code"],
            ["network.code"],
            name=op.f("fk_comparison_agreement_first_code_network"),
        ),
        sa.ForeignKeyConstraint(
            ["second_code"],
            ["network.code"],
            name=op.f("fk_comparison_agreement_second_code_network"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_agreement")),
        sa.UniqueConstraint(
            "first_code", "second_code", name=op.f("uq_comparison_agreement_first_code_second_code")
        ),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('coverage', 'freshness', 'figures')", name=op.f("ck_snapshot_kind")
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_snapshot_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
    )
    op.create_index("ix_snapshot_kind", "snapshot", ["kind", "network_code", "taken_on"])

    op.create_table(
        "cross_suspicion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_mediator_id", sa.Integer(), nullable=False),
        sa.Column("second_mediator_id", sa.Integer(), nullable=False),
        sa.Column("features", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("first_said", sa.String(length=16), nullable=True),
        sa.Column("second_said", sa.String(length=16), nullable=True),
        sa.Column("first_word", sa.String(length=16), nullable=True),
        sa.Column("second_word", sa.String(length=16), nullable=True),
        sa.Column("first_word_by", sa.Integer(), nullable=True),
        sa.Column("second_word_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_said IN ('same', 'different')", name=op.f("ck_cross_suspicion_first_said")
        ),
        sa.CheckConstraint(
            "first_word IN ('same', 'different')", name=op.f("ck_cross_suspicion_first_word")
        ),
        sa.CheckConstraint(
            "second_said IN ('same', 'different')", name=op.f("ck_cross_suspicion_second_said")
        ),
        sa.CheckConstraint(
            "second_word IN ('same', 'different')", name=op.f("ck_cross_suspicion_second_word")
        ),
        sa.CheckConstraint(
            "state IN ('noted', 'asked', 'same', 'different', 'merged', 'undone')",
            name=op.f("ck_cross_suspicion_state"),
        ),
        sa.CheckConstraint(
            "first_mediator_id < second_mediator_id", name=op.f("ck_cross_suspicion_pair_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["first_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_cross_suspicion_first_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["first_word_by"],
            ["account.id"],
            name=op.f("fk_cross_suspicion_first_word_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["second_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_cross_suspicion_second_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_word_by"],
            ["account.id"],
            name=op.f("fk_cross_suspicion_second_word_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cross_suspicion")),
        sa.UniqueConstraint(
            "first_mediator_id",
            "second_mediator_id",
            name=op.f("uq_cross_suspicion_first_mediator_id_second_mediator_id"),
        ),
    )
    op.create_index(
        "ix_cross_suspicion_second_mediator_id", "cross_suspicion", ["second_mediator_id"]
    )

    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("format IN ('xlsx', 'csv')", name=op.f("ck_export_format")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_export_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_export_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    op.create_index(op.f("ix_export_account_id"), "export", ["account_id"])

    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_mediator_id", sa.Integer(), nullable=False),
        sa.Column("merged_mediator_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.LargeBinary(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_merge_kept_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["merged_by"],
            ["account.id"],
            name=op.f("fk_merge_merged_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["merged_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_merge_merged_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["account.id"],
            name=op.f("fk_merge_undone_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_kept_mediator_id"), "merge", ["kept_mediator_id"])
    op.create_index(op.f("ix_merge_merged_mediator_id"), "merge", ["merged_mediator_id"])

    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("criteria", sa.LargeBinary(), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_saved_search_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_saved_search_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
    )
    op.create_index(op.f("ix_saved_search_account_id"), "saved_search", ["account_id"])

    op.create_table(
        "term_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(length=64), nullable=True),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "merged_into IS NULL OR merged_into <> code", name=op.f("ck_term_change_two_terms")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["account.id"],
            name=op.f("fk_term_change_changed_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_change")),
        sa.UniqueConstraint("scheme", "code", name=op.f("uq_term_change_scheme_code")),
    )


def downgrade() -> None:
    op.drop_table("term_change")
    op.drop_table("saved_search")
    op.drop_table("merge")
    op.drop_table("export")
    op.drop_table("cross_suspicion")
    op.drop_table("snapshot")
    op.drop_table("comparison_agreement")
