"""Each rule of a team by itself: which choices it lets through, and the name it has when broken."""

from __future__ import annotations

from typing import Any

import pytest

from matching import Accreditation, LanguageWish, Mediator, Nationality, Skill
from matching.facts import MenteeSlot, TeamLanguage, TeamRules
from matching.teams import RuleName
from matching.teams.frame import Frame
from matching.teams.pool import gather
from matching.teams.rules import list_rules
from matching.teams.solver import Row
from tests.matching.builders import (
    TODAY,
    ask,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

BOTH, ONE, NOBODY = {"a": 1, "b": 2}, {"a": 1}, dict[str, int]()


def make_woman(number: int, network: str = "nwm", **changes: Any) -> Mediator:
    standing = (Accreditation(network, "accredited", TODAY, None),)
    return make_mediator(number, networks=(network,), accreditations=standing, **changes)


WOMEN = [make_woman(1), make_woman(2), make_woman(3, "fem")]


def list_broken(rules: TeamRules, picks: dict[str, int], *women: Mediator) -> list[RuleName]:
    """Return the rules that a choice breaks: post -> woman, each woman of one network only."""
    request = make_request(make_post(code="a"), make_post(code="b"), parties=())
    frame = Frame(gather(ask(request, *(women or WOMEN)), rules))
    values = [0] * frame.size
    for place, (woman, seat) in enumerate(frame.seats):
        if picks.get(seat.post) == woman.id:
            (network,) = woman.networks
            for chosen in (place, frame.under(woman, network), *frame.sum_found([network])):
                values[chosen] = 1
    found = list_rules(frame, rules)
    return [one.name for one in found if not all(is_kept(row, values) for row in one.rows)]


def is_kept(row: Row, values: list[int]) -> bool:
    total = sum(values[place] * factor for place, factor in row.terms.items())
    return row.least <= total <= row.most


def test_the_target_of_the_share_asks_for_women_and_an_impossible_one_lets_nothing_through() -> (
    None
):
    rules = TeamRules(present_men=2, least_share=50)
    broken = [RuleName("least_share", count=50)]
    assert [list_broken(rules, one) for one in (NOBODY, ONE, BOTH)] == [broken, broken, []]
    impossible = TeamRules(present_men=6, least_share=40)
    assert list_broken(impossible, BOTH) == [RuleName("least_share", count=40)]


def test_where_posts_may_stay_empty_the_share_is_that_of_the_women_and_men_there_are() -> None:
    rules = TeamRules(present_women=1, present_men=2, least_share=50, unfilled="empty")
    assert list_broken(rules, ONE) == []
    assert list_broken(rules, NOBODY) == [RuleName("least_share", count=50)]


def test_the_upper_bound_of_the_share_keeps_women_out_and_may_keep_out_everything() -> None:
    rules = TeamRules(present_women=1, present_men=1, most_share=50)
    assert [list_broken(rules, one) for one in (NOBODY, ONE)] == [[], []]
    assert list_broken(rules, BOTH) == [RuleName("most_share", count=50)]
    impossible = TeamRules(present_women=5, most_share=70)
    assert list_broken(impossible, NOBODY) == [RuleName("most_share", count=70)]


def test_posts_that_must_be_filled_are_named_one_by_one() -> None:
    rules = TeamRules(unfilled="refused")
    assert list_broken(rules, BOTH) == []
    assert list_broken(rules, ONE) == [RuleName("filled", ("b",))]
    assert list_broken(TeamRules(), NOBODY) == []


def test_a_locked_woman_stays_on_her_post() -> None:
    rules = TeamRules(locked=(("a", 1),))
    assert list_broken(rules, ONE) == []
    for other in ({"b": 1}, {"a": 2}, NOBODY):
        assert list_broken(rules, other) == [RuleName("locked", ("a",), mediator_id=1)]


@pytest.mark.parametrize("code", ["excluded", "not_with"])
def test_who_is_kept_out_is_on_no_post(code: str) -> None:
    kept_out: dict[str, Any] = {code: frozenset({1})}
    rules = TeamRules(**kept_out)
    assert list_broken(rules, ONE) == list_broken(rules, {"b": 1}) == [RuleName(code)]
    assert list_broken(rules, {"a": 2, "b": 3}) == []


def test_a_cap_of_one_network_takes_the_place_of_the_cap_of_every_network() -> None:
    women = [make_woman(number, "nwm" if number < 3 else "fem") for number in range(1, 5)]
    rules = TeamRules(network_caps=(("fem", 2),), per_network=1)
    assert list_broken(rules, {"a": 3, "b": 4}, *women) == []
    assert list_broken(rules, BOTH, *women) == [RuleName("per_network", count=1)]
    capped = TeamRules(network_caps=(("nwm", 1),))
    assert list_broken(capped, BOTH, *women) == [RuleName("network_cap", ("nwm",), 1)]
    assert list_broken(capped, {"a": 3, "b": 4}, *women) == []


def test_of_one_nationality_no_more_than_the_cap_and_an_unknown_one_may_be_any() -> None:
    norway, kenya = (Nationality("NOR"),), (Nationality("KEN"),)
    for first, second, is_broken in (
        (norway, norway, True),
        (norway, kenya, False),
        (norway, None, True),
        (None, None, True),
        (norway, (Nationality("KEN"), Nationality("NOR", False)), False),
        (norway, (), False),
    ):
        women = (make_woman(1, nationalities=first), make_woman(2, nationalities=second))
        expected = [RuleName("per_nationality", count=1)] if is_broken else []
        assert list_broken(TeamRules(per_nationality=1), BOTH, *women) == expected
        assert list_broken(TeamRules(), BOTH, *women) == []


def test_least_networks_counts_each_network_once() -> None:
    rules = TeamRules(least_networks=2)
    assert list_broken(rules, {"a": 1, "b": 3}) == []
    assert list_broken(rules, BOTH) == [RuleName("least_networks", count=2)]


def test_a_language_of_the_team_is_spoken_by_so_many_of_those_chosen() -> None:
    women = (make_woman(1, languages=(make_language("fra"),)), make_woman(2), make_woman(3))
    rules = TeamRules(languages=(TeamLanguage(LanguageWish(("fra",))),))
    assert list_broken(rules, BOTH, *women) == []
    assert list_broken(rules, {"a": 2, "b": 3}, *women) == [RuleName("language", ("fra",), 1)]


def test_young_women_are_counted_by_the_bands_named() -> None:
    women = (make_woman(1, birth_band="under_30"), make_woman(2, birth_band="60+"), make_woman(3))
    rules = TeamRules(young=1)
    assert list_broken(rules, ONE, *women) == []
    assert list_broken(rules, {"a": 2, "b": 3}, *women) == [RuleName("young", count=1)]


def test_a_mentee_s_post_goes_to_one_who_seeks_it_beside_a_senior_woman() -> None:
    women = (
        make_woman(1, seniority=Skill("eminent")),
        make_woman(2, roles_sought=(Skill("mentee"),), seniority=Skill("mid")),
        make_woman(3, roles_sought=(Skill("mentee"),), seniority=Skill("mid")),
        make_woman(4),
    )
    rules = TeamRules(mentees=(MenteeSlot("b", beside="a"),))
    for picks in (NOBODY, ONE, {"a": 2}, {"a": 1, "b": 2}, {"a": 4, "b": 3}):
        assert list_broken(rules, picks, *women) == []
    for picks in ({"b": 2}, {"a": 3, "b": 2}, {"a": 1, "b": 4}, {"b": 4}):
        assert list_broken(rules, picks, *women) == [RuleName("mentee", ("b", "a"))]
