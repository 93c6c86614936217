"""What offices have: people they invited, words they explained, partners, searches, consents by voice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import (
    Account,
    Link,
    Mediator,
    Recognition,
    SavedSearch,
    Sharing,
    SpokenConsent,
    WordChoice,
)
from tests.answer_factories import PURPOSES
from tests.factories import add_account


def add_invited(session: Session, token: str, role: str = "auditor", **values: Any) -> Account:
    """An account of the staff whose owner has not come in yet; ``token`` opens its link."""
    account = add_account(session, role, **values)
    now = clock.now()
    link = Link(
        token_digest=keyring().seal(token),
        purpose="staff",
        account_id=account.id,
        created_at=now,
        ends_at=now + timedelta(days=14),
    )
    session.add(link)
    session.flush()
    return account


def add_word_choice(
    session: Session,
    network: str,
    word: str = "courant",
    *,
    asked: str = "levels",
    code: str = "C1",
) -> WordChoice:
    """What an office has said that a free word of its files means."""
    choice = WordChoice(
        network_code=network,
        field=asked,
        word=word,
        meaning={"code": code},
        decided_at=clock.now(),
    )
    session.add(choice)
    session.flush()
    return choice


def add_recognition(session: Session, network: str, recognised: str) -> Recognition:
    """A network that takes another's accreditation as its own."""
    row = Recognition(network_code=network, recognised_code=recognised, since=clock.now().date())
    session.add(row)
    session.flush()
    return row


def add_sharing(
    session: Session, network: str, with_code: str, *, safety_class: int = 1
) -> Sharing:
    """``network`` shows the cards of one class to the coordinators of ``with_code``."""
    sharing = Sharing(
        network_code=network,
        with_code=with_code,
        safety_class=safety_class,
        since=clock.now().date(),
    )
    session.add(sharing)
    session.flush()
    return sharing


def add_saved_search(
    session: Session,
    account: Account,
    network: str = "nwm",
    *,
    title: str = "Those of spring",
    found: Mapping[str, Any] | None = None,
    **criteria: str,
) -> SavedSearch:
    """A search that ``account`` keeps and has just looked at."""
    search = SavedSearch(
        account_id=account.id,
        network_code=network,
        title=title,
        criteria=criteria or {"track": "II"},
        found=dict(found or {}),
        looked_at=clock.now(),
        created_at=clock.now(),
    )
    session.add(search)
    session.flush()
    return search


def add_spoken_consent(
    session: Session, mediator: Mediator, network: str, *, by: Account | None = None, **columns: Any
) -> SpokenConsent:
    """All three purposes of matching, said today on the telephone, waiting for a second person."""
    values: dict[str, Any] = {
        "purposes": list(PURPOSES),
        "language": "en",
        "text_version": "2026-11",
        "channel": "telephone",
        "spoken_on": clock.now().date(),
        "recorded_at": clock.now(),
        **columns,
    }
    row = SpokenConsent(
        mediator_id=mediator.id,
        network_code=network,
        recorded_by=by.id if by else None,
        **values,
    )
    session.add(row)
    session.flush()
    return row
