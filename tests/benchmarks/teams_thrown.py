"""Teams to be found, each from a seed of its own: whoever has this code has the instances.

Three hundred women are weighed, as the service does at most. *Dense*: everybody fits every post.
*Sparse*: a post asks for languages and themes that few have, and is fit by one woman in several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from matching import Answer, Grade, LanguageWish, Place, PlaceWish, Post, ThemeWish
from matching.facts import TeamLanguage, TeamRules
from matching.teams.pool import MOST_WOMEN
from tests.matching.builders import ask, make_request
from tests.matching.strategies import Dice
from tests.matching.teams.strategies import LANGUAGES, THEMES, throw_post, throw_woman

DENSE, SPARSE = "dense", "sparse"
THROWN = {DENSE: MOST_WOMEN, SPARSE: MOST_WOMEN * 5}
"""Women on the roster: of the sparse ones many fit no post at all."""


@dataclass(frozen=True)
class Instance:
    """An answer and the rules of a team to be made of it."""

    seed: int
    found: Answer
    rules: TeamRules


def throw_instances(kind: str, posts: int, count: int) -> Iterator[Instance]:
    """Yield the instances of the seeds from 0 up."""
    for seed in range(count):
        yield Instance(seed, throw_answer(seed, kind, posts), make_rules(posts))


def throw_answer(seed: int, kind: str, posts: int, women: int = 0) -> Answer:
    """Return the answer of a seed; of a kind's usual number of women unless told."""
    dice, count = Dice(seed), women or THROWN[kind]
    roster = [
        replace(
            throw_woman(dice, number, count),
            places=(Place(dice.pick("KEN", "SDN", "SSD"), 2010, dice.year()),),
        )
        for number in range(1, count + 1)
    ]
    asked = [_throw_post(dice, kind, f"p{number}") for number in range(posts)]
    return ask(make_request(*asked, parties=()), *roster)


def _throw_post(dice: Dice, kind: str, code: str) -> Post:
    post = replace(throw_post(dice, code), places_nice=(PlaceWish(("KEN",)),))
    if kind == DENSE:
        return replace(post, languages=())
    return replace(
        post,
        languages=(LanguageWish((dice.pick(*LANGUAGES),)),),
        themes=(ThemeWish((dice.pick(*THEMES),), 1, Grade.STATED),),
    )


def make_rules(posts: int) -> TeamRules:
    """Return rules of every sort that most such teams must heed."""
    return TeamRules(
        languages=tuple(TeamLanguage(LanguageWish((code,)), 2) for code in ("fra", "ara")),
        per_network=max(2, posts // 3),
        per_nationality=max(2, posts // 3),
        young=1,
        least_networks=2,
        present_men=3,
        least_share=40,
    )
