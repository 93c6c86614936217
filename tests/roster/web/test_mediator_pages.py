"""Her own pages, as a browser sees them: what she says is kept, seen and shown as she left it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from roster import clock
from roster.db import Database
from roster.models import (
    Availability,
    Declaration,
    ReadEvent,
    Record,
)
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as
from tests.roster.web.her_pages import (
    STATED,
    Invited,
    dump,
    inside,
    invited,
    post,
    walk_three_pages,
)

__all__ = ["inside", "invited"]

HEAVIEST_PAGE = 24_000
"""Bytes of a page before compression: with the sheet (5 kB compressed) under 30 kB in all."""


def test_renewal_from_her_home_takes_one_press(inside: FlaskClient, database: Database) -> None:
    walk_three_pages(inside)
    with clock.shifted(timedelta(minutes=20)):
        assert post(inside, "/me", "/me/availability/renew", answer="same").status_code == 303

    with database.reading() as session:
        old, new = session.scalars(select(Availability).order_by(Availability.id)).all()
    assert (old.superseded_at, new.superseded_at is None) == (new.confirmed_at, True)
    assert new.valid_until >= old.valid_until


def test_two_open_pages_the_second_is_told(inside: FlaskClient, database: Database) -> None:
    walk_three_pages(inside)
    shown = inside.get("/me/availability")
    version = re.search(r'name="version" value="(\d+)"', shown.text)
    assert version
    first, second = (
        inside.post(
            "/me/availability",
            data={"csrf_token": read_token(shown), "version": version[1], **STATED, **values},
        )
        for values in ({"days_per_month": "4"}, {"days_per_month": "9"})
    )

    assert (first.status_code, second.status_code) == (303, 409)
    with database.reading() as session:
        current = select(Availability.days_per_month).where(Availability.superseded_at.is_(None))
        assert session.scalars(current).all() == [4]


def test_nothing_she_typed_is_lost_when_something_must_be_mended(inside: FlaskClient) -> None:
    typed = {
        "display_name": "Ingrid Ny",
        "original_name": "إنغريد",
        "phone": "+000 12 34",
        "nationality": "Norway, Atlantis",
        "place": "كينيا، Colombia",
        "languages-0-language": "Français",
        "languages-0-level": "B2",
        "languages-1-language": "Klingonese",
        "theme": ["ceasefire", "youth"],
        "biography": "Two lines\nof text",
    }
    sent = post(inside, "/me/details", **typed)

    assert sent.status_code == 422
    for value in ("Ingrid Ny", "إنغريد", "Norway, Atlantis", "Klingonese", "of text"):
        assert value in sent.text
    assert sent.text.count('aria-invalid="true"') == 2

    mended = {**typed, "nationality": "Norway", "languages-1-language": "arabe"}
    saved = post(inside, "/me/details", do="save", **mended)
    assert saved.location == "/me/details"
    again = inside.get("/me/details").text
    for value in ("Ingrid Ny", "Colombia, Kenya", "Arabic", "of text"):
        assert value in again, value


def test_her_own_words_stand_beside_her_networks_record(
    inside: FlaskClient, database: Database, invited: Invited
) -> None:
    walk_three_pages(inside)
    post(inside, "/me/details", do="save", display_name="Ingrid Ny", theme=["youth"])

    with database.reading() as session:
        rows = session.execute(
            text(
                "SELECT r.network_code, e.code FROM entry e JOIN record r ON r.id = e.record_id"
                " WHERE e.field = 'theme' ORDER BY r.network_code IS NULL, e.code"
            )
        ).all()
        name = session.get_one(Record, invited.record_id).identity.display_name
    assert [tuple(row) for row in rows] == [("nwm", "ceasefire"), (None, "youth")]
    assert name != "Ingrid Ny"


def test_an_interest_she_declares_is_kept_sealed_with_its_years(
    inside: FlaskClient, database: Database
) -> None:
    post(
        inside,
        "/me/declaration",
        **{
            "ties-0-kind": "office",
            "ties-0-country": "Sudan",
            "ties-0-first_year": "2015",
            "ties-0-last_year": "2019",
        },
    )

    with database.reading() as session:
        declared = session.scalars(select(Declaration)).one()
    assert declared.interests == [
        {
            "kind": "office",
            "country": "SDN",
            "party": None,
            "started_on": "2015-01-01",
            "ended_on": "2019-12-31",
        }
    ]


def test_her_card_names_nobody_and_no_country(inside: FlaskClient) -> None:
    walk_three_pages(inside)
    shown = inside.get("/me/card").text
    card = re.search(r'<dl class="led">.*?</dl>', shown, re.S)

    assert card is not None
    assert factories.find_canaries(shown) == set()
    for hidden in ("Norway", "Kenya", "Nordic", str(date.today().day)):
        assert hidden not in re.sub(r"<[^>]+>", " ", card[0]), hidden
    for seen in ("Ceasefire", "C1", "Eastern Africa"):
        assert seen in card[0], seen


def test_who_looked_is_said_by_kind_and_never_by_name(
    inside: FlaskClient, database: Database, invited: Invited
) -> None:
    with database.writing() as session:
        envoy = factories.add_account(session, "envoy", office="Office of Somewhere")
        coordinator = factories.add_account(session, "coordinator", network="nwm")
        for account, what in ((envoy, "card"), (coordinator, "record"), (coordinator, "record")):
            session.add(
                ReadEvent(
                    at=clock.now(),
                    account_id=account.id,
                    mediator_id=invited.mediator_id,
                    what=what,
                )
            )
        names = {envoy.display_name, coordinator.display_name, "Office of Somewhere"}
        session.commit()

    shown = inside.get("/me").text
    assert shown.count("An envoy’s office saw your card, without your name.") == 1
    assert shown.count("Your coordinator opened your profile.") == 1
    assert not any(name in shown for name in names)


OWN_PAGES = [
    "/me",
    "/me/card",
    "/me/consents",
    "/me/details",
    "/me/hide-link",
    "/me/availability",
    "/me/declaration",
    "/me/looks",
    "/me/card?viewer=public",
    "/me/card?viewer=coordinator",
    "/me/shortlists",
    "/me/records",
    "/me/start/record",
    "/me/start/consents",
    "/me/start/availability",
    "/me/start/done",
]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_her_pages_are_light_change_nothing_and_need_no_script(
    inside: FlaskClient, database: Database, language: str
) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE account SET language = :code"), {"code": language})
        session.commit()
    before = dump(database, but=("web_session",))
    for path in OWN_PAGES:
        shown = inside.get(path)
        assert (shown.status_code, f'<html lang="{language}"' in shown.text) == (200, True), path
        assert len(shown.data) < HEAVIEST_PAGE, path
        assert "<script" not in shown.text and "style=" not in shown.text, path

    assert dump(database, but=("web_session",)) == before


def test_another_account_has_no_page_of_hers(app: Flask, database: Database) -> None:
    _, email = make_account(database, "envoy")
    client = sign_in_as(app, email)
    assert [client.get(path).status_code for path in OWN_PAGES] == [404] * len(OWN_PAGES)


def test_leaving_and_hiding_stand_on_every_page_of_hers(inside: FlaskClient) -> None:
    for path in OWN_PAGES:
        shown = inside.get(path).text
        assert 'action="/me/hide"' in shown and 'href="about:blank"' in shown, path
