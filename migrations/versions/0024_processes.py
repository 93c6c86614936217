"""Processes with their sides, and what belongs to a request beside its runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "focal_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("plan_status", sa.String(length=16), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal_point")),
        sa.UniqueConstraint("country", name=op.f("uq_focal_point_country")),
    )
    op.create_table(
        "process",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("mandating_body", sa.LargeBinary(), nullable=True),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("parties", sa.LargeBinary(), nullable=False),
        sa.Column("sensitivity", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sensitivity IN ('open', 'restricted', 'confidential')",
            name=op.f("ck_process_sensitivity"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_process_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
        sa.UniqueConstraint("code", name=op.f("uq_process_code")),
    )
    op.create_index(op.f("ix_process_account_id"), "process", ["account_id"])
    op.create_table(
        "request_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("criteria", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_request_template_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_template")),
    )
    op.create_index(op.f("ix_request_template_account_id"), "request_template", ["account_id"])
    op.create_table(
        "requester_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('address', 'person', 'second_person')", name=op.f("ck_requester_check_kind")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_requester_check_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
            name=op.f("fk_requester_check_made_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requester_check")),
        sa.UniqueConstraint("account_id", "kind", name=op.f("uq_requester_check_account_id_kind")),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("party_code", sa.String(length=64), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_objection_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["account.id"],
            name=op.f("fk_objection_noted_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
            name=op.f("fk_objection_process_id_process"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint(
            "process_id",
            "mediator_id",
            "party_code",
            name=op.f("uq_objection_process_id_mediator_id_party_code"),
        ),
    )
    op.create_index(op.f("ix_objection_mediator_id"), "objection", ["mediator_id"])
    op.create_table(
        "process_phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["account.id"],
            name=op.f("fk_process_phase_noted_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
            name=op.f("fk_process_phase_process_id_process"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_phase")),
    )
    op.create_index(op.f("ix_process_phase_process_id"), "process_phase", ["process_id"])
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("network_code", sa.String(length=32), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('cleared', 'put_forward')", name=op.f("ck_clearance_kind")),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["account.id"],
            name=op.f("fk_clearance_given_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"],
            ["mediator.id"],
            name=op.f("fk_clearance_mediator_id_mediator"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_code"], ["network.code"], name=op.f("fk_clearance_network_code_network")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["match_request.id"],
            name=op.f("fk_clearance_request_id_match_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint(
            "request_id",
            "mediator_id",
            "kind",
            name=op.f("uq_clearance_request_id_mediator_id_kind"),
        ),
    )
    op.create_index(op.f("ix_clearance_mediator_id"), "clearance", ["mediator_id"])
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=True),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("taken_by", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["match_request.id"],
            name=op.f("fk_request_step_request_id_match_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_step")),
    )
    op.create_index(op.f("ix_request_step_request_id"), "request_step", ["request_id"])
    op.create_table(
        "team_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.Column("teams", sa.LargeBinary(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name=op.f("fk_team_proposal_run_id_run"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_proposal")),
    )
    op.create_index(op.f("ix_team_proposal_run_id"), "team_proposal", ["run_id"])
    with op.batch_alter_table("match_request") as batch:
        batch.add_column(sa.Column("process_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("apart_from_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("weights", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("close_reason", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_index(op.f("ix_match_request_process_id"), ["process_id"])
        batch.create_foreign_key(
            op.f("fk_match_request_apart_from_id_match_request"),
            "match_request",
            ["apart_from_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch.create_foreign_key(
            op.f("fk_match_request_process_id_process"),
            "process",
            ["process_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("match_request") as batch:
        batch.drop_constraint(op.f("fk_match_request_process_id_process"), type_="foreignkey")
        batch.drop_constraint(
            op.f("fk_match_request_apart_from_id_match_request"), type_="foreignkey"
        )
        batch.drop_index(op.f("ix_match_request_process_id"))
        for name in ("closed_at", "close_reason", "weights", "answer_by", "apart_from_id"):
            batch.drop_column(name)
        batch.drop_column("process_id")
    op.drop_table("team_proposal")
    op.drop_table("request_step")
    op.drop_table("clearance")
    op.drop_table("process_phase")
    op.drop_table("objection")
    op.drop_table("requester_check")
    op.drop_table("request_template")
    op.drop_table("process")
    op.drop_table("focal_point")
