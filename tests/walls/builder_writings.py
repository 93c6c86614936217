"""The envoy's way from a letter to a team: routes that write, or that only look as if they did."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PUBLISHED
from roster import clock
from roster.models import MatchRequest, Run, RunRow, TeamProposal
from tests.walls.forms import just, request_version
from tests.walls.village import Village
from tests.walls.writings import Writing, _at, _request

NOTHING_STORED = "nothing is stored"
LETTER = just(letter="We need a mediator who speaks French.", received="2026-11-22")


def _propose(session: Session, village: Village) -> object:
    """A team was proposed of the first woman whom the answer lists."""
    code = village.requests["envoy answered"][0]
    run = session.scalars(select(Run).join(MatchRequest).where(MatchRequest.code == code)).first()
    assert run
    listed = select(RunRow).where(RunRow.run_id == run.id, RunRow.state == "listed")
    row = session.scalars(listed.order_by(RunRow.position)).first()
    assert row
    member = {"post": row.post, "handle": row.handle, "points": row.points, "out_of": row.out_of}
    team = {"kind": "first", "best_in": [], "members": [member], "unfilled": [], "fit": 0}
    kept = {**team, "doubts": 0, "coverage": []}
    session.add(TeamProposal(run_id=run.id, rules={}, teams=[kept], made_at=clock.now()))
    return row


def _weights_form(session: Session, village: Village) -> dict[str, object]:
    points = {**PUBLISHED.by_preference(), "themes_nice": 0.0, "languages_nice": 30.0}
    return {"do": "save", **points, **request_version("answered")(session, village)}


def _replace_form(session: Session, village: Village) -> dict[str, str]:
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    return {"replace": f"0 {request.criteria['posts'][0]['code']}"}


BUILDER_WRITINGS = [
    Writing(
        "POST /requests/letter", "envoy", _at("/requests/letter"), LETTER, "", 0, NOTHING_STORED
    ),
    Writing(
        "POST /requests/letter/form", "envoy", _at("/requests/letter/form"), LETTER, "", 0,
        NOTHING_STORED,
    ),
    Writing(
        "POST /requests/<code>/weights", "envoy", _request("answered", "/weights"), _weights_form,
        "match_request.weights",
    ),
    Writing(
        "POST /requests/<code>/team", "envoy", _request("answered", "/team"),
        just(per_network="2", unfilled="men"), "team_proposal+",
    ),
    Writing(
        "POST /requests/<code>/teams/<int:number>/choose", "envoy",
        _request("answered", "/teams/1/choose"), just(team="0", version="1"),
        "team_proposal.chosen", prepare=_propose,
    ),
    Writing(
        "POST /requests/<code>/teams/<int:number>/replace", "envoy",
        _request("answered", "/teams/1/replace"), _replace_form, "team_proposal+",
        prepare=_propose,
    ),
]  # fmt: skip
