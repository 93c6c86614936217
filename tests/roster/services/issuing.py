"""Documents issued and read as the tests do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Document, DocumentCopy
from roster.queries.documents import find_own_copy
from roster.services.documents import Choice, add_copy, issue_document
from roster.services.shown_documents import Shown, show_document
from tests.approach_factories import Office


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def issue(session: Session, office: Office, **changes: Any) -> Document:
    """The first two of the answer chosen, the third in reserve, unless said otherwise."""
    count = len(office.request.runs[-1].rows)
    values = {"chosen": [1, 2][:count], "reserves": [3] if count > 2 else [], **changes}
    choice = Choice(**{"language": "en", "classification": "restricted", **values})
    return issue_document(
        session,
        actor=office.actor,
        request_id=office.request.id,
        expected_version=office.request.version,
        choice=choice,
    )


def show(
    session: Session,
    document: Document,
    copy: DocumentCopy | None = None,
    *,
    on_screen: bool = True,
) -> Shown:
    session.expire_all()
    reader = copy or find_own_copy(document)
    return show_document(
        session, document=document, copy=reader, now=clock.now(), on_screen=on_screen
    )


def list_rows(shown: Shown) -> list[tuple[str, bool, str]]:
    """Handle, whether she is gone, and her name."""
    women = [*shown.issue.chosen, *shown.issue.reserves]
    return [(one.handle, one.is_gone, one.name) for one in women]


def make_copy(
    session: Session, office: Office, document: Document, recipient: str = "A second office"
) -> tuple[DocumentCopy, str]:
    return add_copy(
        session,
        actor=office.actor,
        document_id=document.id,
        expected_version=document.version,
        recipient=recipient,
    )
