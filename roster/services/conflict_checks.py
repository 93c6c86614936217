"""Conflicts of interest asked again at each step of an approach: before she is asked, when she
says yes, before her name goes, before she is deployed (product, section 8).

The engine's codes are kept sealed with the approach; to the requester each reads as one rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from matching import Evidence, Request, Verdict
from roster.models import Approach, ConflictCheck, MatchRequest
from roster.services.asked_requests import make_asked
from roster.services.judged_again import judge_again
from roster.services.stored_evidence import write_evidence

MOMENTS = ("approach", "acceptance", "release", "deployment")
CRITERIA = frozenset(
    {
        "declaration",
        "nationality",
        "residence",
        "office",
        "held_interest",
        "refused",
        "public_statement",
    }
)
"""The engine's criteria on conflicts of interest."""
STOPS = frozenset({"bar", "held"})
"""With these verdicts an approach does not go on; one held may once her network clears it."""
DECLARED_BY = frozenset({"acceptance", "release", "deployment"})
"""At these moments she must have declared: not declared is not clear."""


def check_conflicts(
    session: Session,
    *,
    approach: Approach,
    moment: str,
    now: datetime,
    answers: Iterable[dict[str, Any]] = (),
) -> ConflictCheck:
    """Judge her conflicts today for the request as it is asked today, and keep what came out.

    ``answers`` are her own where she was asked, kept beside the engine's codes.
    """
    request = session.get_one(MatchRequest, approach.request_id)
    evidence = find_conflicts(
        session,
        asked=make_asked(session, request),
        mediator_id=approach.mediator_id,
        post=approach.post,
        now=now,
    )
    check = ConflictCheck(
        approach_id=approach.id,
        moment=moment,
        verdict=judge_conflicts(evidence),
        findings=[*map(write_evidence, evidence), *({"hers": one} for one in answers)],
        checked_at=now,
    )
    session.add(check)
    session.flush()
    return check


def may_go_on(check: ConflictCheck) -> bool:
    """Whether the approach may take its step with what this check found."""
    if check.moment in DECLARED_BY and check.verdict == "not_declared":
        return False
    return check.verdict not in STOPS


def find_conflicts(
    session: Session, *, asked: Request, mediator_id: int, post: str, now: datetime
) -> tuple[Evidence, ...]:
    """What the rules on conflicts of interest say of her for one post, passed or not."""
    judged = judge_again(session, asked=asked, mediator_ids=[mediator_id], now=now)
    return tuple(one for one in judged.get((mediator_id, post), ()) if one.criterion in CRITERIA)


def judge_conflicts(evidence: Iterable[Evidence]) -> str:
    """The gravest: bar, held, not_declared, flag or clear."""
    found = list(evidence)
    failed = [one.code for one in found if one.verdict == Verdict.FAIL]
    if any(code != "C5" for code in failed):
        return "bar"
    if failed:
        return "held"
    if any(one.verdict == Verdict.UNKNOWN for one in found):
        return "not_declared"
    return "flag" if any(one.verdict == Verdict.FLAG for one in found) else "clear"
