"""T1 to T4 of the trust design, for every kind of link that is hers."""

from __future__ import annotations

import itertools
import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.encryption import keyring
from roster.models import Account, AuditEvent, Link, Mediator, Record, WebSession
from roster.permissions import Actor
from roster.services.links import LIVES, PATHS, end_links
from roster.services.profiles import change_own_record
from roster.services.records import RecordChange
from roster.settings import Settings
from tests import factories
from tests.access_world import dump
from tests.roster.web.link_pages import DONE, PRESS, add_links, add_woman, find_link

SCANNERS = (
    "Mozilla/5.0 (compatible; SafeLinks)",
    "BarracudaLinkProtect/1.0",
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Proofpoint",
    "curl/8.5",
)
ONCE = ("invitation", "renewal", "sign_in")
"""Kinds of links that a press spends."""


@pytest.fixture
def woman(database: Database) -> int:
    """A woman with links of every kind, beside another who has as many."""
    with database.writing() as session:
        other = add_woman(session)
        add_links(session, other)
        her = add_woman(session, time_zone="Asia/Kathmandu")
        session.commit()
        return her.id


@pytest.fixture
def paths(database: Database, woman: int) -> dict[str, str]:
    with database.writing() as session:
        made = add_links(session, session.get_one(Mediator, woman))
        session.commit()
        return made


@pytest.mark.parametrize("purpose", ONCE)
def test_of_twenty_presses_at_once_in_four_workers_exactly_one_succeeds(
    settings: Settings, database: Database, paths: dict[str, str], purpose: str
) -> None:
    workers = [create_app(settings, Database(settings.database_url)) for _ in range(4)]
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(AuditEvent))

    def press(number: int) -> int:
        client = workers[number % 4].test_client()
        return client.post(paths[purpose], data=PRESS[purpose]).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(press, range(20)))
    statuses.append(press(20))
    for worker in workers:
        worker.extensions["database"].dispose()
    assert statuses == [DONE[purpose]] + [410] * 20
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == (before or 0) + 1


@pytest.mark.parametrize("purpose", DONE)
def test_scanners_open_a_link_as_often_as_they_like_and_her_press_still_works(
    client: FlaskClient, database: Database, paths: dict[str, str], purpose: str
) -> None:
    before = dump(database)
    for agent, method in itertools.product(SCANNERS, ("HEAD", *["GET"] * 5)):
        shown = client.open(paths[purpose], method=method, headers={"User-Agent": agent})
        assert (shown.status_code, "Set-Cookie" in shown.headers) == (200, False)
    assert dump(database) == before
    assert client.post(paths[purpose], data=PRESS[purpose]).status_code == DONE[purpose]


def test_a_token_opens_its_own_page_only_and_to_the_last_bit(
    client: FlaskClient, database: Database, paths: dict[str, str]
) -> None:
    before = dump(database)
    for purpose, path in paths.items():
        token = path.rpartition("/")[2]
        flipped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
        wrong = [PATHS[other] + token for other in PATHS if other != purpose]
        for bad in [*wrong, PATHS[purpose] + flipped, path.lower(), f"{path}A", path[:-1]]:
            assert client.get(bad).status_code == 410, (purpose, bad[:3])
            for answer in PRESS.values():
                status = client.post(bad, data=answer).status_code
                assert status in (410, 422), (purpose, bad[:3])
    assert dump(database) == before


@pytest.mark.parametrize("purpose", DONE)
def test_a_link_lives_to_its_last_minute_and_not_one_longer(
    client: FlaskClient, paths: dict[str, str], purpose: str
) -> None:
    minute = timedelta(minutes=1)
    with clock.shifted(LIVES[purpose] + minute):
        assert client.get(paths[purpose]).status_code == 410
        assert client.post(paths[purpose], data=PRESS[purpose]).status_code == 410
    with clock.shifted(-minute):
        assert client.get(paths[purpose]).status_code == 200
    with clock.shifted(LIVES[purpose] - minute):
        assert client.get(paths[purpose]).status_code == 200


@pytest.mark.parametrize("purpose", DONE)
def test_a_newer_link_ends_the_older_and_those_of_others_stay(
    client: FlaskClient, database: Database, paths: dict[str, str], woman: int, purpose: str
) -> None:
    with database.writing() as session:
        other = factories.add_mediator(session)
        factories.add_account(session, "mediator", mediator=other)
        others = add_links(session, other)
        newer = add_links(session, session.get_one(Mediator, woman))
        session.commit()
    assert client.post(paths[purpose], data=PRESS[purpose]).status_code == 410
    for path in (newer[purpose], others[purpose]):
        assert client.post(path, data=PRESS[purpose]).status_code == DONE[purpose]


