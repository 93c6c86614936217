"""On Monday a coordinator reads what needs her hand, of her own women alone, each with its action."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Consent, Mediator, Membership, OutboxMessage, Record
from tests.factories import add_mediator, add_record
from tests.office_factories import add_spoken_consent
from tests.roster.queries.test_people import count_statements
from tests.roster.services.test_completeness import ask
from tests.roster.web.browser import make_account, post_form, sign_in_as

DAY = timedelta(days=1)


@pytest.fixture
def nordic(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def record_of(session: Session, her: Mediator) -> int:
    return session.scalars(
        select(Record.id).where(Record.mediator_id == her.id, Record.network_code.is_not(None))
    ).one()


def read_sections(page: str) -> dict[str, str]:
    """The text of each section by its heading."""
    found = re.findall(r"<section.*?<h2>(.*?)</h2>(.*?)</section>", page, re.S)
    return {heading: " ".join(re.sub(r"<[^>]+>", " ", body).split()) for heading, body in found}


def test_a_quiet_monday_says_so(nordic: FlaskClient) -> None:
    page = nordic.get("/monday").text
    assert "no answer runs out this week." in page
    assert sorted(read_sections(page)) == ["Gaps", "Run out this week"]


def test_a_coordinator_begins_on_monday(nordic: FlaskClient) -> None:
    assert nordic.get("/").location == "/monday"


def test_what_ends_this_week_stands_by_day_and_nobody_of_another_network(
    nordic: FlaskClient, database: Database
) -> None:
    now = clock.now()
    with database.writing() as session:
        add_mediator(session, name="Later Lind", availability=now + 6 * DAY)
        add_mediator(session, name="Sooner Sand", availability=now + 2 * DAY)
        add_mediator(session, name="Next Week Nord", availability=now + 9 * DAY)
        add_mediator(session, name="Over Olsen", availability=now - DAY)
        add_mediator(session, name="Hidden Holm", availability=now + DAY, is_hidden=True)
        add_mediator(session, name="Other Amal", availability=now + DAY, network="awmn")
        session.commit()
    page = nordic.get("/monday").text
    said = read_sections(page)["Run out this week"]
    assert "2 answers run out this week." in page
    assert said.index("Sooner Sand") < said.index("Later Lind")
    assert "One woman’s answer has run out." in said
    assert [
        name for name in ("Next Week", "Over Olsen", "Hidden Holm", "Other Amal") if name in page
    ] == []


def test_she_is_asked_from_the_page_itself(nordic: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        her = add_mediator(session, availability=clock.now() + 2 * DAY)
        number = record_of(session, her)
        session.commit()
    assert f'action="/people/{number}/remind"' in nordic.get("/monday").text
    post_form(nordic, f"/people/{number}/remind", page="/monday")
    with database.reading() as session:
        sent = session.execute(select(OutboxMessage.template, OutboxMessage.mediator_id)).all()
    assert sent == [("renewal", her.id)]


def test_consents_and_accreditations_are_told_before_they_end(
    nordic: FlaskClient, database: Database
) -> None:
    now = clock.now()
    with database.writing() as session:
        consenting = add_mediator(session, name="Kerstin Ahl")
        session.execute(
            update(Consent)
            .where(Consent.mediator_id == consenting.id, Consent.purpose == "matching")
            .values(valid_until=now + 20 * DAY)
        )
        lapsing = add_mediator(session, name="Lapse Larsen")
        session.execute(
            update(Membership)
            .where(Membership.mediator_id == lapsing.id)
            .values(lapses_on=now.date() - 3 * DAY)
        )
        add_mediator(session, name="Quiet Qvist")
        add_mediator(session, name="Asked Never", consents=False, availability=False)
        spoken = add_mediator(session, name="Voice Vik", consents=False, availability=False)
        add_spoken_consent(session, spoken, "nwm")
        session.commit()
    sections = read_sections(nordic.get("/monday").text)
    assert "Kerstin Ahl her consent ends" in sections["Consents"]
    assert "2 women were not asked yet" in sections["Consents"]
    assert "One woman’s yes by voice waits" in sections["Consents"]
    assert "Lapse Larsen Accreditation lapsed on" in sections["Lapsing"]
    assert not any("Quiet Qvist" in said for said in sections.values())


def test_a_woman_of_two_networks_is_told_of_by_each_record(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        her = add_mediator(session, name="Two Lists", availability=clock.now() + DAY)
        add_record(session, her, "awmn", name="Other Name")
        session.commit()
    page = nordic.get("/monday").text
    assert ("Two Lists" in page, "Other Name" in page) == (True, False)


def test_many_are_asked_after_a_look_at_each_text(nordic: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        add_mediator(session, name="Silent Svensson", availability=False, language="ar")
        add_mediator(session, name="Silent Sol", availability=False, language="fr")
        add_mediator(session, name="Silent Sand", availability=False, language="fr")
        add_mediator(session, name="Other Silence", availability=False, network="awmn")
        session.commit()
    page = nordic.get("/reminders?which=none").text
    assert [("العربية: 1 woman" in page), ("Français: 2 women" in page)] == [True, True]
    assert ('lang="ar" dir="rtl"' in page, "Other Silence" in page) == (True, False)
    numbers = re.findall(r'name="record" value="(\d+)"', page)
    answer = post_form(nordic, "/reminders", page="/reminders?which=none", which="none",
                       record=[*numbers, "99999", "x"])  # fmt: skip
    assert (answer.status_code, answer.location) == (303, "/reminders?which=none")
    page = nordic.get(answer.location).text
    assert "3 women are asked. 1 is not written to; why stands below." in page
    assert page.count("She was asked about this answer already.") == 3
    assert "There is nobody to write to now." in page


@pytest.mark.parametrize("which", ["", "all", "due"])
def test_an_unknown_group_is_refused(nordic: FlaskClient, which: str) -> None:
    assert nordic.get("/reminders", query_string={"which": which}).status_code == 200
    sent = post_form(nordic, "/reminders", page="/monday", which=which, record="1")
    assert sent.status_code == 422


def test_what_a_record_lacks_stands_one_press_from_her_page_and_is_summed_for_the_list(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        over = clock.now() - DAY
        her = add_mediator(session, languages={"fra": "C1"}, availability=over)
        add_mediator(session, languages={"fra": "C1"}, availability=over)
        add_mediator(session, languages={"fra": "C1"}, availability=over, network="awmn")
        ask(session)
        ask(session, modality="remote")
        number = record_of(session, her)
        session.commit()
    assert f'href="/people/{number}/missing"' in nordic.get(f"/people/{number}").text
    assert 'href="/missing"' in nordic.get("/monday").text
    hers = read_sections(nordic.get(f"/people/{number}/missing").text)[
        "What would open most matches"
    ]
    assert "she fits 0 of 2 past requests" in hers
    assert "An answer of hers that holds: when she is free opens 2 more" in hers
    summed = read_sections(nordic.get("/missing").text)["What would open most matches"]
    assert "2 women would open 4 matches" in summed


def test_a_gap_is_what_requests_asked_and_fewer_than_three_can_offer(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        entries = [("theme", "elections"), ("place", "KEN")]
        for availability in (True, True, True, clock.now() - DAY):
            add_mediator(session, availability=availability, entries=entries)
        add_mediator(session, availability=False, entries=[("theme", "ceasefire")])
        add_mediator(session, network="awmn", entries=[("theme", "ceasefire")])
        themes = [{"any_of": ["ceasefire"]}]
        ask(session, posts=[{"themes": themes, "places": [{"any_of": ["002"]}]}])
        ask(session, posts=[{"themes": [*themes, {"any_of": ["elections"]}]}])
        ask(session, posts=[{"themes": [{"any_of": ["pve"]}]}], networks=["awmn"])
        session.commit()
    page = nordic.get("/monday").text
    gaps = read_sections(page)["Gaps"]
    assert "Ceasefire" in gaps
    assert (
        "Nobody with a fresh answer and one whose answer is missing or has run out 2 requests"
        in gaps
    )
    assert [word for word in ("Elections", "Africa", "extremism") if word in gaps] == []


def test_each_gap_leads_to_exactly_those_whom_it_counts(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        places = [("place", "KEN")]
        add_mediator(session, entries=places)
        for availability in (clock.now() - DAY, False):
            add_mediator(session, availability=availability, entries=places)
        add_mediator(session, availability=False, entries=[("place", "COL")])
        add_mediator(session, availability=False, entries=places, is_hidden=True)
        add_mediator(session, availability=False, entries=places, network="awmn")
        add_mediator(session, entries=[("theme", "pve")])
        anywhere = [{"any_of": ["002", "YEM"]}]
        themes = [{"any_of": ["pve"]}, {"any_of": ["youth"]}]
        ask(session, posts=[{"places": anywhere, "themes": themes}])
        session.commit()
    page = nordic.get("/monday").text
    assert "and 2 whose answer is missing or has run out" in page
    found = re.findall(r'href="(/people\?[^"]*(?:place|theme)=[^"]*)"', page)
    counted = {
        link.replace("&amp;", "&"): re.search(
            r"(\d+) wom[ae]n fits? what", nordic.get(link.replace("&amp;", "&")).text
        )
        for link in found
    }
    assert {link: match and match[1] for link, match in counted.items()} == {
        "/people?place=002,YEM&state=not_fresh": "2",
        "/people?theme=pve": "1",
    }
    assert page.count("Add a woman") == 2


def test_one_woman_is_asked_once_a_day_whoever_asks(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        her = add_mediator(session, availability=clock.now() + 20 * DAY)
        number = record_of(session, her)
        session.commit()

    def press(kind: str) -> str:
        answer = post_form(nordic, f"/people/{number}/{kind}", page="/monday")
        assert answer.status_code == 303
        return nordic.get(f"/people/{number}").text

    assert "She is asked by mail whether her answer still holds." in press("remind")
    assert "She was written to today" in press("remind")
    with database.writing() as session:
        session.execute(update(Consent).values(valid_until=clock.now() + 5 * DAY))
        session.commit()
    assert "She was written to today" in press("ask-consents")
    with database.writing() as session:
        past = clock.now() - 2 * DAY
        session.execute(update(OutboxMessage).values(created_at=past, due_at=past))
        session.commit()
    assert "She is asked by mail whether her answer still holds." in press("remind")
    with database.reading() as session:
        assert session.scalars(select(OutboxMessage.template)).all() == ["renewal"] * 2


@pytest.mark.parametrize("page", ["/monday", "/reminders?which=ended"])
def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(
    nordic: FlaskClient, database: Database, page: str
) -> None:
    with database.writing() as session:
        ask(session, posts=[{"themes": [{"any_of": ["ceasefire"]}]}])
        session.commit()
    needed = []
    for more in (3, 20):
        with database.writing() as session:
            for left in range(more):
                add_mediator(session, availability=clock.now() + (left % 4 - 1) * DAY)
            session.commit()
        with count_statements(database) as said:
            assert nordic.get(page).status_code == 200
        needed.append(sum(statement.startswith("SELECT") for statement in said))
    assert needed == [needed[0]] * 2
