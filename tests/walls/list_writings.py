"""Routes that write about a whole list, each with its right form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, SavedSearch
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.queries.coverage_bits import NetworkBits
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.queries.saved_searches import find_changes
from roster.services.figures import work_out_figures
from roster.vocabulary.published_series import load_published_shares
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import Writing


def _export_form(session: Session, village: Village) -> dict[str, Any]:
    actor = Actor("account", coordinates=frozenset({"nwm"}))
    found = list_people(session, actor=actor, wanted=PersonFilter(), now=clock.now())
    given = {"network": "nwm", "format": "csv", "reason": "Invitations to a training"}
    return {**given, "rows": len(found.people)}


def _figures_form(session: Session, village: Village) -> dict[str, Any]:
    published = len(load_published_shares())
    actor, now = Actor("account", coordinates=frozenset({"nwm"})), clock.now()
    bits = NetworkBits("nwm").at(session, now=now)
    found = work_out_figures(session, actor=actor, network="nwm", bits=bits, now=now)
    given = {"network": "nwm", "format": "csv", "reason": "The yearly report"}
    return {**given, "rows": len(found.figures) + published}


def _search(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/searches/{village.searches['nwm']}{tail}"


def _seen_form(session: Session, village: Village) -> dict[str, Any]:
    search = session.get_one(SavedSearch, village.searches["nwm"])
    actor = get_actor(session.get_one(Account, village.accounts["coordinator"]))
    changes = find_changes(session, actor=actor, search=search, now=clock.now())
    return {"version": search.version, "shown": changes.digest}


LIST_WRITINGS = (
    Writing(
        "POST /people/export", "coordinator", lambda village: "/people/export", _export_form,
        "export+",
    ),
    Writing(
        "POST /searches", "coordinator", lambda village: "/searches",
        just(title="Speakers", network="nwm", language="eng", level="B2", state="fresh"),
        "saved_search+",
    ),
    Writing(
        "POST /searches/<int:search_id>/seen", "coordinator", _search("/seen"), _seen_form,
        "saved_search.found saved_search.looked_at",
    ),
    Writing(
        "POST /searches/<int:search_id>/rename", "coordinator", _search("/rename"),
        just(version=1, title="Those of autumn"), "saved_search.title",
    ),
    Writing(
        "POST /searches/<int:search_id>/delete", "coordinator", _search("/delete"),
        just(version=1), "saved_search-",
    ),
    Writing(
        "POST /figures/export", "coordinator", lambda village: "/figures/export", _figures_form,
        "export+",
    ),
)  # fmt: skip
