"""Routes that write about keys of programs, and the calls of programs that write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Approach,
    Document,
    MatchRequest,
    ProgramKey,
    RunRow,
    TeamProposal,
)
from tests.walls.document_writings import issue
from tests.walls.forms import Form
from tests.walls.village import Village
from tests.walls.writings import RUN, Writing

DAYS = timedelta(days=90)


def _key_form(session: Session, village: Village) -> Form:
    last_day = (clock.now().date() + DAYS).isoformat()
    return {"title": "Office", "scopes": ["requests:read"], "last_day": last_day}


def _key_version(session: Session, village: Village) -> Form:
    return {"version": session.get_one(ProgramKey, village.programs["envoy"][0]).version}


PROGRAM_WRITINGS = (
    Writing(
        "POST /account/keys", "envoy", lambda village: "/account/keys", _key_form, "program_key+"
    ),
    Writing(
        "POST /account/keys/<int:key_id>/revoke", "envoy",
        lambda village: f"/account/keys/{village.programs['envoy'][0]}/revoke", _key_version,
        "program_key.revoked_at",
    ),
)  # fmt: skip

Sent = Mapping[str, Any]
Make = Callable[[Session, Village], Sent]


@dataclass(frozen=True)
class CallWriting:
    """One call of a program with one right document; the rest is as of a ``Writing``."""

    route: str
    document: Make | None
    touches: str
    state: str = "answered"
    """Of which of the envoy's requests it is."""
    events: int = 1
    prepare: Callable[[Session, Village], object] = field(default=lambda session, village: None)
    identity: str = "envoy"
    """Whose program it is."""
    shown_once: str = ""
    """What an equal call is not told again."""

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    def path(self, village: Village) -> str:
        """The address, of the request, of the document or of what is asked of Cem."""
        document, watermark = village.documents.get("envoy", ("", ""))
        approach, handle = village.approaches.get("cem", ("", ""))
        given = {
            "<code>": village.requests[f"envoy {self.state}"][0],
            "<document_code>": document,
            "<watermark>": watermark,
            "<approach_code>": approach,
            "<handle>": handle,
            "<int:number>": "1",
        }
        path = self.route.partition(" ")[2]
        for name, value in given.items():
            path = path.replace(name, value)
        return path

    def version(self, session: Session, village: Village) -> int:
        """What the program has read before."""
        if "<document_code>" in self.route:
            wanted = Document.code == village.documents["envoy"][0]
            return session.scalars(select(Document.version).where(wanted)).one()
        if "/teams/" in self.route:
            first = select(TeamProposal.version).order_by(TeamProposal.id).limit(1)
            return session.scalars(first).one()
        if "<handle>" in self.route or "<approach_code>" in self.route:
            wanted = Approach.code == village.approaches["cem"][0]
            return session.scalars(select(Approach.version).where(wanted)).one()
        wanted = MatchRequest.code == village.requests[f"envoy {self.state}"][0]
        return session.scalars(select(MatchRequest.version).where(wanted)).one()


def _criteria(session: Session, village: Village) -> dict[str, Any]:
    start = clock.now().date() + timedelta(days=40)
    end = (start + timedelta(days=30)).isoformat()
    return {"title": "Talks", "start": start.isoformat(), "end": end, "posts": [{"code": "one"}]}


def _request(session: Session, village: Village) -> Sent:
    return {"criteria": _criteria(session, village)}


def _letter(session: Session, village: Village) -> Sent:
    return {"letter": "Two facilitators who speak French.", "received": "2026-11-22"}


def _first(session: Session, village: Village) -> dict[str, str]:
    """Handle and post of the first woman of the envoy's answer."""
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    rows = select(RunRow).where(RunRow.run_id == request.runs[-1].id, RunRow.position == 1)
    row = session.scalars(rows).one()
    return {"handle": row.handle, "post": row.post}


def _terms(session: Session, village: Village) -> Sent:
    line = dict.fromkeys(("who", "purpose", "place", "effort"), "As written to her")
    return {"women": [_first(session, village)], **line, "risk": "low", "pay": "fee"}


def _choice(session: Session, village: Village) -> Sent:
    chosen = [_first(session, village)]
    return {"chosen": chosen, "language": "en", "classification": "restricted"}


def _empty(session: Session, village: Village) -> Sent:
    return {}


API = "/api/v1"
STATE = "match_request.state request_step+"
ASKED = (
    f"approach+ approach_step+ conflict_check+ outbox_message+ link+ approach.state"
    f" approach.sent_at {STATE}"
)
CALL_WRITINGS = (
    CallWriting(f"POST {API}/requests", _request, "match_request+"),
    CallWriting(
        f"PUT {API}/requests/<code>", _request, "match_request.criteria match_request.title",
        "draft",
    ),
    CallWriting(
        f"POST {API}/requests/<code>/submission", None,
        f"match_request.submitted_at {STATE} {RUN}", "draft", 2,
    ),
    CallWriting(f"POST {API}/requests/<code>/runs", None, RUN),
    CallWriting(f"POST {API}/requests/<code>/teams", _empty, "team_proposal+"),
    CallWriting(f"POST {API}/requests/<code>/approaches", _terms, ASKED, events=3),
    CallWriting(f"POST {API}/requests/<code>/documents", _choice, "document+ document_copy+"),
    CallWriting(
        f"POST {API}/documents/<document_code>/revocation", None, "document.revoked_at",
        prepare=issue,
    ),
    CallWriting(f"POST {API}/letters", _letter, "", events=0),
    CallWriting(f"POST {API}/counts", _criteria, "", events=0),
)  # fmt: skip
