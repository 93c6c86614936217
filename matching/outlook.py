"""What the engine will say of one woman's time on days to come: the same gates, asked ahead."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

import matching.gates  # noqa: F401  -- registers the gates
from matching.columns import Columns
from matching.criteria import GATES, Asking, Criterion
from matching.evidence import Evidence
from matching.explanation import explain_gates
from matching.facts import Mediator, Request
from matching.outcomes import PASSES
from matching.run import Step
from matching.terms import Terms

SAYS_WHEN = ("consent", "pause", "freshness", "window")
"""The gates whose answer hangs on the day alone, not on what else a request asks."""
TELLS_HOW = "freshness"
"""The gate that is named where all pass: it says *partly*, and how long her statement holds."""


@dataclass(frozen=True)
class Span:
    """Days, both inclusive, on which the answer is the same.

    ``evidence`` is of the first gate that she does not pass, with its facts as of the first day;
    where she passes all, of *freshness*.
    """

    first: date
    last: date
    evidence: Evidence


def look_ahead(
    mediator: Mediator,
    terms: Terms,
    days: Sequence[tuple[date, datetime]],
    before: Sequence[Span] = (),
) -> tuple[Span, ...]:
    """Return what is said of her on each day, were she asked then for work on that very day.

    ``days`` holds the days in order, each with the instant (aware) at which is asked. Notice, days
    a month, ways of work and places are not asked: they hang on the request, not on the day.
    ``before`` holds the spans up to these days, where other facts of hers stood; what goes on in
    the same way is one span.
    """
    columns = Columns.build([mediator], terms)
    gates = [one for name in SAYS_WHEN for one in GATES.criteria if one.name == name]
    turns = _list_turns(mediator, days)
    spans = list(before)
    for place, after in pairwise([*turns, len(days)]):
        (day, asked_at), last = days[place], days[after - 1][0]
        asking = Asking(Request("", day, day, ()), asked_at, terms)
        evidence = _explain(columns, mediator, asking, _decide(columns, asking, gates))
        if spans and _is_same(spans[-1].evidence, evidence):
            spans[-1] = replace(spans[-1], last=last)
        else:
            spans.append(Span(day, last, evidence))
    return tuple(spans)


def _list_turns(mediator: Mediator, days: Sequence[tuple[date, datetime]]) -> list[int]:
    """Return the places in ``days`` of the first day and of those on which a date of hers falls.

    The gates compare the day asked with these dates only, so between two of them nothing changes.
    """
    own = mediator.availability
    ends = [one.until for one in mediator.consents]
    ends += [end for end in (mediator.paused_until, own and own.valid_until) if end]
    begin, end = (own.window_from, own.window_to) if own else (None, None)
    turns = {0} if days else set()
    turns |= {bisect_left(days, until, key=lambda one: one[1]) for until in ends}
    if begin:
        turns.add(bisect_left(days, begin, key=lambda one: one[0]))
    if end:
        turns.add(bisect_right(days, end, key=lambda one: one[0]))
    return sorted(turn for turn in turns if turn < len(days))


def _decide(columns: Columns, asking: Asking, gates: Sequence[Criterion]) -> Criterion:
    """Return the first gate that she does not pass, else the one that tells how."""
    for gate in gates:
        judged = gate.judge(columns, columns.rows(), None, asking)
        if not PASSES[judged.outcomes].all():
            return gate
    return next(gate for gate in gates if gate.name == TELLS_HOW)


def _explain(columns: Columns, mediator: Mediator, asking: Asking, gate: Criterion) -> Evidence:
    [[evidence]] = explain_gates(columns, columns.rows(), [mediator], asking, [Step(gate, None, 0)])
    return evidence


def _is_same(one: Evidence, other: Evidence) -> bool:
    """Tell whether two pieces of evidence say the same, by the same person, of two days."""
    said, again = (
        (each.criterion, each.verdict, each.facts.get("why"), each.facts.get("by"))
        for each in (one, other)
    )
    return said == again
