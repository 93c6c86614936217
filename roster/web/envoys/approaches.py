"""Approaches of a request: who was asked, how it stands, and what the requester can do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from matching.facts import Requester
from roster import clock
from roster.errors import Refused
from roster.facts import make_request
from roster.models import Approach, MatchRequest, Run
from roster.permissions import Permission
from roster.queries.approaches import get_of_handle, handle_subject, list_held, list_of_request
from roster.queries.requests import get_request, get_run, get_subject
from roster.schemas.application import VersionForm
from roster.services.approach_again import may_ask_again
from roster.services.approach_answers import call_off
from roster.services.approach_questions import list_messages
from roster.services.asked_networks import list_without_network
from roster.services.asked_requests import list_cleared
from roster.services.deployment_states import find_deployment
from roster.services.releases import select_woman
from roster.services.request_states import may_move
from roster.services.shown_approaches import ShownApproach, show_approaches
from roster.services.shown_cards import list_showable
from roster.services.stale_runs import GONE, RunChange
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.choices import list_cards
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.reason_rows import word_post_title
from roster.wording import N_, Wording
from roster.wording.approaches import FOR_REQUESTER, word_terms
from roster.wording.reasons import word_reason

GOES_ON_BY = {"ready": "release", "released": "select"}
"""How an approach stands -> the step of its request that the next press takes."""


@dataclass(frozen=True)
class ApproachView:
    """One approach as its requester reads it; ``state`` is the code, ``sign`` and ``words`` say it."""

    shown: ShownApproach
    post: str
    sign: str
    words: str

    @property
    def state(self) -> str:
        return self.shown.state

    @property
    def approach(self) -> Approach:
        return self.shown.approach


@blueprint.get("/requests/<code>/approaches")
@needs(Permission.READ_REQUEST, get_subject)
def show_approaches_page(code: str) -> str:
    """Who was asked, the women of the newest answer who were not, and how each stands."""
    found = get_request(reading(), current_actor(), code)
    approaches = list_of_request(reading(), current_actor(), found)
    shown = show_approaches(reading(), found, approaches, clock.now())
    return render(
        "envoys/approaches.html",
        found=found,
        approaches=[make_view(found, one) for one in shown],
        cards=list_unasked(found),
    )


@blueprint.get("/requests/<code>/approaches/<handle>")
@needs(Permission.READ_REQUEST, handle_subject)
def show_approach(code: str, handle: str) -> str:
    """One approach, with what can be done next."""
    return render_approach(code, handle)


@blueprint.post("/requests/<code>/approaches/<handle>/end")
@needs(Permission.EDIT_REQUEST, handle_subject)
def end_approach(code: str, handle: str) -> ResponseReturnValue:
    """Her answer is not needed any more, or she is not chosen; she is told."""
    approach = get_approach(code, handle)
    call_off(
        writing(),
        actor=current_actor(),
        approach_id=approach.id,
        expected_version=read_version(),
    )
    flash_sentence("approach_ended")
    return redirect(url_for("envoys.show_approaches_page", code=code), 303)


@blueprint.post("/requests/<code>/approaches/<handle>/choose")
@needs(Permission.EDIT_REQUEST, handle_subject)
def choose_woman(code: str, handle: str) -> ResponseReturnValue:
    """She is chosen for her post, which is filled with that; she is told."""
    approach = get_approach(code, handle)
    chosen = select_woman(
        writing(),
        actor=current_actor(),
        approach_id=approach.id,
        expected_version=read_version(),
    )
    flash_outcome("woman_chosen" if chosen else "")
    return redirect(url_for("envoys.show_approach", code=code, handle=handle), 303)


def flash_outcome(code: str) -> None:
    """Say what was done; where it was not, a conflict of interest stands against it."""
    if code:
        flash_sentence(code)
    else:
        flash_sentence("conflict_keeps_back", "due")


def read_version() -> int:
    """The version that the form was made from."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    return int(form.values["version"])


