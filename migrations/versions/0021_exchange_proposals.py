"""Pairs proposed for exchange across tracks and networks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchange_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_mediator_id", sa.Integer(), nullable=False),
        sa.Column("second_mediator_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("first_accepts", sa.Boolean(), nullable=True),
        sa.Column("first_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_accepts", sa.Boolean(), nullable=True),
        sa.Column("second_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_mediator_id < second_mediator_id",
            name=op.f("ck_exchange_proposal_pair_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["first_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_exchange_proposal_first_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_mediator_id"],
            ["mediator.id"],
            name=op.f("fk_exchange_proposal_second_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_proposal")),
        sa.UniqueConstraint(
            "first_mediator_id",
            "second_mediator_id",
            name=op.f("uq_exchange_proposal_first_mediator_id_second_mediator_id"),
        ),
    )
    op.create_index(
        "ix_exchange_proposal_second_mediator_id", "exchange_proposal", ["second_mediator_id"]
    )


def downgrade() -> None:
    op.drop_table("exchange_proposal")
