"""Mediators, and their memberships in networks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("safety_class", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_integrity_hold", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("last_proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'withdrawn', 'deceased', 'merged')", name=op.f("ck_mediator_state")
        ),
        sa.CheckConstraint("safety_class BETWEEN 0 AND 3", name=op.f("ck_mediator_safety_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediator")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=True),
        sa.Column("antenna", sa.String(length=120), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("accreditation", sa.String(length=24), nullable=False),
        sa.Column("accredited_on", sa.Date(), nullable=True),
        sa.Column("lapses_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "accreditation IN ('draft', 'self_declared', 'documents_checked', 'references_checked', 'interviewed', 'accredited', 'needs_update', 'suspended', 'withdrawn', 'deceased', 'merged')",
            name=op.f("ck_membership_accreditation"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_membership_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_membership_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "mediator_id", "network_code", name=op.f("uq_membership_mediator_id_network_code")
        ),
    )
    op.create_index("ix_membership_network_code", "membership", ["network_code"], unique=False)


def downgrade() -> None:
    op.drop_table("membership")
    op.drop_table("mediator")
