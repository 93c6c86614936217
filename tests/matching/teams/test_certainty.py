"""What makes a choice doubtful: flags, what ends soon, and what a rule asks and nobody knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from matching import Mediator
from matching.facts import TeamRules
from matching.teams.certainty import count_doubts
from tests.matching.builders import NOW, ask, days, make_availability, make_mediator, make_request


def count(mediator: Mediator, rules: TeamRules) -> int:
    found = ask(make_request(), mediator)
    return count_doubts(found.listed[0], mediator, found, rules)


def available(**changes: Any) -> Mediator:
    return make_mediator(availability=make_availability(**changes))


@pytest.mark.parametrize(
    ("mediator", "doubts"),
    [
        (available(), 0),
        (available(status="partly"), 1),
        (available(valid_until=NOW + days(14)), 1),
        (available(valid_until=NOW + days(14) + timedelta(microseconds=1)), 0),
        (available(valid_until=NOW + days(1)), 1),
        (available(status="partly", valid_until=NOW + days(14)), 2),
    ],
)
def test_a_flag_is_a_doubt_and_so_is_what_ends_within_two_weeks(
    mediator: Mediator, doubts: int
) -> None:
    assert count(mediator, TeamRules()) == doubts


@pytest.mark.parametrize(
    ("rules", "unknown", "known"),
    [
        (
            TeamRules(per_nationality=1),
            make_mediator(nationalities=None),
            make_mediator(nationalities=()),
        ),
        (TeamRules(young=1), make_mediator(), make_mediator(birth_band="60+")),
        (TeamRules(least_networks=1), make_mediator(networks=()), make_mediator()),
    ],
)
def test_what_a_rule_asks_and_nobody_knows_is_a_doubt_where_it_is_asked(
    rules: TeamRules, unknown: Mediator, known: Mediator
) -> None:
    assert (count(unknown, rules), count(known, rules)) == (1, 0)
    assert count(unknown, TeamRules()) == 0
    assert count(make_mediator(nationalities=None, networks=()), TeamRules()) == 0


def test_doubts_of_every_kind_are_added_up() -> None:
    nobody_knows = make_mediator(
        nationalities=None, networks=(), availability=make_availability(status="partly")
    )
    assert count(nobody_knows, TeamRules(per_nationality=1, young=1, least_networks=1)) == 4
