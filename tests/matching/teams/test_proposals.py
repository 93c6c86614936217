"""What a proposal says of single cases: networks, caps, replacements, time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from matching import (
    Accreditation,
    Columns,
    LanguageWish,
    Mediator,
    Nationality,
    StaleAnswerError,
    answer,
)
from matching.facts import TeamLanguage, TeamRules
from matching.teams import RuleName, UnfitTeamError, propose_team, replace_drop_out
from tests.matching.builders import (
    NOW,
    TERMS,
    TODAY,
    ask,
    days,
    make_language,
    make_mediator,
    make_post,
    make_request,
)
from tests.matching.teams.reference import Brute
from tests.matching.teams.strategies import Case, answer_case, cases

TWO_POSTS = (make_post(code="a"), make_post(code="b"))


def make_woman(number: int, *networks: str, **changes: Any) -> Mediator:
    standing = tuple(Accreditation(one, "accredited", TODAY, None) for one in ("own", *networks))
    return make_mediator(number, networks=networks, accreditations=standing, **changes)


def propose(rules: TeamRules, *women: Mediator, **request: Any) -> Any:
    return propose_team(ask(make_request(*TWO_POSTS, **request), *women), rules)


def test_a_woman_in_two_networks_counts_under_the_one_that_lets_her_in() -> None:
    both, one = make_woman(1, "fem", "nwm"), make_woman(2, "fem")
    said = propose(TeamRules(per_network=1), both, one)
    assert {(each.mediator_id, each.counts_under) for each in said.team.members} == {
        (1, "nwm"),
        (2, "fem"),
    }


def test_a_nested_network_counts_as_itself() -> None:
    women = make_woman(1, "fem"), make_woman(2, "fem:lagos")
    said = propose(TeamRules(per_network=1), *women)
    assert [each.counts_under for each in said.team.members if each.mediator_id == 2] == [
        "fem:lagos"
    ]
    assert said.team.unfilled == ()


def test_who_stands_above_and_falls_to_a_cap_has_x1_and_is_named_with_it() -> None:
    better = {"languages": (make_language("eng"), make_language("fra"))}
    women = [make_woman(number, "fem", **better) for number in (1, 2)] + [make_woman(3, "nwm")]
    wish = LanguageWish(("fra",))
    posts = tuple(make_post(code=code, languages_nice=(wish,)) for code in "ab")
    said = propose_team(ask(make_request(*posts), *women), TeamRules(network_caps=(("fem", 1),)))
    [fallen] = said.fallen
    assert {fallen.mediator_id} | said.team.ids == {1, 2, 3}
    assert (fallen.evidence.code, dict(fallen.evidence.facts)) == (
        "X1",
        {"why": "network_cap", "asked": 1, "network": "fem"},
    )


def test_a_cap_on_nationalities_counts_the_unknown_under_all_and_tells_nobody_s() -> None:
    women = [
        make_woman(1, "nwm", nationalities=(Nationality("NOR"),)),
        make_woman(2, "nwm", nationalities=None),
    ]
    said = propose(TeamRules(per_nationality=1), *women, parties=())
    assert (len(said.team.members), len(said.team.unfilled)) == (1, 1)
    assert said.binding == (RuleName("per_nationality", count=1),)
    assert all("found" not in one.evidence.facts for one in said.fallen)


def test_equal_teams_go_to_the_women_longest_not_proposed() -> None:
    women = [make_mediator(number, last_proposed_at=NOW - days(number)) for number in range(1, 6)]
    said = propose(TeamRules(), *women, make_mediator(6, last_proposed_at=None))
    assert said.team.ids == {5, 6}


def test_posts_that_rules_leave_open_name_the_rule_and_those_nobody_fits_do_not() -> None:
    said = propose(TeamRules(per_network=1), make_woman(1, "fem"), make_woman(2, "fem"))
    assert (len(said.team.unfilled), said.binding) == (1, (RuleName("per_network", count=1),))
    alone = propose(TeamRules(), make_woman(1, "fem"))
    assert (len(alone.team.unfilled), alone.binding) == (1, ())


def test_a_language_of_the_team_may_be_spoken_by_anybody_of_it() -> None:
    speaker = make_woman(3, "nwm", languages=(make_language("fra"),), tracks=())
    better = [make_woman(number, "nwm") for number in (1, 2)]
    rules = TeamRules(languages=(TeamLanguage(LanguageWish(("fra",))),))
    said = propose(rules, *better, speaker)
    assert 3 in said.team.ids
    assert propose(rules, *better).binding == (RuleName("language", ("fra",), 1),)


def test_a_stopped_search_says_so_with_its_bound() -> None:
    women = [make_woman(number, "nwm") for number in range(1, 9)]
    found = ask(make_request(*TWO_POSTS), *women)
    said = propose_team(found, TeamRules(), seconds=0.0)
    whole = propose_team(found, TeamRules())
    assert said.proof.status == "time_limit"
    assert said.team is None or said.team.measures.fit <= whole.team.measures.fit
    assert said.proof.posts >= whole.proof.posts
    assert (said.binding, said.nearest, said.alternatives) == ((), None, ())


def test_women_beyond_those_weighed_are_counted_and_locked_ones_always_weighed() -> None:
    women = [make_woman(number, "nwm") for number in range(1, 9)]
    found = ask(make_request(*TWO_POSTS), *women)
    last = found.listed[7].mediator_id
    said = propose_team(found, TeamRules(locked=(("b", last),)), most_women=4)
    assert (said.weighed, said.left_out) == (4, 4)
    assert said.team is not None and said.team.places["b"] == last


def test_a_team_is_not_proposed_from_a_roster_that_has_changed() -> None:
    columns = Columns.build([make_woman(1, "nwm")], TERMS)
    found = answer(columns, make_request(*TWO_POSTS), NOW)
    columns.apply(make_woman(2, "nwm"))
    with pytest.raises(StaleAnswerError):
        propose_team(found, TeamRules())


@settings(max_examples=30, deadline=None)
@given(cases)
def test_a_replacement_is_the_best_there_is_with_the_rest_fixed(case: Case) -> None:
    roster, _, rules = case
    found = answer_case(case)
    said = propose_team(found, rules, reserves=0)
    if said.team is None:
        return
    for post, gone in said.team.places.items():
        without = replace(rules, locked=tuple(one for one in rules.locked if one[1] != gone))
        brute = Brute(found, roster, without)
        rest = {code: one for code, one in said.team.places.items() if code != post}
        able = [
            (one.points, -one.turns)
            for one in brute.allowed
            if one.picks.get(post) not in (None, gone)
            and one.picks == {**rest, post: one.picks[post]}
        ]
        team = replace_drop_out(found, rules, said.team.places, post)
        assert (team is None) == (not able)
        if team is not None:
            same = next(one for one in brute.allowed if one.picks == team.places)
            assert (same.points, -same.turns) == max(able)


def test_a_replacement_beside_somebody_no_longer_listed_is_refused() -> None:
    found = ask(make_request(*TWO_POSTS), make_woman(1, "nwm"), make_woman(2, "nwm"))
    with pytest.raises(UnfitTeamError):
        replace_drop_out(found, TeamRules(), {"a": 1, "b": 99}, "a")
    with pytest.raises(KeyError):
        replace_drop_out(found, TeamRules(), {"a": 1}, "b")
