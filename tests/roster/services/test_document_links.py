"""A copy of a document opens behind its link until it is called back or over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Ended, NotFound
from roster.models import Document
from roster.queries.documents import find_own_copy
from roster.services.documents import find_copy, open_copy, revoke_copy, revoke_document
from tests.approach_factories import Office, add_french, add_office
from tests.roster.services.issuing import issue, make_copy


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def test_a_copy_opens_behind_its_link_as_often_as_pressed_and_each_press_counts(
    session: Session,
) -> None:
    add_french(session)
    office = add_office(session)
    document = issue(session, office)
    copy, token = make_copy(session, office, document)
    other, _ = make_copy(session, office, document)
    assert find_copy(session, token=token)[1] is copy
    for _ in range(3):
        open_copy(session, token=token)
    session.expire_all()
    assert (copy.views, copy.viewed_at is not None, other.views) == (3, True, 0)
    assert len({one.watermark for one in document.copies}) == 3


def end_document(session: Session, office: Office, document: Document, way: str) -> None:
    copy = document.copies[1]
    named = {
        "actor": office.actor, "document_id": document.id, "expected_version": document.version,
    }  # fmt: skip
    if way == "copy":
        revoke_copy(session, watermark=copy.watermark, **named)
    elif way == "all":
        revoke_document(session, **named)
    else:
        document.ends_at = clock.now()
    session.flush()


@pytest.mark.parametrize("way", ["copy", "all", "time"])
def test_a_link_that_was_called_back_or_is_over_says_what_an_unknown_one_says(
    session: Session, way: str
) -> None:
    add_french(session)
    office = add_office(session)
    document = issue(session, office)
    _, token = make_copy(session, office, document)
    _, second = make_copy(session, office, document)
    end_document(session, office, document, way)
    for given in (token, "no-such-token"):
        for use in (find_copy, open_copy):
            with pytest.raises(Ended) as ended:
                use(session, token=given)
            assert (ended.value.code, ended.value.values) == ("link_ended", {})
    if way == "copy":
        assert find_copy(session, token=second)[0] is document


def test_the_requesters_own_copy_ends_with_the_document_only(session: Session) -> None:
    add_french(session)
    office = add_office(session)
    document = issue(session, office)
    own = find_own_copy(document)
    with pytest.raises(NotFound):
        revoke_copy(
            session,
            actor=office.actor,
            document_id=document.id,
            expected_version=document.version,
            watermark=own.watermark,
        )
