"""A copy behind a link: opened after a press, counted, called back, and then as if it never was."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Document, DocumentCopy, Mediator, ReadEvent
from tests.roster.web.browser import post_form
from tests.roster.web.document_desk import Desk, read_pdf


@pytest.fixture
def desk(app: Flask, database: Database) -> Desk:
    return Desk(app, database)


def call_back(desk: Desk, code: str) -> None:
    page = f"/documents/{code}/copies"
    version = desk.read(Document.version)
    answer = post_form(desk.browser, f"/documents/{code}/revoke", page=page, version=version)
    assert answer.status_code == 303


def call_copy_back(desk: Desk, code: str) -> None:
    page = f"/documents/{code}/copies"
    path = f"{page}/{desk.read(DocumentCopy.watermark)}/revoke"
    version = desk.read(Document.version)
    assert post_form(desk.browser, path, page=page, version=version).status_code == 303


def let_run_out(desk: Desk, code: str) -> None:
    desk.change(update(Document).values(ends_at=clock.now() - timedelta(seconds=1)))


@pytest.mark.parametrize("end", [call_back, call_copy_back, let_run_out])
def test_a_link_that_ended_and_one_that_never_was_lead_to_the_same_page(
    desk: Desk, end: Callable[[Desk, str], None]
) -> None:
    code = desk.issued()
    link = desk.hand_on(code)
    end(desk, code)
    stranger = desk.app.test_client()
    for method in (stranger.get, stranger.post):
        answers = [method(path) for path in (link, "/d/never-was")]
        bodies = [re.sub(r'(with-token" value=")[^"]*', "", one.text) for one in answers]
        assert [one.status_code for one in answers] == [410, 410]
        assert bodies[0] == bodies[1]
    assert desk.read(DocumentCopy.views) == 0
    own = desk.browser.get(f"/documents/{code}").status_code
    assert own == (200 if end is call_copy_back else 410)


def test_a_copy_opens_after_a_press_and_each_press_is_counted(desk: Desk) -> None:
    link = desk.hand_on(desk.issued())
    stranger = desk.app.test_client()
    for agent in ("", "Mozilla/5.0 SafeLinks"):
        page = stranger.get(link, headers={"User-Agent": agent})
        assert (page.status_code, "Set-Cookie" in page.headers) == (200, False)
        assert not re.search(r"R-26|D-26|W-|Talks|office", page.text.split("<main")[1])
    stranger.head(link)
    assert desk.read(DocumentCopy.views) == 0
    opened = stranger.post(link, data={"answer": "page"})
    assert ("A second office" in opened.text, "Set-Cookie" in opened.headers) == (True, False)
    assert read_pdf(stranger.post(link, data={"answer": "file"}))
    assert desk.read(DocumentCopy.views) == 2
    with desk.database.reading() as session:
        events = session.scalars(
            select(AuditEvent.actor).where(AuditEvent.action == "document.viewed")
        )
        assert events.all() == ["link", "link"]
        looks = session.scalars(select(ReadEvent.account_id)).all()
    assert set(looks) == {None}


def test_a_reader_needs_a_name_that_can_stand_across_a_page(desk: Desk) -> None:
    page = f"/documents/{desk.issued()}/copies"
    for recipient in ("", "x", "x" * 81, "Office\u202etxt", "a\x00b"):
        answer = post_form(desk.browser, page, page=page, version=1, recipient=recipient)
        assert (answer.status_code, "/d/" in answer.text) == (422, False), recipient


def test_whoever_hides_is_gone_from_the_copy_behind_a_link_too(desk: Desk) -> None:
    link = desk.hand_on(desk.issued())
    desk.change(update(Mediator).where(Mediator.id.in_(desk.women)).values(is_hidden=True))
    text = desk.app.test_client().post(link, data={"answer": "page"}).text
    assert text.count("One candidate is no longer available.") == 4
    assert "French C1" not in text
