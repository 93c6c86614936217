"""The naive loop: woman by woman in plain Python, leaving each at the first rule that she fails."""

from __future__ import annotations

import platform
from datetime import date

from matching import Mediator, Party, Post, Request, Terms
from matching.criteria import IMPARTIAL_TRACKS, MEDIATING_ROLES
from matching.gates.evidence_of_work import list_countries_in
from matching.gates.terms_of_work import find_fullest_month, list_regions_of
from tests.benchmarks.contenders.asked import BEST, Act, Asked, Found, Ground
from tests.benchmarks.contenders.looked_up import has_skill, has_track, has_worked, speaks
from tests.benchmarks.contenders.looped_points import Earned
from tests.matching.builders import NOW, TODAY

YEAR_AGO, FIVE_YEARS_AGO = TODAY.replace(year=TODAY.year - 1), TODAY.replace(year=TODAY.year - 5)
BANDS = ("emerging", "mid", "senior", "eminent")


class InALoop:
    name = "naive loop"
    version = f"Python {platform.python_version()}"

    def __init__(self, ground: Ground) -> None:
        self._women, self._terms = list(ground.women), ground.terms

    def prepare(self, asked: Asked) -> dict[str, Act]:
        return {"": lambda: self._answer(asked.request)}

    def _answer(self, request: Request) -> Found:
        (post,) = request.posts
        wanted, earned = Wanted(request, post, self._terms), Earned(request, post, self._terms)
        fits = [woman for woman in self._women if wanted.is_met_by(woman)]
        scored = [(earned.list_points(woman), woman) for woman in fits]
        scored.sort(key=lambda pair: (-sum(pair[0]), pair[1].last_proposed_at))
        best = tuple((woman.id, points) for points, woman in scored[:BEST])
        return Found([woman.id for woman in fits], best)

    def close(self) -> None:
        self._women = []


class Wanted:
    """What a request with one post asks; worked out once per request."""

    def __init__(self, request: Request, post: Post, terms: Terms) -> None:
        self.request, self.post = request, post
        self.days = (request.end - request.start).days + 1
        asked = request.days_per_month
        self.in_month = 0 if asked is None else find_fullest_month(request, asked)[1]
        self.places = {request.place, *list_regions_of(terms, request.place or "")}
        self.regions = [(list_countries_in(terms, wish.any_of), wish) for wish in post.places]
        self.rules = post.exclusions or request.exclusions
        self.countries = {party.country for party in request.parties}
        self.codes = {party.code for party in request.parties}
        mediates = MEDIATING_ROLES & set(post.roles) and IMPARTIAL_TRACKS & set(post.tracks)
        self.barred = self.rules.nationalities | (self.countries if mediates else set())

    def is_met_by(self, woman: Mediator) -> bool:
        """Tell whether she passes every rule."""
        return (
            self._is_admitted(woman)
            and self._is_free(woman)
            and self._is_able(woman)
            and self._is_clear(woman)
        )

    def _is_admitted(self, woman: Mediator) -> bool:
        if woman.is_hidden or woman.kept_by or woman.safety_class > 2:
            return False
        if woman.is_suspended or woman.has_integrity_hold:
            return False
        if woman.paused_until and woman.paused_until > NOW:
            return False
        agreed = {one.purpose for one in woman.consents if one.until > NOW}
        if not {"matching", "card"} <= agreed:
            return False
        if any(one.state == "suspended" for one in woman.accreditations):
            return False
        return any(
            one.state in ("accredited", "needs_update")
            and (one.lapses_on is None or one.lapses_on > TODAY)
            for one in woman.accreditations
        )

    def _is_free(self, woman: Mediator) -> bool:
        said, request = woman.availability, self.request
        if said is None or said.status not in ("available", "partly"):
            return False
        if said.confirmed_by == "import" or said.valid_until <= NOW:
            return False
        if (said.window_from or date.min) > request.start:
            return False
        if (said.window_to or date.max) < request.end:
            return False
        if request.notice_days is not None and (
            said.notice_days is None or said.notice_days > request.notice_days
        ):
            return False
        if request.days_per_month is not None and (said.days_per_month or 0) < self.in_month:
            return False
        return self._would_go(woman)

    def _would_go(self, woman: Mediator) -> bool:
        said, request = woman.availability, self.request
        assert said is not None
        ways = said.modalities or frozenset()
        if request.modality == "remote":
            return not ways.isdisjoint(("remote", "hybrid"))
        if said.longest_stay_days is not None and said.longest_stay_days < self.days:
            return False
        at_home = "home_country_only" in ways and woman.residence == request.place
        return ("in_person" in ways or at_home) and self.places.isdisjoint(said.refused)

    def _is_able(self, woman: Mediator) -> bool:
        post = self.post
        if post.roles and not has_skill(woman.roles_held, post.roles, post.role_grade):
            return False
        if post.tracks and not any(has_track(woman, post, track) for track in post.tracks):
            return False
        if post.phases and not has_skill(woman.phases, post.phases, post.phase_grade):
            return False
        if not all(has_worked(woman, countries, wish) for countries, wish in self.regions):
            return False
        for theme in post.themes:
            deep = [one for one in woman.themes if one.depth >= theme.depth]
            if not has_skill(deep, theme.any_of, theme.grade):
                return False
        if not all(speaks(woman, wish) for wish in post.languages):
            return False
        if post.seniority is None:
            return True
        own = woman.seniority
        return own is not None and BANDS.index(own.code) >= BANDS.index(post.seniority)

    def _is_clear(self, woman: Mediator) -> bool:
        if self.barred:
            if woman.nationalities is None:
                return False
            if any(one.is_current and one.country in self.barred for one in woman.nationalities):
                return False
        if self.rules.residences and (
            woman.residence in self.rules.residences or woman.residence in (None, "undisclosed")
        ):
            return False
        return not self.request.parties or self._is_clear_of_parties(woman)

    def _is_clear_of_parties(self, woman: Mediator) -> bool:
        said = woman.declaration
        if said is None or said.declared_on < YEAR_AGO:
            return False
        if not all(_covers(said.covers, party) for party in self.request.parties):
            return False
        for tie in woman.interests:
            if tie.kind == "public_statement":
                continue
            if tie.country is None:
                return False
            if tie.country in self.countries and (
                tie.ended_on is None or tie.ended_on >= FIVE_YEARS_AGO
            ):
                return False
        return self.codes.isdisjoint(woman.refused_by)


def _covers(covered: frozenset[str], party: Party) -> bool:
    return party.code in covered or party.country in covered
