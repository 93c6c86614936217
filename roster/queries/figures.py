"""What happened in a span of time: requests with their answers, approaches, women proposed.

Everything is exact and in codes; what of it anybody may read is decided above.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from roster.models import (
    Approach,
    ApproachStep,
    Consent,
    Deployment,
    MatchRequest,
    Record,
    Run,
    RunRow,
)
from roster.queries.leaving import left_records
from roster.queries.records import standing_consents
from roster.vocabulary.used_codes import read_criteria

MOST_REQUESTS = 1_000
"""The newest requests that are looked at: each costs the opening of what is sealed."""
AT_WORK = ("active", "ended", "broken_off")
"""States of a deployment that has begun."""


@dataclass(frozen=True)
class AskedRequest:
    """A submitted request: what it asks, when it was first answered with a list, how it stands.

    ``funnel`` is the newest run's; None where it was never searched.
    """

    criteria: Mapping[str, Any]
    submitted_at: datetime
    listed_at: datetime | None
    has_list: bool
    funnel: Sequence[Mapping[str, Any]] | None

    def asks(self, network: str | None) -> bool:
        """Whether the network was asked: by its name, or all by naming none. All ask None."""
        named = self.criteria.get("networks") or ()
        return network is None or not named or network in named


@dataclass(frozen=True)
class AskedWoman:
    """One approach: when it went out and was answered, and what became of it."""

    mediator_id: int
    state: str
    sent_at: datetime
    answered_at: datetime | None
    was_selected: bool
    was_deployed: bool


def list_requests(session: Session, network: str | None, since: datetime) -> list[AskedRequest]:
    """Requests submitted since then that ask the network (None: any), the newest first."""
    rows = session.execute(
        select(MatchRequest.id, MatchRequest.criteria, MatchRequest.submitted_at)
        .where(MatchRequest.submitted_at > since)
        .order_by(MatchRequest.submitted_at.desc(), MatchRequest.id.desc())
        .limit(MOST_REQUESTS)
    ).all()
    runs = _list_runs(session, since)
    found = []
    for request_id, criteria, submitted_at in rows:
        own = runs.get(request_id, [])
        listed = [at for at, has_list, _ in own if has_list]
        newest = own[-1] if own else None
        found.append(
            AskedRequest(
                read_criteria(criteria),
                submitted_at,
                listed[0] if listed else None,
                bool(newest and newest[1]),
                newest[2] if newest else None,
            )
        )
    return [one for one in found if one.asks(network)]


RunFacts = tuple[datetime, bool, Sequence[Mapping[str, Any]]]
"""When, whether anybody was listed, and the funnel."""


def _list_runs(session: Session, since: datetime) -> dict[int, list[RunFacts]]:
    """By request, the oldest first. A run is never older than the request that it answers."""
    has_list = exists().where(RunRow.run_id == Run.id, RunRow.state == "listed")
    rows = session.execute(
        select(Run.request_id, Run.at, has_list, Run.funnel).where(Run.at > since).order_by(Run.id)
    )
    runs: dict[int, list[RunFacts]] = {}
    for request_id, at, is_listed, funnel in rows:
        runs.setdefault(request_id, []).append((at, bool(is_listed), funnel))
    return runs


def list_approaches(session: Session, network: str | None, since: datetime) -> list[AskedWoman]:
    """Approaches sent since then to women for whom the network (None: any) answers."""
    was_selected = exists().where(
        ApproachStep.approach_id == Approach.id, ApproachStep.to_state == "selected"
    )
    was_deployed = exists().where(
        Deployment.approach_id == Approach.id, Deployment.state.in_(AT_WORK)
    )
    statement = select(
        Approach.mediator_id,
        Approach.state,
        Approach.sent_at,
        Approach.answered_at,
        was_selected | (Approach.state == "selected"),
        was_deployed,
    ).where(Approach.sent_at > since)
    if network is not None:
        statement = statement.where(Approach.network_code == network)
    rows = session.execute(statement.order_by(Approach.id))
    return [
        AskedWoman(her, state, sent_at, answered_at, bool(selected), bool(deployed))
        for her, state, sent_at, answered_at, selected, deployed in rows
        if sent_at is not None
    ]


def list_proposed(session: Session, network: str | None, since: datetime) -> set[int]:
    """Women of the network (None: of any) who were listed in an answer since then."""
    is_theirs: ColumnElement[bool] = Record.network_code.is_not(None)
    if network is not None:
        is_theirs = Record.network_code == network
    statement = (
        select(RunRow.mediator_id)
        .join(Run, Run.id == RunRow.run_id)
        .join(Record, Record.mediator_id == RunRow.mediator_id)
        .where(
            Run.at > since, RunRow.state == "listed", is_theirs, Record.id.not_in(left_records())
        )
    )
    return {her for her in session.scalars(statement.distinct()) if her is not None}


def list_agreed(session: Session, mediator_ids: Iterable[int], now: datetime) -> set[int]:
    """Those of these women who said yes to being counted in figures."""
    statement = (
        standing_consents(now)
        .with_only_columns(Consent.mediator_id)
        .where(Consent.purpose == "statistics", Consent.mediator_id.in_(sorted(mediator_ids)))
    )
    return set(session.scalars(statement))
