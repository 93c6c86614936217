"""Reading a delivery status notification (RFC 3464): which message was not delivered, and why.

Such a report comes from anywhere, so nothing in it is trusted but a Message-ID of ours, which
nobody can guess, and a status code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from roster.errors import Refused

MOST_BYTES = 1_000_000
"""A report repeats a short message; more is something else."""
ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
"""RFC 3464, section 2.3.3."""

STATUS = re.compile(r"([245]\.\d{1,3}\.\d{1,3})")
MESSAGE_ID = re.compile(r"<([^<>@\s]{1,200})@[^<>@\s]{1,255}>")


@dataclass(frozen=True)
class DeliveryReport:
    """``message_id`` as in the outbox; ``status`` is an enhanced code such as 5.1.1 (RFC 3463)."""

    message_id: str
    action: str
    status: str


def read_report(raw: bytes) -> DeliveryReport:
    """Read one report. Refused with ``report_too_large``, ``no_report`` or ``report_of_nothing``."""
    if len(raw) > MOST_BYTES:
        raise Refused("report_too_large")
    try:
        parts = list(message_from_bytes(raw).walk())
    except (RecursionError, ValueError, LookupError) as problem:
        raise Refused("no_report") from problem
    recipients = [block for part in parts for block in _list_recipients(part)]
    if not recipients:
        raise Refused("no_report")
    message_id = next((found for part in parts for found in _list_ids(part)), None)
    if message_id is None:
        raise Refused("report_of_nothing")
    return DeliveryReport(message_id, *_choose_worst(recipients))


def _list_recipients(part: Message) -> Iterator[tuple[str, str]]:
    """Action and status of each recipient that a part reports on."""
    if part.get_content_type() != "message/delivery-status":
        return
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else []
    for block in (one for one in blocks if isinstance(one, Message)):
        action = str(block.get("Action", "")).strip().lower()
        if action in ACTIONS:
            status = STATUS.search(str(block.get("Status", "")))
            yield action, status[1] if status else "5.0.0"


def _choose_worst(recipients: list[tuple[str, str]]) -> tuple[str, str]:
    """Our messages have one recipient; behind it may stand a list of which one failed."""
    return min(recipients, key=lambda recipient: ACTIONS.index(recipient[0]))


def _list_ids(part: Message) -> Iterator[str]:
    """The Message-ID of the message that was returned, whole or as its headers."""
    kind, content = part.get_content_type(), part.get_payload()
    if kind == "message/rfc822" and isinstance(content, list) and content:
        returned = content[0]
    elif kind in ("text/rfc822-headers", "message/rfc822-headers") and isinstance(content, str):
        returned = message_from_string(content)
    else:
        return
    if isinstance(returned, Message):
        found = MESSAGE_ID.search(str(returned.get("Message-ID", "")))
        if found:
            yield found[1]
