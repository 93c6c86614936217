"""Open calls, applications, and links with purposes of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PURPOSES = "purpose IN ('invitation', 'renewal', 'password')"
PURPOSES_NOW = "purpose IN ('invitation', 'renewal', 'consent', 'hide', 'sign_in', 'application')"


def upgrade() -> None:
    op.create_table(
        "open_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_open_call_days_in_order")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
            name=op.f("fk_open_call_created_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_open_call_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_call")),
        sa.UniqueConstraint("slug", name=op.f("uq_open_call_slug")),
    )
    op.create_index(op.f("ix_open_call_network_code"), "open_call", ["network_code"])
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('invited', 'begun', 'submitted', 'accepted', 'refused', 'withdrawn')",
            name=op.f("ck_application_state"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["open_call.id"],
            name=op.f("fk_application_call_id_open_call"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_application_decided_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_application_mediator_id_mediator"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_application_network_code_network")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    for column in ("network_code", "email_digest", "mediator_id"):
        op.create_index(op.f(f"ix_application_{column}"), "application", [column])
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_link_purpose"), PURPOSES_NOW)
        batch.add_column(sa.Column("application_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_link_application_id_application"),
            "application",
            ["application_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_index(op.f("ix_link_application_id"), ["application_id"])


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE purpose NOT IN ('invitation', 'renewal')")
    with op.batch_alter_table("link") as batch:
        batch.drop_index(op.f("ix_link_application_id"))
        batch.drop_constraint(op.f("fk_link_application_id_application"), type_="foreignkey")
        batch.drop_column("application_id")
        batch.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_link_purpose"), PURPOSES)
    op.drop_table("application")
    op.drop_table("open_call")
