"""Releases: what she ticked, for this request only, and nothing from the moment she takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Availability, Consent, Mediator, Membership, Release
from roster.queries.releases import list_live_releases
from roster.services.approach_answers import withdraw
from roster.services.consents import hide, unhide, withdraw_consent
from roster.services.releases import LIFE, end_release, release, select_woman
from roster.services.stale_runs import ChangesToAccept, digest_changes
from tests.approach_factories import (
    Office,
    add_french,
    add_office,
    add_ready,
    add_released,
    get_approach,
    herself,
)


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def list_shown(session: Session, office: Office, after: timedelta = timedelta()) -> dict[int, Any]:
    session.flush()
    found = list_live_releases(session, office.request.id, clock.now() + after)
    return {her: one.fields for her, one in found.items()}


def test_only_the_fields_she_ticked_for_this_request_and_for_thirty_days(session: Session) -> None:
    her, noise = add_french(session), add_french(session)
    office, other = add_office(session), add_office(session)
    add_released(session, office, her.id, allows=("phone", "residence"))
    add_ready(session, office, noise.id)
    assert list_shown(session, office) == {her.id: ["display_name", "phone", "residence"]}
    assert list_shown(session, other) == {}
    assert list_shown(session, office, LIFE - timedelta(minutes=5)).keys() == {her.id}
    assert list_shown(session, office, LIFE) == {}


def take_file_back(session: Session, her: Mediator, office: Office) -> None:
    withdraw_consent(session, actor=herself(her.id), mediator_id=her.id, purpose="membership_file")


def take_naming_back(session: Session, her: Mediator, office: Office) -> None:
    withdraw_consent(session, actor=herself(her.id), mediator_id=her.id, purpose="naming")


def press_hide(session: Session, her: Mediator, office: Office) -> None:
    hide(session, actor=herself(her.id), mediator_id=her.id)


def take_back(session: Session, her: Mediator, office: Office) -> None:
    approach = get_approach(session, office, her.id)
    withdraw(
        session,
        actor=herself(her.id),
        approach_id=approach.id,
        expected_version=approach.version,
    )


def suspend(session: Session, her: Mediator, office: Office) -> None:
    session.execute(
        update(Membership).where(Membership.mediator_id == her.id).values(accreditation="suspended")
    )


def leave(session: Session, her: Mediator, office: Office) -> None:
    her.state = "withdrawn"


def raise_class(session: Session, her: Mediator, office: Office) -> None:
    her.safety_class = 3


def hold(session: Session, her: Mediator, office: Office) -> None:
    her.has_integrity_hold = True


def run_out(session: Session, her: Mediator, office: Office) -> None:
    session.execute(
        update(Consent)
        .where(Consent.mediator_id == her.id, Consent.purpose == "card")
        .values(valid_until=clock.now())
    )


def end(session: Session, her: Mediator, office: Office) -> None:
    approach = get_approach(session, office, her.id)
    end_release(
        session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
    )


@pytest.mark.parametrize(
    "act",
    [
        take_file_back,
        take_naming_back,
        press_hide,
        take_back,
        suspend,
        leave,
        raise_class,
        hold,
        run_out,
        end,
    ],
)
def test_from_the_next_look_on_nothing_is_shown_of_her(
    session: Session, act: Callable[[Session, Mediator, Office], None]
) -> None:
    her, noise = add_french(session), add_french(session)
    office = add_office(session)
    for woman in (her, noise):
        add_released(session, office, woman.id)
    assert list_shown(session, office).keys() == {her.id, noise.id}
    act(session, her, office)
    assert list_shown(session, office).keys() == {noise.id}


def test_who_comes_out_of_hiding_is_shown_again_for_the_rest_of_the_thirty_days(
    session: Session,
) -> None:
    her = add_french(session)
    office = add_office(session)
    add_released(session, office, her.id)
    hide(session, actor=herself(her.id), mediator_id=her.id)
    assert list_shown(session, office) == {}
    unhide(session, actor=herself(her.id), mediator_id=her.id)
    assert list_shown(session, office).keys() == {her.id}


def test_nobody_but_the_requester_releases_and_never_twice(session: Session) -> None:
    her = add_french(session)
    office, other = add_office(session), add_office(session)
    approach = add_ready(session, office, her.id)
    for actor in (other.actor, herself(her.id)):
        with pytest.raises(NotFound):
            release(
                session, actor=actor, approach_id=approach.id, expected_version=approach.version
            )
    release(session, actor=office.actor, approach_id=approach.id, expected_version=approach.version)
    with pytest.raises(Refused, match="release_needs_both"):
        release(
            session, actor=office.actor, approach_id=approach.id, expected_version=approach.version
        )
    assert session.query(Release).count() == 1


def test_what_changed_since_the_answer_is_accepted_by_its_exact_list_before_a_release(
    session: Session,
) -> None:
    her = add_french(session)
    office = add_office(session)
    approach = add_ready(session, office, her.id)
    said = session.query(Availability).filter_by(mediator_id=her.id).one()
    said.valid_until = clock.now()
    session.flush()

    def let_go(accepted: str = "") -> Any:
        return release(
            session,
            actor=office.actor,
            approach_id=approach.id,
            expected_version=approach.version,
            accepted_changes=accepted,
        )

    with pytest.raises(ChangesToAccept) as first:
        let_go()
    assert [(one.handle, one.code) for one in first.value.changes] == [(approach.handle, "A1")]
    digest = digest_changes(office.request.runs[-1], first.value.changes)
    said.valid_until = clock.now() + timedelta(days=9)
    said.window_to = clock.now().date()
    session.flush()
    with pytest.raises(ChangesToAccept) as second:
        let_go(digest)
    assert [one.code for one in second.value.changes] == ["A2"]
    assert let_go(digest_changes(office.request.runs[-1], second.value.changes)).fields == [
        "display_name",
        "email",
    ]


def test_she_who_is_gone_is_neither_released_nor_chosen_even_if_that_was_accepted(
    session: Session,
) -> None:
    her, other = add_french(session), add_french(session)
    office = add_office(session)
    ready, shown = add_ready(session, office, her.id), add_released(session, office, other.id)
    for woman in (her, other):
        hide(session, actor=herself(woman.id), mediator_id=woman.id)
    with pytest.raises(ChangesToAccept) as asked:
        release(session, actor=office.actor, approach_id=ready.id, expected_version=ready.version)
    assert [one.code for one in asked.value.changes] == ["gone"]
    with pytest.raises(Refused, match="approach_gone"):
        release(
            session,
            actor=office.actor,
            approach_id=ready.id,
            expected_version=ready.version,
            accepted_changes=digest_changes(office.request.runs[-1], asked.value.changes),
        )
    with pytest.raises(Refused, match="approach_gone"):
        select_woman(
            session, actor=office.actor, approach_id=shown.id, expected_version=shown.version
        )
