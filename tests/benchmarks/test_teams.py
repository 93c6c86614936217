"""The published instances, and the value of a team as another search finds it."""

from __future__ import annotations

import pytest

from matching.teams.pool import gather
from tests.benchmarks.teams_compared import count_fitting, find_team
from tests.benchmarks.teams_thrown import DENSE, SPARSE, Instance, make_rules, throw_answer
from tests.matching.teams.reference import Brute


@pytest.mark.parametrize("kind", [DENSE, SPARSE])
@pytest.mark.parametrize("seed", range(4))
def test_the_value_found_is_that_of_the_best_of_all_teams(kind: str, seed: int) -> None:
    found, rules = throw_answer(seed, kind, 3, women=10), make_rules(3)
    roster = [found.columns.mediator(int(one)) for one in found.columns.ids(found.columns.rows())]
    best = Brute(found, roster, rules).best()
    value = best and (len(best.picks), best.points, best.turns)
    status = "proven" if best else "infeasible"
    assert find_team(Instance(seed, found, rules)) == (status, value)


def test_an_instance_is_the_same_whenever_it_is_thrown() -> None:
    one, other = (find_team(_throw()) for _ in range(2))
    assert one == other
    assert one[0] == "proven"


def _throw() -> Instance:
    return Instance(3, throw_answer(3, DENSE, 5, women=40), make_rules(5))


def test_everybody_fits_every_post_of_a_dense_instance_and_few_those_of_a_sparse_one() -> None:
    rules = make_rules(5)
    dense, sparse = (
        count_fitting(gather(throw_answer(1, kind, 5, women=60), rules)) for kind in (DENSE, SPARSE)
    )
    assert dense == 1
    assert sparse < 0.5
