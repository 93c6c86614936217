"""Calls of programs that write once there is an answer: of the envoy's, and of Cem's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PUBLISHED
from roster.models import MatchRequest, RunRow
from tests.builder_factories import add_team
from tests.walls.approaches import ask_cem, show_cem
from tests.walls.document_writings import issue
from tests.walls.program_writings import API, STATE, CallWriting, Sent
from tests.walls.village import Village


def _get_request(session: Session, village: Village) -> MatchRequest:
    code = village.requests["envoy answered"][0]
    return session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()


def _propose(session: Session, village: Village) -> object:
    return add_team(session, _get_request(session, village))


def _list_places(session: Session, village: Village) -> list[dict[str, str]]:
    run = _get_request(session, village).runs[-1]
    rows = select(RunRow).where(RunRow.run_id == run.id).order_by(RunRow.position)
    return [{"handle": row.handle, "post": row.post} for row in session.scalars(rows)]


def _pair(session: Session, village: Village) -> Sent:
    first, second, *_ = _list_places(session, village)
    return {"first": first, "second": second}


def _handles(session: Session, village: Village) -> Sent:
    return {"handles": [_list_places(session, village)[0]["handle"]]}


def _weights(session: Session, village: Village) -> Sent:
    return {"points": {**PUBLISHED.by_preference(), "themes_nice": 0.0, "languages_nice": 30.0}}


def _team(session: Session, village: Village) -> Sent:
    return {"team": 0}


def _member(session: Session, village: Village) -> Sent:
    return {"team": 0, "post": _get_request(session, village).criteria["posts"][0]["code"]}


def _just(**values: Any) -> Any:
    return lambda session, village: values


HANDLED = f"{API}/requests/<code>/approaches/<handle>"
HERS = f"{API}/me/approaches/<approach_code>"
COPIES = f"{API}/documents/<document_code>/copies"
TEAM = f"{API}/requests/<code>/teams/<int:number>"
READY = {"state": "yes", "network_word": "agreed"}
STEP = "approach.state approach_step+"
TOLD = "approach.told_at outbox_message+ approach.held_until"
ANSWER_CALL_WRITINGS = (
    CallWriting(f"PUT {API}/requests/<code>/weights", _weights, "match_request.weights"),
    CallWriting(f"POST {API}/requests/<code>/weights/trial", _weights, "", events=0),
    CallWriting(f"POST {API}/requests/<code>/changes", _handles, "", events=0),
    CallWriting(
        f"POST {API}/requests/<code>/runs/<int:number>/comparison", _pair, "", events=0
    ),
    CallWriting(f"POST {TEAM}/choice", _team, "team_proposal.chosen", prepare=_propose),
    CallWriting(f"POST {TEAM}/replacement", _member, "team_proposal+", prepare=_propose),
    CallWriting(f"POST {HANDLED}/end", None, f"{STEP} {TOLD}", prepare=ask_cem()),
    CallWriting(
        f"POST {HANDLED}/release", _just(accepted=""),
        f"{STEP} approach.held_until release+ conflict_check+ {STATE}",
        prepare=ask_cem("ready", **READY),
    ),
    CallWriting(
        f"POST {HANDLED}/choice", None, f"{STEP} {TOLD} conflict_check+ {STATE} deployment+",
        events=2, prepare=show_cem,
    ),
    CallWriting(
        f"POST {COPIES}", _just(recipient="A second office"), "document_copy+", prepare=issue,
        shown_once="address",
    ),
    CallWriting(
        f"POST {COPIES}/<watermark>/revocation", None, "document_copy.revoked_at", prepare=issue
    ),
    CallWriting(
        f"POST {HERS}/answer", _just(answer="no"), f"{STEP} approach.answered_at",
        prepare=ask_cem(), identity="cem",
    ),
    CallWriting(
        f"POST {HERS}/question", _just(text="Where?"), f"{STEP} approach_message+", events=2,
        prepare=ask_cem(), identity="cem",
    ),
    CallWriting(
        f"POST {HERS}/withdrawal", None, f"{STEP} approach.held_until",
        prepare=ask_cem("ready", **READY), identity="cem",
    ),
)  # fmt: skip
