"""An account's templates, and the requests that one of hers is or may be kept apart from."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import MatchRequest, RequestTemplate
from roster.permissions import Actor, Subject


def list_templates(session: Session, actor: Actor) -> Sequence[RequestTemplate]:
    """The actor's own templates, the newest first."""
    statement = (
        select(RequestTemplate)
        .where(RequestTemplate.account_id == actor.account_id)
        .order_by(RequestTemplate.created_at.desc(), RequestTemplate.id.desc())
    )
    return session.scalars(statement).all()


def get_template_subject(session: Session, template_id: int, **_other: object) -> Subject:
    """What permissions ask of a template; NotFound where there is none of this number."""
    return Subject(account_id=get_template(session, template_id).account_id)


def get_template(session: Session, template_id: int) -> RequestTemplate:
    """One template; whether the reader may see it is asked before."""
    template = session.get(RequestTemplate, template_id)
    if template is None:
        raise NotFound
    return template


def list_linked(session: Session, request: MatchRequest) -> Sequence[MatchRequest]:
    """The requests that this one is kept apart from, whichever of the two says so."""
    statement = select(MatchRequest).where(
        MatchRequest.account_id == request.account_id,
        or_(MatchRequest.id == request.apart_from_id, MatchRequest.apart_from_id == request.id),
    )
    return session.scalars(statement.order_by(MatchRequest.id)).all()


def list_others(session: Session, request: MatchRequest) -> Sequence[MatchRequest]:
    """The other requests of the same account, the newest first."""
    statement = select(MatchRequest).where(
        MatchRequest.account_id == request.account_id, MatchRequest.id != request.id
    )
    return session.scalars(statement.order_by(MatchRequest.id.desc())).all()
