"""What the woman whose account this is was asked: listed, read, answered, taken back.

A program of hers signs in with a key that she made with her password, so it may say yes for her, as
her own page may and a link never does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.edge.units_of_work import reading, writing
from roster.errors import NotFound, Refused
from roster.models import Approach, Mediator
from roster.permissions import Permission, Subject
from roster.queries.approaches import find_approach, her_subject, list_of_woman
from roster.schemas.own_calls import SentAnswerSchema, SentQuestionSchema
from roster.schemas.own_replies import OwnApproachSchema, OwnListSchema
from roster.services.approach_answers import answer_approach, withdraw
from roster.services.approach_questions import ask_question, list_messages
from roster.services.own_approaches import see_approach

READ, WRITE = "answers:read", "answers:write"
TERMS = ("who", "purpose", "place", "effort", "risk", "pay")
NOTES = ("risk_note", "pay_note")


def find_herself(session: Session) -> Subject:
    """The woman whose account it is; nobody once she has left the service."""
    mediator_id = current_actor().mediator_id
    state = select(Mediator.state).where(Mediator.id == mediator_id)
    if session.scalar(state) == "withdrawn":
        raise NotFound
    return Subject(mediator_id=mediator_id)


def find_asked(session: Session, approach_code: str) -> Subject:
    """The woman who is asked, while she is with the service."""
    find_herself(session)
    return her_subject(session, approach_code)


@blueprint.get("/me/approaches")
@serves(
    Call(
        "List what you were asked",
        Permission.SEE_OWN_PROFILE,
        OwnListSchema,
        READ,
        subject=find_herself,
    )
)
def list_own_approaches() -> Reply:
    """The newest first."""
    found = list_of_woman(reading(), current_actor().mediator_id or 0)
    return Reply({"approaches": [_describe_line(one) for one in found]})


@blueprint.get("/me/approaches/<approach_code>")
@serves(
    Call(
        "Read what you were asked",
        Permission.ANSWER_APPROACH,
        OwnApproachSchema,
        READ,
        subject=find_asked,
    )
)
def show_own_approach(approach_code: str) -> Reply:
    """All that she is told. Reading it by a program tells nobody."""
    return _describe(reading(), approach_code)


@blueprint.post("/me/approaches/<approach_code>/answer")
@serves(
    Call(
        "Answer",
        Permission.ANSWER_APPROACH,
        OwnApproachSchema,
        WRITE,
        subject=find_asked,
        takes=SentAnswerSchema,
        names_version=True,
        is_once=True,
    )
)
def answer(approach_code: str) -> Reply:
    """Yes, later or no. With a new tie to a side she declares first, on her page."""
    values, session = read_body(SentAnswerSchema()), writing()
    is_yes = values["answer"] == "yes"
    if is_yes and values["ties"] == "some":
        raise Refused("ties_first")
    answer_approach(
        session,
        actor=current_actor(),
        approach_id=find_approach(session, approach_code).id,
        expected_version=read_version(),
        answer=values["answer"],
        allows=values["allows"] if is_yes else (),
        answers_on_conflicts=[{"new_ties": values["ties"]}] if is_yes else (),
    )
    return _describe(session, approach_code)


@blueprint.post("/me/approaches/<approach_code>/question")
@serves(
    Call(
        "Ask back",
        Permission.ANSWER_APPROACH,
        OwnApproachSchema,
        WRITE,
        subject=find_asked,
        takes=SentQuestionSchema,
        names_version=True,
        is_once=True,
    )
)
def ask_back(approach_code: str) -> Reply:
    """Whoever asks her reads it without her name."""
    values, session = read_body(SentQuestionSchema()), writing()
    ask_question(
        session,
        actor=current_actor(),
        approach_id=find_approach(session, approach_code).id,
        expected_version=read_version(),
        text=values["text"],
    )
    return _describe(session, approach_code)


@blueprint.post("/me/approaches/<approach_code>/withdrawal")
@serves(
    Call(
        "Take it back",
        Permission.ANSWER_APPROACH,
        OwnApproachSchema,
        WRITE,
        subject=find_asked,
        names_version=True,
        is_once=True,
    )
)
def take_back(approach_code: str) -> Reply:
    """At any step; no reason is asked, and from the next call on nothing of her is shown."""
    session = writing()
    withdraw(
        session,
        actor=current_actor(),
        approach_id=find_approach(session, approach_code).id,
        expected_version=read_version(),
    )
    return _describe(session, approach_code)


def _describe_line(approach: Approach) -> dict[str, Any]:
    names = ("code", "state", "answer_by", "version")
    return {
        **{name: getattr(approach, name) for name in names},
        "who": approach.terms["who"],
        "asked_at": approach.created_at,
    }


def _describe(session: Session, approach_code: str) -> Reply:
    session.flush()
    found = find_approach(session, approach_code)
    own = see_approach(session, actor=current_actor(), approach_id=found.id, now=clock.now())
    said = {
        **_describe_line(found),
        **{name: found.terms[name] for name in TERMS},
        **{name: found.terms.get(name) or "" for name in NOTES},
        "languages": list(found.terms.get("languages") or ()),
        "first_day": own.first,
        "last_day": own.last,
        "sides": [_describe_side(one) for one in own.parties],
        "has_declared": own.declaration is not None,
        "may_answer": own.may_answer,
        "may_withdraw": own.may_withdraw,
        "allows": list(found.allows or ()),
        "messages": [
            {"is_hers": one.is_hers, "at": one.written_at, "text": one.text}
            for one in list_messages(session, found.id)
        ],
    }
    return Reply(said, version=found.version)


def _describe_side(party: Mapping[str, Any]) -> dict[str, Any]:
    country, stance = party.get("country"), party.get("stance") or "party"
    return {"code": party.get("code") or country or "", "country": country, "stance": stance}
