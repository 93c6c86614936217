"""Exchange: who is proposed to learn with whom, and why; against plain sets over single women."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    Columns,
    Consent,
    Mediator,
    Nationality,
    Place,
    Skill,
    explain_partner,
    propose_partners,
    takes_part,
)
from matching.exchange import GROUNDS
from tests.matching.builders import NOW, TERMS, days, make_language, make_mediator
from tests.matching.strategies import Dice, make_random_mediator, seeds

AGREED = Consent("mentoring", NOW + days(100))
WEIGHTS = {one.name: (one.weight, one.enough) for one in GROUNDS}


def make_partner(mediator_id: int, **changes: Any) -> Mediator:
    """Of another network and Track II, with a language, a theme and a region of the first."""
    base = make_mediator(
        mediator_id, consents=(AGREED,), networks=("mwmn",), tracks=(Skill("II"), Skill("III"))
    )
    return replace(base, **changes)


HER = make_mediator(1, consents=(AGREED,), roles_sought=(Skill("observer"),))


def list_partners(*women: Mediator, **changes: Any) -> list[int]:
    columns = Columns.build([HER, *women], TERMS)
    return [one.mediator_id for one in propose_partners(columns, 1, NOW, **changes).partners]


@pytest.mark.parametrize(
    "changes",
    [
        {"consents": make_mediator().consents},
        {"consents": (Consent("mentoring", NOW),)},
        {"is_hidden": True},
        {"is_suspended": True},
        {"accreditations": (replace(make_mediator().accreditations[0], state="suspended"),)},
        {"has_integrity_hold": True},
        {"paused_until": NOW + days(1)},
        {"safety_class": 3},
        {"look_alikes": frozenset({1})},
        {"languages": (make_language("fra"),)},
        {"languages": (make_language("eng", level=3),)},
        {"languages": (make_language("eng", level=None),)},
        {"networks": ("nwm", "mwmn"), "tracks": (Skill("III"),)},
        {"networks": (), "tracks": ()},
    ],
)
def test_who_is_never_proposed(changes: dict[str, Any]) -> None:
    assert list_partners(make_partner(2, **changes), make_partner(3)) == [3]


def test_one_woman_takes_part_by_the_rule_of_all() -> None:
    """``takes_part`` against who is proposed at all, each change by itself."""
    changes: list[dict[str, Any]] = [
        {},
        {"consents": make_mediator().consents},
        {"consents": (Consent("mentoring", NOW),)},
        {"is_hidden": True},
        {"is_suspended": True},
        {"accreditations": (replace(make_mediator().accreditations[0], state="suspended"),)},
        {"has_integrity_hold": True},
        {"paused_until": NOW},
        {"paused_until": NOW + days(1)},
        {"safety_class": 2},
        {"safety_class": 3},
    ]
    said = [takes_part(make_partner(2, **one), NOW) for one in changes]
    assert said == [list_partners(make_partner(2, **one)) == [2] for one in changes]
    assert said == [True, *[False] * 6, True, False, True, False]


def test_one_partner_is_explained_as_among_all() -> None:
    women = [HER, make_partner(2), make_partner(3, tracks=(Skill("III"),))]
    columns = Columns.build(women, TERMS)
    (found,) = [
        one
        for one in propose_partners(columns, 1, NOW, learns=["borders"]).partners
        if one.mediator_id == 3
    ]
    assert explain_partner(columns, 1, 3, learns=["borders"]) == found
    with pytest.raises(KeyError):
        explain_partner(columns, 1, 9)


def test_look_alikes_of_hers_are_left_out_and_never_she_herself() -> None:
    her = replace(HER, look_alikes=frozenset({2}))
    columns = Columns.build([her, make_partner(2), make_partner(3)], TERMS)
    assert [one.mediator_id for one in propose_partners(columns, 1, NOW).partners] == [3]


@pytest.mark.parametrize("changes", [{"networks": ("nwm",)}, {"tracks": HER.tracks}])
def test_another_track_or_another_network_is_enough(changes: dict[str, Any]) -> None:
    assert list_partners(make_partner(2, **changes)) == [2]


def test_who_did_not_opt_in_gets_no_partner_and_an_unknown_woman_is_an_error() -> None:
    columns = Columns.build([replace(HER, consents=()), make_partner(2)], TERMS)
    found = propose_partners(columns, 1, NOW)
    assert (found.takes_part, found.partners) == (False, ())
    with pytest.raises(KeyError):
        propose_partners(columns, 9, NOW)


def test_each_ground_says_what_it_found_and_the_points_sum_to_the_score() -> None:
    partner = make_partner(2, roles_held=(Skill("observer"),), places=(Place("SDN"),))
    columns = Columns.build([HER, partner], TERMS)
    (found,) = propose_partners(columns, 1, NOW, learns=("150", "borders")).partners
    said = {one.criterion: (one.facts["found"], one.points) for one in found.evidence}
    assert said == {
        "shared_language": (("eng", "arb"), 30.0),
        "shared_theme": (("ceasefire",), 6.67),
        "shared_region": (("014",), 7.5),
        "other_track": (("II",), 7.5),
        "other_network": (("other_network",), 10.0),
        "wish_to_learn": (("observer",), 10.0),
    }
    assert (found.points, found.out_of) == (71.67, 100.0)


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("borders", {"themes": (Skill("borders"),)}),
        ("I.5", {"tracks": (Skill("I.5"), Skill("III"))}),
        ("mentor", {"roles_held": (Skill("mentor"),)}),
        ("NOR", {"places": (Place("NOR"),)}),
        ("150", {"places": (Place("NOR"),)}),
    ],
)
def test_what_she_would_like_to_learn_brings_forward_who_knows_it(
    code: str, changes: dict[str, Any]
) -> None:
    columns = Columns.build([HER, make_partner(2, **changes), make_partner(3)], TERMS)
    found = propose_partners(columns, 1, NOW, learns=(code,)).partners
    learnt = {
        one.mediator_id: part.facts["found"]
        for one in found
        for part in one.evidence
        if part.criterion == "wish_to_learn"
    }
    assert learnt == {2: (code,), 3: ()}


def count_in_common(her: Mediator, other: Mediator) -> Iterator[tuple[str, int]]:
    """Each ground a second time, as sets of two women."""

    def speaks(woman: Mediator) -> set[str]:
        return {one.code for one in woman.languages if (one.speaking or 0) >= 4}

    def regions(woman: Mediator) -> set[str]:
        return {TERMS.ancestors("country", one.country)[0] for one in woman.places}

    def codes(skills: tuple[Skill, ...]) -> set[str]:
        return {one.code for one in skills}

    yield "shared_language", len(speaks(her) & speaks(other))
    yield "shared_theme", len(codes(her.themes) & codes(other.themes))
    yield "shared_region", len(regions(her) & regions(other))
    yield "other_track", len(codes(other.tracks) - codes(her.tracks))
    has_other = bool(other.networks) and not set(her.networks) & set(other.networks)
    yield "other_network", int(has_other)
    knows = codes(other.themes) | codes(other.tracks) | codes(other.roles_held)
    yield "wish_to_learn", len(codes(her.roles_sought) & knows)


def throw_partner(seed: int, number: int) -> Mediator:
    woman = make_random_mediator(seed, number)
    network = Dice(seed).pick(("nwm",), ("mwmn",), ())
    return replace(woman, consents=(AGREED,), networks=network)


@settings(max_examples=60, deadline=None)
@given(st.lists(seeds, min_size=2, max_size=8))
def test_partners_and_points_are_those_of_plain_sets(drawn: list[int]) -> None:
    women = {number: throw_partner(seed, number) for number, seed in enumerate(drawn, 1)}
    her = women[1] = replace(women[1], is_hidden=False, is_suspended=False, safety_class=2)
    her = women[1] = replace(her, has_integrity_hold=False, paused_until=None, accreditations=())
    expected = {}
    for number, woman in women.items():
        common = dict(count_in_common(her, woman))
        is_barred = woman.is_hidden or woman.is_suspended or woman.has_integrity_hold
        is_barred |= woman.paused_until is not None and woman.paused_until > NOW
        is_barred |= any(one.state == "suspended" for one in woman.accreditations)
        differs = common["other_track"] or common["other_network"]
        may = number > 1 and not is_barred and woman.safety_class < 3
        if may and common["shared_language"] and differs:
            expected[number] = sum(
                round(min(count, WEIGHTS[name][1]) / WEIGHTS[name][1] * WEIGHTS[name][0], 2)
                for name, count in common.items()
            )
    found = propose_partners(Columns.build(women.values(), TERMS), 1, NOW).partners
    assert {one.mediator_id: one.points for one in found} == pytest.approx(expected)
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    again = propose_partners(Columns.build(reversed(women.values()), TERMS), 1, NOW).partners
    assert again == found


def test_nothing_that_must_not_count_changes_the_order() -> None:
    plain = [make_partner(number) for number in range(2, 8)]
    other = [
        replace(
            one, nationalities=(Nationality("SSD"),), birth_band="60+", refused_by=frozenset("x")
        )
        for one in plain
    ]
    assert list_partners(*plain) == list_partners(*other)
    assert list_partners(*plain, limit=3) == list_partners(*plain)[:3]
    assert list_partners(*plain) != sorted(list_partners(*plain))
