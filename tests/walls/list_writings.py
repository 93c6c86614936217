"""Routes that write about a whole list, each with its right form."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.permissions import Actor
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from tests.walls.village import Village
from tests.walls.writings import Writing


def _export_form(session: Session, village: Village) -> dict[str, Any]:
    actor = Actor("account", coordinates=frozenset({"nwm"}))
    found = list_people(session, actor=actor, wanted=PersonFilter(), now=clock.now())
    given = {"network": "nwm", "format": "csv", "reason": "Invitations to a training"}
    return {**given, "rows": len(found.people)}


LIST_WRITINGS = (
    Writing(
        "POST /people/export", "coordinator", lambda village: "/people/export", _export_form,
        "export+",
    ),
)  # fmt: skip