@pytest.mark.parametrize("state", ["withdrawn", "deceased", "merged"])
def test_after_she_has_left_no_link_does_anything(
    client: FlaskClient, database: Database, paths: dict[str, str], woman: int, state: str
) -> None:
    with database.writing() as session:
        session.get_one(Mediator, woman).state = state
        end_links(session, Link.mediator_id == woman, purpose="sign_in")
        session.commit()
    before = dump(database)
    for purpose in DONE:
        assert client.get(paths[purpose]).status_code == 410, purpose
        assert client.post(paths[purpose], data=PRESS[purpose]).status_code in (410, 422), purpose
    assert dump(database) == before


def test_after_her_row_is_gone_no_link_does_anything(
    client: FlaskClient, database: Database, paths: dict[str, str], woman: int
) -> None:
    with database.writing() as session:
        session.execute(text("DELETE FROM account WHERE mediator_id = :her"), {"her": woman})
        session.execute(text("DELETE FROM mediator WHERE id = :her"), {"her": woman})
        session.commit()
    for purpose in DONE:
        assert client.get(paths[purpose]).status_code == 410
        assert client.post(paths[purpose], data=PRESS[purpose]).status_code == 410


def test_when_her_address_changes_what_was_mailed_to_the_old_one_ends(
    client: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        record = session.scalars(
            select(Record).where(Record.mediator_id == woman.id, Record.network_code.is_(None))
        ).one()
        factories.add_account(session, "mediator", mediator=woman)
        paths = add_links(session, woman)
        session.execute(text("DELETE FROM account"))  # her own record's address is hers again
        change_own_record(
            session,
            actor=Actor("account", mediator_id=woman.id),
            mediator_id=woman.id,
            expected_version=record.version,
            change=RecordChange(
                identity={"display_name": "Ida", "email": "new@example.org"},
                membership={},
                entries=(),
                fields=frozenset(),
            ),
        )
        session.commit()
        states = session.execute(text("SELECT DISTINCT state FROM outbox_message")).scalars().all()
    assert states == ["cancelled"]
    assert {purpose: client.get(path).status_code for purpose, path in paths.items()} == {
        "invitation": 410,
        "renewal": 410,
        "consent": 410,
        "sign_in": 410,
        "hide": 200,
    }


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es", "pt", "sw"])
def test_a_page_behind_a_link_shows_nothing_of_her_in_any_language_and_is_light(
    client: FlaskClient, paths: dict[str, str], language: str
) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    for purpose in DONE:
        shown = client.get(f"{paths[purpose]}?language={language}")
        assert f'<html lang="{language}" dir="{direction}"' in shown.text, purpose
        assert shown.text.count("?language=") == 5
        assert factories.find_canaries(shown.text) == set()
        for word in ("nwm", "Nordic", "Roster", "mediator", "example.org"):
            assert word not in re.sub(r'class="[^"]*"', "", shown.text), (purpose, word)
        assert len(shown.data) < 7_500, purpose
        assert "<script" not in shown.text and "style=" not in shown.text
        headers = ("Cache-Control", "Referrer-Policy")
        assert [shown.headers[name] for name in headers] == ["no-store", "no-referrer"]


def test_a_token_is_stored_as_a_digest_and_stands_in_no_log(
    app: Flask, database: Database, paths: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = {purpose: path.rpartition("/")[2] for purpose, path in paths.items()}
    with database.reading() as session:
        for purpose, token in tokens.items():
            assert find_link(session, purpose).token_digest == keyring().seal(token)
    stored = repr(dump(database))
    for purpose in DONE:
        client = app.test_client()
        client.get(paths[purpose])
        client.post(paths[purpose], data=PRESS[purpose])
        client.post(paths[purpose], data={"answer": "nonsense"})
    spoken = "".join(f"{one.getMessage()} {one.args}" for one in caplog.records)
    for token in tokens.values():
        assert token not in stored and token not in spoken


def test_only_an_invitation_and_a_sign_in_link_open_a_session(
    app: Flask, database: Database, paths: dict[str, str]
) -> None:
    opened = {}
    for purpose in DONE:
        client = app.test_client()
        answer = client.post(paths[purpose], data=PRESS[purpose])
        opened[purpose] = "Set-Cookie" in answer.headers, client.get("/me").status_code
    assert opened == {
        "invitation": (True, 200),
        "renewal": (False, 303),
        "hide": (False, 303),
        "sign_in": (True, 200),
    }
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(WebSession)) == 2
        assert session.scalar(select(func.count()).select_from(Account)) == 2
