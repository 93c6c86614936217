"""What the envoy of the village asks of Cem, as far as a test needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Approach, MatchRequest, Mediator, Release
from roster.permissions import OPERATOR, Actor
from roster.services.approach_messages import ASKING, write_of
from roster.services.approach_questions import ask_question
from roster.services.deployments import plan_deployment
from tests.answer_factories import add_consents
from tests.approach_factories import add_shown
from tests.walls.village import Village

ASKED: Mapping[str, Any] = {"state": "sent", "network_word": None, "network_word_at": None}


def ask_cem(
    request_state: str = "approaching", **columns: Any
) -> Callable[[Session, Village], None]:
    """She is asked for the answered request; ``columns`` say how far it has come."""

    def prepare(session: Session, village: Village) -> None:
        approach = show_cem(session, village, state=request_state)
        for release in session.scalars(select(Release).where(Release.approach_id == approach.id)):
            session.delete(release)
        for name, value in {**ASKED, **columns}.items():
            setattr(approach, name, value)
        session.flush()

    return prepare


def show_cem(session: Session, village: Village, state: str = "released") -> Approach:
    """She is released to the envoy, by name and address."""
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    request.state = state
    her = session.get_one(Mediator, village.women["cem"])
    add_consents(session, her, ("membership_file",))
    approach = add_shown(session, request, her, "nwm")
    village.approaches["cem"] = (approach.code, approach.handle)
    return approach


def run_out_cem(session: Session, village: Village) -> None:
    """Her release ran out a moment ago."""
    approach = show_cem(session, village)
    now = clock.now()
    for release in session.scalars(select(Release).where(Release.approach_id == approach.id)):
        release.ends_at = now
    approach.held_until = now
    session.flush()


def write_to_cem(session: Session, village: Village) -> None:
    """She is asked by a message that carries her link."""
    ask_cem()(session, village)
    code = village.approaches["cem"][0]
    approach = session.scalars(select(Approach).where(Approach.code == code)).one()
    sent = write_of(session, approach, ASKING)
    assert sent
    village.tokens["approach cem"] = sent.values["path"].rpartition("/")[2]


def deploy_cem(state: str) -> Callable[[Session, Village], None]:
    """She was chosen, and her assignment has come this far."""

    def prepare(session: Session, village: Village) -> None:
        approach = show_cem(session, village, state="deployed")
        approach.state = "selected"
        plan_deployment(session, actor=OPERATOR, approach=approach).state = state
        session.flush()

    return prepare


def hear_cem(session: Session, village: Village) -> None:
    """She has asked something."""
    ask_cem()(session, village)
    code = village.approaches["cem"][0]
    approach = session.scalars(select(Approach).where(Approach.code == code)).one()
    ask_question(
        session,
        actor=Actor("account", mediator_id=approach.mediator_id),
        approach_id=approach.id,
        expected_version=approach.version,
        text="zzquestion9zz",
    )
