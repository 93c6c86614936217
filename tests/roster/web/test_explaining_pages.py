"""An envoy asks her answer: why not her, why one before the other, and what to ask less."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest, Mediator, ReadEvent, RunRow
from roster.services.trail import add_change
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as, without_lots
from tests.roster.web.filled_form import read_filled
from tests.roster.web.test_envoy_pages import add_women, ask, envoy, form_values

__all__ = ["envoy"]


def read_handles(database: Database) -> dict[int, str]:
    with database.reading() as session:
        rows = session.execute(select(RunRow.mediator_id, RunRow.handle)).all()
    return {mediator: handle for mediator, handle in rows if mediator is not None}


def read_heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found, page
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def strip_tokens(page: str) -> str:
    """The page without its CSRF tokens, which change from second to second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


def read_criteria(database: Database) -> list[object]:
    with database.reading() as session:
        return list(session.scalars(select(MatchRequest.criteria)).all())


def test_a_handle_is_told_what_she_lacks_and_what_would_admit_her(
    envoy: FlaskClient, database: Database
) -> None:
    fits, near = add_women(database, "C1", "B1")
    place = ask(envoy)
    handles = read_handles(database)
    with database.writing() as session:
        session.query(ReadEvent).delete()
        session.commit()
    page = envoy.get(f"{place}/why-not", query_string={"handle": handles[near].lower()}).text
    assert read_heading(page) == "One step away today."
    for words in ("Language below the level asked", "L2", "Would fit if:", "Would fit with:"):
        assert words in page
    assert read_heading(envoy.get(f"{place}/why-not?handle={handles[fits]}").text) == (
        "She fits today."
    )
    with database.reading() as session:
        noted = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
    assert sorted(map(tuple, noted)) == [(fits, "card"), (near, "card")]


def test_a_foreign_and_an_unknown_handle_get_the_same_page_and_nobody_is_noted(
    envoy: FlaskClient, app: Flask, database: Database
) -> None:
    add_women(database, "C1")
    other = sign_in_as(app, make_account(database, "envoy")[1])
    ask(other)
    [foreign] = read_handles(database).values()
    place = ask(envoy)
    with database.writing() as session:
        session.query(ReadEvent).delete()
        session.commit()
    pages = []
    for typed in (foreign, "Z9Z-9Z", "<b>'%"):
        response = envoy.get(f"{place}/why-not", query_string={"handle": typed})
        assert response.status_code == 200
        escaped = typed.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
        assert f'value="{escaped}"' in response.text
        pages.append(strip_tokens(response.text.replace(f'value="{escaped}"', "value")))
    assert len(set(pages)) == 1
    assert read_heading(pages[0]) == "Not found in this request."
    with database.reading() as session:
        assert session.scalars(select(ReadEvent)).all() == []


def test_a_woman_who_hid_since_is_not_proposed_and_nothing_more_is_told(
    envoy: FlaskClient, database: Database
) -> None:
    [woman] = add_women(database, "B1")
    place = ask(envoy)
    handle = read_handles(database)[woman]
    with database.writing() as session:
        session.get_one(Mediator, woman).is_hidden = True
        add_change(session, woman)
        session.commit()
    page = envoy.get(f"{place}/why-not?handle={handle}").text
    assert read_heading(page) == "Not proposed."
    for words in ("Language", "L2", "Would fit", "confirmed"):
        assert words not in page.replace('id="language"', "")


def test_what_to_ask_less_fills_the_form_and_changes_nothing_until_it_is_saved(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, *["B1"] * 4, "A1")
    place = ask(envoy)
    before = read_criteria(database)
    assert "What could be asked less?" in envoy.get(place).text
    page = envoy.get(f"{place}/relaxations").text
    assert "How many more would fit: fewer than 5" in page
    links = re.findall(r'href="([^"]*/edit\?less=[^"]*)"', page)
    form = envoy.get(unescape(next(one for one in links if "level-3" in one))).text
    assert "Nothing is changed until you save." in form
    assert read_criteria(database) == before
    filled = read_filled(form, f"{place}/edit")
    assert filled["posts-0-languages-0-level"] == ["B1"]
    saved = envoy.post(f"{place}/edit", data={**filled, "do": "search"})
    assert saved.status_code == 303
    [after] = read_criteria(database)
    [old] = before
    assert isinstance(after, dict)
    assert isinstance(old, dict)
    old["posts"][0]["languages"][0]["level"] = "B1"
    assert after == old
    assert read_heading(envoy.get(place).text) == "4 women fit."


def test_a_link_may_part_a_post_between_two_women(envoy: FlaskClient, database: Database) -> None:
    place = ask(envoy, **{"posts-0-languages-1-any_of": "Arabic"})
    form = envoy.get(f"{place}/edit?less=split.0.1.second-language_1").text
    assert "two women hold the post together" in form
    filled = read_filled(form, f"{place}/edit")
    asked = [filled[f"posts-{post}-languages-0-any_of"] for post in (0, 1)]
    assert asked == [["fra"], ["ara"]]
    for wrong in ("split.0.1.second-language_9", "split.0.1.second-role_0", "split.0.0.second-x_0"):
        assert envoy.get(f"{place}/edit?less={wrong}").status_code == 404, wrong


