"""The directory of focal points for women, peace and security, as administrators keep it.

An office and the state of its country's plan, with the day and the source of both; never a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import FocalPoint
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require


def save_focal_point(
    session: Session,
    *,
    actor: Actor,
    focal_point_id: int | None,
    expected_version: int,
    values: Mapping[str, Any],
) -> FocalPoint:
    """A new entry, or other words in the place of the present ones. One country has one entry."""
    require(Permission.KEEP_FOCAL_POINTS, actor)
    _check(session, focal_point_id, values)
    row = FocalPoint() if focal_point_id is None else _get(session, focal_point_id)
    if focal_point_id is not None and row.version != expected_version:
        raise StaleVersion({name: getattr(row, name) for name in values}, values)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    _audit(session, actor, "focal_point.saved", row)
    return row


def remove_focal_point(
    session: Session, *, actor: Actor, focal_point_id: int, expected_version: int
) -> None:
    """Take an entry off the directory."""
    require(Permission.KEEP_FOCAL_POINTS, actor)
    row = _get(session, focal_point_id)
    if row.version != expected_version:
        raise StaleVersion({"office": row.office}, {})
    _audit(session, actor, "focal_point.removed", row)
    session.delete(row)
    session.flush()


def _check(session: Session, focal_point_id: int | None, values: Mapping[str, Any]) -> None:
    as_of: date = values["as_of"]
    if as_of > clock.now().date():
        raise Refused("day_to_come")
    other = session.scalar(select(FocalPoint.id).where(FocalPoint.country == values["country"]))
    if other not in (None, focal_point_id):
        raise Refused("country_listed_before")


def _get(session: Session, focal_point_id: int) -> FocalPoint:
    row = session.get(FocalPoint, focal_point_id)
    if row is None:
        raise NotFound
    return row


def _audit(session: Session, actor: Actor, action: str, row: FocalPoint) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="focal_point",
        subject_id=row.id,
        detail={"country": row.country},
    )
