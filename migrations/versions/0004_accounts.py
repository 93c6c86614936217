"""Accounts and their roles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("requester_country", sa.String(length=3), nullable=True),
        sa.Column("requester_office", sa.String(length=200), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_account_mediator_id_mediator"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_digest", name=op.f("uq_account_email_digest")),
        sa.UniqueConstraint("mediator_id", name=op.f("uq_account_mediator_id")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "(role = 'coordinator') = (network_code IS NOT NULL)",
            name=op.f("ck_role_grant_coordinator_has_network"),
        ),
        sa.CheckConstraint(
            "role IN ('mediator', 'coordinator', 'envoy', 'administrator', 'auditor')",
            name=op.f("ck_role_grant_role"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_role_grant_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_role_grant_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id",
            "role",
            "network_code",
            name=op.f("uq_role_grant_account_id_role_network_code"),
        ),
    )
    op.create_index(
        "uq_role_grant_without_network",
        "role_grant",
        ["account_id", "role"],
        unique=True,
        sqlite_where=sa.text("network_code IS NULL"),
        postgresql_where=sa.text("network_code IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("role_grant")
    op.drop_table("account")
