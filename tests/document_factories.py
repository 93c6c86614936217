"""A shortlist document as its requester issues it, with a copy behind each of the links given."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import Account, Document, MatchRequest
from roster.queries.accounts import get_actor
from roster.services.documents import Choice, add_copy, issue_document


def add_document(session: Session, request: MatchRequest, tokens: Iterable[str] = ()) -> Document:
    """The first woman of the newest answer chosen; ``tokens`` open the copies, one each."""
    session.refresh(request, ["runs"])
    actor = get_actor(session.get_one(Account, request.account_id))
    document = issue_document(
        session,
        actor=actor,
        request_id=request.id,
        expected_version=request.version,
        choice=Choice(chosen=[1], reserves=[], language="en", classification="restricted"),
    )
    for token in tokens:
        copy, _ = add_copy(
            session,
            actor=actor,
            document_id=document.id,
            expected_version=document.version,
            recipient="Invented office",
        )
        copy.token_digest = keyring().seal(token)
    session.flush()
    return document
