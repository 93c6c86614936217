"""Every route of processes and of the directory of focal points that writes, with its right form."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Handle, MatchRequest, Process
from tests.walls.forms import just
from tests.walls.village import Village
from tests.walls.writings import Writing

KEPT = {"title": "Talks", "sensitivity": "open", "parties-0-code": "side"}
DAY = "2026-01-31"


def _at(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/processes/{village.processes['envoy']}{tail}"


def _entry(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/focal-points/{village.focal_point}{tail}"


def _place(session: Session, village: Village) -> None:
    """The answered request is of her process."""
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    request.process_id = session.scalar(
        select(Process.id).where(Process.code == village.processes["envoy"])
    )


def _objection_form(session: Session, village: Village) -> dict[str, object]:
    code = village.requests["envoy answered"][0]
    handle = session.scalars(
        select(Handle.code)
        .join(MatchRequest, MatchRequest.id == Handle.request_id)
        .where(MatchRequest.code == code, Handle.mediator_id != village.women["bea"])
        .order_by(Handle.id)
    ).first()
    return {"request": code, "handle": handle, "party": "movement"}


PROCESS = "/processes/<process_code>"
POINT = "/focal-points/<int:focal_point_id>"
PROCESS_WRITINGS = [
    Writing("POST /processes", "envoy", lambda v: "/processes", just(**KEPT), "process+"),
    Writing(
        f"POST {PROCESS}/edit", "envoy", _at("/edit"), just(version=1, **KEPT),
        "process.title process.countries process.parties process.sensitivity"
        " process.mandating_body",
    ),
    Writing(
        f"POST {PROCESS}/phases", "envoy", _at("/phases"),
        lambda s, v: {"version": 1, "phase": "ceasefire", "since": clock.now().date()},
        "process_phase+",
    ),
    Writing(
        f"POST {PROCESS}/close", "envoy", _at("/close"), just(version=1), "process.closed_at"
    ),
    Writing(
        f"POST {PROCESS}/objections", "envoy", _at("/objections"), _objection_form, "objection+",
        prepare=_place,
    ),
    Writing(
        f"POST {PROCESS}/objections/<int:objection_id>/end", "envoy",
        lambda v: _at(f"/objections/{v.objections['envoy']}/end")(v), just(),
        "objection.withdrawn_at",
    ),
    Writing(
        "POST /focal-points", "administrator", lambda v: "/focal-points",
        just(country="KEN", office="An office", as_of=DAY, source="a list"), "focal_point+",
    ),
    Writing(
        f"POST {POINT}", "administrator", _entry(""),
        just(version=1, country="NOR", office="Another", as_of=DAY, source="another"),
        "focal_point.office focal_point.as_of focal_point.source",
    ),
    Writing(
        f"POST {POINT}/end", "administrator", _entry("/end"), just(version=1), "focal_point-"
    ),
]  # fmt: skip
