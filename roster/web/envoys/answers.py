"""The answer to a request: the run as it was frozen, seen through the rules of today."""

from __future__ import annotations

from collections import Counter

from flask import request
from flask.typing import ResponseReturnValue

from roster import clock
from roster.models import Run
from roster.permissions import Permission
from roster.queries.approaches import list_held
from roster.queries.requests import get_request, get_run, get_subject
from roster.services.asked_requests import list_cleared
from roster.services.first_places import find_weights, judge_first_places
from roster.services.relaxations import FEWEST
from roster.services.shown_cards import list_showable
from roster.web.access import current_actor, log_readings, needs, reading
from roster.web.envoys import blueprint
from roster.web.envoys.answer_view import make_answer_view
from roster.web.envoys.approaches import list_unasked
from roster.web.envoys.asked_view import AskedView, make_asked_view
from roster.web.envoys.choices import list_cards
from roster.web.envoys.standing import make_standing
from roster.web.pages import current_wording, render
from roster.wording import N_
from roster.wording.explanations import word_first_place

HELD = N_("Held by another request: she has said yes there.")

UNRANKED = "handle"
"""Asked in the address: the list by handle, without ranks and points."""


@blueprint.get("/requests/<code>")
@needs(Permission.READ_REQUEST, get_subject)
def show_request(code: str) -> ResponseReturnValue:
    """The newest answer; of a request that was not searched yet, what it asks."""
    found = get_request(reading(), current_actor(), code)
    if found.runs:
        return _show_run(code, len(found.runs))
    asked = make_asked_view(current_wording(), found.criteria)
    standing = make_standing(found)
    return render("envoys/draft.html", found=found, asked=asked, standing=standing)


@blueprint.get("/requests/<code>/runs/<int:number>")
@needs(Permission.READ_REQUEST, get_subject)
def show_run(code: str, number: int) -> ResponseReturnValue:
    """One answer of several."""
    return _show_run(code, number)


def _show_run(code: str, number: int) -> str:
    actor, now = current_actor(), clock.now()
    run = get_run(reading(), actor, code, number)
    women = [row.mediator_id for row in run.rows if row.mediator_id is not None]
    forward = list_cleared(reading(), run.request_id, "put_forward")
    showable = list_showable(reading(), women, now, put_forward=forward)
    view = make_answer_view(
        current_wording(),
        run,
        showable,
        now=now,
        page=_read_page("page"),
        near=_read_page("near"),
        is_ranked=request.args.get("order") != UNRANKED,
    )
    asked = make_asked_view(current_wording(), run.criteria)
    log_readings(view.shown_ids, "card")
    return render(
        "envoys/answer.html",
        found=run.match_request,
        run=run,
        number=number,
        view=view,
        asked=asked,
        marks=_word_marks(run, showable),
        has_weights=find_weights(run) is not None,
        cards=list_cards(current_wording(), run, showable),
        askable=list_unasked(run.match_request) if number == len(run.match_request.runs) else [],
        is_short=_is_short(asked, run, showable),
        standing=make_standing(run.match_request),
    )


def _word_marks(run: Run, showable: set[int]) -> dict[tuple[str, str], str]:
    """How surely each of the first places is held, by handle and post; and who is held elsewhere."""
    wording, marks = current_wording(), judge_first_places(run, showable)
    held = list_held(reading(), showable, clock.now(), except_for=run.request_id)
    words = {}
    for row in run.rows:
        said = [wording.gettext(HELD)] if row.mediator_id in held else []
        if row.id in marks:
            said.append(word_first_place(wording, marks[row.id].places, marks[row.id].leans))
        words[row.handle, row.post] = " ".join(said)
    return words


def _is_short(asked: AskedView, run: Run, showable: set[int]) -> bool:
    """Whether fewer women than a shortlist holds fit one of the posts."""
    fits = Counter(
        row.post for row in run.rows if row.state == "listed" and row.mediator_id in showable
    )
    return any(fits[code] < FEWEST for code, _ in asked.posts)


def _read_page(name: str) -> int:
    text = request.args.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1
