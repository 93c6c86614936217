"""Where one can go: the head of a page, a role's first page, and places a form may name.

A place is named by its endpoint and never by an address, so that no form leads to another host.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, request, url_for
from werkzeug.routing import BuildError

from roster import permissions
from roster.permissions import Actor, Permission, Subject
from roster.wording import N_, Wording

HOME = "pages.home"


@dataclass(frozen=True)
class Place:
    """A page in the head, for those whose permission it needs."""

    endpoint: str
    label: str
    permission: Permission


@dataclass(frozen=True)
class NavigationItem:
    """One link of the head as the layout shows it."""

    href: str
    label: str
    is_current: bool


PLACES = (
    Place("mediators.show_home", N_("Your page"), Permission.SEE_OWN_PROFILE),
    Place("mediators.show_details", N_("My details"), Permission.SEE_OWN_PROFILE),
    Place("mediators.show_consents", N_("My consents"), Permission.SEE_OWN_PROFILE),
    Place("coordinators.show_monday", N_("Monday"), Permission.LIST_RECORDS),
    Place("coordinators.list_page", N_("People"), Permission.LIST_RECORDS),
    Place("coordinators.list_imports", N_("Spreadsheets"), Permission.IMPORT_SPREADSHEET),
    Place("coordinators.list_waiting", N_("Applications"), Permission.READ_APPLICATION),
    Place("coordinators.show_asked_requests", N_("Requests to us"), Permission.SPEAK_FOR_NETWORK),
    Place("coordinators.show_coverage", N_("Coverage"), Permission.LIST_RECORDS),
    Place("envoys.list_requests", N_("Requests"), Permission.CREATE_REQUEST),
    Place("envoys.show_new", N_("New request"), Permission.CREATE_REQUEST),
    Place("envoys.show_processes", N_("Processes"), Permission.LIST_PROCESSES),
    Place("administrators.list_accounts", N_("Accounts"), Permission.KEEP_STAFF),
    Place("administrators.show_networks", N_("Networks"), Permission.KEEP_NETWORKS),
    Place("administrators.list_directory", N_("Focal points"), Permission.KEEP_FOCAL_POINTS),
    Place("administrators.show_vocabulary", N_("Vocabulary"), Permission.KEEP_VOCABULARY),
    Place("administrators.show_retention", N_("Forgetting"), Permission.READ_RETENTION),
    Place("accounts.show_account", N_("Account"), Permission.USE_ACCOUNT),
)
"""In the order of the head; the first that an account may see is its first page."""


def _list_places(actor: Actor) -> list[Place]:
    own = Subject(mediator_id=actor.mediator_id, account_id=actor.account_id)
    return [place for place in PLACES if permissions.decide(place.permission, actor, own)]


def list_navigation(actor: Actor, wording: Wording) -> list[NavigationItem]:
    """The links in the head of this actor's pages."""
    return [
        NavigationItem(
            href=url_for(place.endpoint),
            label=wording.gettext(place.label),
            is_current=place.endpoint == request.endpoint,
        )
        for place in _list_places(actor)
    ]


def get_first_page(actor: Actor) -> str | None:
    """The address of the page on which this actor begins; None for somebody not signed in."""
    places = _list_places(actor)
    return url_for(places[0].endpoint) if places else None


def find_place(values: Mapping[str, str]) -> str:
    """The address that ``next`` and its ``with-…`` values name; the home page for all else."""
    endpoint = values.get("next", "")
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint != endpoint or "GET" not in (rule.methods or ()):
            continue
        given = {name: values.get(f"with-{name}", "") for name in rule.arguments}
        try:
            return url_for(endpoint, **given)  # type: ignore[arg-type]  # names of the rule only
        except (BuildError, ValueError):
            break
    return url_for(HOME)
