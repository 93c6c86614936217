"""Her link, the three pages behind it, and her home, as a browser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from matching import Post, Request, answer
from roster import clock
from roster.db import Database
from roster.models import (
    Account,
    AuditEvent,
    Availability,
    Base,
    Consent,
    Declaration,
    Entry,
    Link,
    Mediator,
    OutboxMessage,
    ReadEvent,
    Record,
    WebSession,
)
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.invitations import hand_over, invite, send_renewal
from roster.vocabulary import load_vocabulary
from tests import factories
from tests.roster.web.browser import (
    make_account,
    read_token,
    session_key,
    sign_in_as,
    with_key,
)

COORDINATOR = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
LANGUAGES = {"fra": {"word": "courant"}, "eng": {"speaking": "C1", "listening": "C1"}}
HEAVIEST_PAGE = 24_000
"""Bytes of a page before compression: with the sheet (5 kB compressed) under 30 kB in all."""


@dataclass(frozen=True)
class Invited:
    """A woman whom her network has just invited: ids, and the address of her link."""

    mediator_id: int
    record_id: int
    path: str


def path_of(message: OutboxMessage | None) -> str:
    assert message is not None
    return str(message.values["path"])


@pytest.fixture
def invited(database: Database) -> Invited:
    with database.writing() as session:
        woman = factories.add_mediator(
            session,
            consents=False,
            availability=False,
            has_own_record=False,
            declares=False,
            safety_class=2,
            languages={},
            entries=[("theme", "ceasefire"), ("nationality", "NOR"), ("place", "KEN")],
            time_zone="Europe/Oslo",
        )
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        for code, detail in LANGUAGES.items():
            record.entries.append(spoken_entry(code, detail))
        session.flush()
        path = path_of(invite(session, actor=COORDINATOR, record_id=record.id).message)
        session.commit()
        return Invited(woman.id, record.id, path)


def spoken_entry(code: str, detail: dict[str, str]) -> Entry:
    """A language as an import leaves it."""
    return Entry(
        field="language", code=code, detail=detail, source="import", entered_at=clock.now()
    )


@pytest.fixture
def inside(client: FlaskClient, invited: Invited) -> FlaskClient:
    """Her browser after she pressed the button of the link."""
    assert client.post(invited.path, data={"answer": "open"}).status_code == 303
    return client


def post(client: FlaskClient, page: str, to: str = "", **values: Any) -> TestResponse:
    """Fill in the form of a page: its CSRF token and the version it shows, and ``values``."""
    shown = client.get(page)
    assert shown.status_code == 200, shown.text
    target = to or page
    form = re.search(rf'<form[^>]*action="{re.escape(target)}".*?</form>', shown.text, re.S)
    version = re.search(r'name="version" value="(\d+)"', form[0]) if form else None
    hidden = {"version": version[1]} if version else {}
    return client.post(target, data={"csrf_token": read_token(shown), **hidden, **values})


STATED = {
    "status": "available",
    "notice_days": "7",
    "modalities": ["in_person", "remote"],
    "time_zone": "Europe/Oslo",
}


def walk_three_pages(
    client: FlaskClient, *, purposes: tuple[str, ...] = factories.PURPOSES
) -> None:
    kept = post(
        client,
        "/me/start/record",
        **{"levels-0-code": "fra", "levels-0-level": "C1", "ties": "none"},
    )
    assert kept.location == "/me/start/consents", kept.text
    agreed = post(client, "/me/start/consents", purposes=list(purposes), safety_class="2")
    assert agreed.status_code == 303, agreed.text
    if "matching" in purposes:
        said = post(client, "/me/start/availability", **STATED)
        assert said.location == "/me/start/done", said.text


def dump(database: Database, *, but: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """All rows of all tables, to see that nothing changed."""
    with database.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(table.select())))
            for name, table in Base.metadata.tables.items()
            if name not in but
        }


def find_women(database: Database) -> set[int]:
    """Who is in the answer to a request that asks nothing but time and consent."""
    start = clock.now().date() + timedelta(days=30)
    request = Request("R-1", start, start + timedelta(days=30), (Post("p1"),))
    with database.reading() as session:
        columns = RosterIndex(load_vocabulary()).current(session)
        found = answer(columns, request, clock.now())
    return {candidate.mediator_id for candidate in found.listed}


def test_opening_the_link_changes_nothing_however_often(
    client: FlaskClient, database: Database, invited: Invited
) -> None:
    before = dump(database)
    for agent in ("Mozilla/5.0", "SafeLinks", "Barracuda", "curl"):
        for method in ("GET", "HEAD", "GET"):
            shown = client.open(invited.path, method=method, headers={"User-Agent": agent})
            assert shown.status_code == 200
            assert "Set-Cookie" not in shown.headers

    assert dump(database) == before
    assert client.post(invited.path, data={"answer": "open"}).status_code == 303


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_link_shows_nothing_personal(
    client: FlaskClient, invited: Invited, language: str
) -> None:
    shown = client.get(f"{invited.path}?language={language}")

    assert f'lang="{language}"' in shown.text
    assert factories.find_canaries(shown.text) == set()
    assert "Nordic" not in shown.text and "nwm" not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"


def test_of_twenty_presses_one_opens_the_form_and_the_rest_find_it_ended(
    app: Flask, database: Database, invited: Invited
) -> None:
    def press(_number: int) -> int:
        return app.test_client().post(invited.path, data={"answer": "open"}).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(press, range(20)))

    assert statuses == [303] + [410] * 19
    assert app.test_client().get(invited.path).status_code == 410
    with database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(Account)),
            session.scalar(select(func.count()).select_from(WebSession)),
            session.scalar(select(func.count()).where(AuditEvent.action == "invitation.accepted")),
        ]
    assert counts == [1, 1, 1]


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
    assert consents == set(factories.PURPOSES)
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
        ("/me/consents", "", {"purposes": list(factories.PURPOSES), "safety_class": "2"}),
        ("/me", "/me/hide", {}),
        ("/me", "/me/show", {}),
        ("/me/consents", "", {"purposes": list(factories.PURPOSES), "safety_class": "3"}),
    ]:
        assert post(inside, page, to, **values).status_code == 303
        found.append(find_women(database))

    her = {invited.mediator_id}
    assert found == [set(), her, set(), her, set()]


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


@pytest.fixture
def renewal(database: Database) -> Iterator[tuple[int, str]]:
    """A woman with an answer and the address of her renewal link."""
    with database.writing() as session:
        woman = factories.add_mediator(session, time_zone="Asia/Kathmandu")
        sent = send_renewal(session, actor=COORDINATOR, mediator_id=woman.id)
        session.commit()
        yield woman.id, path_of(sent.message)


def test_a_renewal_link_renews_once_and_opens_nothing(
    app: Flask, client: FlaskClient, database: Database, renewal: tuple[int, str]
) -> None:
    _, path = renewal
    before = dump(database)
    assert client.get(path).status_code == 200
    assert factories.find_canaries(client.get(path).text) == set()
    assert dump(database) == before

    def press(_number: int) -> int:
        sent = app.test_client().post(path, data={"answer": "same"})
        assert "Set-Cookie" not in sent.headers
        return sent.status_code

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(press, range(20))) == [200] + [410] * 19
    with database.reading() as session:
        stated = select(func.count()).where(AuditEvent.action == "availability.stated")
        assert session.scalar(stated) == 1
        assert session.scalars(select(Account)).all() == []
        assert session.scalars(select(WebSession)).all() == []


def test_a_refused_renewal_does_not_spend_the_link(client: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, availability=False)
        path = path_of(send_renewal(session, actor=COORDINATOR, mediator_id=woman.id).message)
        session.commit()

    assert client.post(path, data={"answer": "same"}).status_code == 422
    assert client.post(path, data={"answer": "unavailable"}).status_code == 200
    with database.reading() as session:
        said = session.scalars(select(Availability)).one()
    assert (said.status, said.confirmed_by) == ("unavailable", "self")


def test_a_link_that_was_handed_over_renews_but_opens_no_form(
    client: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        token = hand_over(session, actor=COORDINATOR, mediator_id=woman.id).token
        session.commit()

    assert client.post(f"/i/{token}", data={"answer": "open"}).status_code == 410
    assert client.post(f"/r/{token}", data={"answer": "same"}).status_code == 200
    assert client.get("/me").status_code == 303


@pytest.mark.parametrize("kind", ["i", "r"])
def test_an_unknown_link_has_ended(client: FlaskClient, database: Database, kind: str) -> None:
    for path in (f"/{kind}/nothing", f"/{kind}/{'A' * 43}"):
        assert client.get(path).status_code == 410
        assert client.post(path, data={"answer": "same"}).status_code == 410


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


def test_a_link_of_a_woman_who_left_has_ended(
    client: FlaskClient, database: Database, invited: Invited
) -> None:
    with database.writing() as session:
        session.get_one(Mediator, invited.mediator_id).state = "withdrawn"
        session.commit()

    assert client.post(invited.path, data={"answer": "open"}).status_code in (410, 422)
    with database.reading() as session:
        assert session.scalars(select(Account)).all() == []
        assert session.scalars(select(Link.used_at)).all() == [None]