def get_approach(code: str, handle: str) -> Approach:
    """The approach to the woman of a handle of this request, for its requester."""
    found = get_request(reading(), current_actor(), code)
    return get_of_handle(reading(), found.id, handle)


def render_approach(
    code: str,
    handle: str,
    *,
    changes: tuple[RunChange, ...] = (),
    digest: str = "",
    replied: FormResult | None = None,
) -> str:
    """The page of one approach; ``changes`` are to be accepted before a release.

    ``replied`` is an answer to her question that could not be taken.
    """
    actor = current_actor()
    found = get_request(reading(), actor, code)
    approach = get_of_handle(reading(), found.id, handle)
    (shown,) = show_approaches(reading(), found, [approach], clock.now())
    return render(
        "envoys/approach.html",
        found=found,
        one=make_view(found, shown),
        terms=word_terms(current_wording(), approach.terms),
        changes=word_changes(changes),
        digest=digest,
        can_go_on=shown.state not in GOES_ON_BY
        or may_move(reading(), actor=actor, request=found, action=GOES_ON_BY[shown.state]),
        can_ask_again=shown.state == "ended"
        and may_ask_again(reading(), actor, approach, clock.now()),
        has_deployment=find_deployment(reading(), approach.id) is not None,
        messages=[
            (current_wording().instant(said.written_at), said.is_hers, said.text)
            for said in list_messages(reading(), approach.id)
        ],
        given=replied.raw if replied else {},
        errors=word_errors(replied.errors if replied else {}),
    )


def make_view(found: MatchRequest, shown: ShownApproach) -> ApproachView:
    """The words of one approach."""
    wording = current_wording()
    asked = make_request(found.criteria, code="", requester=Requester())
    sign, words = FOR_REQUESTER[shown.state]
    post = word_post_title(wording, asked, shown.approach.post)
    return ApproachView(shown, post, sign, wording.gettext(words))


def word_changes(changes: tuple[RunChange, ...]) -> list[tuple[str, str]]:
    """What changed since the run: handle and words, none of which tells a ground of hers."""
    wording = current_wording()
    gone = wording.gettext(N_("no longer available"))
    return [
        (one.handle, gone if one.code == GONE else word_reason(wording, one.code))
        for one in changes
    ]


def list_unasked(found: MatchRequest) -> list[tuple[str, str]]:
    """Place and words of the cards of the newest answer whose women were not asked yet."""
    if not found.runs:
        return []
    run = get_run(reading(), current_actor(), found.code, len(found.runs))
    asked = {one.handle for one in list_of_request(reading(), current_actor(), found)}
    return list_askable(run, except_for=asked)


def list_askable(run: Run, *, except_for: set[str]) -> list[tuple[str, str]]:
    """Place and words of each card of a run that may be shown, with who is held elsewhere and whom
    no network can speak for."""
    now, wording = clock.now(), current_wording()
    put_forward = list_cleared(reading(), run.request_id, "put_forward")
    rows = [row for row in run.rows if row.handle not in except_for]
    women = {row.mediator_id for row in rows if row.mediator_id is not None}
    present = list_showable(reading(), women, now, put_forward=put_forward)
    held = list_held(reading(), present, now, except_for=run.request_id)
    alone = list_without_network(reading(), present)
    notes = {str(row.position): list(_note(wording, row.mediator_id, held, alone)) for row in rows}
    return [
        (place, wording.list_parts([title, *notes[place]]))
        for place, title in list_cards(wording, run, present)
        if place in notes
    ]


def _note(
    wording: Wording, mediator_id: int | None, held: Collection[int], alone: Collection[int]
) -> Iterator[str]:
    """What keeps a woman from being asked, or from saying yes, as a requester may read it."""
    if mediator_id in held:
        yield wording.gettext(N_("held by another request"))
    if mediator_id in alone:
        yield wording.gettext(N_("in no network: cannot be asked"))
