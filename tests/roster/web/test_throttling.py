"""Guessing passwords, and asking who has an account: A4 and A5 of the trust design."""

from __future__ import annotations

import logging
import re
import statistics
import time
from datetime import timedelta

import pytest
from flask import Flask

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.models import Account
from roster.services.sign_in import PER_CLIENT
from roster.settings import Settings
from tests.factories import PASSWORD
from tests.roster.web.browser import (
    make_account,
    post_form,
    read_token,
    sign_in_as,
    try_sign_in,
)

SAMPLES = 20


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
    kinds = _make_kinds(app, database)
    client = app.test_client()
    token = read_token(client.get("/sign-in"))
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers = set()
    for sample in range(SAMPLES):
        for kind, (email, password) in kinds.items():
            # no kind may run into the limit but the one that has
            with clock.shifted(timedelta(0) if kind == "throttled" else timedelta(hours=sample)):
                began = time.process_time()
                form = {"csrf_token": token, "email": email, "password": password}
                answer = client.post("/sign-in", data=form)
                spent[kind].append(time.process_time() - began)
            body = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
            answers.add((answer.status_code, body, tuple(sorted(answer.headers.keys()))))
    assert len(answers) == 1
    medians = {kind: statistics.median(times) for kind, times in spent.items()}
    middle = statistics.median(medians.values())
    assert {kind: m for kind, m in medians.items() if abs(m / middle - 1) > 0.25} == {}
    ranked = {kind: _rank(spent["unknown"], times) for kind, times in spent.items()}
    assert {kind: rank for kind, rank in ranked.items() if not 0.15 <= rank <= 0.85} == {}


def _make_kinds(app: Flask, database: Database) -> dict[str, tuple[str, str]]:
    known, closed, without, throttled = (make_account(database) for _ in range(4))
    with database.writing() as session:
        session.get_one(Account, closed[0]).is_active = False
        session.get_one(Account, without[0]).password_hash = None
        session.commit()
    for _ in range(11):
        try_sign_in(app.test_client(), throttled[1], "wrong")
    return {
        "unknown": ("nobody@example.org", "a wrong password"),
        "known": (known[1], "a wrong password"),
        "deactivated": (closed[1], PASSWORD),
        "without password": (without[1], PASSWORD),
        "throttled": (throttled[1], PASSWORD),
    }


def _rank(first: list[float], second: list[float]) -> float:
    """Share of pairs in which the first took longer: 0.5 where they cannot be told apart."""
    pairs = [(a > b) + (a == b) / 2 for a in first for b in second]
    return sum(pairs) / len(pairs)
