"""How a mediator may be written to, what she was reminded of, and messages that came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STATES = "state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')"
STATES_NOW = "state IN ('queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled')"


def upgrade() -> None:
    op.create_table(
        "message_choice",
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("cadence", sa.String(length=8), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('mail', 'coordinator')", name=op.f("ck_message_choice_channel")
        ),
        sa.CheckConstraint(
            "cadence IN ('three', 'one', 'weekly', 'none')", name=op.f("ck_message_choice_cadence")
        ),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)"
            " AND (quiet_from IS NULL OR (quiet_from BETWEEN 0 AND 23"
            " AND quiet_until BETWEEN 0 AND 23 AND quiet_from <> quiet_until))",
            name=op.f("ck_message_choice_quiet_hours"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_message_choice_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mediator_id", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "about IN ('availability', 'consent', 'declaration')", name=op.f("ck_reminder_about")
        ),
        sa.CheckConstraint(
            "step IN ('days_30', 'days_14', 'days_7', 'days_1', 'ended', 'coordinator')",
            name=op.f("ck_reminder_step"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_reminder_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["outbox_message.id"],
            name=op.f("fk_reminder_message_id_outbox_message"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "about", "about_id", "step", name=op.f("uq_reminder_about_about_id_step")
        ),
    )
    op.create_index(op.f("ix_reminder_mediator_id"), "reminder", ["mediator_id"])
    op.create_index(op.f("ix_reminder_message_id"), "reminder", ["message_id"])
    _allow_states(STATES_NOW)


def downgrade() -> None:
    op.execute("UPDATE outbox_message SET state = 'failed' WHERE state = 'bounced'")
    _allow_states(STATES)
    op.drop_table("reminder")
    op.drop_table("message_choice")


def _allow_states(states: str) -> None:
    with op.batch_alter_table("outbox_message") as batch:
        batch.drop_constraint(op.f("ck_outbox_message_state"), type_="check")
        batch.create_check_constraint(op.f("ck_outbox_message_state"), states)
