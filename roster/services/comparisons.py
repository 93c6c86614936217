"""A against B in a stored answer: what put one before the other, from the evidence it was kept with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching import Decision, Difference, Evidence, Verdict
from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Run, RunRow
from roster.permissions import Actor
from roster.services.asked_requests import list_cleared
from roster.services.opened_requests import open_to_read
from roster.services.shown_cards import list_showable
from roster.services.stored_evidence import read_evidence

CENT = 100


@dataclass(frozen=True)
class CardComparison:
    """Two cards of one post. ``gap`` is the sum of the differences, to the hundredth of a point.

    ``differences`` hold every preference asked, the largest first. ``decided_by`` is None where all
    is equal: then she who waited longer stands first, or a lot decided. ``missing`` is, for each,
    the gate that a near miss did not pass.
    """

    first: RunRow
    second: RunRow
    ahead: RunRow
    decided_by: Decision | None
    gap: float
    differences: tuple[Difference, ...]
    missing: tuple[Evidence | None, Evidence | None]


def compare_cards(
    session: Session, *, actor: Actor, run_id: int, first: int, second: int
) -> CardComparison:
    """Compare the women at two positions of a run; nothing is judged anew.

    ``NotFound`` for another's run and for a position that has none; ``Refused`` for the same woman
    twice, for two posts, and for whoever may no longer be shown.
    """
    run = _get_run(session, actor, run_id)
    rows = {row.position: row for row in run.rows}
    if first not in rows or second not in rows:
        raise NotFound
    pair = (rows[first], rows[second])
    if first == second or pair[0].post != pair[1].post:
        raise Refused("not_comparable")
    women = [row.mediator_id for row in pair if row.mediator_id is not None]
    forward = list_cleared(session, run.request_id, "put_forward")
    if len(list_showable(session, women, clock.now(), put_forward=forward)) != len(pair):
        raise Refused("card_no_longer_shown")
    return _compare(*pair)


def _get_run(session: Session, actor: Actor, run_id: int) -> Run:
    run = session.scalars(
        select(Run).where(Run.id == run_id).options(selectinload(Run.rows))
    ).one_or_none()
    if run is None:
        raise NotFound
    open_to_read(session, actor, run.request_id)
    return run


def _compare(first: RunRow, second: RunRow) -> CardComparison:
    cards = [[read_evidence(one) for one in row.evidence] for row in (first, second)]
    differences = _list_differences(*cards)
    missing = [
        next((one for one in card if one.is_hard and one.verdict < Verdict.PASS), None)
        for card in cards
    ]
    gap = sum(round(one.points * CENT) for one in differences)
    return CardComparison(
        first,
        second,
        min(first, second, key=lambda row: row.position),
        _decide(first, second, gap),
        gap / CENT,
        differences,
        (missing[0], missing[1]),
    )


def _decide(first: RunRow, second: RunRow, gap: int) -> Decision | None:
    if first.state != second.state:
        return Decision.STATE
    return Decision.POINTS if gap else None


def _list_differences(first: list[Evidence], second: list[Evidence]) -> tuple[Difference, ...]:
    others = {(one.criterion, one.wish): one for one in second if one.out_of}
    pairs = [(one, others[one.criterion, one.wish]) for one in first if one.out_of]
    differences = [
        Difference(one.criterion, one.wish, _subtract(one, two), one, two) for one, two in pairs
    ]
    return tuple(sorted(differences, key=lambda one: -abs(one.points)))


def _subtract(one: Evidence, two: Evidence) -> float:
    return (round(one.points * CENT) - round(two.points * CENT)) / CENT
