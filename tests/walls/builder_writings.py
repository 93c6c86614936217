"""The envoy's way from a letter to a team: routes that write, or that only look as if they did."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PUBLISHED
from roster.models import MatchRequest
from tests.builder_factories import add_team, add_template
from tests.walls.forms import just, make_request_form, request_version
from tests.walls.village import Village
from tests.walls.writings import Writing, at, request_path

NOTHING_STORED = "nothing is stored"
LETTER = just(letter="We need a mediator who speaks French.", received="2026-11-22")


def _get_request(session: Session, village: Village, state: str = "answered") -> MatchRequest:
    code = village.requests[f"envoy {state}"][0]
    return session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()


def _propose(session: Session, village: Village) -> object:
    return add_team(session, _get_request(session, village))


def _keep(session: Session, village: Village) -> object:
    return add_template(session, _get_request(session, village))


ENDED = {
    "criterion": "freshness", "verdict": "unknown", "code": "A1", "wish": 0, "is_hard": True,
    "points": 0, "out_of": 0, "facts": {},
}  # fmt: skip


def _miss(session: Session, village: Village) -> object:
    """The first woman of the answer is one step away: her availability has ended."""
    run = _get_request(session, village).runs[-1]
    row = min(run.rows, key=lambda one: one.position)
    row.state, row.evidence = "near_miss", [ENDED]
    return row


def _apart_form(session: Session, village: Village) -> dict[str, object]:
    other = _get_request(session, village).code
    return {"other": other, **request_version("draft")(session, village)}


def _weights_form(session: Session, village: Village) -> dict[str, object]:
    points = {**PUBLISHED.by_preference(), "themes_nice": 0.0, "languages_nice": 30.0}
    return {"do": "save", **points, **request_version("answered")(session, village)}


def _replace_form(session: Session, village: Village) -> dict[str, str]:
    request = _get_request(session, village)
    return {"replace": f"0 {request.criteria['posts'][0]['code']}"}


BUILDER_WRITINGS = [
    Writing(
        "POST /requests/counts", "envoy", at("/requests/counts"), make_request_form, "", 0,
        NOTHING_STORED,
    ),
    Writing(
        "POST /requests/letter", "envoy", at("/requests/letter"), LETTER, "", 0, NOTHING_STORED
    ),
    Writing(
        "POST /requests/letter/form", "envoy", at("/requests/letter/form"), LETTER, "", 0,
        NOTHING_STORED,
    ),
    Writing(
        "POST /requests/<code>/runs/<int:number>/ask", "envoy",
        request_path("answered", "/runs/1/ask"), just(position="1"),
        "link+ link.replaced_at outbox_message+", 2, "that she asked, and that a woman is asked",
        prepare=_miss,
    ),
    Writing(
        "POST /requests/<code>/copy", "envoy", request_path("answered", "/copy"), just(),
        "match_request+",
    ),
    Writing(
        "POST /requests/<code>/template", "envoy", request_path("answered", "/template"),
        just(title="Corridor talks"), "request_template+",
    ),
    Writing(
        "POST /requests/<code>/apart", "envoy", request_path("draft", "/apart"), _apart_form,
        "match_request.apart_from_id",
    ),
    Writing(
        "POST /requests/templates/<int:template_id>/rename", "envoy",
        at("/requests/templates/1/rename"), just(title="Other talks", version="1"),
        "request_template.title", prepare=_keep,
    ),
    Writing(
        "POST /requests/templates/<int:template_id>/delete", "envoy",
        at("/requests/templates/1/delete"), just(version="1"), "request_template-",
        prepare=_keep,
    ),
    Writing(
        "POST /requests/<code>/weights", "envoy", request_path("answered", "/weights"),
        _weights_form, "match_request.weights",
    ),
    Writing(
        "POST /requests/<code>/team", "envoy", request_path("answered", "/team"),
        just(per_network="2", unfilled="men"), "team_proposal+",
    ),
    Writing(
        "POST /requests/<code>/teams/<int:number>/choose", "envoy",
        request_path("answered", "/teams/1/choose"), just(team="0", version="1"),
        "team_proposal.chosen", prepare=_propose,
    ),
    Writing(
        "POST /requests/<code>/teams/<int:number>/replace", "envoy",
        request_path("answered", "/teams/1/replace"), _replace_form, "team_proposal+",
        prepare=_propose,
    ),
]  # fmt: skip
