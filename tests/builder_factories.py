"""What an envoy keeps beside a request: a team proposed, a template."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import MatchRequest, RequestTemplate, Run, RunRow, TeamProposal


def add_team(session: Session, request: MatchRequest) -> TeamProposal:
    """A team of the first woman whom the newest run of a request lists."""
    run_id = session.scalars(
        select(Run.id).where(Run.request_id == request.id).order_by(Run.id.desc())
    ).first()
    listed = select(RunRow).where(RunRow.run_id == run_id, RunRow.state == "listed")
    rows = session.scalars(listed.order_by(RunRow.position).limit(1))
    members = [
        {"post": row.post, "handle": row.handle, "points": row.points, "out_of": row.out_of}
        for row in rows
    ]
    team = {"kind": "first", "best_in": [], "members": members, "unfilled": [], "fit": 0}
    kept = {**team, "doubts": 0, "coverage": []}
    made = TeamProposal(run_id=run_id, rules={}, teams=[kept], made_at=clock.now())
    session.add(made)
    session.flush()
    return made


def add_template(session: Session, request: MatchRequest) -> RequestTemplate:
    """What a request asks, kept by its owner."""
    made = RequestTemplate(
        account_id=request.account_id,
        title=request.title,
        criteria={"posts": request.criteria["posts"]},
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made
