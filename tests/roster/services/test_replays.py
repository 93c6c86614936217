"""A stored run replays to the same list and says how many of its rows are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound
from roster.models import Availability, Mediator, Run
from roster.roster_index import RosterIndex
from roster.services.replays import Replay, replay_run
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_envoy, submit


def erase(session: Session, mediator_id: int) -> None:
    session.execute(delete(Mediator).where(Mediator.id == mediator_id))


def hide(session: Session, mediator_id: int) -> None:
    session.get_one(Mediator, mediator_id).safety_class = 3


@pytest.mark.parametrize("leave", [erase, hide])
def test_a_run_replays_to_the_same_list_and_counts_the_rows_that_are_gone(
    database: Database, leave: Callable[[Session, int], None]
) -> None:
    with database.writing() as session:
        women = [add_mediator(session, languages={"fra": level}) for level in ("C1", "C1", "B1")]
        ids = [woman.id for woman in women]
        _, envoy = make_envoy(session)
        _, stranger = make_envoy(session)
        session.commit()
    with database.writing() as session:
        request = submit(session, envoy)
        index = RosterIndex(load_vocabulary())
        run = run_request(session, actor=envoy, request_id=request.id, index=index)
        session.commit()
        before = replay_run(session, actor=envoy, run_id=run.id)
    assert [row.state for row in before.rows] == ["listed", "listed", "near_miss"]
    assert before.gone == 0
    assert points_of(before) == [row.points for row in before.rows]
    with database.writing() as session:
        session.execute(delete(Availability))  # the roster says something else now
        session.commit()
        assert replay_run(session, actor=envoy, run_id=run.id) == before
        leave(session, ids[2])
        session.commit()
        after = replay_run(session, actor=envoy, run_id=run.id)
        assert (after.gone, after.rows[:2]) == (1, before.rows[:2])
        last = after.rows[2]
        assert (last.handle, last.position) == (before.rows[2].handle, before.rows[2].position)
        assert (last.points, last.evidence) == (None, None)
        for actor, number in ((stranger, run.id), (envoy, 999)):
            with pytest.raises(NotFound):
                replay_run(session, actor=actor, run_id=number)
        assert session.scalars(select(Run.id)).all() == [run.id]


def points_of(replay: Replay) -> list[float]:
    return [round(sum(one.points for one in row.evidence or ()), 2) for row in replay.rows]
