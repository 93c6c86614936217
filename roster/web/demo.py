"""The demo's outbox: what the service would have sent, for whoever sits at this machine."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, request

from roster.errors import NotFound
from roster.permissions import Permission
from roster.queries.messages import list_messages
from roster.web.access import needs, reading
from roster.web.pages import render

blueprint = Blueprint("demo", __name__)

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
    return render("pages/outbox.html", messages=list_messages(reading()))
