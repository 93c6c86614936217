"""The best team, its alternatives and its rules against every team there is."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings

from matching.facts import TeamRules
from matching.teams import propose_team
from matching.teams.reserves import list_differences
from tests.matching.teams.reference import Brute, list_names
from tests.matching.teams.strategies import Case, answer_case, cases

many = settings(max_examples=40, deadline=None)


@many
@given(cases)
def test_the_team_is_the_best_of_all_there_are(case: Case) -> None:
    roster, _, rules = case
    found = answer_case(case)
    brute, said = Brute(found, roster, rules), propose_team(found, rules, reserves=0)
    best = brute.best()
    if best is None:
        assert (said.proof.status, said.team) == ("infeasible", None)
        return
    assert said.team is not None
    same = next(one for one in brute.allowed if one.picks == said.team.places)
    assert (len(same.picks), same.points, same.turns) == (
        len(best.picks),
        best.points,
        best.turns,
    )
    assert (said.proof.status, said.proof.posts, said.proof.points, said.proof.gap) == (
        "proven",
        len(best.picks),
        best.points / 100,
        0,
    )
    measures = said.team.measures
    assert same.measures == (
        round(measures.fit * 100),
        measures.coverage,
        measures.balance,
        -measures.doubts,
    )


@many
@given(cases)
def test_alternatives_are_beaten_by_no_team_and_differ_in_what_they_measure(case: Case) -> None:
    roster, _, rules = case
    found = answer_case(case)
    said = propose_team(found, rules, reserves=0)
    if said.team is None:
        return
    brute = Brute(found, roster, rules)
    by_picks = {frozenset(one.picks.items()): one for one in brute.allowed}
    as_many = [one for one in brute.allowed if len(one.picks) == len(said.team.members)]
    values = [by_picks[frozenset(said.team.places.items())].measures]
    for alternative in said.alternatives:
        own = by_picks[frozenset(alternative.team.places.items())].measures
        assert not any(_beats(one.measures, own) for one in as_many)
        values.append(own)
    assert len(set(values)) == len(values) <= 6
    front = {
        one.measures
        for one in as_many
        if not any(_beats(two.measures, one.measures) for two in as_many)
    }
    assert len(said.alternatives) >= min(2, len(front - {values[0]}))


def _beats(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


@many
@given(cases)
def test_the_rules_named_are_the_fewest_without_which_a_team_exists(case: Case) -> None:
    roster, request, rules = case
    found = answer_case(case)
    said = propose_team(found, rules, reserves=0)
    if said.team is not None:
        return
    names = list_names(rules, [post.code for post in request.posts])
    fewest = Brute(found, roster, rules).fewest_broken(names)
    assert (len(said.binding), sum(names.index(one) for one in said.binding)) == fewest
    assert said.nearest is not None


@many
@given(cases)
def test_reserves_keep_every_rule_and_come_best_first(case: Case) -> None:
    roster, _, rules = case
    found = answer_case(case)
    said = propose_team(found, rules, reserves=2)
    if said.team is None:
        return
    for first in said.team.members:
        own_rules = _unlock(rules, first.mediator_id)
        brute = Brute(found, roster, own_rules)
        fits = {frozenset(one.picks.items()): one for one in brute.allowed}
        ready = []
        for (code, number), seat in brute.seats.items():
            swapped = frozenset((said.team.places | {first.post: number}).items())
            if code == first.post and number not in said.team.ids and swapped in fits:
                ready.append((-round(seat.points * 100), brute.turns[number], number))
        expected = [number for *_, number in sorted(ready)][:2]
        given = [one for one in said.reserves if one.post == first.post]
        assert [one.candidate.mediator_id for one in given] == expected
        for one in given:
            gaps = list_differences(first.candidate, one.candidate)
            assert round(sum(gap.points for gap in gaps), 2) == one.points


def _unlock(rules: TeamRules, number: int) -> TeamRules:
    return replace(rules, locked=tuple(one for one in rules.locked if one[1] != number))


@settings(max_examples=20, deadline=None)
@given(cases)
def test_the_proposal_does_not_depend_on_the_order_of_registration(case: Case) -> None:
    roster, request, rules = case
    shuffled = list(roster)
    random.Random(7).shuffle(shuffled)
    one = propose_team(answer_case(case), rules)
    other = propose_team(answer_case((shuffled, request, rules)), rules)
    assert one == other
