"""The rules of a team as rows of zeros and ones, each rule by the name the asker gave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from matching.facts import TeamRules
from matching.teams.frame import Belongs, Frame
from matching.teams.share import count_share
from matching.teams.solver import Row


@dataclass(frozen=True)
class RuleName:
    """Which rule: ``about`` holds its codes of the vocabulary or posts, ``count`` its number.

    Codes: network_cap, per_network, per_nationality, young, least_networks, language, mentee,
    locked, excluded, not_with, least_share, most_share, filled.
    """

    code: str
    about: tuple[str, ...] = ()
    count: int | None = None
    mediator_id: int | None = None


@dataclass(frozen=True)
class Rule:
    """One rule that could be dropped. Without rows it asks nothing of these women."""

    name: RuleName
    rows: tuple[Row, ...]


def list_rules(frame: Frame, rules: TeamRules) -> list[Rule]:
    """Return all rules in a fixed order; source: product, request and order of decision 4."""
    makers: tuple[Callable[[Frame, TeamRules], Iterator[Rule]], ...] = (
        _share,
        _filled,
        _locked,
        _kept_out,
        _network_caps,
        _nationality_cap,
        _networks,
        _languages,
        _young,
        _mentees,
    )
    return [rule for make in makers for rule in make(frame, rules)]


def _share(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """Enough women for the target, no more than the upper bound."""
    posts = len(frame.pool.posts)
    found = count_share(rules, posts).sums[0]
    everybody = frame.sum_seats(lambda woman, post: True)
    if rules.least_share is not None:
        needed = posts + 1 if found.needed is None else found.needed
        name = RuleName("least_share", count=rules.least_share)
        yield Rule(name, (Row(everybody, least=needed),))
    if rules.most_share is not None:
        allowed = -1 if found.allowed is None else found.allowed
        yield Rule(RuleName("most_share", count=rules.most_share), (Row(everybody, most=allowed),))


def _filled(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """Every post goes to a woman of the roster, where nothing else will do."""
    if rules.unfilled == "refused":
        for code in frame.pool.posts:
            yield Rule(RuleName("filled", (code,)), (Row(frame.sum_post(code), least=1),))


def _locked(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """What is settled stays."""
    for place in rules.locked:
        seat = frame.sum_seats(_is_at(*place))
        yield Rule(RuleName("locked", place[:1], mediator_id=place[1]), (Row(seat, least=1),))


def _is_at(code: str, number: int) -> Belongs:
    return lambda woman, post: (woman.id, post) == (number, code)


def _kept_out(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """Excluded women, and those on the lists of linked requests, are not proposed."""
    for code, women in (("excluded", rules.excluded), ("not_with", rules.not_with)):
        if women:
            yield Rule(RuleName(code), (Row(frame.sum_seats(_is_among(women)), most=0),))


def _is_among(women: frozenset[int]) -> Belongs:
    return lambda woman, post: woman.id in women


def _network_caps(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """No more women under one network than its cap."""
    named = dict(rules.network_caps)
    for network, cap in named.items():
        row = Row(frame.sum_network(network), most=cap)
        yield Rule(RuleName("network_cap", (network,), cap), (row,))
    if rules.per_network is not None:
        others = [network for network in frame.networks if network not in named]
        rows = tuple(Row(frame.sum_network(one), most=rules.per_network) for one in others)
        yield Rule(RuleName("per_network", count=rules.per_network), rows)


def _nationality_cap(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """No more women of one nationality than the cap; an unknown one may be any."""
    cap = rules.per_nationality
    if cap is None:
        return

    held = (None, *frame.nationalities)
    rows = tuple(Row(frame.sum_seats(_may_hold(one)), most=cap) for one in held)
    yield Rule(RuleName("per_nationality", count=cap), rows)


def _may_hold(country: str | None) -> Belongs:
    return lambda woman, post: woman.nationalities is None or country in woman.nationalities


def _networks(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """Women of at least so many networks."""
    if rules.least_networks:
        row = Row(frame.sum_found(frame.networks), least=rules.least_networks)
        yield Rule(RuleName("least_networks", count=rules.least_networks), (row,))


def _languages(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """A language of the team, in the skill and to the level asked, by so many of its women."""
    for number, one in enumerate(rules.languages):
        name = RuleName("language", one.wish.any_of, one.women)
        yield Rule(name, (Row(frame.sum_seats(_speaks(number)), least=one.women),))


def _speaks(number: int) -> Belongs:
    return lambda woman, post: number in woman.speaks


def _young(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """At least so many young women."""
    if rules.young:
        young = frame.sum_seats(lambda w, post: w.mediator.birth_band in rules.young_bands)
        yield Rule(RuleName("young", count=rules.young), (Row(young, least=rules.young),))


def _mentees(frame: Frame, rules: TeamRules) -> Iterator[Rule]:
    """A mentee's post goes to one who seeks it, and only beside a senior woman."""
    for slot in rules.mentees:
        beside = dict.fromkeys(frame.sum_seats(_is_senior_at(slot.beside)), -1)
        others = frame.sum_seats(_seeks_nothing_at(slot.post))
        rows = (Row({**beside, **frame.sum_post(slot.post)}, most=0), Row(others, most=0))
        yield Rule(RuleName("mentee", (slot.post, slot.beside)), rows)


def _is_senior_at(code: str) -> Belongs:
    return lambda woman, post: post == code and woman.is_senior


def _seeks_nothing_at(code: str) -> Belongs:
    return lambda woman, post: post == code and not woman.seeks_mentoring


def join_rows(rules: Iterable[Rule]) -> list[Row]:
    """Return all rows of rules."""
    return [row for rule in rules for row in rule.rows]
