"""Records of what a network or the woman herself says, with names and contacts sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_record_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_record_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint(
            "mediator_id", "network_code", name=op.f("uq_record_mediator_id_network_code")
        ),
    )
    op.create_index(op.f("ix_record_mediator_id"), "record", ["mediator_id"], unique=False)
    op.create_index(
        "uq_record_own",
        "record",
        ["mediator_id"],
        unique=True,
        sqlite_where=sa.text("network_code IS NULL"),
        postgresql_where=sa.text("network_code IS NULL"),
    )
    op.create_index(op.f("ix_record_network_code"), "record", ["network_code"], unique=False)
    op.create_table(
        "identity",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.LargeBinary(), nullable=False),
        sa.Column("original_name", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("other_names", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_digest", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("safe_contact", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_identity_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_identity")),
    )
    op.create_index("ix_identity_email_digest", "identity", ["email_digest"], unique=False)
    op.create_table(
        "experience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("process", sa.LargeBinary(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("track", sa.String(length=8), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("phase", sa.String(length=32), nullable=True),
        sa.Column("mandating_body", sa.LargeBinary(), nullable=True),
        sa.Column("contribution", sa.LargeBinary(), nullable=True),
        sa.Column("disclosure", sa.String(length=16), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "disclosure IN ('open', 'discreet', 'secret')", name=op.f("ck_experience_disclosure")
        ),
        sa.CheckConstraint(
            "last_year IS NULL OR last_year >= first_year",
            name=op.f("ck_experience_years_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["record.id"],
            name=op.f("fk_experience_record_id_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experience")),
    )
    op.create_index(op.f("ix_experience_record_id"), "experience", ["record_id"], unique=False)


def downgrade() -> None:
    op.drop_table("experience")
    op.drop_table("identity")
    op.drop_table("record")
