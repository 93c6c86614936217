"""Who looked at her: every look by every kind of account, by day, a kind and never a name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Account, Mediator, ReadEvent, Record, RoleGrant
from roster.permissions import Actor
from roster.queries.mediators import count_looks, list_looks
from tests import factories
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_mirror import enter


def look(database: Database, account_id: int | None, her: int, what: str, ago: timedelta) -> None:
    with database.writing() as session:
        at = clock.now().replace(hour=12, minute=0) - timedelta(days=1) - ago
        session.add(ReadEvent(at=at, account_id=account_id, mediator_id=her, what=what))
        session.commit()


@pytest.fixture
def women(database: Database) -> tuple[int, int]:
    """She and another, whose looks must not be told to her."""
    with database.writing() as session:
        pair = (
            factories.add_mediator(session, time_zone="Pacific/Apia").id,
            factories.add_mediator(session).id,
        )
        session.commit()
    return pair


def test_a_reader_of_two_roles_is_one_look_of_the_right_kind(
    database: Database, women: tuple[int, int]
) -> None:
    her, other = women
    both, _ = make_account(database, "coordinator", network="nwm")
    with database.writing() as session:
        session.add(RoleGrant(account_id=both, role="envoy"))
        session.add(RoleGrant(account_id=both, role="coordinator", network_code="awmn"))
        own = factories.add_account(session, "mediator", mediator=session.get_one(Mediator, her)).id
        session.commit()
    auditor, _ = make_account(database, "auditor")
    for hours, (account, what) in enumerate(
        [(both, "record"), (both, "record"), (both, "card"), (both, "contact"),
         (auditor, "record"), (None, "record"), (own, "record")]
    ):  # fmt: skip
        look(database, account, her, what, timedelta(days=hours * 2))
        look(database, account, other, what, timedelta(days=hours * 2))
    look(database, both, her, "record", timedelta(seconds=1))

    herself = Actor("account", account_id=own, mediator_id=her)
    with database.reading() as session:
        looks = list_looks(session, actor=herself, mediator_id=her, limit=50)
        count = count_looks(session, actor=herself, mediator_id=her)
        second = list_looks(session, actor=herself, mediator_id=her, limit=2, offset=2)
    assert [(one.kind, one.times) for one in looks] == [
        ("coordinator_record", 2), ("coordinator_record", 1), ("envoy_card", 1),
        ("coordinator_contact", 1), ("other", 1), ("other", 1),
    ]  # fmt: skip
    assert (count, second) == (len(looks), looks[2:4])


def test_her_looks_are_paged_and_told_by_the_day_of_her_own_calendar(
    app: Flask, database: Database, women: tuple[int, int]
) -> None:
    her, other = women
    envoy, _ = make_account(database, "envoy", office="Office of Somewhere")
    coordinator, _ = make_account(database, "coordinator", network="nwm")
    for days in range(60):
        look(database, envoy, her, "card", timedelta(days=days))
    look(database, coordinator, other, "record", timedelta(0))
    client = enter(app, database, her)
    pages = [client.get(f"/me/looks?page={number}").text for number in ("1", "2", "7", "x")]
    counts = [page.count("saw your card, without your name") for page in pages]
    assert counts == [50, 10, 10, 50]
    assert all("Somewhere" not in page and "opened your profile" not in page for page in pages)
    [newest, *_] = re.findall(r"<h2>(.*?)</h2>", pages[0])
    local = clock.now()  # noon of yesterday in universal time is past midnight in Apia
    assert f"{local.day} {local:%B} {local.year}" in newest


def test_every_page_that_shows_her_record_is_a_look_even_a_refused_form(
    app: Flask, database: Database, women: tuple[int, int]
) -> None:
    her, _ = women
    _, email = make_account(database, "coordinator", network="nwm")
    coordinator = sign_in_as(app, email)
    with database.reading() as session:
        number = session.scalars(
            select(Record.id).where(Record.mediator_id == her, Record.network_code == "nwm")
        ).one()
    noted = []
    for path in ("", "/edit", "/availability"):
        assert coordinator.get(f"/people/{number}{path}").status_code == 200
        noted.append(count_events(database))
    refused = post_form(coordinator, f"/people/{number}/edit", page="/people", display_name="")
    noted.append(count_events(database))
    assert refused.status_code == 400
    assert noted == [[her] * n for n in (1, 2, 3, 4)]


def count_events(database: Database) -> list[int]:
    """Whom the read log names, once for each event of a coordinator."""
    with database.reading() as session:
        events = select(ReadEvent.mediator_id).join(Account, Account.id == ReadEvent.account_id)
        return list(session.scalars(events))