def test_a_link_that_no_answer_gives_is_not_found(envoy: FlaskClient, database: Database) -> None:
    place = ask(envoy)
    for less in ("language.0.1.level-99", "language.7.1", "consent.0.0", "x", "language.0.9",
                 "window.0.0.end-yesterday", "language.0.1.any_of-fra", ""):  # fmt: skip
        assert envoy.get(f"{place}/edit", query_string={"less": less}).status_code == 404, less


def test_each_request_that_enough_fit_has_nothing_to_relax(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, "C1", "C1", "C1")
    place = ask(envoy)
    assert "What could be asked less?" not in envoy.get(place).text
    assert read_heading(envoy.get(f"{place}/relaxations").text) == "Enough women fit."


NICE = {
    "posts-0-languages-1-any_of": "English",
    "posts-0-languages-1-weight": "nice",
    "posts-0-themes-0-any_of": "ceasefire",
    "posts-0-themes-0-weight": "nice",
}


def add_rivals(database: Database) -> None:
    """Of five, two have both wishes, one the theme, one the language, one neither."""
    theme = [("theme", "ceasefire")]
    with database.writing() as session:
        for languages, entries in (
            ({"fra": "C1", "eng": "C1"}, theme), ({"fra": "C1", "eng": "C1"}, theme),
            ({"fra": "C1"}, theme), ({"fra": "C1", "eng": "C1"}, []), ({"fra": "C1"}, []),
        ):  # fmt: skip
            add_mediator(session, languages=languages, entries=entries)
        session.commit()


def test_two_cards_show_the_differences_that_sum_to_their_gap(
    envoy: FlaskClient, database: Database
) -> None:
    add_rivals(database)
    place = ask(envoy, **NICE)
    page = envoy.get(f"{place}/runs/1/compare?first=3&second=4").text
    numbers = [
        float(one.replace("−", "-"))
        for one in re.findall(r'<td class="num"><bdi class="code" dir="ltr">([^<]+)</bdi>', page)
    ]
    assert sum(numbers[:-1]) == numbers[-1]
    assert sorted(map(abs, filter(None, numbers[:-1]))) == [15.0, 15.0]
    handles = {handle for handle in read_handles(database).values() if handle in page}
    assert len(handles) == 5  # the two, and those to choose from
    assert find_canaries(page) == set()


@pytest.mark.parametrize(
    "chosen", ["first=1&second=1", "first=1&second=99", "first=1", "first=x&second=2"]
)
def test_a_choice_that_cannot_be_compared_is_said_beside_the_form(
    envoy: FlaskClient, database: Database, chosen: str
) -> None:
    add_rivals(database)
    place = ask(envoy)
    response = envoy.get(f"{place}/runs/1/compare?{chosen}")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert "Choose two different women of the same post." in response.text


def test_a_first_place_is_marked_with_what_it_hangs_on(
    envoy: FlaskClient, database: Database
) -> None:
    add_rivals(database)
    page = envoy.get(ask(envoy, **NICE)).text
    assert page.count("Stays among the first 3 if any weight moves by 10\u00a0%.") == 2
    assert page.count("Would leave the first 3 with up to 10\u00a0% more weight on: ") == 1
    assert page.count("Would leave the first 3 with up to 10\u00a0% less weight on: ") == 1


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_pages_are_light_name_nobody_and_run_in_the_direction_of_their_language(
    app: Flask, database: Database, language: str
) -> None:
    hers = [("nationality", "TCD"), ("residence", "NER"), ("place", "LBY")]
    near, *_ = add_women(database, "B1", "C1", "C1", entries=hers, network="mwmn")
    client = sign_in_as(app, make_account(database, "envoy", language=language)[1])
    place = ask(client)
    handle = read_handles(database)[near]
    paths = (
        f"{place}/why-not?handle={handle}", f"{place}/relaxations",
        f"{place}/runs/1/compare?first=1&second=3", f"{place}/runs/1/compare?first=1&second=2",
    )  # fmt: skip
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in response.text[:200]
        assert len(response.data) < 30_000
        assert find_canaries(response.text) == set()
        for secret in ("Chad", "Niger", "mwmn", "TCD", "NER", "LBY"):
            assert secret not in without_lots(response.text), (path, secret)
        assert len(re.findall("<h1>", response.text)) == 1


def test_nothing_is_explained_before_the_first_search(
    envoy: FlaskClient, database: Database
) -> None:
    saved = post_form(envoy, "/requests", page="/requests/new", **form_values(do="save"))
    place = str(saved.headers["Location"])
    for tail in ("/why-not?handle=K7-Q2M", "/relaxations"):
        assert envoy.get(f"{place}{tail}").status_code == 422
    assert envoy.get(f"{place}/runs/1/compare").status_code == 404
