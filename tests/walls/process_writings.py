"""Every route that writes of processes, focal points, checks of requesters, and the life of a request."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Handle, MatchRequest, Process
from roster.permissions import OPERATOR
from roster.services.requester_checks import add_person
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
    _find_request(session, village).process_id = session.scalar(
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


def _request(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/requests/{village.requests['envoy answered'][0]}{tail}"


def _asked(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/requests-asked/{village.requests['envoy answered'][0]}{tail}"


def _account(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/accounts/{village.accounts['envoy']}{tail}"


def _find_request(session: Session, village: Village) -> MatchRequest:
    code = village.requests["envoy answered"][0]
    return session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()


def _versioned(**values: str) -> Callable[[Session, Village], dict[str, object]]:
    return lambda session, village: {
        "version": _find_request(session, village).version,
        **values,
    }


def _be(state: str) -> Callable[[Session, Village], None]:
    def prepare(session: Session, village: Village) -> None:
        _find_request(session, village).state = state

    return prepare


def _check_first(session: Session, village: Village) -> None:
    add_person(session, actor=OPERATOR, account_id=village.accounts["envoy"])


ASKED = "/requests-asked/<code>"
ACCOUNT = "/accounts/<int:account_id>"
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
    Writing(
        "POST /requests/<code>/end", "envoy", _request("/end"),
        _versioned(do="find_nobody", reason="nobody_fits"),
        "match_request.state match_request.close_reason match_request.closed_at request_step+",
    ),
    Writing(
        "POST /requests/<code>/step", "envoy", _request("/step"), _versioned(do="interview"),
        "match_request.state request_step+", prepare=_be("released"),
    ),
    Writing(
        f"POST {ASKED}/accept", "coordinator", _asked("/accept"), _versioned(),
        "match_request.state request_step+", prepare=_be("submitted"),
    ),
    Writing(
        f"POST {ASKED}/question", "coordinator", _asked("/question"),
        _versioned(question="Which language?"), "match_request.state request_step+",
        prepare=_be("submitted"),
    ),
    Writing(
        "POST /vetting/<int:record_id>", "coordinator",
        lambda v: f"/vetting/{v.record_of('fay', 'nwm')}",
        lambda s, v: {"request": v.requests["envoy answered"][0], "do": "put_forward"},
        "clearance+ change+",
    ),
    Writing(
        "POST /vetting/words/<int:clearance_id>/end", "coordinator",
        lambda v: f"/vetting/words/{v.clearances['nwm']}/end", just(), "clearance- change+",
    ),
    Writing(
        "POST /requesters/<int:requester_id>/check", "coordinator",
        lambda v: f"/requesters/{v.accounts['envoy']}/check", just(), "requester_check+",
        prepare=_check_first,
    ),
    Writing(
        f"POST {ACCOUNT}/address", "administrator", _account("/address"), just(),
        "link+ outbox_message+",
    ),
    Writing(
        f"POST {ACCOUNT}/checks", "administrator", _account("/checks"), just(note="a letter"),
        "requester_check+",
    ),
    Writing(
        f"POST {ACCOUNT}/checks/end", "administrator", _account("/checks/end"), just(),
        "requester_check- account.verified_at", prepare=_check_first,
    ),
]  # fmt: skip
