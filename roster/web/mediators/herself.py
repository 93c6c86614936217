"""Whose pages these are: the account's own mediator, and nobody else's."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Mediator
from roster.permissions import Subject
from roster.queries.mediators import get_herself
from roster.web.access import current_actor, reading
from roster.web.pages import render


def own_subject(session: Session) -> Subject:
    """What the permission table needs: this account's own mediator.

    Who has left the service gets one page until all of it is erased: the one to take it back.
    """
    subject = leaving_subject(session)
    state = select(Mediator.state).where(Mediator.id == subject.mediator_id)
    if session.scalar(state) == "withdrawn":
        abort(redirect(url_for("mediators.show_leave"), 303))
    return subject


def leaving_subject(_session: Session, **_of_the_address: object) -> Subject:
    """The same for the few pages that are hers while she is leaving, too."""
    return Subject(mediator_id=current_actor().mediator_id)


def own_id() -> int:
    """The id of the woman whose account this is."""
    mediator_id = current_actor().mediator_id
    if mediator_id is None:
        raise RuntimeError("somebody who is no mediator passed the permission of these pages")
    return mediator_id


def herself() -> Mediator:
    """Her row, to read from."""
    return get_herself(reading(), actor=current_actor(), mediator_id=own_id())


def render_hers(template: str, **values: Any) -> str:
    """A page of hers: "hide me now" and "leave" stand in its head."""
    return render(template, hide_url=url_for("mediators.hide_me"), **values)


def read_page(count: int) -> int:
    """Which of ``count`` pages is asked for: the first unless a number says another."""
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, number), max(1, count))
