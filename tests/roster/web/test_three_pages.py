"""Three pages behind her link, and what follows from them at the next request."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import (
    Account,
    Availability,
    Consent,
    Declaration,
    Record,
)
from tests import factories
from tests.answer_factories import PURPOSES
from tests.roster.web.browser import session_key, sign_in_as, with_key
from tests.roster.web.her_pages import Invited, find_women, inside, invited, post, walk_three_pages

__all__ = ["inside", "invited"]


def test_three_pages_and_she_can_be_found_by_what_she_can_do(
    inside: FlaskClient, database: Database, invited: Invited
) -> None:
    walk_three_pages(inside)

    with database.reading() as session:
        own = session.scalars(select(Record).where(Record.network_code.is_(None))).one()
        entries = sorted((e.field, e.code, e.source, int(e.grade)) for e in own.entries)
        assert (
            own.identity.display_name
            == f"Invented {factories.canary('display_name', invited.record_id)}"
        )
        spoken = {e.code: e.detail for e in own.entries if e.field == "language"}
        consents = set(session.scalars(select(Consent.purpose)))
        said = session.scalars(select(Availability)).one()
        declared = session.scalars(select(Declaration)).one()
    assert entries == [
        ("biography", "", "self", 1),
        ("language", "eng", "self", 1),
        ("language", "fra", "self", 1),
        ("nationality", "NOR", "self", 1),
        ("place", "KEN", "self", 1),
        ("theme", "ceasefire", "self", 1),
    ]
    assert spoken == {
        "eng": {"speaking": "C1", "listening": "C1"},
        "fra": {"word": "courant", "speaking": "C1", "listening": "C1"},
    }
    assert consents == set(PURPOSES)
    assert (said.status, said.notice_days, said.confirmed_by) == ("available", 7, "self")
    assert (declared.interests, "SDN" in declared.covers) == ([], True)
    assert find_women(database) == {invited.mediator_id}


def test_without_her_consent_she_is_invisible_and_asked_nothing_of_her_time(
    inside: FlaskClient, database: Database, invited: Invited
) -> None:
    walk_three_pages(inside, purposes=("membership_file",))

    assert find_women(database) == set()
    assert "Nobody can find you" in inside.get("/me/start/done").text
    with database.reading() as session:
        assert session.scalars(select(Availability)).all() == []


def test_withdrawing_and_hiding_act_at_the_next_request(
    inside: FlaskClient, database: Database, invited: Invited
) -> None:
    walk_three_pages(inside)
    found = []
    for page, to, values in [
        ("/me/consents", "", {"purposes": ["membership_file", "matching"], "safety_class": "2"}),
        ("/me/consents", "", {"purposes": list(PURPOSES), "safety_class": "2"}),
        ("/me", "/me/hide", {}),
        ("/me", "/me/show", {}),
        ("/me/consents", "", {"purposes": list(PURPOSES), "safety_class": "3"}),
    ]:
        assert post(inside, page, to, **values).status_code == 303
        found.append(find_women(database))

    her = {invited.mediator_id}
    assert found == [set(), her, set(), her, set()]


def test_a_first_password_lets_her_sign_in_and_ends_the_session_of_the_link(
    app: Flask, inside: FlaskClient, database: Database
) -> None:
    walk_three_pages(inside)
    old_key = session_key(inside)
    word = "seven lanterns by the water"
    short = post(inside, "/me/start/done", "/me/start/password", new="short", again="short")
    assert short.status_code == 422
    chosen = post(inside, "/me/start/done", "/me/start/password", new=word, again=word)
    assert chosen.location == "/me"

    with database.reading() as session:
        email = session.scalars(select(Account)).one().email
    assert sign_in_as(app, email, word).get("/me").status_code == 200
    assert with_key(app, old_key).get("/me").status_code == 303
    assert inside.get("/me").status_code == 200
