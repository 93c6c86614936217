"""What holds for every roster and request, against an independent brute force."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Candidate, Columns, Mediator, Request, State, Verdict, answer
from tests.matching import reference
from tests.matching.builders import NOW, TERMS, ask, days, make_availability
from tests.matching.strategies import make_random_mediator, requests, rosters, seeds

TICK = timedelta(microseconds=1)
rosters_and_requests = settings(max_examples=60, deadline=None)


def visible(roster: list[Mediator], request: Request) -> list[Mediator]:
    return [woman for woman in roster if reference.is_visible(woman, request, NOW)]


@settings(max_examples=300, deadline=None)
@given(rosters, requests)
def test_states_and_reasons_agree_with_brute_force(
    roster: list[Mediator], request: Request
) -> None:
    found = ask(request, *roster)
    assert found.states == {
        woman.id: reference.find_state(woman, request, NOW, TERMS) for woman in roster
    }
    for woman in visible(roster, request):
        said = [
            (one.criterion, one.wish, one.code, one.is_curable) for one in found.reasons(woman.id)
        ]
        said.sort(key=lambda miss: (reference.ORDER.index(miss[0]), miss[1]))
        assert said in reference.decide(woman, request, NOW, TERMS)


@rosters_and_requests
@given(rosters, requests)
def test_every_woman_is_in_one_state_and_the_funnel_adds_up(
    roster: list[Mediator], request: Request
) -> None:
    found = ask(request, *roster)
    assert Counter(found.states.values()) == Counter(found.counts)
    assert found.considered + found.not_visible == len(roster)
    assert found.considered == len(visible(roster, request))
    left = found.considered
    for step in found.funnel:
        left -= step.fell
        assert step.left == left
    assert left == found.counts[State.LISTED]
    assert {one.mediator_id for one in found.listed} == set(found.list_ids(State.LISTED))
    assert {one.mediator_id for one in found.near_misses} == set(found.list_ids(State.NEAR_MISS))


@rosters_and_requests
@given(rosters, requests)
def test_nobody_is_listed_with_a_failed_gate_and_a_near_miss_has_exactly_one(
    roster: list[Mediator], request: Request
) -> None:
    found = ask(request, *roster)
    for candidate in found.listed:
        assert all(one.verdict >= Verdict.PASS for one in candidate.evidence if one.is_hard)
        assert candidate.missing is None
    for candidate in found.near_misses:
        missing = [one for one in candidate.evidence if one.is_hard and one.verdict < Verdict.PASS]
        assert missing == [candidate.missing]
        assert missing[0].is_curable


@rosters_and_requests
@given(rosters, requests)
def test_points_sum_to_the_score_and_order_the_list(
    roster: list[Mediator], request: Request
) -> None:
    found = ask(request, *roster)
    for one in (*found.listed, *found.near_misses):
        points = sum(round(part.points * 100) for part in one.evidence)
        out_of = sum(round(part.out_of * 100) for part in one.evidence)
        assert (points, out_of) == (round(one.points * 100), round(one.out_of * 100))
        assert all(0 <= part.points <= part.out_of for part in one.evidence)
    asked_at = {woman.id: woman.last_proposed_at for woman in roster}
    for post in request.posts:
        for group in (found.listed, found.near_misses):
            keys = [_order_key(one, asked_at) for one in group if one.post == post.code]
            assert keys == sorted(keys)


def _order_key(candidate: Candidate, asked_at: dict[int, object]) -> tuple[float, str]:
    return -candidate.points, str(asked_at[candidate.mediator_id] or "")


@rosters_and_requests
@given(rosters, requests)
def test_who_is_listed_stays_so_until_the_instant_said_and_not_at_it(
    roster: list[Mediator], request: Request
) -> None:
    columns = Columns.build(roster, TERMS)
    for candidate in answer(columns, request, NOW, limit=None).listed[:2]:
        end = candidate.holds_until
        assert end is not None
        asked = replace(
            request, posts=tuple(post for post in request.posts if post.code == candidate.post)
        )
        before = answer(columns, asked, end - TICK).state(candidate.mediator_id)
        at_end = answer(columns, asked, end).state(candidate.mediator_id)
        assert (before, at_end == State.LISTED) == (State.LISTED, False)


@rosters_and_requests
@given(rosters, rosters, st.sets(st.integers(1, 6)), requests)
def test_changing_columns_row_by_row_equals_building_them_anew(
    before: list[Mediator], after: list[Mediator], removed: set[int], request: Request
) -> None:
    columns = Columns.build(before, TERMS)
    for number in sorted(removed & {woman.id for woman in before}):
        columns.remove(number)
    for woman in after:
        columns.apply(woman)
    final = {woman.id: woman for woman in before if woman.id not in removed}
    final |= {woman.id: woman for woman in after}
    assert len(columns) == len(final)
    assert all(columns.mediator(number) == woman for number, woman in final.items())
    changed = answer(columns, request, NOW)
    anew = answer(Columns.build(final.values(), TERMS), request, NOW)
    assert (changed.funnel, changed.listed, changed.near_misses, changed.states) == (
        anew.funnel,
        anew.listed,
        anew.near_misses,
        anew.states,
    )


@rosters_and_requests
@given(rosters, requests, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_registration(
    roster: list[Mediator], request: Request, random: object
) -> None:
    shuffled = list(roster)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = ask(request, *roster), ask(request, *shuffled)
    assert (one.listed, one.near_misses, one.funnel) == (
        other.listed,
        other.near_misses,
        other.funnel,
    )


@rosters_and_requests
@given(rosters, requests, st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_of_two_look_alikes_never_both_are_in_the_answer(
    roster: list[Mediator], request: Request, pairs: set[tuple[int, int]]
) -> None:
    linked = [
        replace(woman, look_alikes=frozenset(two for one, two in pairs if one == woman.id))
        for woman in roster
    ]
    states, alone = ask(request, *linked).states, ask(request, *roster).states
    for one, two in pairs:
        if one != two and {one, two} <= set(states):
            assert min(states[one], states[two]) < State.NEAR_MISS
    linked_to = {one for pair in pairs for one in pair if pair[0] != pair[1]}
    for number, state in alone.items():
        assert states[number] == state or (number in linked_to and states[number] == State.EXCLUDED)
    for number in set(states) & linked_to:
        if alone[number] == State.LISTED and states[number] == State.EXCLUDED:
            others = {two for one, two in pairs if one == number}
            others |= {one for one, two in pairs if two == number}
            assert any(states.get(other) == State.LISTED for other in others)


@rosters_and_requests
@given(seeds, requests)
def test_an_expired_availability_never_counts(seed: int, request: Request) -> None:
    woman = make_random_mediator(seed, 1)
    expired = make_availability(valid_until=NOW, confirmed_at=NOW - days(90))
    found = ask(request, replace(woman, availability=expired))
    assert found.listed == ()
    if found.state(1) == State.NEAR_MISS:
        assert [one.code for one in found.reasons(1)] == ["A1"]
