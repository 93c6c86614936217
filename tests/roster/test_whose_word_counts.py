"""Whose word of a woman counts, and how well what is said of her is known."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from matching.facts import Grade, Language, Mediator, Nationality, Place, Skill, Source
from roster.db import Database
from roster.facts import load_mediators
from tests.roster.telling import (
    CHECKED,
    CONFIRMED,
    ENTERED,
    NORDIC,
    NOW,
    OWN,
    RECORDED,
    STATED,
    add_woman,
    read,
    say,
    session,
)

__all__ = ["session"]


def test_her_own_depth_wins_and_is_as_well_known_as_the_network_that_says_no_less(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("theme", "ceasefire", {"depth": 2}, STATED)])
    say(session, woman, "nwm", [("theme", "ceasefire", {"depth": 3}, CHECKED)])
    assert read(session, woman).themes == (Skill("ceasefire", CHECKED, 2, None, NORDIC),)


def test_a_network_that_says_less_does_not_confirm_what_she_says(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("theme", "ceasefire", {"depth": 3}, STATED)])
    say(session, woman, "nwm", [("theme", "ceasefire", {"depth": 1}, CHECKED)])
    assert read(session, woman).themes == (Skill("ceasefire", STATED, 3, None, OWN),)


def test_without_her_own_word_the_best_confirmed_one_counts_and_names_its_source(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, "mwmn", [("residence", "ITA", {}, STATED)])
    say(session, woman, "nwm", [("residence", "NOR", {"since_year": 2019}, CHECKED)])
    facts = read(session, woman)
    assert (facts.residence, facts.residence_since) == ("NOR", 2019)


def test_a_level_is_a_floor_on_the_published_scale_and_keeps_what_was_entered(
    session: Session,
) -> None:
    woman = add_woman(session)
    detail = {"speaking": "UN-III", "listening": "UN-III", "writing": "B2", "has_mediated": True}
    say(
        session,
        woman,
        "nwm",
        [("language", "fra", detail, CHECKED), ("language", "ara", {"word": "courant"}, STATED)],
    )
    stated = Source("coordinator", ENTERED.date(), "nwm")
    assert read(session, woman).languages == (
        Language("ara", as_entered="courant", grade=STATED, source=stated),
        Language("fra", 5, 5, None, 4, "UN-III", CHECKED, True, NORDIC),
    )


def test_a_level_lower_than_hers_confirms_nothing(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("language", "fra", {"speaking": "C2"}, STATED)])
    say(session, woman, "nwm", [("language", "fra", {"speaking": "C1"}, CHECKED)])
    assert read(session, woman).languages == (
        Language("fra", speaking=6, as_entered="C2", grade=STATED, source=OWN),
    )


def test_a_free_word_of_hers_does_not_hide_a_level_that_her_network_gives(
    session: Session,
) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("language", "fra", {"word": "courant"}, STATED)])
    say(session, woman, "nwm", [("language", "fra", {"speaking": "C1"}, CHECKED)])
    assert read(session, woman).languages == (
        Language("fra", speaking=5, as_entered="C1", grade=CHECKED, source=NORDIC),
    )


def test_a_verified_experience_is_recorded_evidence_and_a_secret_one_is_none(
    session: Session,
) -> None:
    woman = add_woman(session)
    past = {"country": "TCD", "first_year": 2019, "last_year": 2021}
    open_one = {**past, "track": "I", "role": "co_mediator", "phase": "ceasefire"}
    secret = {"country": "LBY", "track": "II", "role": "observer", "disclosure": "secret"}
    say(
        session,
        woman,
        "nwm",
        [("track", "I", {}, STATED), ("track", "III", {}, STATED)],
        [{**open_one, "verified_on": CONFIRMED}, secret],
    )
    facts = read(session, woman)
    stated = Source("coordinator", ENTERED.date(), "nwm")
    assert facts.tracks == (
        Skill("I", RECORDED, 1, 2021, NORDIC),
        Skill("III", STATED, 1, None, stated),
    )
    assert facts.roles_held == (Skill("co_mediator", RECORDED, 1, 2021, NORDIC),)
    assert facts.phases == (Skill("ceasefire", RECORDED, 1, 2021, NORDIC),)
    assert facts.places == (Place("TCD", 2019, 2021, RECORDED, NORDIC),)


def test_an_experience_that_nobody_verified_is_only_stated(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, experiences=[{"role": "facilitator", "last_year": 2020}])
    assert read(session, woman).roles_held == (Skill("facilitator", STATED, 1, 2020, OWN),)


@pytest.mark.parametrize(
    ("entries", "nationalities"),
    [
        ([], None),
        ([("nationality", "unknown", {}, STATED)], None),
        ([("nationality", "stateless", {}, STATED)], ()),
        (
            [
                ("nationality", "TCD", {}, STATED),
                ("nationality", "FRA", {"is_current": False, "ended_year": 2011}, STATED),
            ],
            (Nationality("FRA", False, 2011), Nationality("TCD")),
        ),
    ],
)
def test_unknown_nationality_is_not_statelessness(
    session: Session, entries: Any, nationalities: Any
) -> None:
    woman = add_woman(session)
    say(session, woman, "nwm", entries)
    assert read(session, woman).nationalities == nationalities


def test_a_nationality_that_only_her_network_states_is_not_lost(session: Session) -> None:
    woman = add_woman(session)
    say(session, woman, None, [("nationality", "FRA", {}, STATED)])
    say(session, woman, "nwm", [("nationality", "TCD", {}, STATED)])
    assert read(session, woman).nationalities == (Nationality("FRA"), Nationality("TCD"))


def test_what_she_left_out_of_her_own_list_no_network_puts_back(database: Database) -> None:
    with database.writing() as session:
        woman, silent = add_woman(session), add_woman(session)
        network_says = [
            ("theme", "armed_groups", {}, Grade.CONFIRMED),
            ("theme", "borders", {}, Grade.CONFIRMED),
            ("role_held", "facilitator", {}, Grade.CONFIRMED),
            ("nationality", "SDN", {}, Grade.STATED),
        ]
        say(session, woman, "nwm", network_says, [{"role": "liaison", "verified_on": CONFIRMED}])
        say(session, woman, None, [("theme", "borders", {}, Grade.STATED)])
        say(session, silent, "nwm", network_says)
        session.commit()
        hers, theirs = load_mediators(session, ids=[woman.id, silent.id], now=NOW)
    assert {
        "hers": [codes(hers.themes), codes(hers.roles_held), nationalities(hers)],
        "theirs": [codes(theirs.themes), codes(theirs.roles_held), nationalities(theirs)],
    } == {
        "hers": [["borders"], ["liaison"], ["SDN"]],
        "theirs": [["armed_groups", "borders"], ["facilitator"], ["SDN"]],
    }


def codes(skills: tuple[Skill, ...]) -> list[str]:
    return [skill.code for skill in skills]


def nationalities(woman: Mediator) -> list[str]:
    return [one.country for one in woman.nationalities or ()]
