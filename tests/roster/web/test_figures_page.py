"""Figures for donors: her own network's exact beside what may be passed on; the sheet is the latter."""

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
from roster.models import AuditEvent, Export, ReadEvent, WebSession
from roster.vocabulary.published_series import load_published_shares
from tests.factories import PASSWORD, find_canaries
from tests.roster.services.test_figures import add_asked, add_women
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_monday import read_sections


@pytest.fixture
def nordic(app: Flask, database: Database) -> FlaskClient:
    """Seven of eleven women can be asked; one request; another network has three women."""
    with database.writing() as session:
        women = add_women(session, 7)
        add_women(session, 4, availability=False)
        add_women(session, 3, network="awmn")
        add_asked(session, women[:2])
        session.commit()
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def take(browser: FlaskClient, **values: Any) -> TestResponse:
    page = browser.get("/figures").text
    rows = re.search(r'name="rows" value="(\d+)"', page)
    assert rows is not None
    form = {"network": "nwm", "format": "csv", "reason": "The yearly report", "rows": rows[1]}
    return post_form(browser, "/figures/export", page="/figures", **{**form, **values})


def read_text(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def squeeze(text: str) -> str:
    return " ".join(text.split())


def test_her_own_numbers_stand_beside_what_may_be_passed_on(nordic: FlaskClient) -> None:
    page = nordic.get("/figures").text
    sections = read_sections(page)
    line = "Women who can be asked today 7 of 11 = 64 % 5 of 10 = 50 %"
    assert line in squeeze(sections["Availability"])
    assert "Requests submitted 1 fewer than 5" in sections["Requests"]
    assert (
        "median 2, nine in ten within 2 (1 request) Not told: fewer than 5"
        in (sections["Requests"])
    )
    assert "Not known yet: no approaches Not told: fewer than 5" in sections["Approaches"]
    assert "13.7 %" in squeeze(sections["Women’s share"])
    assert "1992–2019" in sections["Women’s share"]
    assert sections["The four steps of the Common Pledge"].count("Embed gender expertise") == 2
    assert find_canaries(page) == set()


def test_of_all_networks_together_nothing_exact_is_told(nordic: FlaskClient) -> None:
    page = nordic.get("/figures?network=all").text
    said = squeeze(read_sections(page)["Availability"])
    assert said.endswith("Women who can be asked today 10 of 10 = 100 %")
    assert ("For you" in page, "7 of" in page) == (False, False)


@pytest.mark.parametrize("asked", ["awmn", "nope", "%00", "a" * 5000])
def test_a_network_that_is_not_hers_is_not_shown(nordic: FlaskClient, asked: str) -> None:
    answer = nordic.get(f"/figures?network={asked}")
    assert (answer.status_code, "7 of 11" in answer.text) == (200, True)


def test_the_sheet_holds_what_may_be_passed_on_line_by_line(
    nordic: FlaskClient, database: Database
) -> None:
    answer = take(nordic)
    rows = read_text(answer)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert rows[0] == ["Section", "Figure", "Value", "Period", "Source"]
    first = [squeeze(cell) for cell in rows[1]]
    today = first[3]
    assert first == [
        "Availability", "Women who can be asked today", "5 of 10 = 50 %", today, "this roster",
    ]  # fmt: skip
    assert not any("7 of 11" in cell or cell == "1" for row in rows for cell in row)
    assert [row[1] for row in rows[-len(load_published_shares()) :]][0] == "Women among mediators"
    digest = hashlib.sha256(answer.get_data()).hexdigest()
    with database.reading() as session:
        export = session.scalars(select(Export)).one()
        assert (export.network_code, export.row_count) == ("nwm", len(rows) - 1)
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "figures.exported"))
        detail = {"rows": len(rows) - 1, "format": "csv", "digest": digest}
        assert [(one.network_code, one.detail) for one in event] == [("nwm", detail)]
        assert session.scalars(select(ReadEvent)).all() == []


def test_a_workbook_holds_the_same_lines(nordic: FlaskClient) -> None:
    workbook = load_workbook(io.BytesIO(take(nordic, format="xlsx").get_data()))
    found = [[cell.value or "" for cell in row] for row in workbook.worksheets[0].iter_rows()]
    assert (len(workbook.sheetnames), found) == (1, read_text(take(nordic)))


def test_figures_of_all_leave_in_the_name_of_her_own_office(
    nordic: FlaskClient, database: Database
) -> None:
    rows = read_text(take(nordic, network="all"))
    assert squeeze(rows[1][2]) == "10 of 10 = 100 %"
    with database.reading() as session:
        assert session.scalars(select(Export.network_code)).all() == ["nwm"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"reason": ""}, 422), ({"format": "ods"}, 422), ({"network": "awmn"}, 422),
     ({"rows": "many"}, 422), ({"role": "admin"}, 422), ({"rows": "3"}, 409)],
)  # fmt: skip
def test_what_is_missing_or_wrong_lets_nothing_leave(
    nordic: FlaskClient, database: Database, wrong: dict[str, str], status: int
) -> None:
    assert take(nordic, **wrong).status_code == status
    with database.reading() as session:
        assert session.scalars(select(Export)).all() == []


def test_a_password_given_long_ago_is_asked_for_again(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        session.execute(update(WebSession).values(proved_at=clock.now() - timedelta(minutes=11)))
        session.commit()
    assert take(nordic).status_code == 403
    assert take(nordic, proof=PASSWORD).status_code == 200
