"""Dated statements of availability."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("longest_stay_days", sa.Integer(), nullable=True),
        sa.Column("days_per_month", sa.Integer(), nullable=True),
        sa.Column("modalities", sa.JSON(), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(length=16), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confirmed_by IN ('self', 'coordinator', 'import')",
            name=op.f("ck_availability_confirmed_by"),
        ),
        sa.CheckConstraint(
            "status IN ('available', 'partly', 'on_assignment', 'unavailable', 'unknown')",
            name=op.f("ck_availability_status"),
        ),
        sa.CheckConstraint(
            "days_per_month BETWEEN 1 AND 31", name=op.f("ck_availability_days_per_month")
        ),
        sa.CheckConstraint(
            "window_to IS NULL OR window_from IS NULL OR window_to >= window_from",
            name=op.f("ck_availability_window_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_availability_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
    )
    op.create_index("ix_availability_valid_until", "availability", ["valid_until"], unique=False)
    op.create_index(
        "uq_availability_current",
        "availability",
        ["mediator_id", "confirmed_by"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("availability")
