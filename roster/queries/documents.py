"""Shortlist documents that an actor may see, and whose names a reader of them was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import Approach, Document, DocumentCopy, MatchRequest, Run
from roster.permissions import Actor, Permission, Subject


def get_document_subject(session: Session, document_code: str, **_other: object) -> Subject:
    """What permissions ask of a document: whose request it is; NotFound where there is none."""
    owner = session.scalar(
        select(MatchRequest.account_id)
        .join(Run, Run.request_id == MatchRequest.id)
        .join(Document, Document.run_id == Run.id)
        .where(Document.code == document_code)
    )
    if owner is None:
        raise NotFound
    return Subject(account_id=owner)


def get_document(session: Session, actor: Actor, code: str) -> Document:
    """One document with its copies; NotFound for one that is absent or another's."""
    if not permissions.decide(Permission.READ_REQUEST, actor, get_document_subject(session, code)):
        raise NotFound
    return session.scalars(
        select(Document).where(Document.code == code).options(selectinload(Document.copies))
    ).one()


def list_documents(session: Session, request: MatchRequest) -> Sequence[Document]:
    """The documents of a request that the reader may see, the newest first, with their copies."""
    statement = (
        select(Document)
        .join(Run, Run.id == Document.run_id)
        .where(Run.request_id == request.id)
        .options(selectinload(Document.copies))
        .order_by(Document.id.desc())
    )
    return session.scalars(statement).all()


def get_run_of(session: Session, document: Document) -> Run:
    """The frozen answer on which a document rests, with its rows and its request."""
    statement = (
        select(Run)
        .where(Run.id == document.run_id)
        .options(selectinload(Run.rows), selectinload(Run.match_request))
    )
    return session.scalars(statement).one()


def find_own_copy(document: Document) -> DocumentCopy:
    """The copy of the requester, who signs in and needs no link."""
    return next(copy for copy in document.copies if copy.token_digest is None)


def list_withdrawn(session: Session, request_id: int) -> frozenset[int]:
    """Women who took back their word in this request: of them nothing is shown any more."""
    statement = select(Approach.mediator_id).where(
        Approach.request_id == request_id, Approach.state == "withdrawn"
    )
    return frozenset(session.scalars(statement))


def is_over(document: Document, now: datetime) -> bool:
    """Whether nobody can open the document any more."""
    return document.revoked_at is not None or document.ends_at <= now
