"""A release that ran out may be asked for once more: of her and of her network, both anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Approach, ApproachStep, Availability, Membership, OutboxMessage, Release
from roster.permissions import SCHEDULER
from roster.queries.approaches import count_asking
from roster.queries.releases import list_live_releases
from roster.services.approach_again import ask_again, may_ask_again
from roster.services.approach_answers import withdraw
from roster.services.approach_deadlines import list_due, settle_due
from roster.services.consents import withdraw_consent
from roster.services.network_words import decline_approach
from roster.services.releases import LIFE, end_release, release, select_woman
from roster.services.shown_approaches import show_approaches
from roster.services.stale_runs import ChangesToAccept, digest_changes
from tests.approach_factories import (
    COORDINATOR,
    Office,
    add_french,
    add_office,
    add_released,
    agree,
    answer,
    get_approach,
    herself,
)

OVER = LIFE + timedelta(minutes=1)


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def open_office(session: Session) -> Office:
    """A request whose days are to come when a first release has run out."""
    start = clock.now().date() + timedelta(days=60)
    end = start + timedelta(days=10)
    session.execute(update(Availability).values(valid_until=clock.now() + timedelta(days=300)))
    return add_office(session, start=start.isoformat(), end=end.isoformat())


def settle(session: Session) -> int:
    now = clock.now()
    return settle_due(session, actor=SCHEDULER, ids=list_due(session, now), now=now)


def again(session: Session, office: Office, approach: Approach, **values: Any) -> Approach | None:
    given = {"actor": office.actor, "expected_version": approach.version, **values}
    return ask_again(session, approach_id=approach.id, **given)


def is_offered(session: Session, office: Office, approach: Approach) -> bool:
    return may_ask_again(session, office.actor, approach, clock.now())


def list_shown(session: Session, office: Office) -> set[int]:
    session.flush()
    return set(list_live_releases(session, office.request.id, clock.now()))


@pytest.mark.parametrize("has_job_run", [True, False])
def test_after_thirty_days_both_words_are_asked_anew_and_a_choice_is_possible_again(
    session: Session, has_job_run: bool
) -> None:
    her, noise = add_french(session), add_french(session)
    office = open_office(session)
    approach = add_released(session, office, her.id, allows=("email", "phone"))
    add_released(session, office, noise.id)
    assert not is_offered(session, office, approach)
    with clock.shifted(OVER):
        if has_job_run:
            settle(session)
        assert is_offered(session, office, approach)
        assert again(session, office, approach) is approach
        cleared = (approach.network_word, approach.allows, approach.held_until, approach.told_at)
        assert (approach.state, *cleared) == ("sent", None, None, None, None)
        assert (approach.created_at, approach.answer_by) == (
            approach.sent_at, approach.created_at + timedelta(hours=72),
        )  # fmt: skip
        assert not is_offered(session, office, approach)
        answer(session, approach, allows=("phone",))
        assert list_shown(session, office) == set()
        agree(session, approach)
        assert list_shown(session, office) == set()
        release(
            session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
        )
        (shown,) = list_live_releases(session, office.request.id, clock.now()).values()
        assert (shown.fields, shown.ends_at) == (
            ["display_name", "phone"], shown.released_at + LIFE,
        )  # fmt: skip
        assert session.query(Release).filter_by(approach_id=approach.id).count() == 1
        assert select_woman(
            session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
        )
    steps = select(ApproachStep.to_state).where(ApproachStep.approach_id == approach.id)
    assert session.scalars(steps.order_by(ApproachStep.id)).all() == [
        "queued", "sent", "yes", "released", "closed",
        "queued", "sent", "yes", "released", "selected",
    ]  # fmt: skip


def test_she_is_written_to_and_reminded_as_for_the_first_time_and_her_network_is_told(
    session: Session,
) -> None:
    her = add_french(session)
    office = open_office(session)
    approach = add_released(session, office, her.id)
    with clock.shifted(OVER):
        settle(session)
        again(session, office, approach)
        assert settle(session) == 0
        asked = clock.now() - timedelta(minutes=5)
        assert count_asking(session, ["nwm"], asked, clock.now()) == 1
    with clock.shifted(OVER + timedelta(hours=37)):
        assert settle(session) == 1
    with clock.shifted(OVER + timedelta(hours=73)):
        assert (settle(session), approach.state) == (1, "no_answer")
        (shown,) = show_approaches(session, office.request, [approach], clock.now())
        assert shown.state == "no_answer"
    sent = session.scalars(select(OutboxMessage.template).order_by(OutboxMessage.id)).all()
    assert sent == ["approach", "approach_outcome", "approach", "approach_reminder"]


def test_what_she_the_network_or_the_requester_ended_is_not_asked_again(session: Session) -> None:
    women = [add_french(session) for _ in range(5)]
    office = open_office(session)
    taken_back, ended, unnamed, live, declined = (
        add_released(session, office, one.id) for one in women
    )
    values: dict[str, Any] = {"approach_id": taken_back.id, "expected_version": taken_back.version}
    withdraw(session, actor=herself(women[0].id), **values)
    values = {"approach_id": ended.id, "expected_version": ended.version}
    end_release(session, actor=office.actor, **values)
    withdraw_consent(session, actor=herself(women[2].id), mediator_id=women[2].id, purpose="naming")
    with pytest.raises(Refused, match="approach_over"):
        again(session, office, live)
    with clock.shifted(OVER):
        settle(session)
        assert again(session, office, declined)
        values = {"approach_id": declined.id, "expected_version": declined.version}
        decline_approach(session, actor=COORDINATOR, **values)
        for approach in (taken_back, ended, unnamed, declined):
            assert not is_offered(session, office, approach)
            with pytest.raises(Refused, match="approach_over"):
                again(session, office, approach)
        assert is_offered(session, office, live)
        (shown,) = show_approaches(session, office.request, [declined], clock.now())
        assert shown.state == "not_accepted"


def test_only_the_requester_asks_again_and_names_what_she_read(session: Session) -> None:
    her = add_french(session)
    office, other = open_office(session), open_office(session)
    approach = add_released(session, office, her.id)
    with clock.shifted(OVER):
        settle(session)
        for actor in (other.actor, herself(her.id), COORDINATOR, SCHEDULER):
            with pytest.raises(NotFound):
                again(session, office, approach, actor=actor)
        with pytest.raises(StaleVersion):
            again(session, office, approach, expected_version=approach.version - 1)
        office.request.state = "cancelled"
        assert not is_offered(session, office, approach)
        with pytest.raises(Refused, match="request_step"):
            again(session, office, approach)


def test_what_changed_since_the_answer_is_accepted_first_and_who_is_gone_is_not_asked(
    session: Session,
) -> None:
    her = add_french(session)
    office = open_office(session)
    approach = add_released(session, office, her.id)
    her.is_hidden = True
    with clock.shifted(OVER):
        settle(session)
        with pytest.raises(ChangesToAccept) as refused:
            again(session, office, approach)
        accepted = digest_changes(office.request.runs[-1], refused.value.changes)
        with pytest.raises(Refused, match="approach_gone"):
            again(session, office, approach, accepted_changes=accepted)
        her.is_hidden = False
        session.execute(update(Availability).values(valid_until=clock.now()))
        session.expire_all()
        with pytest.raises(ChangesToAccept) as refused:
            again(session, office, approach)
        assert [one.code for one in refused.value.changes] == ["A1"]
        accepted = digest_changes(office.request.runs[-1], refused.value.changes)
        assert again(session, office, approach, accepted_changes=accepted)


def test_a_filled_post_or_a_woman_whom_no_network_keeps_is_not_asked_again(
    session: Session,
) -> None:
    her, chosen = add_french(session), add_french(session)
    office = open_office(session)
    approach, other = (add_released(session, office, one.id) for one in (her, chosen))
    values: dict[str, Any] = {"approach_id": other.id, "expected_version": other.version}
    select_woman(session, actor=office.actor, **values)
    with clock.shifted(OVER):
        settle(session)
        with pytest.raises(Refused, match="post_filled"):
            again(session, office, approach)
        other.state = "closed"
        membership = select(Membership).where(Membership.mediator_id == her.id)
        session.scalars(membership).one().ended_on = clock.now().date()
        session.flush()
        with pytest.raises(ChangesToAccept) as refused:
            again(session, office, approach)
        accepted = digest_changes(office.request.runs[-1], refused.value.changes)
        with pytest.raises(Refused, match="approach_no_network"):
            again(session, office, approach, accepted_changes=accepted)
    assert get_approach(session, office, her.id).state == "closed"
