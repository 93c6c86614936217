"""A route that writes: who may, a form that is right and complete, and what it may touch; and those
of everybody and of an envoy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tests.factories import PASSWORD
from tests.walls.forms import (
    MakeForm,
    just,
    make_change_form,
    make_request_form,
    request_version,
    sign_in_form,
)
from tests.walls.village import Village

NEW_PASSWORD = "seven quiet herons at dusk"


@dataclass(frozen=True)
class Writing:
    """One route with one right form.

    ``path`` and ``form`` are made for the village as it stands; ``prepare`` puts it into the state
    that the form needs. ``touches`` names what the form owns, as ``rows.Difference`` does; a
    version may rise with its row. ``events`` is how many the trail gets.
    """

    route: str
    identity: str
    path: Callable[[Village], str]
    form: MakeForm
    touches: str
    events: int = 1
    why: str = ""
    """Why there is not exactly one event."""
    prepare: Callable[[Session, Village], object] = field(default=lambda session, village: None)


def at(path: str) -> Callable[[Village], str]:
    return lambda village: path


def request_path(state: str, tail: str) -> Callable[[Village], str]:
    return lambda village: f"/requests/{village.requests[f'envoy {state}'][0]}{tail}"


SESSION = "web_session+ web_session.ended_at"
PASSWORDS = f"account.password_hash account.password_changed_at {SESSION}"
LINK = "link+ link.replaced_at outbox_message+"
STATEMENT = "availability+ availability.superseded_at mediator.time_zone change+"
CONSENTS = "consent+ consent.withdrawn_at mediator.safety_class change+"
OWN_RECORD = (
    "record+ identity+ entry+ entry- identity.display_name identity.original_name identity.email"
    " identity.email_digest identity.phone identity.safe_contact entry.detail entry.sealed"
    " entry.grade entry.source entry.confirmed_on entry.entered_by entry.entered_at"
    " entry_history+ change+"
)
RUN = "run+ run_row+ handle+ mediator.last_proposed_at change+"

WRITINGS = [
    Writing("POST /sign-in", "public", at("/sign-in"), sign_in_form("envoy"), "web_session+"),
    Writing("POST /sign-out", "envoy", at("/sign-out"), just(), "web_session.ended_at"),
    Writing(
        "POST /language", "envoy", at("/language"), just(language="fr"), "account.language"
    ),
    Writing(
        "POST /account/password", "envoy", at("/account/password"),
        just(current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD), PASSWORDS,
    ),
    Writing("POST /requests", "envoy", at("/requests"), make_request_form, "match_request+"),
    Writing(
        "POST /requests/<code>/edit", "envoy", request_path("answered", "/edit"), make_change_form,
        "match_request.title match_request.criteria",
    ),
    Writing(
        "POST /requests/<code>/submit", "envoy", request_path("draft", "/submit"),
        request_version("draft"),
        f"match_request.state match_request.submitted_at request_step+ {RUN}", 2,
        "submitted, and searched",
    ),
    Writing(
        "POST /requests/<code>/runs", "envoy", request_path("answered", "/runs"), just(), RUN
    ),
]  # fmt: skip
