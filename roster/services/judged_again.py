"""A few women judged again for a request as it stands: what the engine says of each today.

The same criteria as in a run, but of these women alone, so that it takes milliseconds; whether
two of them look alike or fill a team together is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from matching import Columns, Evidence, Request, answer
from matching.explanation import explain_gates
from roster.facts import load_mediators
from roster.vocabulary import load_vocabulary

Judged = Mapping[tuple[int, str], tuple[Evidence, ...]]
"""(woman, post) -> the evidence of every gate, passed or not, those of visibility first."""


def judge_again(
    session: Session, *, asked: Request, mediator_ids: Iterable[int], now: datetime
) -> Judged:
    """Judge these women for every post of ``asked``; whoever is gone from the roster is left out."""
    ids = sorted(set(mediator_ids))
    women = list(load_mediators(session, ids=ids, now=now))
    if not women:
        return {}
    columns = Columns.build(women, load_vocabulary())
    plan = answer(columns, asked, now, limit=0).workings.plan
    rows = columns.rows()
    judged: dict[tuple[int, str], tuple[Evidence, ...]] = {}
    in_order = [columns.mediator(int(one)) for one in columns.ids(rows)]
    for post, steps in zip(asked.posts, plan.of_posts, strict=True):
        gates = [*plan.visibility, *(one for _, one in plan.of_request), *(s for _, s in steps)]
        found = explain_gates(columns, rows, in_order, plan.for_post(post), gates)
        for woman, evidence in zip(in_order, found, strict=True):
            judged[woman.id, post.code] = tuple(evidence)
    columns.forget_found()
    return judged
