"""What women have answered: consents, their time, and offices and ties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.models import Availability, Consent, Declaration, Mediator

PURPOSES = ("membership_file", "matching", "card")


def add_consents(session: Session, mediator: Mediator, purposes: bool | Iterable[str]) -> None:
    """Her consents, given now and good for a year."""
    chosen = (PURPOSES if purposes else ()) if isinstance(purposes, bool) else tuple(purposes)
    for purpose in chosen:
        session.add(
            Consent(
                mediator_id=mediator.id,
                purpose=purpose,
                text_version="1",
                language="en",
                given_at=clock.now(),
                valid_until=clock.now() + timedelta(days=365),
            )
        )
    session.flush()


def add_availability(
    session: Session,
    mediator: Mediator,
    *,
    valid_until: datetime | None = None,
    status: str = "available",
    confirmed_by: str = "self",
    **columns: Any,
) -> Availability:
    """Her statement: available at seven days' notice for two years, valid for 90 days."""
    today = clock.now().date()
    values: dict[str, Any] = {
        "window_from": today,
        "window_to": today + timedelta(days=730),
        "notice_days": 7,
        "longest_stay_days": 90,
        "days_per_month": 20,
        "modalities": ["in_person", "remote", "hybrid"],
        "confirmed_at": clock.now(),
        **columns,
    }
    row = Availability(
        mediator_id=mediator.id,
        status=status,
        confirmed_by=confirmed_by,
        valid_until=valid_until or clock.now() + timedelta(days=90),
        **values,
    )
    session.add(row)
    session.flush()
    return row


def add_declaration(
    session: Session,
    mediator: Mediator,
    *,
    covers: Sequence[str] = (),
    interests: Sequence[dict[str, Any]] = (),
) -> Declaration:
    """She declared today; ``covers`` names the countries and parties she was asked about."""
    row = Declaration(
        mediator_id=mediator.id,
        declared_on=clock.now().date(),
        covers=list(covers),
        interests=list(interests),
    )
    session.add(row)
    session.flush()
    return row
