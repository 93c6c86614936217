"""Where a request stands, what is due, and the presses that bring it on or to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.models import MatchRequest
from roster.permissions import Permission
from roster.queries.requests import get_request, get_subject
from roster.queries.requests_asked import find_first_shortlist, list_steps
from roster.services.request_answers import OWN_STEPS, REASONS, end_request, take_step
from roster.services.request_states import list_sides, may_move, waits_for_network
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.requests import read_version
from roster.web.pages import current_wording, flash_sentence
from roster.wording import N_
from roster.wording.requests import REASONS as REASON_WORDS
from roster.wording.requests import SIDES, word_state

ENDS = {
    "close": N_("Close it"),
    "cancel": N_("Cancel it"),
    "find_nobody": N_("Nobody was found"),
}
STEPS = {"interview": N_("Talks are held"), "select_none": N_("Nobody is chosen")}


@dataclass(frozen=True)
class End:
    """One way to end it: the step, its button, and the reasons to choose from."""

    action: str
    label: str
    reasons: list[tuple[str, str]]


@dataclass(frozen=True)
class StandingView:
    """``hours`` are from its submission to the first list with somebody on it."""

    code: str
    version: int
    state: tuple[str, str]
    due_at: datetime | None
    answer_by: datetime | None
    hours: str
    reason: str
    steps: list[tuple[tuple[str, str], str, datetime, str]]
    """State, by whom, when, and what was said with it."""
    waits: bool
    is_unchecked: bool
    may_search: bool
    ends: list[End]
    own_steps: list[tuple[str, str]]


def make_standing(found: MatchRequest) -> StandingView:
    """Where a request of hers stands."""
    wording, session, actor = current_wording(), reading(), current_actor()
    steps = list_steps(session, found.id)
    hours = find_first_shortlist(session, found)

    def may(action: str) -> bool:
        return may_move(session, actor=actor, request=found, action=action)

    return StandingView(
        code=found.code,
        version=found.version,
        state=word_state(wording, found.state),
        due_at=steps[-1].due_at if steps else None,
        answer_by=found.answer_by,
        hours="" if hours is None else wording.number(round(hours, 1)),
        reason=wording.gettext(REASON_WORDS[found.close_reason]) if found.close_reason else "",
        steps=[
            (
                word_state(wording, one.to_state),
                wording.gettext(SIDES[one.taken_by]),
                one.taken_at,
                one.note or "",
            )
            for one in steps
        ],
        waits=waits_for_network(session, actor=actor, request=found),
        is_unchecked="requester" in list_sides(session, actor, found),
        may_search=found.state == "draft" or may("search"),
        ends=[_make_end(action) for action in ENDS if may(action)],
        own_steps=[(one, wording.gettext(STEPS[one])) for one in OWN_STEPS if may(one)],
    )


def _make_end(action: str) -> End:
    wording = current_wording()
    reasons = [(one, wording.gettext(REASON_WORDS[one])) for one in REASONS[action]]
    return End(action, wording.gettext(ENDS[action]), reasons)


@blueprint.post("/requests/<code>/end")
@needs(Permission.EDIT_REQUEST, get_subject)
def end(code: str) -> ResponseReturnValue:
    """Close it, cancel it, or say that nobody was found."""
    found = get_request(reading(), current_actor(), code)
    end_request(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        action=request.form.get("do", ""),
        reason=request.form.get("reason", ""),
    )
    flash_sentence("request_ended")
    return redirect(url_for("envoys.show_request", code=code), 303)


@blueprint.post("/requests/<code>/step")
@needs(Permission.EDIT_REQUEST, get_subject)
def take_own_step(code: str) -> ResponseReturnValue:
    """Talks are held, or nobody is chosen."""
    found = get_request(reading(), current_actor(), code)
    take_step(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        action=request.form.get("do", ""),
    )
    flash_sentence("step_taken")
    return redirect(url_for("envoys.show_request", code=code), 303)
