"""The guard of old answers: what has changed since a run, before anything rests on it.

Listed are the women of a run of whom something no longer holds, in the words that a card may say:
whoever may not be shown any more, for whatever ground, is "gone", and a rule on conflicts of
interest is one rule. What has become better is no danger and not listed. A form names exactly what
was read and accepted by its digest; whatever changes after that asks again.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching import Evidence, Verdict, public_code
from roster.encryption import keyring
from roster.errors import RosterError
from roster.models import MatchRequest, Run, RunRow
from roster.services.asked_requests import make_asked
from roster.services.judged_again import Judged, judge_again
from roster.services.shown_cards import list_showable
from roster.services.stored_evidence import read_evidence

GONE = "gone"
"""No longer available, and nothing more is said."""
SILENT = frozenset({"not_proposed", "not_counted"})
"""Public codes of grounds that nobody reads: whom they newly meet is gone."""


@dataclass(frozen=True, order=True)
class RunChange:
    """What no longer holds of one woman for one post: ``gone``, or a reason's public code.

    ``conflict_rule`` stands for every rule on conflicts of interest.
    """

    handle: str
    post: str
    code: str


class ChangesToAccept(RosterError):
    """Something changed since the run, and has not been accepted; ``changes`` is the list."""

    def __init__(self, changes: tuple[RunChange, ...]) -> None:
        super().__init__("changes_to_accept", count=len(changes))
        self.changes = changes


def list_changes_since(
    session: Session, run: Run, now: datetime, *, handles: Collection[str] | None = None
) -> tuple[RunChange, ...]:
    """What no longer holds of the women of a run, or of those with these handles; in order."""
    rows = [row for row in run.rows if handles is None or row.handle in handles]
    women = {row.mediator_id for row in rows if row.mediator_id is not None}
    request = session.get_one(MatchRequest, run.request_id)
    asked = make_asked(session, request, run.criteria)
    judged = judge_again(session, asked=asked, mediator_ids=women, now=now)
    showable = list_showable(session, women, now, put_forward=asked.put_forward)
    found = {one for row in rows for one in _list_changes(row, judged, showable)}
    return tuple(sorted(found))


def _list_changes(row: RunRow, judged: Judged, showable: Collection[int]) -> list[RunChange]:
    today = judged.get((row.mediator_id or 0, row.post), ())
    codes = _list_codes(today) - _list_codes(read_evidence(one) for one in row.evidence)
    if row.mediator_id not in showable or codes & SILENT:
        codes = {GONE}
    return [RunChange(row.handle, row.post, code) for code in codes]


def _list_codes(evidence: Iterable[Evidence]) -> set[str]:
    """What is said against her in public codes; of flags only those on conflicts of interest."""
    said = {
        (public_code(one), one.verdict)
        for one in evidence
        if one.is_hard and one.verdict != Verdict.PASS
    }
    return {code for code, verdict in said if verdict != Verdict.FLAG or code == "conflict_rule"}


def digest_changes(run: Run, changes: Iterable[RunChange]) -> str:
    """Names one list of changes of one run: what a form sends back as read and accepted."""
    return keyring().seal(json.dumps([run.id, [astuple(one) for one in sorted(changes)]]))


def require_accepted(
    session: Session, run: Run, now: datetime, *, handles: Collection[str], accepted: str
) -> tuple[RunChange, ...]:
    """Go on only where exactly what has changed was accepted; return it. ``ChangesToAccept``."""
    changes = list_changes_since(session, run, now, handles=handles)
    if changes and not hmac.compare_digest(accepted, digest_changes(run, changes)):
        raise ChangesToAccept(changes)
    return changes
