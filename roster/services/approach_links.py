"""The link in the message that asks her: no, later or a question, once; never a yes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.errors import Ended, Refused
from roster.models import Approach, Link, Mediator
from roster.permissions import Actor
from roster.queries.approaches import WAITING
from roster.services.approach_answers import answer_approach
from roster.services.approach_messages import PURPOSE
from roster.services.approach_questions import ask_question
from roster.services.links import find_live_link, get_holder, take_link

ANSWERABLE = (*WAITING, "no_answer")
BY_LINK = ("no", "later", "question")
"""What may be said from a mailbox that somebody else may read, too."""


def find_asked(session: Session, *, token: str) -> tuple[Link, Mediator]:
    """A live link and whose it is. What she has said meanwhile is not looked at: the page is the
    same for every reader of her mailbox."""
    link = find_live_link(session, token=token, purpose=PURPOSE)
    return link, get_holder(session, link)


def answer_by_link(session: Session, *, token: str, answer: str, text: str = "") -> Mediator:
    """Spend the link on one answer; ``Refused`` for a yes, or a question without words."""
    if answer not in BY_LINK:
        raise Refused("approach_sign_in")
    if answer == "question" and not text:
        raise Refused("question_missing")
    link = take_link(session, token=token, purpose=PURPOSE)
    mediator, approach = get_holder(session, link), _get_approach(session, link)
    actor = Actor("link", mediator_id=mediator.id)
    number, version = approach.id, approach.version
    if answer == "question":
        ask_question(session, actor=actor, approach_id=number, expected_version=version, text=text)
    elif approach.state != answer:  # said before, from her page or from an older message
        answer_approach(
            session,
            actor=actor,
            approach_id=number,
            expected_version=version,
            answer=answer,
            channel="link",
        )
    return mediator


def _get_approach(session: Session, link: Link) -> Approach:
    approach = session.get(Approach, link.approach_id) if link.approach_id else None
    if approach is None or approach.state not in ANSWERABLE:
        raise Ended("link_ended")
    return approach
