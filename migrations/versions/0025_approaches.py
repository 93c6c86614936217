"""Approaches, releases and deployments, and links of staff and approaches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

PURPOSES = "purpose IN ('invitation', 'renewal', 'consent', 'hide', 'sign_in', 'application')"
PURPOSES_NOW = (
    "purpose IN ('invitation', 'renewal', 'consent', 'hide', 'sign_in', 'application',"
    " 'staff', 'approach')"
)


def upgrade() -> None:
    op.create_table(
        "approach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=8), nullable=False),
        sa.Column("post", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("network_word", sa.String(length=16), nullable=True),
        sa.Column("network_word_by", sa.Integer(), nullable=True),
        sa.Column("network_word_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_invented", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "network_word IN ('agreed', 'declined')", name=op.f("ck_approach_network_word")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'seen', 'yes', 'no', 'later', 'question', 'no_answer',"
            " 'released', 'selected', 'not_selected', 'closed', 'withdrawn', 'called_off')",
            name=op.f("ck_approach_state"),
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_approach_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_approach_network_code_network")
        ),
        sa.ForeignKeyConstraint(
            ["network_word_by"],
            ["account.id"],
            name=op.f("fk_approach_network_word_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["match_request.id"],
            name=op.f("fk_approach_request_id_match_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_approach_run_id_run"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach")),
        sa.UniqueConstraint("code", name=op.f("uq_approach_code")),
        sa.UniqueConstraint(
            "request_id", "mediator_id", name=op.f("uq_approach_request_id_mediator_id")
        ),
    )
    op.create_index("ix_approach_answer_by", "approach", ["state", "answer_by"])
    op.create_index("ix_approach_mediator_id", "approach", ["mediator_id", "state"])
    op.create_table(
        "approach_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("is_hers", sa.Boolean(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
            name=op.f("fk_approach_message_approach_id_approach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach_message")),
    )
    op.create_index(op.f("ix_approach_message_approach_id"), "approach_message", ["approach_id"])
    op.create_table(
        "approach_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=True),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
            name=op.f("fk_approach_step_approach_id_approach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approach_step")),
    )
    op.create_index(op.f("ix_approach_step_approach_id"), "approach_step", ["approach_id"])
    op.create_table(
        "conflict_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "moment IN ('approach', 'acceptance', 'release', 'deployment')",
            name=op.f("ck_conflict_check_moment"),
        ),
        sa.CheckConstraint(
            "verdict IN ('clear', 'flag', 'held', 'bar', 'not_declared')",
            name=op.f("ck_conflict_check_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
            name=op.f("fk_conflict_check_approach_id_approach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_check")),
    )
    op.create_index(op.f("ix_conflict_check_approach_id"), "conflict_check", ["approach_id"])
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("reminded", sa.JSON(), nullable=False),
        sa.Column("experience_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'active', 'ended', 'broken_off', 'cancelled')",
            name=op.f("ck_deployment_state"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_deployment_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
            name=op.f("fk_deployment_approach_id_approach"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["experience_id"],
            ["experience.id"],
            name=op.f("fk_deployment_experience_id_experience"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
        sa.UniqueConstraint("approach_id", name=op.f("uq_deployment_approach_id")),
        sa.UniqueConstraint("experience_id", name=op.f("uq_deployment_experience_id")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approach_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
            name=op.f("fk_release_approach_id_approach"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("approach_id", name=op.f("uq_release_approach_id")),
    )
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=16), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "given_by IN ('requester', 'herself')", name=op.f("ck_appraisal_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployment.id"],
            name=op.f("fk_appraisal_deployment_id_deployment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint(
            "deployment_id", "given_by", name=op.f("uq_appraisal_deployment_id_given_by")
        ),
    )
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "written_by IN ('requester', 'herself')", name=op.f("ck_addendum_written_by")
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["appraisal.id"],
            name=op.f("fk_addendum_appraisal_id_appraisal"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    op.create_index(op.f("ix_addendum_appraisal_id"), "addendum", ["appraisal_id"])
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_link_purpose"), PURPOSES_NOW)
        batch.add_column(sa.Column("approach_id", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_link_approach_id"), ["approach_id"])
        batch.create_foreign_key(
            op.f("fk_link_approach_id_approach"),
            "approach",
            ["approach_id"],
            ["id"],
            ondelete="CASCADE",
        )
    op.execute(
        "UPDATE link SET purpose = 'staff'"
        " WHERE purpose = 'invitation' AND mediator_id IS NULL AND account_id IS NOT NULL"
    )


def downgrade() -> None:
    op.execute("UPDATE link SET purpose = 'invitation' WHERE purpose = 'staff'")
    op.execute("DELETE FROM link WHERE purpose = 'approach'")
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint(op.f("fk_link_approach_id_approach"), type_="foreignkey")
        batch.drop_index(op.f("ix_link_approach_id"))
        batch.drop_column("approach_id")
        batch.drop_constraint(op.f("ck_link_purpose"), type_="check")
        batch.create_check_constraint(op.f("ck_link_purpose"), PURPOSES)
    op.drop_table("addendum")
    op.drop_table("appraisal")
    op.drop_table("release")
    op.drop_table("deployment")
    op.drop_table("conflict_check")
    op.drop_table("approach_step")
    op.drop_table("approach_message")
    op.drop_table("approach")
