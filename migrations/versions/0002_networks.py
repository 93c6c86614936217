"""Networks that keep members, and one federation that keeps none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NETWORKS = (
    # code, parent, keeps members, time zone of its seat
    ("femwise", None, True, "Africa/Addis_Ababa"),
    ("refemac", "femwise", True, "Africa/Libreville"),
    ("sadc", "femwise", True, "Africa/Gaborone"),
    ("nwm", None, True, "Europe/Oslo"),
    ("mwmn", None, True, "Europe/Rome"),
    ("wmc", None, True, "Europe/London"),
    ("awmn", None, True, "Africa/Cairo"),
    ("seawpm", None, True, "Asia/Jakarta"),
    ("awpr", None, True, "Asia/Jakarta"),
    ("awln", None, True, "Africa/Addis_Ababa"),
    ("global_alliance", None, False, "UTC"),
)
AVAILABILITY_DAYS = 90


def upgrade() -> None:
    network = op.create_table(
        "network",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("parent_code", sa.String(length=32), nullable=True),
        sa.Column("has_members", sa.Boolean(), nullable=False),
        sa.Column("availability_days", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "availability_days BETWEEN 1 AND 366", name=op.f("ck_network_availability_days")
        ),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["network.code"], name=op.f("fk_network_parent_code_network")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_network")),
    )
    rows = [
        {
            "code": code,
            "parent_code": parent,
            "has_members": has_members,
            "availability_days": AVAILABILITY_DAYS,
            "time_zone": time_zone,
            "version": 1,
        }
        for code, parent, has_members, time_zone in NETWORKS
    ]
    op.bulk_insert(network, rows)


def downgrade() -> None:
    op.drop_table("network")
