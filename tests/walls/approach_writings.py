"""Every route of approaches and releases that writes, with its right form."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Approach, Deployment, MatchRequest, RunRow
from tests.walls.approaches import (
    ask_cem,
    deploy_cem,
    hear_cem,
    run_out_cem,
    show_cem,
    write_to_cem,
)
from tests.walls.village import Village
from tests.walls.writings import Writing


def _of_request(tail: str, place: str = "approaches") -> Callable[[Village], str]:
    def make(village: Village) -> str:
        handle = village.approaches["cem"][1]
        return f"/requests/{village.requests['envoy answered'][0]}/{place}/{handle}{tail}"

    return make


def _of_network(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/approaches/{village.approaches['cem'][0]}{tail}"


def _of_herself(tail: str) -> Callable[[Village], str]:
    return lambda village: f"/me/approaches/{village.approaches['cem'][0]}{tail}"


def _version(session: Session, village: Village) -> dict[str, object]:
    code = village.approaches["cem"][0]
    return {"version": session.scalars(select(Approach.version).where(Approach.code == code)).one()}


def _deployment(session: Session, village: Village) -> dict[str, object]:
    code = village.approaches["cem"][0]
    found = select(Deployment.version).join(Approach).where(Approach.code == code)
    return {"version": session.scalars(found).one()}


def _asking_form(session: Session, village: Village) -> dict[str, object]:
    code = village.requests["envoy answered"][0]
    request = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
    row = session.scalars(
        select(RunRow).where(
            RunRow.run_id == request.runs[-1].id, RunRow.mediator_id == village.women["ada"]
        )
    ).one()
    return {
        "version": request.version, "card": row.position, "who": "An office", "purpose": "Talks",
        "place": "Here", "effort": "Two weeks", "risk": "some", "pay": "fee", "hours": "72",
    }  # fmt: skip


HANDLED = "/requests/<code>/approaches/<handle>"
CODED = "/approaches/<approach_code>"
READY = {"state": "yes", "network_word": "agreed"}
STEP = "approach.state approach_step+"
WORD = "approach.network_word approach.network_word_by approach.network_word_at"
ANEW = (
    "approach.network_word approach.network_word_at approach.allows approach.held_until"
    " approach.created_at approach.answer_by approach.sent_at"
)
TOLD = "approach.told_at outbox_message+ approach.held_until"
APPROACH_WRITINGS = [
    Writing(
        "POST /requests/<code>/approaches", "envoy",
        lambda v: f"/requests/{v.requests['envoy answered'][0]}/approaches", _asking_form,
        "approach+ approach_step+ conflict_check+ outbox_message+ link+ match_request.state"
        " request_step+",
        events=3, why="one that she is asked, one that the message is on its way, one of the request",
    ),
    Writing(
        f"POST {HANDLED}/end", "envoy", _of_request("/end"), _version, f"{STEP} {TOLD}",
        prepare=ask_cem(),
    ),
    Writing(
        f"POST {HANDLED}/release", "envoy", _of_request("/release"), _version,
        f"{STEP} approach.held_until release+ conflict_check+ match_request.state request_step+",
        prepare=ask_cem("ready", **READY),
    ),
    Writing(
        f"POST {HANDLED}/again", "envoy", _of_request("/again"), _version,
        f"{ANEW} {STEP} conflict_check+ outbox_message+ link+ release.withdrawn_at",
        events=3, why="that the release is over, that she is asked, that the message is on its way",
        prepare=run_out_cem,
    ),
    Writing(
        f"POST {HANDLED}/choose", "envoy", _of_request("/choose"), _version,
        f"{STEP} {TOLD} conflict_check+ match_request.state request_step+ deployment+", 2,
        "chosen, and her deployment planned", prepare=show_cem,
    ),
    Writing(
        "POST /requests/<code>/released/<handle>", "envoy", _of_request("", "released"),
        lambda session, village: {}, "", events=0, why="it only leads on to the page",
        prepare=show_cem,
    ),
    Writing(
        f"POST {CODED}/agree", "coordinator", _of_network("/agree"), _version, WORD,
        prepare=ask_cem(),
    ),
    Writing(
        f"POST {CODED}/decline", "coordinator", _of_network("/decline"), _version,
        f"{WORD} {STEP} {TOLD}", prepare=ask_cem(),
    ),
    Writing(
        f"POST {CODED}/told", "coordinator", _of_network("/told"), _version,
        f"{STEP} approach.sent_at", prepare=ask_cem(state="queued"),
    ),
    Writing(
        f"POST /me{CODED}", "cem", _of_herself(""),
        lambda s, v: {**_version(s, v), "answer": "no"},
        f"{STEP} approach.answered_at", prepare=ask_cem(),
    ),
    Writing(
        f"POST /me{CODED}/read", "cem", _of_herself("/read"), lambda s, v: {}, STEP,
        prepare=ask_cem(),
    ),
    Writing(
        f"POST /me{CODED}/question", "cem", _of_herself("/question"),
        lambda s, v: {**_version(s, v), "text": "Where?"},
        f"{STEP} approach_message+", events=2, why="one of her answer, one of what she asks",
        prepare=ask_cem(),
    ),
    Writing(
        f"POST /me{CODED}/withdraw", "cem", _of_herself("/withdraw"), _version,
        f"{STEP} approach.held_until", prepare=ask_cem("ready", **READY),
    ),
    Writing(
        f"POST /me{CODED}/appraisal", "cem", _of_herself("/appraisal"),
        lambda s, v: {**_deployment(s, v), "act": "give", "again": "yes", "text": "Good."},
        "appraisal+", prepare=deploy_cem("ended"),
    ),
    Writing(
        f"POST {HANDLED}/appraisal", "envoy", _of_request("/appraisal"),
        lambda s, v: {**_deployment(s, v), "act": "give", "again": "yes", "text": "Good."},
        "appraisal+ match_request.state request_step+", prepare=deploy_cem("ended"),
    ),
    Writing(
        f"POST {HANDLED}/deployment/dates", "envoy", _of_request("/deployment/dates"),
        lambda s, v: {**_deployment(s, v), "starts_on": "2031-01-01", "ends_on": "2031-02-01"},
        "deployment.starts_on deployment.ends_on approach.held_until",
        prepare=deploy_cem("planned"),
    ),
    Writing(
        f"POST {HANDLED}/deployment/step", "envoy", _of_request("/deployment/step"),
        lambda s, v: {**_deployment(s, v), "step": "cancel"},
        f"deployment.state deployment.ended_at {STEP} {TOLD} release.withdrawn_at",
        events=2, why="one of the deployment, one of the approach", prepare=deploy_cem("planned"),
    ),
    Writing(
        f"POST {HANDLED}/deployment/end", "envoy", _of_request("/deployment/end"),
        lambda s, v: {
            **_deployment(s, v), "outcome": "changed", "role": "facilitator", "track": "II",
        },
        "deployment.state deployment.ended_at deployment.outcome deployment.experience_id"
        " experience+ change+ approach.held_until",
        events=2, why="one of the end, one of her record", prepare=deploy_cem("active"),
    ),
    Writing(
        f"POST {HANDLED}/reply", "envoy", _of_request("/reply"),
        lambda s, v: {**_version(s, v), "text": "Here."},
        "approach_message+ outbox_message+", prepare=hear_cem,
    ),
    Writing(
        "POST /q/<token>", "public", lambda v: f"/q/{v.tokens['approach cem']}",
        lambda s, v: {"answer": "no"}, f"{STEP} approach.answered_at link.used_at",
        prepare=write_to_cem,
    ),
]  # fmt: skip
