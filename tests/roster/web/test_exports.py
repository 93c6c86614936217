"""A list leaves the house as it stands on the page: counted, for a reason, a few times a day."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Export, Identity, ReadEvent, WebSession
from roster.services.exports import EXPORTS_PER_DAY
from tests.factories import PASSWORD, add_mediator
from tests.roster.services.lists import ANNA, BRITA, import_women
from tests.roster.web.browser import make_account, post_form, sign_in_as

CHOICE = {"network": "nwm", "format": "csv", "reason": "Invitations to a training", "rows": "2"}


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, whose list has two women; another list has one."""
    import_women(database, ANNA, BRITA)
    with database.writing() as session:
        add_mediator(session, network="awmn")
        session.commit()
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def take(browser: FlaskClient, **values: Any) -> TestResponse:
    return post_form(browser, "/people/export", page="/people/export", **{**CHOICE, **values})


def read_text(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def list_kept(database: Database) -> list[tuple[str, str, int]]:
    with database.reading() as session:
        rows = session.execute(select(Export.network_code, Export.format, Export.row_count))
        return [(code, kind, count) for code, kind, count in rows]


def test_the_file_holds_the_rows_of_the_page_and_no_contact(
    database: Database, browser: FlaskClient
) -> None:
    page = browser.get("/people/export").text
    assert "2 women would leave in a file." in page
    answer = take(browser)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="list.csv"'
    nordic = "Nordic Women Mediators"
    invisible = "Not asked yet: invisible"
    assert read_text(answer) == [
        ["Name", "Name in her own script", "Network", "Her answer", "Until",
         "Tracks and languages", "How to reach her"],
        ["Anna Lindqvist", "", nordic, invisible, "", "Track II · English, Swedish", ""],
        ["Brita Hovland", "", nordic, invisible, "", "Track I · Norwegian", ""],
    ]  # fmt: skip
    with database.reading() as session:
        export = session.scalars(select(Export)).one()
        assert (export.network_code, export.format, export.row_count) == ("nwm", "csv", 2)
        assert export.reason == "Invitations to a training"
        assert export.file_digest == hashlib.sha256(answer.get_data()).hexdigest()
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "list.exported"))
        detail = {"rows": 2, "format": "csv", "digest": export.file_digest}
        assert [(one.network_code, one.detail) for one in event] == [("nwm", detail)]
        assert session.scalars(select(ReadEvent.what)).all() == ["record", "record"]


def test_a_workbook_holds_the_same_rows(browser: FlaskClient) -> None:
    answer = take(browser, format="xlsx")
    workbook = load_workbook(io.BytesIO(answer.get_data()))
    assert len(workbook.sheetnames) == 1
    found = [[cell.value or "" for cell in row] for row in workbook.worksheets[0].iter_rows()]
    assert found == read_text(take(browser))


def test_a_wish_of_the_page_narrows_the_file(browser: FlaskClient) -> None:
    link = re.search(r'href="(/people/export[^"]*)"', browser.get("/people?text=brita").text)
    assert link is not None
    page = browser.get(link[1]).text
    assert ("1 woman would leave in a file." in page, 'value="brita"' in page) == (True, True)
    rows = read_text(take(browser, text="brita", rows="1"))
    assert [row[0] for row in rows] == ["Name", "Brita Hovland"]


def test_a_list_that_changed_since_is_shown_again(database: Database, browser: FlaskClient) -> None:
    answer = take(browser, rows="3")
    assert answer.status_code == 409
    assert "The list has changed" in answer.text
    assert 'name="rows" value="2"' in answer.text
    assert list_kept(database) == []


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"reason": "x" * 401}, {"format": "ods"}, {"network": "awmn"},
     {"network": ""}, {"rows": "all"}, {"text": "a\x00b"}, {"text": "x" * 201}, {"role": "admin"}],
)  # fmt: skip
def test_what_is_missing_or_wrong_lets_nothing_leave(
    database: Database, browser: FlaskClient, wrong: dict[str, str]
) -> None:
    assert take(browser, **wrong).status_code == 422
    assert list_kept(database) == []


def test_another_network_is_not_named_and_not_taken(browser: FlaskClient) -> None:
    page = browser.get("/people/export?network=awmn").text
    assert ("2 women would leave" in page, "Arab" in page) == (True, False)


def test_after_so_many_files_a_day_the_next_day_is_waited_for(
    database: Database, browser: FlaskClient
) -> None:
    assert [take(browser).status_code for _ in range(EXPORTS_PER_DAY)] == [200] * EXPORTS_PER_DAY
    assert take(browser).status_code == 429
    assert list_kept(database) == [("nwm", "csv", 2)] * EXPORTS_PER_DAY
    with database.writing() as session:
        session.execute(update(Export).values(exported_at=clock.now() - timedelta(days=1)))
        session.commit()
    assert take(browser).status_code == 200


def test_a_password_given_long_ago_is_asked_for_again(
    database: Database, browser: FlaskClient
) -> None:
    with database.writing() as session:
        session.execute(update(WebSession).values(proved_at=clock.now() - timedelta(minutes=11)))
        session.commit()
    assert take(browser).status_code == 403
    assert list_kept(database) == []
    assert take(browser, proof=PASSWORD).status_code == 200
    assert list_kept(database) == [("nwm", "csv", 2)]


def test_a_name_that_looks_like_a_formula_is_written_as_text(
    database: Database, browser: FlaskClient
) -> None:
    with database.writing() as session:
        for identity in session.scalars(select(Identity)):
            identity.display_name = "=1+1"
        session.commit()
    assert {row[0] for row in read_text(take(browser))} == {"Name", "'=1+1"}
    workbook = load_workbook(io.BytesIO(take(browser, format="xlsx").get_data()))
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells].count("'=1+1") == 2
