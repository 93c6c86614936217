"""One woman in two requests at once: each requester reads what was released to her, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.queries.documents import find_own_copy
from roster.queries.releases import list_live_releases
from roster.services.approach_answers import withdraw
from roster.services.documents import Choice, issue_document
from roster.services.released_fields import list_released_fields
from roster.services.shown_documents import show_document
from tests.approach_factories import (
    Office,
    add_french,
    add_office,
    add_released,
    ask,
    get_approach,
    get_handle,
    herself,
)
from tests.factories import find_canaries


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def add_days(session: Session, first: int) -> Office:
    """A request for ten days that begin so many days from now."""
    start = clock.now().date() + timedelta(days=first)
    end = start + timedelta(days=9)
    return add_office(session, start=start.isoformat(), end=end.isoformat())


def read_document(session: Session, office: Office) -> dict[str, set[str]]:
    """By handle, which of her values stand in the requester's own copy of a new document."""
    document = issue_document(
        session,
        actor=office.actor,
        request_id=office.request.id,
        expected_version=office.request.version,
        choice=Choice([1, 2], [], "en", "restricted"),
    )
    copy = find_own_copy(document)
    shown = show_document(
        session, document=document, copy=copy, now=clock.now(), on_screen=True
    ).issue
    return {one.handle: {field for field, _ in find_canaries(one.name)} for one in shown.chosen}


def read_fields(session: Session, office: Office) -> list[set[str]]:
    live = list_live_releases(session, office.request.id, clock.now()).values()
    return [{name for name, _ in list_released_fields(session, one)} for one in live]


def test_a_name_released_for_one_request_stands_in_no_document_of_the_other(
    session: Session,
) -> None:
    her, noise = add_french(session), add_french(session)
    office, other = add_days(session, 30), add_days(session, 60)
    add_released(session, office, her.id)
    ask(session, other, [her.id])
    handles = [
        [get_handle(session, place, one.id) for one in (her, noise)] for place in (office, other)
    ]
    assert handles[0][0] != handles[1][0]
    assert read_document(session, office) == {handles[0][0]: {"displayname"}, handles[0][1]: set()}
    assert read_document(session, other) == dict.fromkeys(handles[1], set())


def test_each_requester_reads_what_was_ticked_for_her_and_loses_it_alone(session: Session) -> None:
    her, _noise = add_french(session), add_french(session)
    office, other = add_days(session, 30), add_days(session, 60)
    add_released(session, office, her.id, allows=("email",))
    add_released(session, other, her.id, allows=("phone", "title"))
    assert read_fields(session, office) == [{"display_name", "email"}]
    assert read_fields(session, other) == [{"display_name", "phone", "title"}]
    approach = get_approach(session, office, her.id)
    values: dict[str, Any] = {"approach_id": approach.id, "expected_version": approach.version}
    withdraw(session, actor=herself(her.id), **values)
    assert (read_fields(session, office), len(read_fields(session, other))) == ([], 1)
    handle = get_handle(session, other, her.id)
    assert read_document(session, other)[handle] == {"displayname"}
