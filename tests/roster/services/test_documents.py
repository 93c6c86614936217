"""A document is issued once from an answer; what a reader sees of it is asked anew each time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Availability, Clearance, Mediator, Release
from roster.queries.accounts import get_actor
from roster.queries.documents import find_own_copy
from roster.services.consents import hide
from roster.services.documents import Choice, issue_document
from roster.services.stale_runs import ChangesToAccept, digest_changes
from tests.approach_factories import (
    Office,
    add_french,
    add_office,
    add_released,
    get_handle,
    herself,
)
from tests.factories import add_account, find_canaries
from tests.roster.services.issuing import issue, list_rows, make_copy, show


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def test_a_document_keeps_handles_and_ends_with_the_first_answer_in_it(session: Session) -> None:
    women = [add_french(session) for _ in range(4)]
    office = add_office(session)
    soon = clock.now() + timedelta(days=12)
    rows = {row.position: row for row in office.request.runs[-1].rows}
    by_place = [rows[place].mediator_id for place in (1, 2, 3, 4)]
    for place, days in ((2, 12), (4, 3)):
        session.execute(
            update(Availability)
            .where(Availability.mediator_id == by_place[place - 1])
            .values(valid_until=clock.now() + timedelta(days=days))
        )
    session.expire_all()
    document = issue(session, office)
    assert {row.mediator_id for row in rows.values()} == {woman.id for woman in women}
    assert document.content == {
        "chosen": [["post-1", rows[1].handle], ["post-1", rows[2].handle]],
        "reserves": [["post-1", rows[3].handle]],
        "is_ranked": False,
        "accepted": [],
    }
    assert abs(document.ends_at - soon) < timedelta(minutes=1)
    own = find_own_copy(document)
    assert (own.token_digest, own.views, len(document.copies)) == (None, 0, 1)
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first()
    assert actions == "document.issued"


def test_a_document_holds_for_thirty_days_at_most(session: Session) -> None:
    add_french(session)
    document = issue(session, add_office(session))
    assert document.ends_at - document.issued_at == timedelta(days=30)


def test_what_changed_since_the_search_is_accepted_or_nothing_is_issued(session: Session) -> None:
    for _ in range(2):
        add_french(session)
    office = add_office(session)
    run = office.request.runs[-1]
    session.execute(
        update(Availability)
        .where(Availability.mediator_id == run.rows[0].mediator_id)
        .values(notice_days=60, window_to=clock.now().date() + timedelta(days=40))
    )
    session.expire_all()
    with pytest.raises(ChangesToAccept) as refused:
        issue(session, office)
    changes = refused.value.changes
    assert [(one.handle, one.code) for one in changes] == [(run.rows[0].handle, "A2")]
    document = issue(session, office, accepted=digest_changes(run, changes))
    assert document.content["accepted"] == [[run.rows[0].handle, "post-1", "A2"]]
    assert issue(session, office, chosen=[2]).content["accepted"] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"chosen": []}, "document_choice_wrong"),
        ({"chosen": [1, 1]}, "document_choice_wrong"),
        ({"chosen": [1], "reserves": [1]}, "document_choice_wrong"),
        ({"chosen": [7]}, "document_choice_wrong"),
        ({"chosen": [8]}, "document_choice_wrong"),
        ({"chosen": [99]}, "document_choice_wrong"),
        ({"chosen": [1, 2, 3, 4, 5, 6]}, "document_too_long"),
    ],
)
def test_a_choice_that_no_document_can_hold_is_refused(
    session: Session, wrong: dict[str, Any], code: str
) -> None:
    for _ in range(6):
        add_french(session)
    add_french(session, languages={"fra": "B1"})  # one step away: at place 7
    office = add_office(session)
    with pytest.raises(Refused) as refused:
        issue(session, office, **{"reserves": [], **wrong})
    assert refused.value.code == code


def test_nobody_else_issues_and_an_older_form_is_stale(session: Session) -> None:
    add_french(session)
    office = add_office(session)
    other = Office(get_actor(add_account(session, "envoy")), office.request)
    with pytest.raises(NotFound):
        issue(session, other)
    choice = Choice([1], [], "en", "restricted")
    with pytest.raises(StaleVersion):
        issue_document(
            session,
            actor=office.actor,
            request_id=office.request.id,
            expected_version=office.request.version + 1,
            choice=choice,
        )


def test_whoever_hides_is_gone_from_every_copy_at_once(session: Session) -> None:
    for _ in range(3):
        add_french(session)
    office = add_office(session)
    document = issue(session, office)
    copy, _ = make_copy(session, office, document)
    rows = office.request.runs[-1].rows
    hide(session, actor=herself(rows[0].mediator_id), mediator_id=rows[0].mediator_id)
    for reader in (None, copy):
        shown = show(session, document, reader)
        assert list_rows(shown) == [
            (rows[0].handle, True, ""), (rows[1].handle, False, ""), (rows[2].handle, False, ""),
        ]  # fmt: skip
        assert shown.issue.chosen[0].evidence == ()
        assert rows[0].mediator_id not in shown.shown_ids


def test_class_three_put_forward_stands_on_the_screen_and_in_no_file_or_copy(
    session: Session,
) -> None:
    for _ in range(3):
        add_french(session)
    office = add_office(session)
    document = issue(session, office)
    copy, _ = make_copy(session, office, document)
    first = office.request.runs[-1].rows[0]
    session.execute(update(Mediator).where(Mediator.id == first.mediator_id).values(safety_class=3))
    assert list_rows(show(session, document))[0] == (first.handle, True, "")
    session.add(
        Clearance(
            request_id=office.request.id,
            mediator_id=first.mediator_id,
            kind="put_forward",
            network_code="nwm",
            given_at=clock.now(),
        )
    )
    session.flush()
    on_screen = show(session, document)
    assert (list_rows(on_screen)[0], on_screen.left_out) == ((first.handle, False, ""), 0)
    for reader, screen in ((None, False), (copy, True), (copy, False)):
        shown = show(session, document, reader, on_screen=screen)
        assert first.handle not in {handle for handle, _, _ in list_rows(shown)}
        assert (shown.left_out, first.mediator_id in shown.shown_ids) == (1, False)


def test_a_released_name_stands_in_the_requesters_copy_only_and_only_while_it_lasts(
    session: Session,
) -> None:
    women = [add_french(session) for _ in range(3)]
    office = add_office(session)
    document = issue(session, office, chosen=[1, 2, 3], reserves=[])
    copy, _ = make_copy(session, office, document)
    handle = get_handle(session, office, women[1].id)
    add_released(session, office, women[1].id)
    names = {code: name for code, _, name in list_rows(show(session, document))}
    assert [code for code, name in names.items() if name] == [handle]
    assert {field for field, _ in find_canaries(names[handle])} == {"displayname"}
    assert show(session, document).named_ids == [women[1].id]
    assert [name for _, _, name in list_rows(show(session, document, copy))] == [""] * 3
    session.execute(update(Release).values(ends_at=clock.now()))
    assert [name for _, _, name in list_rows(show(session, document))] == [""] * 3
