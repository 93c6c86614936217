"""The comparison compares the same: who is at hand agrees, and one who errs stops the run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from matching import Columns
from tests.benchmarks.asked import ANYBODY, IN_PERSON, LEAD, REQUESTS, SOUTH_SUDAN
from tests.benchmarks.compiled import compile_request
from tests.benchmarks.contenders.asked import Asked, Found, Ground
from tests.benchmarks.contenders.in_a_loop import InALoop
from tests.benchmarks.contenders.in_sqlite import InSqlite
from tests.benchmarks.contenders.ours import Ours
from tests.benchmarks.filled_columns import fill_columns
from tests.benchmarks.invented import invent_roster
from tests.benchmarks.report import Disagreement
from tests.benchmarks.shortlist import check, make_ground

WOMEN = 3_000
LOOSE = REQUESTS["anybody"]
SINGLY = {
    "ties": replace(LOOSE, parties=SOUTH_SUDAN[:1]),
    "kept out": replace(LOOSE, posts=(replace(ANYBODY, exclusions=LEAD.exclusions),)),
    "party's nationals": replace(
        LOOSE, parties=SOUTH_SUDAN, posts=(replace(ANYBODY, roles=LEAD.roles, tracks=LEAD.tracks),)
    ),
    "on the spot": replace(IN_PERSON, posts=(ANYBODY,)),
    "depth": replace(LOOSE, posts=(replace(ANYBODY, themes=LEAD.themes, places=LEAD.places),)),
}
"""A few rules at a time, so that a slip in one of them shows on so few women."""
PHASES = ("one phase", "two phases")


@pytest.fixture(scope="module")
def ground() -> Ground:
    whole = make_ground(WOMEN)
    singly = [
        Asked(name, request, compile_request(name, request, whole.terms))
        for name, request in SINGLY.items()
    ]
    return replace(whole, asked=[*whole.asked, *singly])


def test_who_needs_no_package_agrees_on_women_order_and_points(ground: Ground) -> None:
    contenders = [Ours(ground), InALoop(ground), InSqlite(ground)]
    fits, plans = {}, set()
    for asked in ground.asked:
        answers = {
            f"{one.name} {plan}": act()
            for one in contenders
            for plan, act in one.prepare(asked).items()
        }
        check(asked, answers)
        fits[asked.name], plans = len(answers["ours "].fits), plans | set(answers)
    loose = [fits[name] for name in REQUESTS][2:]
    assert sorted(loose) == loose
    assert min(fits[name] for name in SINGLY) > 0
    assert 0 < fits["facilitator"] < 20 < fits["remote expert"]
    assert 0.2 < fits["anybody"] / WOMEN < 0.35
    assert plans == {
        "ours ",
        "naive loop ",
        *(f"SQLite {way}, {n}" for way in ("scan", "index", "FTS5") for n in PHASES),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"fits": (1, 2)},
        {"fits": (1, 2, 3, 3)},
        {"best": ((2, (500,)), (1, (500,)))},
        {"best": ((1, (500,)), (2, (499,)))},
        {"best": ((1, (500,)),)},
    ],
)
def test_another_woman_order_or_point_stops_the_run(ground: Ground, changed: Any) -> None:
    asked = ground.asked[0]
    answer = Found((1, 2, 3), ((1, (500,)), (2, (500,))))
    check(asked, {"one": answer, "two": answer})
    with pytest.raises(Disagreement, match="one and two"):
        check(asked, {"one": answer, "two": replace(answer, **changed)})


def test_columns_from_arrays_are_those_that_the_engine_builds(ground: Ground) -> None:
    roster = invent_roster(300)
    filled = fill_columns(roster, ground.terms)
    women = [filled.read(row) for row in range(300)]
    built = Columns.build(women, ground.terms)
    assert [built.read(row) for row in range(300)] == women
    assert [filled.mediator(one.id) for one in women] == women
    whole = replace(ground, roster=roster, columns=built)
    for asked in ground.asked:
        answers = {"built": Ours(whole), "filled": Ours(replace(whole, columns=filled))}
        check(asked, {name: one.prepare(asked)[""]() for name, one in answers.items()})


def test_a_roster_is_the_same_at_every_call() -> None:
    one, two = invent_roster(50), invent_roster(50)
    assert [one.tables[name].counts.tolist() for name in one.tables] == [
        two.tables[name].counts.tolist() for name in two.tables
    ]
    assert all((one.scalars[name] == two.scalars[name]).all() for name in one.scalars)
