"""Searches that a coordinator keeps for herself: made, renamed, looked at, given up.

Looking changes nothing; only her word that she has seen it moves the mark from which changes are
told. What is found is worked out beforehand, by reading.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import SavedSearch
from roster.permissions import Actor, Permission, Subject
from roster.queries.person_filter import PersonFilter
from roster.queries.saved_searches import Found, forget_in
from roster.services.trail import add_audit, require

MOST_KEPT = 50
"""Searches that one account keeps: each costs a few readings of the whole list."""


def save_search(
    session: Session, *, actor: Actor, title: str, wanted: PersonFilter, found: Found
) -> SavedSearch:
    """Keep what is asked of the list of one network, and whom it finds at this moment."""
    subject = Subject(network_code=wanted.network, account_id=actor.account_id)
    require(Permission.KEEP_SEARCHES, actor, subject)
    if actor.account_id is None:
        raise NotFound
    kept = select(func.count()).where(SavedSearch.account_id == actor.account_id)
    if (session.scalar(kept) or 0) >= MOST_KEPT:
        raise Refused("too_many_searches", most=MOST_KEPT)
    now = clock.now()
    search = SavedSearch(
        account_id=actor.account_id,
        network_code=wanted.network,
        title=title,
        criteria={name: value for name, value in asdict(wanted).items() if value},
        found=dict(found),
        looked_at=now,
        created_at=now,
    )
    session.add(search)
    session.flush()
    _trace(session, actor, search, "search.saved", {"found": len(found)})
    return search


def rename_search(
    session: Session, *, actor: Actor, search_id: int, expected_version: int, title: str
) -> SavedSearch:
    """Give it another title."""
    search = _get(session, actor, search_id, expected_version, {"title": title})
    search.title = title
    session.flush()
    _trace(session, actor, search, "search.renamed")
    return search


def mark_seen(
    session: Session, *, actor: Actor, search_id: int, expected_version: int, found: Found
) -> SavedSearch:
    """Tell changes from now on: she has seen exactly ``found``."""
    search = _get(session, actor, search_id, expected_version, {})
    search.found, search.looked_at = dict(found), clock.now()
    session.flush()
    _trace(session, actor, search, "search.seen", {"found": len(found)})
    return search


def delete_search(session: Session, *, actor: Actor, search_id: int, expected_version: int) -> None:
    """Give it up, with what it kept."""
    search = _get(session, actor, search_id, expected_version, {})
    _trace(session, actor, search, "search.deleted")
    session.delete(search)
    session.flush()


def forget_records(session: Session, record_ids: Collection[int]) -> None:
    """Keep nothing of records that are erased but that so many are gone."""
    for search in session.scalars(select(SavedSearch)):
        kept = forget_in(search.found, record_ids)
        if kept is not None:
            search.found = kept
    session.flush()


def _get(
    session: Session,
    actor: Actor,
    search_id: int,
    expected_version: int,
    wanted: dict[str, object],
) -> SavedSearch:
    search = session.get(SavedSearch, search_id)
    if search is None:
        raise NotFound
    subject = Subject(network_code=search.network_code, account_id=search.account_id)
    require(Permission.KEEP_SEARCHES, actor, subject)
    if search.version != expected_version:
        raise StaleVersion({"title": search.title}, wanted or {"title": search.title})
    return search


def _trace(
    session: Session,
    actor: Actor,
    search: SavedSearch,
    action: str,
    detail: dict[str, Any] | None = None,
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="saved_search",
        subject_id=search.id,
        network_code=search.network_code,
        detail=detail,
    )
