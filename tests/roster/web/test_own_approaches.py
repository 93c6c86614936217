"""Her inbox: what she is told, her answer, questions, and the link that shows nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from roster.db import Database
from roster.models import (
    Account,
    Approach,
    Consent,
    Declaration,
    Link,
    MatchRequest,
    Mediator,
    OutboxMessage,
)
from roster.queries.accounts import get_actor
from roster.services.approach_questions import list_messages, reply_to_question
from roster.services.invitations import find_account
from tests import factories
from tests.access_world import dump
from tests.approach_factories import TERMS, Office, add_french, add_office, ask, get_approach
from tests.roster.web.browser import post_form, sign_in_as, stored_password

TOLD = tuple(str(TERMS[name]) for name in ("who", "purpose", "effort"))


@pytest.fixture
def asked(database: Database) -> tuple[int, str, str]:
    """She and another woman are asked: her id, her approach's code, the path of her link."""
    with database.writing() as session:
        her, other = (add_french(session) for _ in range(2))
        session.execute(update(Declaration).values(covers=["SDN"]))
        for woman in (her, other):
            factories.add_account(
                session, "mediator", mediator=woman, password_hash=stored_password()
            )
        office: Office = add_office(session, parties=[{"country": "SDN", "stance": "party"}])
        ask(session, office, [her.id, other.id])
        code = get_approach(session, office, her.id).code
        mail = session.scalars(
            select(OutboxMessage).where(OutboxMessage.mediator_id == her.id)
        ).one()
        session.commit()
        return her.id, code, str(mail.values["path"])


@pytest.fixture
def inside(app: Flask, database: Database, asked: tuple[int, str, str]) -> FlaskClient:
    with database.reading() as session:
        account = find_account(session, asked[0])
    assert account is not None
    return sign_in_as(app, account.email)


def read_version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]


def press(client: FlaskClient, code: str, tail: str = "", **values: Any) -> Any:
    here = f"/me/approaches/{code}"
    version = read_version(client.get(here).text)
    return post_form(client, here + tail, page=here, version=version, **values)


def get_states(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Approach.state).order_by(Approach.id)))


def test_she_reads_who_asks_for_what_and_says_yes_with_the_fields_she_ticks(
    inside: FlaskClient, database: Database, asked: tuple[int, str, str]
) -> None:
    _, code, _ = asked
    here = f"/me/approaches/{code}"
    assert "One question waits for your answer." in inside.get("/me").text
    listed = inside.get("/me/approaches").text
    assert TOLD[0] in listed and f"{here}/read" in listed
    before = dump(database)
    page = inside.get(here).text
    assert dump(database) == before
    assert all(word in page for word in (*TOLD, "Sudan"))
    assert len(page.encode()) < 30_000 and "<script" not in page
    assert post_form(inside, f"{here}/read", page="/me/approaches").status_code == 303
    assert sorted(get_states(database)) == ["seen", "sent"]
    assert press(inside, code, answer="yes").status_code == 422
    answered = press(inside, code, answer="yes", ties="none", allows=["phone", "email"])
    assert answered.status_code == 303, answered.text
    with database.reading() as session:
        approach = session.scalars(select(Approach).where(Approach.code == code)).one()
        naming = session.scalars(select(Consent).where(Consent.purpose == "naming")).all()
    assert (approach.state, approach.allows) == ("yes", ["display_name", "email", "phone"])
    assert [one.mediator_id for one in naming] == [approach.mediator_id]
    assert press(inside, code, "/withdraw").status_code == 303
    assert sorted(get_states(database)) == ["sent", "withdrawn"]


def test_a_new_tie_leads_to_her_declaration_and_says_nothing_yet(
    inside: FlaskClient, database: Database, asked: tuple[int, str, str]
) -> None:
    led = press(inside, asked[1], answer="yes", ties="some")
    assert (led.status_code, led.headers["Location"]) == (303, "/me/declaration")
    assert get_states(database) == ["sent", "sent"]


def test_questions_and_answers_go_both_ways_and_she_is_told_neutrally(
    inside: FlaskClient, database: Database, asked: tuple[int, str, str]
) -> None:
    her, code, _ = asked
    assert press(inside, code, "/question", text="Where do we sleep?").status_code == 303
    with database.writing() as session:
        approach = session.scalars(select(Approach).where(Approach.code == code)).one()
        request = session.get_one(MatchRequest, approach.request_id)
        envoy = get_actor(session.get_one(Account, request.account_id))
        reply_to_question(
            session,
            actor=envoy,
            approach_id=approach.id,
            expected_version=approach.version,
            text="In a guarded house.",
        )
        session.commit()
        said = [(one.is_hers, one.text) for one in list_messages(session, approach.id)]
        mails = session.scalars(
            select(OutboxMessage.template).where(OutboxMessage.mediator_id == her)
        ).all()
    assert said == [(True, "Where do we sleep?"), (False, "In a guarded house.")]
    assert sorted(mails) == ["approach", "approach_question"]
    assert "In a guarded house." in inside.get(f"/me/approaches/{code}").text


def test_nobody_else_opens_or_answers_it(
    app: Flask, database: Database, asked: tuple[int, str, str]
) -> None:
    with database.reading() as session:
        other = session.scalars(select(Mediator.id).where(Mediator.id != asked[0])).one()
        account = find_account(session, other)
    assert account is not None
    client, here = sign_in_as(app, account.email), f"/me/approaches/{asked[1]}"
    assert client.get(here).status_code == 404
    answer = {"answer": "no", "version": 1}
    assert post_form(client, here, page="/me", **answer).status_code == 404
    assert get_states(database) == ["sent", "sent"]


def test_the_link_shows_nothing_takes_one_answer_and_never_a_yes(
    app: Flask, database: Database, asked: tuple[int, str, str]
) -> None:
    client, path = app.test_client(), asked[2]
    before = dump(database)
    shown = client.get(path)
    assert (shown.status_code, "Set-Cookie" in shown.headers) == (200, False)
    assert dump(database) == before
    assert not any(word in shown.text for word in TOLD)
    assert factories.find_canaries(shown.text) == set()
    assert client.post(path, data={"answer": "yes"}).status_code == 422
    assert client.post(path, data={"answer": "question"}).status_code == 422
    assert dump(database) == before
    assert client.post(path, data={"answer": "no"}).status_code == 200
    assert sorted(get_states(database)) == ["no", "sent"]
    assert client.post(path, data={"answer": "later"}).status_code == 410
    assert sorted(get_states(database)) == ["no", "sent"]
    with database.reading() as session:
        links = session.scalars(select(Link).where(Link.purpose == "approach")).all()
    assert sorted(link.used_at is None for link in links) == [False, True]
    assert {(link.ends_at - link.created_at).days for link in links} == {14}
