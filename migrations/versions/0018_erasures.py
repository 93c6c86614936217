"""A random key for each mediator, and the erasures that she asked for."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mediator", sa.Column("key", sa.String(length=32), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id FROM mediator")).all():
        connection.execute(
            sa.text("UPDATE mediator SET key = :key WHERE id = :id"),
            {"key": secrets.token_hex(16), "id": row.id},
        )
    with op.batch_alter_table("mediator") as batch:
        batch.alter_column("key", existing_type=sa.String(length=32), nullable=False)
        batch.create_unique_constraint(op.f("uq_mediator_key"), ["key"])
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_key", sa.String(length=32), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_erasure_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_mediator_key"), "erasure", ["mediator_key"])


def downgrade() -> None:
    op.drop_table("erasure")
    with op.batch_alter_table("mediator") as batch:
        batch.drop_constraint(op.f("uq_mediator_key"), type_="unique")
        batch.drop_column("key")
