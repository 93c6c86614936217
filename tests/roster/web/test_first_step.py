"""The first step of an open call: the same answer for every address, wrong ones said and kept."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import Application, OutboxMessage
from roster.services.applying import PER_ADDRESS
from tests.roster.web.applicant_forms import FIRST, put_call, take_first_step
from tests.roster.web.browser import make_account


def test_the_answer_to_the_first_step_tells_nobody_whether_an_address_is_known(
    app: Flask, database: Database
) -> None:
    _, coordinator = make_account(database, "coordinator", network="nwm")
    call, answers = put_call(database), []
    for address in ("new@example.org", coordinator, "new@example.org", *["often@x.org"] * 9):
        page = take_first_step(app.test_client(), call, email=address)
        body = re.sub(r'name="csrf_token" value="[^"]*"', "", page.text)
        answers.append((page.status_code, body))
    assert len(set(answers)) == 1
    with database.reading() as session:
        to = [one.recipient for one in session.scalars(select(OutboxMessage))]
    assert to.count("often@x.org") == PER_ADDRESS


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"name": "An\u202ena"}, "name"),
        ({"email": "her"}, "email"),
        ({"email": "her@example.org\r\nBcc: spy@example.org"}, "email"),
        ({"email": "hër@example.org"}, "email"),
        ({"language": "xx"}, "language"),
        ({"state": "accepted"}, ""),
    ],
)
def test_a_wrong_first_step_says_what_is_wrong_and_keeps_what_was_typed(
    client: FlaskClient, database: Database, change: dict[str, str], wrong: str
) -> None:
    page = take_first_step(client, put_call(database), **change)
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    if wrong:
        assert f'id="f-{wrong}-error"' in page.text and 'aria-invalid="true"' in page.text
    kept = {**FIRST, **change}["email" if wrong == "name" else "name"]
    assert f'value="{kept}"' in page.text
    with database.reading() as session:
        assert session.scalars(select(Application)).all() == []
