"""Whom her own network's word would bring in, and nobody whom it would not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching import Columns, State, answer
from matching.facts import Interest, Mediator, Request, Requester
from matching.vetting import list_held, list_hidden
from tests.matching.builders import NOW, TERMS, make_mediator, make_request

KIN = Interest("kin", "SSD")


def load(*women: Mediator) -> Columns:
    columns = Columns(TERMS)
    columns.load(women)
    return columns


def find_state(columns: Columns, request: Request, one: int) -> State:
    return answer(columns, request, NOW, limit=0).state(one)


def test_a_held_woman_is_told_if_clearing_alone_would_bring_her_in() -> None:
    columns = load(
        make_mediator(1, interests=(KIN,)),
        make_mediator(2),
        make_mediator(3, interests=(KIN,), is_suspended=True),
        make_mediator(4, interests=(KIN,), is_hidden=True),
        make_mediator(5, interests=(KIN,)),
    )
    request = make_request(cleared=frozenset({5}))
    found = list_held(columns, request, NOW, range(1, 7))
    assert list(found) == [1]
    [evidence] = found[1]
    assert (evidence.code, evidence.facts["kind"], evidence.facts["country"]) == (
        "C5",
        "kin",
        "SSD",
    )
    assert list_held(columns, request, NOW, [2, 3, 4]) == {}
    assert find_state(columns, request, 1) == State.EXCLUDED
    assert find_state(columns, replace(request, cleared=frozenset({1})), 1) == State.LISTED


def test_a_hidden_woman_is_told_if_putting_her_forward_would_bring_her_in() -> None:
    columns = load(
        make_mediator(1, safety_class=3),
        make_mediator(2, safety_class=2),
        make_mediator(3, safety_class=3, is_suspended=True),
        make_mediator(4, safety_class=3, consents=()),
    )
    request = make_request()
    assert list_hidden(columns, request, NOW, range(1, 6)) == [1]
    assert find_state(columns, replace(request, put_forward=frozenset({1})), 1) == State.LISTED


@pytest.mark.parametrize("requester", [Requester("SSD"), Requester("NOR", is_verified=False)])
def test_nobody_of_class_3_is_told_for_a_requester_who_gets_no_card_of_hers(
    requester: Requester,
) -> None:
    columns = load(make_mediator(1, safety_class=3))
    assert list_hidden(columns, make_request(requester=requester), NOW, [1]) == []


def test_an_objection_bars_in_its_own_request_and_is_never_told() -> None:
    columns = load(make_mediator(1), make_mediator(2))
    for request in (make_request(), make_request(parties=())):
        plain = answer(columns, request, NOW)
        barred = answer(columns, replace(request, objected=frozenset({2})), NOW)
        assert plain.state(2) == State.LISTED
        assert (barred.state(1), barred.state(2)) == (State.LISTED, State.EXCLUDED)
        [reason] = barred.reasons(2)
        assert (reason.code, dict(reason.facts)) == ("C6", {"held": True})
        assert [one.mediator_id for one in barred.listed] == [1]
