"""Approaches: asked by handle, two words needed, silence and refusal told to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    Approach,
    ApproachStep,
    AuditEvent,
    ConflictCheck,
    Consent,
    MessageChoice,
    OutboxMessage,
)
from roster.permissions import Actor
from roster.queries.approaches import list_of_networks
from roster.services.approach_answers import answer_approach, call_off
from roster.services.approaches import approach_women
from roster.services.asked_networks import list_without_network
from roster.services.network_words import decline_approach
from roster.services.releases import release
from roster.services.stale_runs import ChangesToAccept, digest_changes
from tests.approach_factories import (
    TERMS,
    add_french,
    add_office,
    add_ready,
    agree,
    answer,
    ask,
    get_approach,
    get_handle,
    herself,
)


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def list_steps(session: Session, approach: Approach) -> list[tuple[str | None, str, str]]:
    rows = session.scalars(
        select(ApproachStep)
        .where(ApproachStep.approach_id == approach.id)
        .order_by(ApproachStep.id)
    )
    return [(row.from_state, row.to_state, row.taken_by) for row in rows]


def test_chosen_women_are_asked_once_each_with_a_step_a_check_an_audit_event_and_a_message(
    session: Session,
) -> None:
    chosen, other = add_french(session), add_french(session)
    office = add_office(session)
    (made,) = ask(session, office, [chosen.id]).made
    assert (made.mediator_id, made.state, made.network_code, made.terms) == (
        chosen.id, "sent", "nwm", dict(TERMS),
    )  # fmt: skip
    assert made.answer_by == made.created_at + timedelta(hours=72)
    assert list_steps(session, made) == [
        (None, "queued", "requester"),
        ("queued", "sent", "requester"),
    ]
    checks = session.scalars(select(ConflictCheck)).all()
    assert [(one.approach_id, one.moment, one.verdict) for one in checks] == [
        (made.id, "approach", "clear")
    ]
    messages = session.scalars(select(OutboxMessage)).all()
    assert [(one.template, one.mediator_id) for one in messages] == [("approach", chosen.id)]
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action.like("%approach%")).order_by(AuditEvent.id)
    )
    assert [(one.action, one.subject_kind) for one in events] == [
        ("approach.queued", "approach"),
        ("approach.sent", "approach"),
        ("request.approached", "request"),
    ]
    assert office.request.state == "approaching"
    assert session.scalar(select(Approach).where(Approach.mediator_id == other.id)) is None
    with pytest.raises(Refused, match="approached_already"):
        ask(session, office, [chosen.id])


def test_a_handle_of_another_request_or_post_is_refused_and_another_s_request_not_found(
    session: Session,
) -> None:
    woman = add_french(session)
    office, foreign = add_office(session), add_office(session)
    handle = get_handle(session, foreign, woman.id)
    for actor, handles, problem in (
        (office.actor, {handle: "post-1"}, Refused),
        (office.actor, {get_handle(session, office, woman.id): "post-2"}, Refused),
        (office.actor, {}, Refused),
        (foreign.actor, {get_handle(session, office, woman.id): "post-1"}, NotFound),
    ):
        with pytest.raises(problem):
            approach_women(
                session,
                actor=actor,
                request_id=office.request.id,
                expected_version=office.request.version,
                handles=handles,
                terms=TERMS,
            )
    assert session.scalars(select(Approach)).all() == []


def test_a_woman_who_cannot_be_written_to_waits_until_her_coordinator_tells_her(
    session: Session,
) -> None:
    woman = add_french(session)
    session.add(MessageChoice(mediator_id=woman.id, channel="coordinator"))
    session.flush()
    office = add_office(session)
    (made,) = ask(session, office, [woman.id]).made
    assert (made.state, session.scalars(select(OutboxMessage)).all()) == ("queued", [])
    assert answer(session, made).state == "yes"


def test_both_words_are_needed_in_either_order_and_the_request_is_ready_with_the_second(
    session: Session,
) -> None:
    one, two = add_french(session), add_french(session)
    office = add_office(session)
    ask(session, office, [one.id, two.id])
    first, second = (get_approach(session, office, each.id) for each in (one, two))
    answer(session, first)
    agree(session, second)
    for approach in (first, second):
        with pytest.raises(Refused, match="release_needs_both"):
            release(
                session,
                actor=office.actor,
                approach_id=approach.id,
                expected_version=approach.version,
            )
    assert office.request.state == "approaching"
    agree(session, first)
    assert office.request.state == "ready"
    assert release(
        session, actor=office.actor, approach_id=first.id, expected_version=first.version
    )
    assert (first.state, office.request.state) == ("released", "released")
    assert answer(session, second).state == "yes"


def test_only_she_answers_and_only_her_network_speaks_for_it(session: Session) -> None:
    woman, other = add_french(session), add_french(session)
    office = add_office(session)
    (made,) = ask(session, office, [woman.id]).made
    for actor in (herself(other.id), office.actor, Actor("operator"), Actor("scheduler")):
        with pytest.raises(NotFound):
            answer_approach(
                session, actor=actor, approach_id=made.id, expected_version=1, answer="yes"
            )
    made.network_code = "mwmn"
    session.flush()
    with pytest.raises(NotFound):
        decline_approach(
            session,
            actor=Actor("account", coordinates=frozenset({"nwm"})),
            approach_id=made.id,
            expected_version=made.version,
        )
    assert list_of_networks(session, Actor("account", coordinates=frozenset({"nwm"}))) == []


def test_a_yes_needs_her_own_sign_in_and_names_only_what_may_be_shown(session: Session) -> None:
    woman = add_french(session)
    office = add_office(session)
    (made,) = ask(session, office, [woman.id]).made

    def say(actor: Actor, *allows: str) -> Approach:
        return answer_approach(
            session,
            actor=actor,
            approach_id=made.id,
            expected_version=made.version,
            answer="yes",
            allows=allows,
        )

    with pytest.raises(Refused, match="approach_sign_in"):
        say(Actor("link", mediator_id=woman.id), "email")
    with pytest.raises(Refused, match="not_a_choice"):
        say(herself(woman.id), "note")
    assert say(herself(woman.id), "phone", "email").allows == ["display_name", "email", "phone"]
    naming = session.scalars(select(Consent).where(Consent.purpose == "naming")).all()
    assert [one.mediator_id for one in naming] == [woman.id]


def test_an_answer_names_the_version_that_she_read(session: Session) -> None:
    woman = add_french(session)
    office = add_office(session)
    (made,) = ask(session, office, [woman.id]).made
    read = made.version
    answer(session, made, "later")
    with pytest.raises(StaleVersion):
        answer_approach(
            session,
            actor=herself(woman.id),
            approach_id=made.id,
            expected_version=read,
            answer="no",
        )


def test_calling_off_tells_her_once_and_differs_by_what_she_had_said(session: Session) -> None:
    asked, agreed = add_french(session), add_french(session)
    office = add_office(session)
    ask(session, office, [asked.id])
    add_ready(session, office, agreed.id)
    for woman in (asked, agreed):
        approach = get_approach(session, office, woman.id)
        call_off(
            session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
        )
    states = [get_approach(session, office, woman.id).state for woman in (asked, agreed)]
    assert states == ["called_off", "not_selected"]
    told = session.scalars(
        select(OutboxMessage.mediator_id).where(OutboxMessage.template == "approach_outcome")
    ).all()
    assert told == [asked.id, agreed.id]


def test_who_is_in_no_network_cannot_be_asked_and_the_requester_is_told_before(
    session: Session,
) -> None:
    """She came by an open call and no network has taken her: nobody can give a network's word."""
    alone, member = add_french(session, network=None), add_french(session)
    office = add_office(session, accreditation_floor="none")
    for women in ([alone.id], [alone.id, member.id]):
        with pytest.raises(Refused, match="approach_no_network"):
            ask(session, office, women)
    assert session.scalars(select(Approach)).all() == []
    assert list_without_network(session, [alone.id, member.id]) == {alone.id}
    (made,) = ask(session, office, [member.id]).made
    assert made.mediator_id == member.id


def test_of_who_is_gone_it_is_not_said_that_she_is_in_no_network(session: Session) -> None:
    alone, member = add_french(session, network=None), add_french(session)
    office = add_office(session, accreditation_floor="none")
    alone.is_hidden = True
    session.flush()
    with pytest.raises(ChangesToAccept) as refused:
        ask(session, office, [alone.id, member.id])
    assert [one.code for one in refused.value.changes] == ["gone"]
    accepted = digest_changes(office.request.runs[-1], refused.value.changes)
    asked = ask(session, office, [alone.id, member.id], accepted=accepted)
    assert [one.mediator_id for one in asked.made] == [member.id]
    assert [one.code for one in asked.left_out] == ["gone"]
