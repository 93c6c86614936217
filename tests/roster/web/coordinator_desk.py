"""What a coordinator does at her pages: press, fill in, read."""

from __future__ import annotations

import html
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import Record
from tests.roster.services.lists import ANNA, import_women
from tests.roster.web.browser import make_account, read_token, sign_in_as


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def upload(browser: FlaskClient, content: bytes, *, name: str = "list.csv") -> TestResponse:
    token = read_token(browser.get("/imports"))
    data = {"csrf_token": token, "network": "nwm", "file": (io.BytesIO(content), name)}
    return browser.post("/imports", data=data, follow_redirects=True)


def press(browser: FlaskClient, page: str, action: str, **values: str) -> TestResponse:
    """Press the button of the form on ``page`` that posts to ``action``, hidden fields included."""
    text = browser.get(page).text
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.S) if f'action="{action}"' in f)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return browser.post(action, data={**hidden, **values}, follow_redirects=True)


def read_words(response: TestResponse) -> str:
    """The text of a page without marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def read_form(response: TestResponse) -> dict[str, list[str]]:
    """The controls of the editing form with what they hold."""
    form = re.search(r'<form method="post" action="/people.*?</form>', response.text, re.S)
    assert form is not None
    values: dict[str, list[str]] = {}
    for control in re.findall(r"<input [^>]*>", form[0]):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', control))
        is_tick = attributes.get("type") in {"checkbox", "radio"}
        if "name" in attributes and (not is_tick or " checked" in control):
            values.setdefault(attributes["name"], []).append(
                html.unescape(attributes.get("value", ""))
            )
    for name, body in re.findall(r'<select[^>]* name="([\w-]+)".*?>(.*?)</select>', form[0], re.S):
        values[name] = re.findall(r'value="([^"]*)" selected', body)
    for name, body in re.findall(
        r'<textarea[^>]* name="([\w-]+)"[^>]*>(.*?)</textarea>', form[0], re.S
    ):
        values[name] = [html.unescape(body.strip())]
    return values


def add_anna(database: Database) -> int:
    import_women(database, ANNA)
    with database.reading() as session:
        return session.scalars(select(Record.id)).one()


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0
