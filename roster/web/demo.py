"""The demo's outbox: what the service would have sent, for whoever sits at this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from flask import Blueprint, current_app, request

from roster.errors import NotFound
from roster.mail.messages import Letter, write_letter
from roster.models import OutboxMessage
from roster.permissions import Permission
from roster.queries.messages import list_messages
from roster.settings import Settings
from roster.web.access import needs, reading
from roster.web.pages import render
from roster.wording import N_

blueprint = Blueprint("demo", __name__)


@dataclass(frozen=True)
class OpenedMessage:
    """A letter as it reads, and where it stands. ``paths`` are those of its links on this service."""

    letter: Letter
    state: str
    created_at: datetime
    paths: list[str]


STATES = {
    "queued": N_("waits to be sent"),
    "sending": N_("is being sent"),
    "sent": N_("sent"),
    "failed": N_("could not be sent"),
    "bounced": N_("came back"),
    "cancelled": N_("cancelled"),
}
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def is_on_this_machine() -> bool:
    """Whether the question comes from this machine itself and was not passed on by a proxy."""
    try:
        is_loopback = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return is_loopback and not any(name in request.headers for name in FORWARDED)


@blueprint.get("/outbox")
@needs(Permission.READ_DEMO_OUTBOX)
def show_outbox() -> str:
    """The newest messages, with their links."""
    if not is_on_this_machine():
        raise NotFound
    # a message that was called back, or came back, has lost its values, and with them its text
    kept = [one for one in list_messages(reading()) if one.values]
    messages = [_open(message) for message in kept]
    return render("pages/outbox.html", messages=messages, states=STATES)


def _open(message: OutboxMessage) -> OpenedMessage:
    settings: Settings = current_app.extensions["settings"]
    letter = write_letter(
        template=message.template,
        language=message.language,
        recipient=message.recipient,
        values=message.values,
        message_id=message.message_id,
        base_url=settings.base_url,
    )
    links = (message.values, *message.values.get("items", ()))
    paths = [str(one["path"]) for one in links if one.get("path")]
    return OpenedMessage(letter, message.state, message.created_at, paths)
