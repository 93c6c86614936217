"""Whom a word of her own network would bring into an answer: held conflicts, and class 3."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np

from matching import outcomes as o
from matching.bits import gather, is_in, union
from matching.columns import Columns
from matching.evidence import Evidence
from matching.explanation import explain_gates
from matching.facts import Request
from matching.outcomes import CATALOGUE
from matching.run import Plan, make_plan
from matching.sieve import Sieve, keep_passing
from matching.tables import Ints

HELD_GATE = "held_interest"
HIDDEN_CLASS = 3


def list_held(
    columns: Columns, request: Request, now: datetime, mediator_ids: Iterable[int]
) -> dict[int, tuple[Evidence, ...]]:
    """Return, of these women, the held conflict of each who would be listed or one step away were
    it cleared: what it is, per post that holds her, each once."""
    rows = _find_rows(columns, mediator_ids)
    ids = [int(one) for one in columns.ids(rows)]
    cleared = replace(request, cleared=request.cleared | frozenset(ids))
    fitting = _find_standing(columns, cleared, now, rows)
    found: dict[int, tuple[Evidence, ...]] = {}
    plan = make_plan(columns, request, now)
    for place in np.flatnonzero(fitting):
        if held := _explain_held(columns, plan, rows[place : place + 1]):
            found[ids[place]] = held
    columns.forget_found()
    return found


def list_hidden(
    columns: Columns, request: Request, now: datetime, mediator_ids: Iterable[int]
) -> list[int]:
    """Return, of these women, those of class 3 who would be listed or one step away were they put
    forward; nobody for a requester who gets no card of class 2 either."""
    rows = _find_rows(columns, set(mediator_ids) - request.put_forward)
    rows = rows[columns.scalars["safety_class"][rows] == HIDDEN_CLASS]
    ids = [int(one) for one in columns.ids(rows)]
    open_to = replace(request, put_forward=request.put_forward | frozenset(ids))
    fitting = _find_standing(columns, open_to, now, rows)
    columns.forget_found()
    return [one for one, fits in zip(ids, fitting, strict=True) if fits]


def _find_rows(columns: Columns, mediator_ids: Iterable[int]) -> Ints:
    found = []
    for one in sorted(set(mediator_ids)):
        try:
            found.append(columns.row(one))
        except KeyError:  # she is not, or no longer, in the roster
            continue
    return np.array(found, np.int64)


def _find_standing(columns: Columns, request: Request, now: datetime, rows: Ints) -> list[bool]:
    """Tell of each row whether she is listed or a near miss for a post."""
    plan = make_plan(columns, request, now)
    visible = keep_passing(columns, plan.list_visibility(), gather(rows, columns.words))
    common = Sieve.begin(visible).ask(columns, plan.list_common())
    posts = (common.ask(columns, plan.list_own(one)) for one in range(len(request.posts)))
    stands = is_in(union(post.stands for post in posts), rows)
    return [bool(one) for one in stands]


def _explain_held(columns: Columns, plan: Plan, rows: Ints) -> tuple[Evidence, ...]:
    woman = columns.mediator(int(columns.ids(rows)[0]))
    code, found = CATALOGUE[o.C5].code, []
    for post, steps in zip(plan.asking.request.posts, plan.of_posts, strict=True):
        held = [step for _, step in steps if step.criterion.name == HELD_GATE]
        for one in explain_gates(columns, rows, [woman], plan.for_post(post), held)[0]:
            if one.code == code and one.facts.get("held") and one not in found:
                found.append(one)
    return tuple(found)
