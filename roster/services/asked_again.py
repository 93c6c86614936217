"""The newest answer of a request asked again of the women whom it lists, and of nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching import Answer, Columns, Preview, Request, Weights, answer, preview
from roster import clock
from roster.errors import Refused
from roster.facts import load_mediators
from roster.models import MatchRequest, Run
from roster.services.asked_requests import list_cleared
from roster.services.asked_today import get_newest_run, make_newest_request
from roster.services.shown_cards import list_showable
from roster.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Ground:
    """The newest run, and what it asks as of today of its women whose card may be shown.

    Its columns are its own, so that nobody waits for the whole roster while a solver works.
    """

    run: Run
    columns: Columns
    asked: Request
    now: datetime
    ids: Mapping[str, int]
    """Woman by handle."""

    def answer(self, weights: Weights) -> Answer:
        """Answer under these weights, every woman explained."""
        return answer(self.columns, self.asked, self.now, weights, limit=None)

    def preview(self, weights: Weights) -> tuple[Preview, ...]:
        """Place everybody under these weights, with points and no evidence."""
        return preview(self.columns, self.asked, self.now, weights, limit=None)


def open_ground(session: Session, request: MatchRequest) -> Ground:
    """Return what the newest run of a request can be asked of again; ``Refused`` before the first."""
    if not request.runs:
        raise Refused("request_not_submitted")
    run, now = get_newest_run(request), clock.now()
    listed = {
        row.handle: row.mediator_id
        for row in run.rows
        if row.state == "listed" and row.mediator_id is not None
    }
    forward = list_cleared(session, request.id, "put_forward")
    showable = list_showable(session, listed.values(), now, put_forward=forward)
    ids = {handle: number for handle, number in listed.items() if number in showable}
    women = load_mediators(session, ids=sorted(ids.values()), now=now)
    columns = Columns.build(women, load_vocabulary())
    asked = make_newest_request(session, request)
    return Ground(run, columns, asked, now, ids)
