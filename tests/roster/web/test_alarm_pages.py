"""Whoever opens too much is stopped with clear words, and the coordinators read of it on Monday."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, MatchRequest, ReadEvent, SignInCounter
from roster.services.alarms import LOOK_UPS_A_DAY, MOST_READINGS
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as


def search(app: Flask, database: Database) -> tuple[FlaskClient, str, int]:
    number, email = make_account(database)
    client = sign_in_as(app, email)
    start = clock.now().date() + timedelta(days=30)
    values = {"start": str(start), "end": str(start + timedelta(days=9)), "do": "search"}
    assert post_form(client, "/requests", **values, modality="in_person").status_code == 303
    with database.reading() as session:
        code = session.scalars(
            select(MatchRequest.code).where(MatchRequest.account_id == number)
        ).one()
    return client, code, number


def test_the_card_after_the_last_one_of_ten_minutes_is_not_shown_and_raises_the_alarm(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_READINGS == 300
    monkeypatch.setattr("roster.services.alarms.MOST_READINGS", 11)
    with database.writing() as session:
        women = [add_mediator(session).id for _ in range(2)]
        others = [add_mediator(session, network="mwmn", consents=False).id for _ in range(9)]
        session.commit()
    client, code, number = search(app, database)
    other, other_code, _ = search(app, database)
    keeper = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    assert "Alarms" not in keeper.get("/monday").text
    with database.writing() as session:
        session.add_all(
            ReadEvent(at=clock.now(), account_id=number, mediator_id=each, what="card")
            for each in others * 40
        )
        session.commit()
    page = f"/requests/{code}"
    assert client.get(page).status_code == 200  # many looks at few women are not many women
    with database.writing() as session:
        women.append(add_mediator(session).id)
        session.commit()
    post_form(client, f"{page}/runs")
    before = count_reads(database)
    for _ in range(2):
        stopped = client.get(page, headers={"X-Forwarded-For": "192.0.2.7"})
        assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "600")
        assert "You opened many entries in a short time." in stopped.text
    assert count_reads(database) == before
    assert other.get(f"/requests/{other_code}").status_code == 200
    with database.reading() as session:
        [event] = session.scalars(
            select(AuditEvent).where(AuditEvent.subject_kind == "alarm")
        ).all()
        assert (event.action, event.subject_id) == ("alarm.many_readings", number)
    assert "opened very many entries" in keeper.get("/monday").text
    with clock.shifted(timedelta(minutes=10, seconds=1)):
        assert client.get(page).status_code == 200


def count_reads(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(ReadEvent.id))) or 0


def test_look_ups_end_for_the_day_with_clear_words(app: Flask, database: Database) -> None:
    client, code, _ = search(app, database)
    page = f"/requests/{code}/why-not"
    assert client.get(f"{page}?handle=A2-B3C").status_code == 200
    with database.writing() as session:
        counter = session.scalars(select(SignInCounter).order_by(SignInCounter.id.desc())).first()
        assert counter is not None
        counter.failures = LOOK_UPS_A_DAY
        session.commit()
    stopped = client.get(f"{page}?handle=A2-B3C")
    assert stopped.status_code == 429
    assert "60 handles today" in stopped.text
    assert client.get(page).status_code == 200
