"""Teams on pages: by handle and codes, round those who are kept, and one replaced."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Mediator, Run, RunRow, TeamProposal
from roster.services.trail import add_change
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_envoy_pages import form_values

TWO_POSTS = {
    "posts-1-languages-0-any_of": "Arabic",
    "posts-1-languages-0-level": "B2",
    "present_team-women": "1",
    "present_team-men": "4",
    "target_share": "40",
}


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def add_women(database: Database, *spoken: dict[str, str], **values: Any) -> list[int]:
    with database.writing() as session:
        ids = [add_mediator(session, languages=one, **values).id for one in spoken]
        session.commit()
    return ids


def ask(envoy: FlaskClient, **changes: Any) -> str:
    response = post_form(
        envoy, "/requests", page="/requests/new", **form_values(**TWO_POSTS | changes)
    )
    assert response.status_code == 303, response.text
    return str(response.headers["Location"])


def propose(envoy: FlaskClient, place: str, **rules: Any) -> str:
    response = post_form(envoy, f"{place}/team", page=f"{place}/team", **rules)
    assert response.status_code == 303, response.text
    return envoy.get(f"{place}/team").text


def get_handles(database: Database) -> dict[int, str]:
    with database.reading() as session:
        rows = session.execute(select(RunRow.mediator_id, RunRow.handle)).all()
    return {number: handle for number, handle in rows if number is not None}


def get_proposals(database: Database) -> list[TeamProposal]:
    with database.reading() as session:
        return list(session.scalars(select(TeamProposal).order_by(TeamProposal.id)))


def list_members(proposal: TeamProposal, number: int = 0) -> dict[str, str]:
    return {one["post"]: one["handle"] for one in proposal.teams[number]["members"]}


def test_the_first_team_fills_each_post_with_a_woman_who_fits_it(
    envoy: FlaskClient, database: Database
) -> None:
    french, arabic, *_ = add_women(database, {"fra": "C1"}, {"ara": "C1"}, {"eng": "C1"})
    place = ask(envoy)
    page = propose(envoy, place)
    handles = get_handles(database)
    [proposal] = get_proposals(database)
    assert list_members(proposal) == {"post-1": handles[french], "post-2": handles[arabic]}
    assert "<h1>1 team fills all posts.</h1>" in page
    assert "No other team is better." in page
    assert "1 of 5 = 20" in page and "3 of 7 = 43" in page
    assert find_canaries(page) == set()


def test_what_is_kept_holds_no_number_of_a_woman(envoy: FlaskClient, database: Database) -> None:
    women = add_women(database, {"fra": "C1", "ara": "C1"}, {"ara": "C1"}, {"fra": "B2"})
    propose(envoy, ask(envoy), per_network="2", keep=[])
    [proposal] = get_proposals(database)
    handles = get_handles(database)
    written = repr((proposal.rules, proposal.teams))
    assert all(handles[one] in written for one in women)
    keys = set(re.findall(r"'(\w+)': ", written))
    assert keys.isdisjoint({"mediator", "mediator_id", "id", "counts_under", "networks"})


def test_who_is_kept_stays_and_who_is_replaced_does_not(
    envoy: FlaskClient, database: Database
) -> None:
    first, second, arabic = add_women(database, {"fra": "C1"}, {"fra": "C1"}, {"ara": "C1"})
    place = ask(envoy)
    propose(envoy, place)
    handles = get_handles(database)
    [proposal] = get_proposals(database)
    held = list_members(proposal)["post-1"]
    other = ({handles[first], handles[second]} - {held}).pop()
    page = propose(envoy, place, keep=[f"post-1 {other}"])
    kept = get_proposals(database)[-1]
    assert list_members(kept) == {"post-1": other, "post-2": handles[arabic]}
    assert f'value="post-1 {other}" checked' in page
    answer = post_form(envoy, f"{place}/teams/1/replace", page=f"{place}/team", replace="0 post-1")
    assert answer.status_code == 303
    replaced = get_proposals(database)[-1]
    assert list_members(replaced) == {"post-1": other, "post-2": handles[arabic]}
    assert replaced.rules["out"] == [held]
    again = post_form(envoy, f"{place}/teams/3/replace", page=f"{place}/team", replace="0 post-1")
    assert again.status_code == 422 and "no longer" not in again.text
    assert len(get_proposals(database)) == 3


def test_a_reserve_is_named_with_what_she_lacks(envoy: FlaskClient, database: Database) -> None:
    add_women(database, {"fra": "C1"}, {"fra": "C1"}, {"ara": "C1"})
    place = ask(
        envoy, **{"posts-0-themes-0-any_of": "ceasefire", "posts-0-themes-0-weight": "nice"}
    )
    page = propose(envoy, place)
    [proposal] = get_proposals(database)
    [reserve] = [one for one in proposal.teams if one["kind"] == "reserve"]
    assert reserve["handle"] not in list_members(proposal).values()
    assert "lacks nothing against the first" in page


def test_a_rule_that_stands_in_the_way_is_named(envoy: FlaskClient, database: Database) -> None:
    add_women(database, {"fra": "C1"}, {"ara": "C1"}, network="nwm")
    place = ask(envoy)
    page = propose(envoy, place, least_networks="2", unfilled="refused")
    assert "<h1>No team keeps all the rules.</h1>" in page
    assert "In the way: at least 2 networks." in page
    assert "The best there is without the rules that stand in the way." in page


def test_a_language_of_the_team_is_covered_by_as_many_as_asked(
    envoy: FlaskClient, database: Database
) -> None:
    both, french, arabic, second = add_women(
        database,
        {"fra": "C1", "ara": "C1"},
        {"fra": "C1"},
        {"ara": "C1"},
        {"ara": "C1", "fra": "C1"},
    )
    place = ask(envoy)
    rules = {"languages-0-language": "French", "languages-0-women": "2"}
    page = propose(envoy, place, **rules)
    handles, [proposal] = get_handles(database), get_proposals(database)
    members = list_members(proposal)
    assert members["post-2"] in {handles[both], handles[second]}
    assert "2 / 2" in page
    assert 'value="fra"' in page


def test_a_woman_gone_since_is_in_no_team_and_reads_no_longer_available(
    envoy: FlaskClient, database: Database
) -> None:
    first, _, _ = add_women(database, {"fra": "C1"}, {"fra": "B2"}, {"ara": "C1"})
    place = ask(envoy)
    propose(envoy, place)
    handles = get_handles(database)
    with database.writing() as session:
        session.get_one(Mediator, first).is_hidden = True
        add_change(session, first)
        session.commit()
    page = envoy.get(f"{place}/team").text
    assert "no longer available" in page
    propose(envoy, place)
    assert handles[first] not in repr(get_proposals(database)[-1].teams)
    kept = post_form(envoy, f"{place}/team", page=place, keep=[f"post-1 {handles[first]}"])
    assert kept.status_code == 422


def test_a_team_is_chosen_once_seen_and_a_second_editor_is_told(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, {"fra": "C1"}, {"ara": "C1"})
    place = ask(envoy)
    propose(envoy, place)
    choose = f"{place}/teams/1/choose"
    answers = [
        post_form(envoy, choose, page=f"{place}/team", version="1", team=team).status_code
        for team in ("7", "x", "0", "0")
    ]
    assert answers == [404, 400, 303, 409]
    assert get_proposals(database)[0].chosen == 0
    assert "chosen" in envoy.get(f"{place}/teams/1").text


def test_a_team_of_an_earlier_answer_is_not_chosen(envoy: FlaskClient, database: Database) -> None:
    add_women(database, {"fra": "C1"}, {"ara": "C1"})
    place = ask(envoy)
    propose(envoy, place)
    assert post_form(envoy, f"{place}/runs", page=place).status_code == 303
    answer = post_form(
        envoy, f"{place}/teams/1/choose", page=f"{place}/team", version="1", team="0"
    )
    assert answer.status_code == 422
    assert "These teams are of an earlier answer." in envoy.get(f"{place}/team").text


@pytest.mark.parametrize(
    "rules",
    [
        {"per_network": "13"},
        {"young": "x"},
        {"mentee": "post-1"},
        {"mentee": "post-1", "beside": "post-1"},
        {"languages-0-language": "Klingonese"},
        {"mediator": "1"},
        {"unfilled": "robots"},
    ],
)
def test_a_rule_that_is_none_is_refused_at_its_field(
    envoy: FlaskClient, database: Database, rules: dict[str, str]
) -> None:
    add_women(database, {"fra": "C1"}, {"ara": "C1"})
    place = ask(envoy)
    answer = post_form(envoy, f"{place}/team", page=f"{place}/team", **rules)
    assert answer.status_code == 422
    assert get_proposals(database) == []


def test_teams_are_proposed_twenty_times_a_day_at_most(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, {"fra": "C1"}, {"ara": "C1"})
    place = ask(envoy)
    with database.writing() as session:
        run_id = session.scalars(select(Run.id)).one()
        session.add_all(
            TeamProposal(run_id=run_id, rules={}, teams=[], made_at=clock.now()) for _ in range(20)
        )
        session.commit()
    assert post_form(envoy, f"{place}/team", page=place).status_code == 429


def test_before_the_first_search_there_is_no_team(envoy: FlaskClient) -> None:
    place = ask(envoy, do="save")
    assert "<h1>Search first.</h1>" in envoy.get(f"{place}/team").text
    assert post_form(envoy, f"{place}/team", page=place).status_code == 422
