"""Routes that write about a whole list, each with its right form."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.permissions import Actor
from roster.queries.coverage_bits import NetworkBits
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.services.figures import work_out_figures
from roster.vocabulary.published_series import load_published_shares
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


LIST_WRITINGS = (
    Writing(
        "POST /people/export", "coordinator", lambda village: "/people/export", _export_form,
        "export+",
    ),
    Writing(
        "POST /figures/export", "coordinator", lambda village: "/figures", _figures_form,
        "export+",
    ),
)  # fmt: skip
