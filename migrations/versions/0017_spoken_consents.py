"""Consents given by voice, written down by one person and confirmed by a second."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spoken_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("purposes", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text_version", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("spoken_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('telephone', 'in_person', 'messenger')",
            name=op.f("ck_spoken_consent_channel"),
        ),
        sa.CheckConstraint(
            "state IN ('recorded', 'confirmed', 'declined')", name=op.f("ck_spoken_consent_state")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> recorded_by",
            name=op.f("ck_spoken_consent_second_person"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_spoken_consent_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"],
            ["network.code"],
            name=op.f("fk_spoken_consent_network_code_network"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["account.id"],
            name=op.f("fk_spoken_consent_recorded_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_spoken_consent_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_consent")),
    )
    op.create_index(op.f("ix_spoken_consent_mediator_id"), "spoken_consent", ["mediator_id"])
    op.create_index(op.f("ix_spoken_consent_network_code"), "spoken_consent", ["network_code"])
    with op.batch_alter_table("consent") as batch:
        batch.add_column(sa.Column("spoken_consent_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_consent_spoken_consent_id_spoken_consent"),
            "spoken_consent",
            ["spoken_consent_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_index(op.f("ix_consent_spoken_consent_id"), ["spoken_consent_id"])


def downgrade() -> None:
    with op.batch_alter_table("consent") as batch:
        batch.drop_index(op.f("ix_consent_spoken_consent_id"))
        batch.drop_constraint(
            op.f("fk_consent_spoken_consent_id_spoken_consent"), type_="foreignkey"
        )
        batch.drop_column("spoken_consent_id")
    op.drop_table("spoken_consent")
