"""How long a team takes: ``python -m tests.matching.teams.measure POSTS WOMEN TIMES``.

Prints p50 and p95 of seconds of processor time for the best team alone and for the whole proposal,
over random rosters in which everybody fits every post; each roster is another one.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from statistics import quantiles

from matching import Answer, LanguageWish, Place, PlaceWish
from matching.facts import TeamLanguage, TeamRules
from matching.teams.frame import Frame
from matching.teams.pool import gather
from matching.teams.proposal import propose_team
from matching.teams.search import Budget, Task, find_best
from tests.matching.builders import ask, make_request
from tests.matching.strategies import Dice
from tests.matching.teams.strategies import throw_post, throw_woman

LIMIT = 60.0


def make_answer(seed: int, posts: int, women: int) -> Answer:
    dice = Dice(seed)
    roster = [
        replace(
            throw_woman(dice, number, women),
            places=(Place(dice.pick("KEN", "SDN", "SSD"), 2010, dice.year()),),
        )
        for number in range(1, women + 1)
    ]
    asked = (
        replace(throw_post(dice, f"p{number}"), languages=(), places_nice=(PlaceWish(("KEN",)),))
        for number in range(posts)
    )
    return ask(make_request(*asked, parties=()), *roster)


def make_rules(posts: int) -> TeamRules:
    return TeamRules(
        languages=tuple(TeamLanguage(LanguageWish((code,)), 2) for code in ("fra", "ara")),
        per_network=max(2, posts // 3),
        per_nationality=max(2, posts // 3),
        young=1,
        least_networks=2,
        present_men=3,
        least_share=40,
    )


def measure(seed: int, posts: int, women: int) -> tuple[float, float, str]:
    found, rules = make_answer(seed, posts, women), make_rules(posts)
    before = time.process_time()
    task = Task(gather(found, rules), rules, Budget(LIMIT))
    frame = Frame(task.pool)
    find_best(task, frame, task.list_rows(frame))
    between = time.process_time()
    proof = propose_team(found, rules, seconds=LIMIT).proof
    return between - before, time.process_time() - between, proof.status


def main() -> None:
    posts, women, times = (int(one) for one in sys.argv[1:4])
    taken = [measure(seed, posts, women) for seed in range(times)]
    for name, place in (("best team", 0), ("whole proposal", 1)):
        cuts = quantiles([one[place] for one in taken], n=20, method="inclusive")
        print(f"{posts} of {women}, {name}: p50 {cuts[9]:.2f} s, p95 {cuts[18]:.2f} s")
    print("proven:", sum(one[2] == "proven" for one in taken), "of", times)


if __name__ == "__main__":
    main()
