"""What came back: a message that a mail server took and did not deliver."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.mail.reports import DeliveryReport
from roster.models import OutboxMessage
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require


def take_report(session: Session, *, actor: Actor, report: DeliveryReport) -> bool:
    """Mark the message that a report is about; whether anything changed.

    A report of a delay or of success changes nothing, nor does one that comes a second time.
    Refused for a message that is none of ours.
    """
    require(Permission.RUN_JOBS, actor)
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.message_id == report.message_id)
    ).one_or_none()
    if message is None:
        raise Refused("report_of_another")
    if report.action != "failed" or message.state == "bounced":
        return False
    message.state, message.problem, message.values = "bounced", report.status, {}
    add_audit(
        session,
        actor=actor,
        action="message.bounced",
        subject_kind="message",
        subject_id=message.id,
        detail={"status": report.status},
    )
    return True
