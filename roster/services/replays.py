"""A stored run again, from its own codes: the same list, whatever the roster says today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching import Evidence
from roster import clock
from roster.errors import NotFound
from roster.models import Run, RunRow
from roster.permissions import Actor, Permission, Subject
from roster.services.asked_requests import list_cleared
from roster.services.shown_cards import list_showable
from roster.services.stored_evidence import read_evidence
from roster.services.trail import require


@dataclass(frozen=True)
class ReplayedRow:
    """One woman for one post. ``evidence`` is None for a row that is no longer available."""

    handle: str
    post: str
    state: str
    position: int
    points: float | None
    evidence: tuple[Evidence, ...] | None


@dataclass(frozen=True)
class Replay:
    """The run as it was stored; ``gone`` of its rows are no longer available."""

    at: datetime
    weights_version: str
    rows: tuple[ReplayedRow, ...]

    @property
    def gone(self) -> int:
        """Return how many rows may not be shown any more."""
        return sum(row.evidence is None for row in self.rows)


def replay_run(session: Session, *, actor: Actor, run_id: int) -> Replay:
    """Return the list of a run in its order, with the verdicts and points it was stored with.

    Nothing is judged anew (product, section 7, order of decision 7). A woman who hid, withdrew or
    was erased since keeps her place and handle and nothing else.
    """
    run = session.get(Run, run_id)
    if run is None:
        raise NotFound
    require(Permission.READ_REQUEST, actor, Subject(account_id=run.match_request.account_id))
    women = [row.mediator_id for row in run.rows if row.mediator_id is not None]
    showable = list_showable(
        session,
        women,
        clock.now(),
        put_forward=list_cleared(session, run.request_id, "put_forward"),
    )
    rows = tuple(_replay(row, is_shown=row.mediator_id in showable) for row in run.rows)
    return Replay(run.at, run.weights_version, rows)


def _replay(row: RunRow, *, is_shown: bool) -> ReplayedRow:
    evidence = tuple(map(read_evidence, row.evidence)) if is_shown else None
    points = row.points if is_shown else None
    return ReplayedRow(row.handle, row.post, row.state, row.position, points, evidence)
