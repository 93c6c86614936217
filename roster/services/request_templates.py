"""Criteria kept for the next time, and a request made once more from one that there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import MatchRequest, RequestTemplate
from roster.permissions import Actor, Permission, Subject
from roster.services.opened_requests import open_request
from roster.services.requests import create_request
from roster.services.trail import add_audit, require

MOST_TEMPLATES = 50
"""Templates of one account."""
OF_ONE_TIME = ("start", "end", "code")
"""What a template does not keep: the next time has other days."""


def save_template(
    session: Session, *, actor: Actor, request_id: int, title: str
) -> RequestTemplate:
    """Keep what a request asks, without its days, under a title of the account's own."""
    request = open_request(session, actor, request_id)
    count = select(func.count(RequestTemplate.id)).where(
        RequestTemplate.account_id == request.account_id
    )
    if (session.scalar(count) or 0) >= MOST_TEMPLATES:
        raise Refused("too_many_templates", limit=MOST_TEMPLATES)
    template = RequestTemplate(
        account_id=request.account_id,
        title=title,
        criteria=_without_days(request.criteria),
        created_at=clock.now(),
    )
    session.add(template)
    session.flush()
    _audit(session, actor, "template.saved", template)
    return template


def rename_template(
    session: Session, *, actor: Actor, template_id: int, expected_version: int, title: str
) -> None:
    """Give a template another title."""
    template = _get_template(session, actor, template_id)
    if template.version != expected_version:
        raise StaleVersion({"title": template.title}, {"title": title})
    template.title = title
    session.flush()
    _audit(session, actor, "template.renamed", template)


def delete_template(
    session: Session, *, actor: Actor, template_id: int, expected_version: int
) -> None:
    """Forget a template; requests made from it stay."""
    template = _get_template(session, actor, template_id)
    if template.version != expected_version:
        raise StaleVersion({"title": template.title}, {"title": None})
    _audit(session, actor, "template.deleted", template)
    session.delete(template)
    session.flush()


def copy_request(session: Session, *, actor: Actor, request_id: int) -> MatchRequest:
    """A draft of its own that asks the same, of the same process and under the same weights."""
    request = open_request(session, actor, request_id)
    criteria = {**request.criteria, "code": None}
    made = create_request(session, actor=actor, criteria=criteria, account_id=request.account_id)
    made.weights, made.process_id = request.weights, request.process_id
    made.is_invented = request.is_invented
    session.flush()
    return made


def _without_days(criteria: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in criteria.items() if key not in OF_ONE_TIME}


def _get_template(session: Session, actor: Actor, template_id: int) -> RequestTemplate:
    template = session.get(RequestTemplate, template_id)
    if template is None:
        raise NotFound
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=template.account_id))
    return template


def _audit(session: Session, actor: Actor, action: str, template: RequestTemplate) -> None:
    add_audit(session, actor=actor, action=action, subject_kind="template", subject_id=template.id)
