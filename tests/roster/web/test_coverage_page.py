"""The coverage page: one network of hers at a time, by tables that need neither script nor colour."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roster.db import Database
from roster.models import Snapshot
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.test_monday import read_sections


@pytest.fixture
def nordic(app: Flask, database: Database) -> FlaskClient:
    with database.writing() as session:
        women = [("track", "II"), ("theme", "ceasefire"), ("place", "KEN")]
        add_mediator(session, languages=["eng"], entries=women)
        add_mediator(session, languages=["por"], entries=women, availability=False)
        add_mediator(session, network="awmn", languages=["ara"], entries=women)
        session.commit()
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def test_the_tables_say_who_is_fresh_of_how_many(nordic: FlaskClient) -> None:
    page = nordic.get("/coverage").text
    sections = read_sections(page)
    assert "1 of 2 women can be asked today." in page
    assert "Portuguese Track II" in sections["Gaps first"]
    assert re.search(r"English .* 1 .* 1 1 100\s?%", sections["Track by language"])
    assert "Eastern Africa" in sections["Track by region"]
    assert "Ceasefire" in sections["Track by theme"]
    assert "Arabic" not in sections["Track by language"]


def test_narrowing_counts_those_who_have_all_of_it(nordic: FlaskClient) -> None:
    assert "0 of 1 woman can be asked today." in nordic.get("/coverage?language=por&track=II").text
    assert "0 of 0 women" in nordic.get("/coverage?theme=borders").text


@pytest.mark.parametrize(
    "asked",
    ["network=awmn", "track=%00", "language=xx%27--", "place=KEN", "theme=" + "a" * 5000, "x=1"],
)
def test_what_is_no_code_or_not_hers_asks_nothing(nordic: FlaskClient, asked: str) -> None:
    answer = nordic.get(f"/coverage?{asked}")
    assert (answer.status_code, "1 of 2 women can be asked today." in answer.text) == (200, True)


def test_the_trend_is_of_her_network_alone(nordic: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        for network, fresh in (("nwm", 30), ("awmn", 11)):
            counts = {"women": 40, "fresh": fresh}
            session.add(
                Snapshot(
                    network_code=network,
                    kind="freshness",
                    taken_on=date(2026, 3, 2),
                    counts=counts,
                )
            )
        session.commit()
    said = read_sections(nordic.get("/coverage").text)["Freshness over time"]
    assert re.search(r"March 2026 30 40 75\s?%$", said)
    assert "11" not in said


def test_a_gap_leads_to_the_women_behind_it(nordic: FlaskClient) -> None:
    page = nordic.get("/coverage").text
    link = re.search(r'href="(/people\?[^"]*language=por[^"]*)"', page)
    assert link is not None
    found = nordic.get(link[1].replace("&amp;", "&")).text
    assert len(set(re.findall(r'href="/people/(\d+)"', found))) == 1


def test_the_plan_has_every_region_and_the_numbers_of_the_table(nordic: FlaskClient) -> None:
    drawn = re.search(
        r"<svg[^>]*viewBox=\"0 0 720 320\".*?</svg>", nordic.get("/coverage").text, re.S
    )
    assert drawn is not None
    numbers = re.findall(r'class="f-txt[^>]*>([^<]*)<', drawn[0])
    assert (len(numbers), numbers.count("1"), numbers.count("none")) == (22, 1, 21)
    assert "style=" not in drawn[0]


def test_one_cell_has_its_own_months_and_says_which_are_invented(
    nordic: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        for month, fresh in ((3, 4), (4, 6)):
            cells = {"014": {"II": [fresh, 8], "": [9, 9]}, "": {"": [9, 9]}}
            counts = {"cells": cells, **({"invented": True} if month == 3 else {})}
            session.add(
                Snapshot(
                    network_code="nwm",
                    kind="coverage",
                    taken_on=date(2026, month, 2),
                    counts=counts,
                )
            )
        session.commit()
    asked = "/coverage?track=II&place=014"
    said = read_sections(nordic.get(asked).text)["Freshness over time"]
    assert re.search(r"March 2026 invented 4 8 50\s?% April 2026 6 8 75\s?%", said)
    assert re.search(r"Eastern Africa Track II 4 1$", said)
    said = read_sections(nordic.get("/coverage?theme=ceasefire").text)["Freshness over time"]
    assert "Months are counted by track and region only." in said


def test_a_list_without_women_is_no_error(app: Flask, database: Database) -> None:
    empty = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    page = empty.get("/coverage").text
    assert "0 of 0 women can be asked today." in page
    assert "Nothing was counted yet." in page
