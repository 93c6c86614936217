"""Every route of calls and applications that writes, with its right form and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from roster import clock
from roster.models import OpenCall
from tests.walls.applicants import application_form, look_like_dia, make_known_form
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import LINK, Writing

STARTED = "application+ link+ outbox_message+"
DECIDED = "application.state application.decided_at application.decided_by"
ERASED = (
    "application.name application.email application.email_digest application.answers"
    " link.replaced_at outbox_message.recipient outbox_message.values outbox_message.state"
)
HER_NAME = {"name": "Invented Applicant", "email": "applies@example.org", "language": "fr"}


def _link(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/a/{village.tokens['application nwm']}{tail}"


def _application(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/applications/{village.applications['submitted nwm']}{tail}"


APPLICATION_WRITINGS = [
    Writing(
        "POST /apply/<slug>", "public", lambda v: "/apply/call-nwm", just(**HER_NAME), STARTED
    ),
    Writing("POST /a/<token>", "public", _link(""), just(), ""),
    Writing(
        "POST /a/<token>/work", "public", _link("/work"),
        application_form("begun", track="I", **{"languages-0-language": "French"}),
        "application.answers",
    ),
    Writing(
        "POST /a/<token>/person", "public", _link("/person"),
        application_form("begun", name="Invented Applicant", ties="some", nationality="Kenya"),
        "application.answers application.name",
    ),
    Writing(
        "POST /a/<token>/submit", "public", _link("/submit"), application_form("begun"),
        f"application.state application.submitted_at link.used_at {LINK}",
    ),
    Writing(
        "POST /a/<token>/withdraw", "public", _link("/withdraw"), just(),
        f"application.state application.decided_at link.used_at {ERASED}",
    ),
    Writing(
        "POST /calls", "coordinator", lambda v: "/calls",
        lambda s, v: {
            "network": "nwm",
            "opens_on": clock.now().date(),
            "closes_on": clock.now().date() + timedelta(days=7),  # its day may begin before ours
        },
        "open_call+",
    ),
    Writing(
        "POST /calls/<int:call_id>/end", "coordinator", lambda v: f"/calls/{v.calls['nwm']}/end",
        lambda s, v: {"version": s.get_one(OpenCall, v.calls["nwm"]).version},
        "open_call.ended_at",
    ),
    Writing(
        "POST /calls/invitations", "coordinator", lambda v: "/calls/invitations",
        just(network="nwm", **HER_NAME), STARTED,
    ),
    Writing(
        "POST /applications/<int:application_id>/accept", "coordinator", _application("/accept"),
        application_form("submitted"),
        f"{DECIDED} {ERASED} application.mediator_id mediator+ membership+ record+ identity+"
        f" entry+ change+ {LINK}",
        2, "taken in, and invited",
    ),
    Writing(
        "POST /applications/<int:application_id>/known", "coordinator", _application("/known"),
        make_known_form, f"{DECIDED} {LINK}", 2, "closed, and invited by the record there",
        prepare=look_like_dia,
    ),
    Writing(
        "POST /applications/<int:application_id>/refuse", "coordinator", _application("/refuse"),
        application_form("submitted"), f"{DECIDED} {LINK}",
    ),
    Writing(
        "POST /applications/<int:application_id>/ask", "coordinator", _application("/ask"),
        application_form("submitted", question="Which years?"),
        f"application.state application.answers {LINK}",
    ),
]  # fmt: skip
