"""Every team there is, judged by plain loops: slow, and written apart from the engine's sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product

import numpy as np

from matching import Answer, Candidate, LanguageWish, Mediator, ThemeWish, Verdict
from matching.facts import TeamRules
from matching.run import draw_lots
from matching.teams import RuleName
from tests.matching.builders import NOW, TERMS, days
from tests.matching.reference_of_ability import meets_language
from tests.matching.reference_of_conflicts import is_insider

NEVER = datetime(1, 1, 1, tzinfo=UTC)
Picks = dict[str, int]


@dataclass(frozen=True)
class Found:
    """One way to fill posts, with the fewest rules that it breaks however women are counted."""

    picks: Picks
    points: int
    turns: int
    broken: frozenset[RuleName]
    measures: tuple[int, int, int, int]
    """Fit, coverage, balance, doubts below 0: more is better."""


class Brute:
    """All teams of an answer under rules."""

    def __init__(self, found: Answer, roster: list[Mediator], rules: TeamRules) -> None:
        self.found, self.rules = found, rules
        self.women = {woman.id: woman for woman in roster}
        self.seats = {(one.post, one.mediator_id): one for one in found.listed}
        self.posts = [post.code for post in found.request.posts]
        ids = sorted({number for _, number in self.seats})
        lots = draw_lots(np.array(ids, np.int64), found.request.code)
        keys = [
            (self.women[one].last_proposed_at or NEVER, int(lot))
            for one, lot in zip(ids, lots, strict=True)
        ]
        self.turns = {one: sorted(keys).index(key) for one, key in zip(ids, keys, strict=True)}
        self.teams = [self._judge(picks) for picks in self._list_picks()]

    @property
    def allowed(self) -> list[Found]:
        return [team for team in self.teams if not team.broken]

    def best(self) -> Found | None:
        return max(self.allowed, key=_value, default=None)

    def fewest_broken(self, names: list[RuleName]) -> tuple[int, int]:
        """How many rules must go; then those named late go first: the sum of their places."""
        size, places = min(_price(names, one.broken) for one in self.teams)
        return size, -places

    def _list_picks(self) -> Iterator[Picks]:
        fits = [
            [None, *(number for post, number in self.seats if post == code)] for code in self.posts
        ]
        for chosen in product(*fits):
            picks = {code: one for code, one in zip(self.posts, chosen, strict=True) if one}
            if len(set(picks.values())) == len(picks) and not self._has_look_alikes(picks):
                yield picks

    def _has_look_alikes(self, picks: Picks) -> bool:
        women = [self.women[one] for one in picks.values()]
        return any(two.id in one.look_alikes for one in women for two in women if one is not two)

    def _judge(self, picks: Picks) -> Found:
        women = [self.women[one] for one in picks.values()]
        ways = list(product(*(sorted(set(one.networks)) or [None] for one in women)))
        fixed = frozenset(self._list_broken(picks))
        names = list_names(self.rules, self.posts)
        broken = [fixed | frozenset(self._list_broken_networks(way)) for way in ways]
        fewest = min(broken, key=lambda one: _price(names, one))
        networks = [
            len(set(way) - {None}) for way, one in zip(ways, broken, strict=True) if one == fewest
        ]
        return Found(
            picks,
            sum(round(self.seats[seat].points * 100) for seat in picks.items()),
            sum(self.turns[one] for one in picks.values()),
            fewest,
            self._measure(picks, women, max(networks)),
        )

    def _list_broken(self, picks: Picks) -> Iterator[RuleName]:
        rules, women = self.rules, [self.women[one] for one in picks.values()]
        yield from self._break_share(len(women))
        if rules.unfilled == "refused":
            yield from (RuleName("filled", (code,)) for code in self.posts if code not in picks)
        for code, number in rules.locked:
            if picks.get(code) != number:
                yield RuleName("locked", (code,), mediator_id=number)
        for name, kept_out in (("excluded", rules.excluded), ("not_with", rules.not_with)):
            if kept_out & set(picks.values()):
                yield RuleName(name)
        if rules.per_nationality is not None and _crowd(women) > rules.per_nationality:
            yield RuleName("per_nationality", count=rules.per_nationality)
        for one in rules.languages:
            if sum(speaks(woman, one.wish) for woman in women) < one.women:
                yield RuleName("language", one.wish.any_of, one.women)
        if sum(woman.birth_band in rules.young_bands for woman in women) < rules.young:
            yield RuleName("young", count=rules.young)
        yield from self._break_mentees(picks)

    def _break_share(self, count: int) -> Iterator[RuleName]:
        rules = self.rules
        filled = count if rules.unfilled == "empty" else len(self.posts)
        whole = rules.present_women + rules.present_men + filled
        share = Fraction(100 * (rules.present_women + count), whole) if whole else Fraction(0)
        if rules.least_share is not None and share < rules.least_share:
            yield RuleName("least_share", count=rules.least_share)
        if rules.most_share is not None and share > rules.most_share:
            yield RuleName("most_share", count=rules.most_share)

    def _break_mentees(self, picks: Picks) -> Iterator[RuleName]:
        for slot in self.rules.mentees:
            mentee, mentor = picks.get(slot.post), picks.get(slot.beside)
            if mentee is None:
                continue
            senior = self.women[mentor].seniority if mentor else None
            seeks = any(one.code == "mentee" for one in self.women[mentee].roles_sought)
            if not seeks or senior is None or senior.code not in ("senior", "eminent"):
                yield RuleName("mentee", (slot.post, slot.beside))

    def _list_broken_networks(self, way: tuple[str | None, ...]) -> Iterator[RuleName]:
        rules, counts = self.rules, Counter(one for one in way if one)
        named = dict(rules.network_caps)
        for network, cap in named.items():
            if counts[network] > cap:
                yield RuleName("network_cap", (network,), cap)
        others = [count for network, count in counts.items() if network not in named]
        if rules.per_network is not None and max(others, default=0) > rules.per_network:
            yield RuleName("per_network", count=rules.per_network)
        if len(counts) < rules.least_networks:
            yield RuleName("least_networks", count=rules.least_networks)

    def _measure(
        self, picks: Picks, women: list[Mediator], networks: int
    ) -> tuple[int, int, int, int]:
        points = sum(round(self.seats[seat].points * 100) for seat in picks.items())
        countries = {
            held.country for one in women for held in one.nationalities or () if held.is_current
        }
        doubts = sum(
            count_doubts(self.seats[seat], self.women[seat[1]], self.rules)
            for seat in picks.items()
        )
        return points, self._cover(women), networks + len(countries), -doubts

    def _cover(self, women: list[Mediator]) -> int:
        request, wishes = self.found.request, {one.wish for one in self.rules.languages}
        for post in request.posts:
            wishes |= {*post.languages, *post.languages_nice}
        themes = {one for post in request.posts for one in (*post.themes, *post.themes_nice)}
        inside = [is_insider(one, request, NOW.date()) for one in women]
        origins = len({one for one in inside if one is not None}) if request.countries else 0
        spoken = sum(any(speaks(one, wish) for one in women) for wish in wishes)
        return spoken + sum(any(knows(one, wish) for one in women) for wish in themes) + origins


def list_names(rules: TeamRules, posts: list[str]) -> list[RuleName]:
    """The rules by name, in the order in which those named later are dropped first."""
    names = []
    if rules.least_share is not None:
        names.append(RuleName("least_share", count=rules.least_share))
    if rules.most_share is not None:
        names.append(RuleName("most_share", count=rules.most_share))
    if rules.unfilled == "refused":
        names += [RuleName("filled", (code,)) for code in posts]
    names += [RuleName("locked", (code,), mediator_id=one) for code, one in rules.locked]
    names += [RuleName("excluded")] if rules.excluded else []
    names += [RuleName("not_with")] if rules.not_with else []
    names += [RuleName("network_cap", (one,), cap) for one, cap in rules.network_caps]
    if rules.per_network is not None:
        names.append(RuleName("per_network", count=rules.per_network))
    if rules.per_nationality is not None:
        names.append(RuleName("per_nationality", count=rules.per_nationality))
    if rules.least_networks:
        names.append(RuleName("least_networks", count=rules.least_networks))
    names += [RuleName("language", one.wish.any_of, one.women) for one in rules.languages]
    names += [RuleName("young", count=rules.young)] if rules.young else []
    return names + [RuleName("mentee", (one.post, one.beside)) for one in rules.mentees]


def _price(names: list[RuleName], broken: frozenset[RuleName]) -> tuple[int, int]:
    return len(broken), -sum(map(names.index, broken))


def _value(team: Found) -> tuple[int, int, int]:
    return len(team.picks), team.points, -team.turns


def _crowd(women: list[Mediator]) -> int:
    """The largest number of women who may be of one nationality."""
    unknown = sum(one.nationalities is None for one in women)
    held = Counter(
        country
        for one in women
        for country in {each.country for each in one.nationalities or () if each.is_current}
    )
    return unknown + max(held.values(), default=0)


def speaks(woman: Mediator, wish: LanguageWish) -> bool:
    return any(
        meets_language(one.code, wish, TERMS)
        and (one.level(wish.skill) or 0) >= wish.level
        and one.grade >= wish.grade
        for one in woman.languages
    )


def knows(woman: Mediator, wish: ThemeWish) -> bool:
    return any(
        one.code in wish.any_of and one.depth >= wish.depth and one.grade >= wish.grade
        for one in woman.themes
    )


def count_doubts(candidate: Candidate, woman: Mediator, rules: TeamRules) -> int:
    flags = sum(one.verdict is Verdict.FLAG for one in candidate.evidence)
    end = candidate.holds_until
    soon = end is not None and end <= NOW + days(14)
    country = rules.per_nationality is not None and woman.nationalities is None
    age = bool(rules.young) and woman.birth_band is None
    return flags + soon + country + age + (bool(rules.least_networks) and not woman.networks)
