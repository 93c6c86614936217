"""Releases: what she ticked, for this request only, and nothing from the moment she takes it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Availability, Entry, Record, Release
from roster.queries.releases import list_live_releases
from roster.services.consents import hide, unhide, withdraw_consent
from roster.services.released_fields import list_released_fields
from roster.services.releases import LIFE, release, select_woman
from roster.services.stale_runs import ChangesToAccept, digest_changes
from tests.approach_factories import (
    Office,
    add_french,
    add_office,
    add_ready,
    add_released,
    herself,
)
from tests.release_endings import ENDINGS, Ending


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


@pytest.mark.parametrize("act", ENDINGS)
def test_from_the_next_look_on_nothing_is_shown_of_her(session: Session, act: Ending) -> None:
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


def say_year(session: Session, mediator_id: int, network: str | None, year: int) -> None:
    """What one record says of her year of birth."""
    record = session.query(Record).filter_by(mediator_id=mediator_id, network_code=network).one()
    values = {"code": "", "grade": 1, "source": "self", "entered_at": clock.now()}
    detail = {"number": year}
    session.add(Entry(record_id=record.id, field="birth_year", detail=detail, **values))
    session.flush()


def test_her_age_goes_out_as_a_band_that_she_ticked_and_never_as_a_year(session: Session) -> None:
    her, network_says, silent, unticked = (add_french(session) for _ in range(4))
    year = clock.now().year
    say_year(session, her.id, None, year - 44)
    say_year(session, her.id, "nwm", year - 61)
    for woman in (network_says, unticked):
        say_year(session, woman.id, "nwm", year - 61)
    office = add_office(session)
    for woman in (her, network_says, silent):
        add_released(session, office, woman.id, allows=("birth_band",))
    add_released(session, office, unticked.id, allows=("title",))
    live = list_live_releases(session, office.request.id, clock.now())
    shown = {number: dict(list_released_fields(session, one)) for number, one in live.items()}
    bands = {number: fields.pop("birth_band", None) for number, fields in shown.items()}
    assert bands == {
        her.id: ("40_49",), network_says.id: ("60_plus",), silent.id: None, unticked.id: None,
    }  # fmt: skip
    names = {number: set(fields) for number, fields in shown.items()}
    assert names == {
        **dict.fromkeys((her.id, network_says.id, silent.id), {"display_name"}),
        unticked.id: {"display_name", "title"},
    }


def make_days(first: int) -> dict[str, Any]:
    """Ten days that begin so many days from now, as a request asks them."""
    start = clock.now().date() + timedelta(days=first)
    return {"start": start.isoformat(), "end": (start + timedelta(days=9)).isoformat()}


def test_taking_back_that_she_is_named_is_not_undone_by_a_yes_to_somebody_else(
    session: Session,
) -> None:
    her = add_french(session)
    first, ready = add_office(session), add_office(session, **make_days(200))
    add_released(session, first, her.id)
    waiting = add_ready(session, ready, her.id)
    withdraw_consent(session, actor=herself(her.id), mediator_id=her.id, purpose="naming")
    assert list_shown(session, first) == {}
    second = add_office(session, **make_days(300))
    with clock.shifted(timedelta(minutes=1)):
        add_released(session, second, her.id)
        assert list_shown(session, second).keys() == {her.id}
        assert list_shown(session, first) == {}
    with pytest.raises(Refused, match="approach_gone"):
        release(
            session, actor=ready.actor, approach_id=waiting.id, expected_version=waiting.version
        )
