"""A document from the answer to its readers: issued, read the same everywhere, taken as a sheet."""

from __future__ import annotations

import io
import re
import zlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import select, update

from roster import clock
from roster.db import Database
from roster.models import (
    AuditEvent,
    Availability,
    Document,
    Export,
    MatchRequest,
    ReadEvent,
    WebSession,
)
from tests.approach_factories import Office, add_released
from tests.factories import PASSWORD, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as, without_lots
from tests.roster.web.document_desk import Desk, read_pdf


@pytest.fixture
def desk(app: Flask, database: Database) -> Desk:
    return Desk(app, database)


def inflate(content: bytes) -> bytes:
    """A PDF with all of its streams opened."""
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            parts.append(stream)
    return b"".join(parts)


def test_it_is_issued_from_the_answer_and_reads_the_same_on_screen_and_in_the_file(
    desk: Desk,
) -> None:
    page = desk.browser.get(desk.path).text
    assert "No document was issued yet." in page
    code = desk.issued()
    listed = desk.browser.get(desk.path).text
    assert ("1 document was issued." in listed, f"/documents/{code}.pdf" in listed) == (True, True)
    screen = desk.browser.get(f"/documents/{code}")
    text = re.sub(r"<[^>]+>", " ", screen.text).replace("\u00a0", " ")
    file = read_pdf(desk.browser.get(f"/documents/{code}.pdf")).replace("\u00a0", " ")
    with desk.database.reading() as session:
        content = session.scalars(select(Document)).one().content
    handles = [handle for _, handle in [*content["chosen"], *content["reserves"]]]
    for said in (*handles, "Talks on corridors", "French C1", "7 days", "Target 40 % reached"):
        assert (said in text, said in file) == (True, True), said
    assert len(screen.data) < 48_000
    assert "Content-Security-Policy" in screen.headers and "style=" not in screen.text
    with desk.database.reading() as session:
        looks = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
    assert {(who, what) for who, what in looks if who in desk.women} == {
        (woman, "card") for woman in desk.women
    }


def test_no_unreleased_value_stands_anywhere_in_page_file_or_copy(desk: Desk) -> None:
    with desk.database.writing() as session:
        request = session.scalars(select(MatchRequest)).one()
        add_released(session, Office(desk.office.actor, request), desk.women[0])
        session.commit()
        ranks = {row.mediator_id: str(row.position) for row in request.runs[-1].rows}
    code = desk.issued(
        chosen=[ranks[one] for one in desk.women[:2]], reserves=[ranks[desk.women[2]]]
    )
    link = desk.hand_on(code)
    stranger = desk.app.test_client()
    own = [desk.browser.get(f"/documents/{code}{tail}") for tail in ("", ".pdf")]
    given = [stranger.post(link, data={"answer": how}) for how in ("page", "file")]
    seen = []
    for answer in (*own, *given):
        assert answer.status_code == 200
        text = answer.text if answer.mimetype == "text/html" else read_pdf(answer)
        raw = inflate(answer.data).decode("latin-1")
        seen.append({field for field, _ in find_canaries(text) | find_canaries(raw)})
        assert "nwm" not in without_lots(text)  # three letters stand in many a font by chance
        for hidden in ("example.org", "mediator_id"):
            assert hidden not in raw
    assert seen == [{"displayname"}, {"displayname"}, set(), set()]
    assert ["Nordic Women Mediators" in answer.text for answer in (own[0], given[0])] == [
        True,
        False,
    ]


def test_what_changed_since_the_search_is_read_and_accepted_first(desk: Desk) -> None:
    desk.change(
        update(Availability)
        .where(Availability.mediator_id.in_(desk.women))
        .values(window_to=clock.now().date() + timedelta(days=40))
    )
    asked = desk.issue()
    assert (asked.status_code, "Something changed since the search" in asked.text) == (409, True)
    assert "dates not covered" in asked.text
    found = re.search(r'name="accepted" value="(\w+)"', asked.text)
    assert found and desk.read(Document.code) is None
    assert desk.issue(accepted="x" * 64).status_code == 409
    assert desk.issue(accepted=found[1]).status_code == 303


WRONG: list[dict[str, Any]] = [
    {"chosen": []}, {"chosen": ["1"] * 6}, {"chosen": ["one"]}, {"chosen": ["4"], "reserves": []},
    {"chosen": ["1", "1"]}, {"language": "de"}, {"classification": "secret"}, {"is_ranked": "no"},
    {"version": ""}, {"code": "D-26-AAAAA"}, {"accepted": "x" * 65},
]  # fmt: skip


def test_a_form_that_is_wrong_issues_nothing(desk: Desk) -> None:
    for wrong in WRONG:
        assert desk.issue(**wrong).status_code == 422, wrong
    assert desk.read(Document.code) is None


def test_two_who_issue_from_one_form_are_told_apart_by_its_version(desk: Desk) -> None:
    version = desk.read(MatchRequest.version)
    desk.change(update(MatchRequest).values(version=MatchRequest.version + 1))
    assert desk.issue(version=version).status_code == 409


def test_another_requester_finds_nothing(desk: Desk, app: Flask, database: Database) -> None:
    code = desk.issued()
    other = sign_in_as(app, make_account(database)[1])
    for tail in ("", ".pdf", "/copies", "/matrix"):
        assert other.get(f"/documents/{code}{tail}").status_code == 404
    assert other.get(desk.path).status_code == 404


def test_the_matrix_leaves_as_one_sheet_for_a_reason_and_a_fresh_password(desk: Desk) -> None:
    code = desk.issued()
    page = f"/documents/{code}/matrix"
    form = {"rows": "1", "reason": "To brief the team"}
    assert post_form(desk.browser, page, page=page, rows="1", reason="").status_code == 422
    assert post_form(desk.browser, page, page=page, **{**form, "rows": "2"}).status_code == 409
    desk.change(update(WebSession).values(proved_at=clock.now() - timedelta(minutes=11)))
    assert post_form(desk.browser, page, page=page, **form).status_code == 403
    assert desk.read(Export.id) is None
    taken = post_form(desk.browser, page, page=page, proof=PASSWORD, **form)
    workbook = load_workbook(io.BytesIO(taken.data))
    rows = [[cell.value or "" for cell in row] for row in workbook.worksheets[0].iter_rows()]
    with desk.database.reading() as session:
        chosen = session.scalars(select(Document)).one().content["chosen"]
        export = session.scalars(select(Export)).one()
    assert rows == [
        ["Asked", *(handle for _, handle in chosen), "Covered by"],
        ["French, speaking B2", "C1", "C1", "2"],
    ]
    assert (len(workbook.sheetnames), export.network_code, export.row_count) == (1, None, 1)
    assert desk.read(AuditEvent.action) == "team_sheet.exported"
    assert find_canaries(taken.data.decode("latin-1")) == set()


def test_the_document_prints_in_arabic_from_right_to_left(desk: Desk) -> None:
    assert desk.issue(language="ar").status_code == 303
    page = desk.browser.get(f"/documents/{desk.read(Document.code)}").text
    assert '<html lang="ar" dir="rtl" class="doc">' in page
    assert re.search(r'<bdi class="code" dir="ltr">[A-Z]\d-[A-Z]\d[A-Z]</bdi>', page)
