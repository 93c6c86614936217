"""A against B: two cards of an answer side by side, and what the points between them are for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from matching import Difference, Evidence
from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Run, RunRow
from roster.permissions import Permission
from roster.queries.requests import get_run, get_subject
from roster.services.asked_requests import list_cleared
from roster.services.comparisons import CardComparison, compare_cards
from roster.services.shown_cards import list_showable
from roster.web.access import current_actor, log_readings, needs, reading
from roster.web.envoys import blueprint
from roster.web.envoys.choices import list_cards
from roster.web.pages import current_wording, render
from roster.wording import N_, Wording
from roster.wording.codes import word_code
from roster.wording.evidence import Worded, word_card
from roster.wording.explanations import word_decision, word_signed_points

TIE = N_("Equal points: she who waited longer stands first, else a lot decides.")


@dataclass(frozen=True)
class DifferenceRow:
    """One preference: what each card shows for it, and the points of the first less the second's."""

    label: str
    first: Worded
    second: Worded
    points: str


@dataclass(frozen=True)
class ComparisonView:
    """``ahead`` is the handle of her who stands first; ``missing`` the gate of each, if one."""

    first: str
    second: str
    ahead: str
    decision: str
    gap: str
    rows: list[DifferenceRow]
    missing: list[tuple[str, Worded]]


@blueprint.get("/requests/<code>/runs/<int:number>/compare")
@needs(Permission.READ_REQUEST, get_subject)
def show_comparison(code: str, number: int) -> ResponseReturnValue:
    """Two of one answer, by their places in it; the choice alone where none is made."""
    run = get_run(reading(), current_actor(), code, number)
    chosen = [request.args.get(name, "") for name in ("first", "second")]
    view, error = None, ""
    if any(chosen):
        try:
            view = _compare(run, chosen)
        except Refused as refusal:
            error = word_code(current_wording(), refusal.code)
    women = {row.mediator_id for row in run.rows if row.mediator_id is not None}
    page = render(
        "envoys/compare.html",
        found=run.match_request,
        number=number,
        cards=list_cards(
            current_wording(),
            run,
            list_showable(
                reading(),
                women,
                clock.now(),
                put_forward=list_cleared(reading(), run.request_id, "put_forward"),
            ),
        ),
        chosen=chosen,
        view=view,
        error=error,
    )
    return page, 422 if error else 200


def _compare(run: Run, chosen: list[str]) -> ComparisonView:
    if not all(one.isdecimal() and len(one) < 6 for one in chosen):
        raise Refused("not_comparable")
    first, second = map(int, chosen)
    try:
        found = compare_cards(
            reading(), actor=current_actor(), run_id=run.id, first=first, second=second
        )
    except NotFound as error:
        raise Refused("not_comparable") from error
    log_readings(_list_women(found.first, found.second), "card")
    return _make_view(current_wording(), run, found)


def _list_women(*rows: RunRow) -> list[int]:
    return [row.mediator_id for row in rows if row.mediator_id is not None]


def _make_view(wording: Wording, run: Run, found: CardComparison) -> ComparisonView:
    decided = found.decided_by
    pairs = zip((found.first.handle, found.second.handle), found.missing, strict=True)
    return ComparisonView(
        first=found.first.handle,
        second=found.second.handle,
        ahead=found.ahead.handle,
        decision=word_decision(wording, decided) if decided else wording.gettext(TIE),
        gap=word_signed_points(wording, found.gap),
        rows=[_make_row(wording, run, one) for one in found.differences],
        missing=[(handle, _word(wording, run, one)) for handle, one in pairs if one],
    )


def _make_row(wording: Wording, run: Run, one: Difference) -> DifferenceRow:
    first, second = (_word(wording, run, each) for each in (one.first, one.second))
    return DifferenceRow(first.label, first, second, word_signed_points(wording, one.points))


def _word(wording: Wording, run: Run, evidence: Evidence) -> Worded:
    """The line that her card shows."""
    return word_card(wording, [evidence], now=run.at)[0]
