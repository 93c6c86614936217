"""A link instead of a password: for mediators, once, within the hour, and nobody learns who has one."""

from __future__ import annotations

import re
import statistics
import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.mail.messages import write_letter
from roster.models import (
    Account,
    AuditEvent,
    Link,
    Mediator,
    OutboxMessage,
    RoleGrant,
    WebSession,
)
from roster.services.sign_in import PER_CLIENT
from roster.services.sign_in_links import PER_ADDRESS
from roster.wording import LANGUAGES
from tests import factories
from tests.access_world import dump
from tests.roster.web.browser import (
    is_signed_in,
    make_account,
    read_token,
    sign_in_as,
    stored_password,
    with_key,
)

pytestmark = pytest.mark.usefixtures("early_in_a_window")

SAMPLES = 20


def add_account(database: Database, **values: Any) -> tuple[int, str]:
    """A mediator's account: its id and address."""
    with database.writing() as session:
        woman = factories.add_mediator(session)
        account = factories.add_account(session, "mediator", mediator=woman, **values)
        session.commit()
        return account.id, account.email


def ask(client: FlaskClient, email: str) -> TestResponse:
    token = read_token(client.get("/sign-in/link"))
    return client.post("/sign-in/link", data={"csrf_token": token, "email": email})


def list_sent(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def strip(response: TestResponse) -> tuple[int, str, tuple[str, ...]]:
    body = re.sub(r'name="csrf_token" value="[^"]+"', "", response.text)
    return response.status_code, body, tuple(sorted(response.headers.keys()))


def test_the_sign_in_page_leads_there(client: FlaskClient) -> None:
    assert 'href="/sign-in/link"' in client.get("/sign-in").text


def test_one_link_goes_to_her_own_address_and_signs_her_in_once(
    app: Flask, database: Database
) -> None:
    account_id, email = add_account(database, language="fr", password_hash=stored_password())
    add_account(database)
    open_elsewhere = sign_in_as(app, email)
    assert ask(app.test_client(), f"  {email.upper()} ").status_code == 200
    [message] = list_sent(database)
    assert (message.template, message.language, message.recipient) == ("sign_in", "fr", email)
    assert set(message.values) == {"path"}
    path, client = message.values["path"], app.test_client()
    assert client.get(path).status_code == 200
    assert not is_signed_in(client)
    entered = client.post(path)
    assert (entered.status_code, entered.location) == (303, "/me")
    assert client.get("/me").status_code == 200
    assert is_signed_in(open_elsewhere)
    assert app.test_client().post(path).status_code == 410
    with database.reading() as session:
        rows = session.execute(
            select(AuditEvent.action, AuditEvent.actor, AuditEvent.detail)
            .where(AuditEvent.subject_kind == "account")
            .order_by(AuditEvent.id)
        ).all()
        sessions = session.scalar(select(func.count()).select_from(WebSession))
    her = f"account:{account_id}"
    assert ([tuple(row) for row in rows[1:]], sessions) == (
        [("sign_in_link.sent", "anonymous", {}), ("sign_in", her, {"by": "link"})],
        2,
    )


def test_the_key_from_before_is_worth_nothing_after(app: Flask, database: Database) -> None:
    _, email = add_account(database)
    client = app.test_client()
    ask(client, email)
    cookie = client.get_cookie("session_key")
    assert cookie is not None
    client.post(list_sent(database)[0].values["path"])
    assert is_signed_in(client)
    assert not is_signed_in(with_key(app, cookie.value))


def make_kinds(app: Flask, database: Database) -> dict[str, str]:
    """Addresses that get no link, by why; and one that gets it."""
    kinds = {
        kind: add_account(database)[1] for kind in ("known", "closed", "died", "staff", "throttled")
    }
    with database.writing() as session:
        by_email = {one.email: one for one in session.scalars(select(Account))}
        by_email[kinds["closed"]].is_active = False
        session.add(RoleGrant(account_id=by_email[kinds["staff"]].id, role="envoy"))
        died = by_email[kinds["died"]]
        session.connection().exec_driver_sql(
            f"UPDATE mediator SET state = 'deceased' WHERE id = {died.mediator_id}"
        )
        session.commit()
    for _ in range(PER_ADDRESS + 1):
        ask(app.test_client(), kinds["throttled"])
    return {
        **kinds,
        "coordinator": make_account(database, "coordinator", network="nwm")[1],
        "envoy": make_account(database, "envoy")[1],
        "unknown": "nobody@example.org",
    }


def test_every_address_gets_the_same_answer_after_the_same_time_and_one_a_message(
    app: Flask, database: Database
) -> None:
    kinds = make_kinds(app, database)
    sent = len(list_sent(database))
    client = app.test_client()
    token = read_token(client.get("/sign-in/link"))
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers = set()
    for sample in range(SAMPLES):
        for kind, email in kinds.items():
            # no kind may run into the limit but the one that has
            with clock.shifted(timedelta(0) if kind == "throttled" else timedelta(hours=sample)):
                began = time.process_time()
                form = {"csrf_token": token, "email": email}
                answer = client.post("/sign-in/link", data=form)
                spent[kind].append(time.process_time() - began)
            answers.add(strip(answer))
    assert len(answers) == 1
    assert {one.recipient for one in list_sent(database)[sent:]} == {kinds["known"]}
    medians = {kind: statistics.median(times) for kind, times in spent.items()}
    middle = statistics.median(medians.values())
    assert {kind: m for kind, m in medians.items() if abs(m / middle - 1) > 0.25} == {}
    ranked = {kind: _rank(spent["unknown"], times) for kind, times in spent.items()}
    assert {kind: rank for kind, rank in ranked.items() if not 0.15 <= rank <= 0.85} == {}


def _rank(first: list[float], second: list[float]) -> float:
    """Share of pairs in which the first took longer: 0.5 where they cannot be told apart."""
    pairs = [(a > b) + (a == b) / 2 for a in first for b in second]
    return sum(pairs) / len(pairs)


def test_what_is_written_for_nobody_is_taken_back_and_the_trail_goes_on(
    app: Flask, database: Database
) -> None:
    _, email = add_account(database)
    before = dump(database)
    assert ask(app.test_client(), "nobody@example.org").status_code == 200
    assert dump(database) == before
    ask(app.test_client(), email)
    with database.reading() as session:
        assert session.scalars(select(AuditEvent.action)).all() == ["sign_in_link.sent"]
        assert len(session.scalars(select(Link)).all()) == 1


@pytest.mark.parametrize("email", ["", "no address", "a@b@c", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said_so_and_kept(
    client: FlaskClient, database: Database, email: str
) -> None:
    before = dump(database)
    answer = ask(client, email)
    assert (answer.status_code, f'value="{email}"' in answer.text) == (422, email != "")
    assert dump(database) == before


def test_three_links_in_a_quarter_of_an_hour_and_the_password_still_works(
    app: Flask, database: Database
) -> None:
    _, email = add_account(database, password_hash=stored_password())
    for _ in range(PER_ADDRESS + 8):
        assert ask(app.test_client(), email).status_code == 200
    assert len(list_sent(database)) == PER_ADDRESS
    sign_in_as(app, email)
    with clock.shifted(timedelta(minutes=15)):
        ask(app.test_client(), email)
    assert len(list_sent(database)) == PER_ADDRESS + 1


def test_one_client_cannot_ask_for_many(app: Flask, database: Database) -> None:
    _, email = add_account(database)
    client = app.test_client()
    token = read_token(client.get("/sign-in/link"))
    for number in range(PER_CLIENT):
        form = {"csrf_token": token, "email": f"nobody{number}@example.org"}
        assert client.post("/sign-in/link", data=form).status_code == 200
    ask(client, email)
    assert list_sent(database) == []


def test_who_was_closed_or_made_staff_since_is_not_signed_in(
    app: Flask, database: Database
) -> None:
    for change in ("closed", "staff"):
        account_id, email = add_account(database)
        ask(app.test_client(), email)
        path = list_sent(database)[-1].values["path"]
        with database.writing() as session:
            account = session.get_one(Account, account_id)
            if change == "closed":
                account.is_active = False
            else:
                account.grants.append(RoleGrant(role="auditor"))
            session.commit()
        client = app.test_client()
        assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]
        assert not is_signed_in(client)


def test_who_has_just_left_signs_in_to_take_it_back_and_sees_nothing_else(
    app: Flask, database: Database
) -> None:
    account_id, email = add_account(database)
    with database.writing() as session:
        woman = session.get_one(Account, account_id).mediator_id
        session.get_one(Mediator, woman).state = "withdrawn"
        session.commit()
    client = app.test_client()
    ask(client, email)
    assert client.post(list_sent(database)[0].values["path"]).status_code == 303
    for page in ("/me", "/me/details", "/me/hide-link"):
        assert client.get(page).location == "/me/leave", page
    assert client.get("/me/leave").status_code == 200


def test_the_letter_is_neutral_and_its_link_stands_on_the_configured_host(
    app: Flask, database: Database
) -> None:
    _, email = add_account(database)
    client = app.test_client()
    evil = "http://evil.example"
    token = read_token(client.get("/sign-in/link", base_url=evil))
    form = {"csrf_token": token, "email": email}
    assert client.post("/sign-in/link", data=form, base_url=evil).status_code == 200
    [message] = list_sent(database)
    assert message.due_at <= clock.now()
    for language in LANGUAGES:
        letter = write_letter(
            template=message.template,
            language=language,
            recipient=message.recipient,
            values=message.values,
            message_id=message.message_id,
            base_url="https://roster.example",
        )
        assert letter.text.count("https://") == 1
        assert f"https://roster.example{message.values['path']}\n" in letter.text
        words = f"{letter.subject} {letter.text}".casefold().replace("roster.example", "")
        for word in ("mediat", "roster", "network", "sign in", "password", "evil"):
            assert word not in words
        assert factories.find_canaries(words) == set()
