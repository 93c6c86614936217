"""An envoy asks by a form and reads an answer that names nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Mediator, ReadEvent, Run, RunRow
from roster.services.trail import add_change
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as, without_lots


def form_values(**changes: Any) -> dict[str, Any]:
    """A filled form: French at B2 for two months, from next month on."""
    start = clock.now().date() + timedelta(days=30)
    return {
        "title": "Corridor talks",
        "start": start.isoformat(),
        "end": (start + timedelta(days=60)).isoformat(),
        "modality": "in_person",
        "posts-0-languages-0-any_of": "French",
        "posts-0-languages-0-level": "B2",
        "do": "search",
        **changes,
    }


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    _, email = make_account(database, "envoy", country="NOR", office="Office")
    return sign_in_as(app, email)


def add_women(database: Database, *levels: str, **values: Any) -> list[int]:
    with database.writing() as session:
        ids = [add_mediator(session, languages={"fra": one}, **values).id for one in levels]
        session.commit()
    return ids


def ask(envoy: FlaskClient, **changes: Any) -> str:
    """Submit the form, and return the address of the answer."""
    response = post_form(envoy, "/requests", page="/requests/new", **form_values(**changes))
    assert response.status_code == 303, response.text
    return str(response.headers["Location"])


def test_the_heading_is_the_answer(envoy: FlaskClient, database: Database) -> None:
    add_women(database, "C1", "B2", "B1", "A1")
    page = envoy.get(ask(envoy)).text
    assert "<h1>2 women fit. 1 more is one step away.</h1>" in page
    assert "Would fit at one level lower" in page


def test_nobody_fits_is_an_answer(envoy: FlaskClient) -> None:
    page = envoy.get(ask(envoy)).text
    assert "<h1>Nobody fits.</h1>" in page


def test_no_page_shows_anything_that_names_or_places_a_woman(
    envoy: FlaskClient, database: Database
) -> None:
    hers = [("nationality", "TCD"), ("residence", "NER"), ("place", "LBY")]
    add_women(database, "C1", "B1", entries=hers, network="mwmn")
    place = ask(envoy, **{"posts-0-places-0-any_of": "Libya", "posts-0-places-0-weight": "nice"})
    pages = [envoy.get(path).text for path in (place, "/requests", f"{place}/edit")]
    assert [find_canaries(page) for page in pages] == [set(), set(), set()]
    own = r"<h2>(?:What you asked|Where it stands)</h2>.*?</section>"
    answer = without_lots(re.sub(own, "", pages[0], flags=re.DOTALL))
    assert "Northern Africa" in answer
    for secret in ("Chad", "Niger", "Mediterranean", "mwmn", "TCD", "NER", "LBY"):
        assert secret not in answer
    day = clock.now().date()
    shown = re.findall(rf"{day.day} {day:%B} {day.year}", answer)
    assert len(shown) == 1  # the instant of the answer, and no day of hers


def test_each_look_at_a_card_is_noted(envoy: FlaskClient, database: Database) -> None:
    women = add_women(database, "C1", "B1", "A1")
    envoy.get(ask(envoy))
    with database.reading() as session:
        noted = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
    assert sorted(map(tuple, noted)) == [(women[0], "card"), (women[1], "card")]


@pytest.mark.parametrize(
    "change", [{"is_hidden": True}, {"safety_class": 3}, {"state": "withdrawn"}, None]
)
def test_a_woman_who_is_hidden_or_gone_since_is_no_longer_available_and_nothing_more(
    envoy: FlaskClient, database: Database, change: dict[str, Any] | None
) -> None:
    [woman] = add_women(database, "C1")
    place = ask(envoy)
    with database.reading() as session:
        handle = session.scalars(select(RunRow.handle)).one()
    before = envoy.get(place).text
    with database.writing() as session:
        row = session.get_one(Mediator, woman)
        for name, value in (change or {}).items():
            setattr(row, name, value)
        if change is None:
            session.delete(row)
        add_change(session, woman)
        session.commit()
    after = envoy.get(place).text
    assert ("French C1" in before, "no longer available</span>" in before) == (True, False)
    assert ("French C1" in after, "no longer available</span>" in after) == (False, True)
    assert handle in after


def test_an_answer_whose_ground_has_run_out_says_so(envoy: FlaskClient, database: Database) -> None:
    add_women(database, "C1", availability=clock.now() + timedelta(minutes=10))
    place = ask(envoy)
    sentence = "Something this answer rests on has run out since."
    assert sentence not in envoy.get(place).text
    with clock.shifted(timedelta(minutes=11)):
        assert sentence in envoy.get(place).text
        response = post_form(envoy, f"{place}/runs", page=place)
        assert response.status_code == 303
        assert "<h1>Nobody fits. 1 woman is one step away.</h1>" in envoy.get(place).text
    assert "<h1>1 woman fits.</h1>" in envoy.get(f"{place}/runs/1").text


def test_a_draft_shows_what_it_asks_and_is_searched_once_submitted(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, "C1", safety_class=2)
    place = ask(envoy, do="save")
    assert "<h1>Not searched yet.</h1>" in envoy.get(place).text
    response = post_form(envoy, f"{place}/submit", page=place, version="1")
    assert response.status_code == 303
    assert "<h1>1 woman fits.</h1>" in envoy.get(place).text


def test_another_envoys_request_is_as_absent_as_one_that_never_was(
    app: Flask, envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy)
    _, email = make_account(database, "envoy")
    stranger = sign_in_as(app, email)
    for tail in ("", "/edit", "/runs/1"):
        found = stranger.get(f"{place}{tail}")
        absent = stranger.get(f"/requests/R-26-AAAAA{tail}")
        assert (found.status_code, absent.status_code) == (404, 404)
        assert without_lots(found.text) == without_lots(absent.text)
    for tail in ("/edit", "/runs", "/submit"):
        response = post_form(stranger, f"{place}{tail}", **form_values())
        assert response.status_code == 404
    with database.reading() as session:
        assert len(session.scalars(select(Run)).all()) == 1


def test_the_page_of_an_answer_stays_small_and_has_pages(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, *["C1"] * 7, *["B1"] * 22)
    place = ask(envoy)
    first, second = envoy.get(place).text, envoy.get(f"{place}/runs/1?page=2&near=2").text
    assert [page.count('<article class="person flow"') for page in (first, second)] == [5, 2]
    assert [page.count("Would fit at one level lower") for page in (first, second)] == [20, 2]
    assert len(first.encode()) < 48_000


def test_an_upper_bound_is_said_and_what_it_forbids_comes_first(envoy: FlaskClient) -> None:
    team = {"present_team-women": "2", "present_team-men": "4", "most_share": "45"}
    page = envoy.get(ask(envoy, do="save", **team)).text
    assert "For at most 45 %, women allowed: 1." in page
    assert "cannot be kept" not in page and "can be reached" not in page
    for changed in ({"most_share": "40", "target_share": "41"}, {"most_share": "20"}):
        page = envoy.get(ask(envoy, **{**team, **changed})).text
        assert page.index("The women’s share asked cannot be kept") < page.index("What you asked")
    assert "There are more than 20 % already." in page


def test_the_share_is_worked_out_before_the_search(envoy: FlaskClient) -> None:
    team = {"present_team-women": "2", "present_team-men": "4", "target_share": "40"}
    page = envoy.get(ask(envoy, do="save", **team)).text
    assert "3 of 7 = 43" in page
    assert "Target 40\u00a0% can be reached" in page
    page = envoy.get(ask(envoy, do="save", **{**team, "target_share": "60"})).text
    assert "Target 60\u00a0% cannot be reached" in page
