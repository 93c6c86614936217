"""Guessing passwords, and asking who has an account: A4 and A5 of the trust design."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from flask import Flask

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.services.sign_in import PER_CLIENT
from roster.settings import Settings
from tests.roster.web.browser import (
    make_account,
    post_form,
    read_token,
    sign_in_as,
    try_sign_in,
)
from tests.roster.web.failing_sign_ins import measure

pytestmark = pytest.mark.usefixtures("early_in_a_window")

SAMPLES = 20
"""Few, with loose bounds; ``make soak`` takes two hundred."""


def test_ten_wrong_passwords_close_an_account_for_a_quarter_of_an_hour_in_all_workers(
    settings: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    _, email = make_account(database)
    _, other = make_account(database)
    workers = [create_app(settings, Database(settings.database_url)) for _ in range(4)]
    with caplog.at_level(logging.WARNING, "roster.sign_in"):
        for attempt in range(30):
            worker = workers[attempt % 4]
            assert try_sign_in(worker.test_client(), email, "wrong").status_code == 422
    blocked = [record.args for record in caplog.records if record.name == "roster.sign_in"]
    assert [args[-1] for args in blocked if args] == [False] * 10 + [True] * 20
    elsewhere = workers[0].test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert try_sign_in(workers[0].test_client(), email).status_code == 422
    assert try_sign_in(elsewhere, email).status_code == 422
    assert sign_in_as(workers[1], other).get("/account").status_code == 200
    with clock.shifted(timedelta(minutes=15)):
        sign_in_as(workers[2], email)
    for worker in workers:
        worker.extensions["database"].dispose()


def test_a_success_gives_the_attempts_back(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    for _ in range(2):
        for _ in range(9):
            assert try_sign_in(app.test_client(), email, "wrong").status_code == 422
        sign_in_as(app, email)


def test_one_client_cannot_try_many_addresses(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    client = app.test_client()
    token = read_token(client.get("/sign-in"))
    for number in range(PER_CLIENT):
        form = {"csrf_token": token, "email": f"nobody{number}@example.org", "password": "x" * 129}
        assert client.post("/sign-in", data=form).status_code == 422
    assert try_sign_in(client, email).status_code == 422
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
    assert try_sign_in(elsewhere, email).status_code == 303


def test_an_open_session_does_not_serve_to_try_passwords(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    client = sign_in_as(app, email)
    form = {"current": "a wrong password", "new": "k7#Qm2!xPw9z", "again": "k7#Qm2!xPw9z"}
    answers = [post_form(client, "/account/password", **form).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_every_failed_sign_in_gets_the_same_answer_after_the_same_time(
    app: Flask, database: Database
) -> None:
    measured = measure(app, database, SAMPLES)
    assert len(measured.answers) == 1
    assert measured.off_the_middle(0.25) == {}
    assert measured.told_apart(0.15) == {}
