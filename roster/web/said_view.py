"""What both sides said of a deployment, worded for either; and the form that says more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.models import Deployment
from roster.permissions import Actor
from roster.schemas.deployment import SaidForm
from roster.services.appraisals import (
    Said,
    add_addendum,
    give_appraisal,
    list_said,
    reply_to_appraisal,
)
from roster.services.deployment_states import OVER
from roster.web.access import reading
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording
from roster.wording.deployments import AGAIN, STATES


@dataclass(frozen=True)
class SaidView:
    """One side's words. ``is_mine``: this reader's own."""

    is_mine: bool
    at: str
    again: str
    text: str
    reply: str
    addenda: list[tuple[str, str]]


@dataclass(frozen=True)
class DeploymentView:
    """A deployment as either side reads it; the three flags say which forms stand there."""

    deployment: Deployment
    sign: str
    words: str
    said: list[SaidView]
    may_give: bool
    may_reply: bool
    may_add: bool


def make_deployment_view(deployment: Deployment, side: str, time_zone: str) -> DeploymentView:
    """For ``side``, whose clock is ``time_zone``."""
    said = list_said(reading(), deployment.id)
    other = next((one for by, one in said.items() if by != side), None)
    sign, words = STATES[deployment.state]
    return DeploymentView(
        deployment,
        sign,
        current_wording().gettext(words),
        [_make_said(one, by == side, time_zone) for by, one in said.items()],
        may_give=deployment.state in OVER and side not in said,
        may_reply=other is not None and other.appraisal.reply is None,
        may_add=side in said,
    )


def _make_said(said: Said, is_mine: bool, time_zone: str) -> SaidView:
    wording, one = current_wording(), said.appraisal

    def word_moment(at: datetime) -> str:
        return wording.instant(at, time_zone, weekday=False)

    return SaidView(
        is_mine,
        word_moment(one.given_at),
        wording.gettext(AGAIN[one.answers["again"]]),
        one.answers["text"],
        one.reply or "",
        [(word_moment(each.written_at), each.text) for each in said.addenda],
    )


def list_again() -> list[tuple[str, str]]:
    """Whether one would work together again, as options."""
    return [(code, current_wording().gettext(words)) for code, words in AGAIN.items()]


def take_said(session: Session, actor: Actor, approach_id: int, side: str) -> FormResult:
    """Store what the form says; a result with errors where it could not be."""
    form = read_form(SaidForm())
    if not form.is_valid:
        return form
    act, values = form.values["act"], form.values
    if act == "give" and not values["again"]:
        return FormResult(values, {"again": ["required"]}, form.raw)
    try:
        if act == "give":
            answers = {"again": values["again"], "text": values["text"]}
            give_appraisal(
                session,
                actor=actor,
                approach_id=approach_id,
                side=side,
                expected_version=values["version"],
                answers=answers,
            )
        else:
            use_case = reply_to_appraisal if act == "reply" else add_addendum
            use_case(
                session,
                actor=actor,
                approach_id=approach_id,
                side=side,
                expected_version=values["version"],
                text=values["text"],
            )
    except Refused as refusal:
        return FormResult(values, {"text": [refusal.code]}, form.raw)
    return form
