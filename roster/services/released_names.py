"""The name under which a woman was released: her own record's, else the releasing network's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Approach, Identity, Record
from roster.queries.releases import list_live_releases
from roster.visibility import Viewer, may_see


@dataclass(frozen=True)
class ReleasedName:
    """Shown to the requester only, while the release lasts."""

    name: str
    network_code: str
    """The network that released her."""


def list_released_names(
    session: Session, request_id: int, now: datetime
) -> dict[int, ReleasedName]:
    """By mediator, the names that the requester of this request may read now."""
    released = list_live_releases(session, request_id, now)
    if not released or not may_see("display_name", Viewer.ENVOY_AFTER):
        return {}
    rows = session.execute(
        select(Approach.mediator_id, Approach.network_code).where(
            Approach.request_id == request_id, Approach.mediator_id.in_(sorted(released))
        )
    )
    found = {}
    for mediator_id, network_code in rows:
        name = _find_name(session, mediator_id, network_code)
        if name:
            found[mediator_id] = ReleasedName(name, network_code)
    return found


def _find_name(session: Session, mediator_id: int, network_code: str) -> str:
    """At most five women are named in a document, so each is asked for by herself."""
    rows = session.execute(
        select(Record.network_code, Identity.display_name)
        .join(Identity, Identity.record_id == Record.id)
        .where(Record.mediator_id == mediator_id)
    )
    names = dict[str | None, str]()
    names.update((code, name) for code, name in rows)
    return names.get(None) or names.get(network_code) or ""
