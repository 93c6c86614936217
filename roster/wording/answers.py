"""An answer in words: its headline, what was asked, what would cure a near miss."""

from __future__ import annotations

from collections.abc import Iterator

from matching.evidence import Evidence, Value, Verdict
from matching.facts import LanguageWish, PlaceWish, Post, Request, ThemeWish
from roster.wording.known import Known
from roster.wording.labels import word_label
from roster.wording.messages import N_
from roster.wording.reasons import word_gate
from roster.wording.speech import Wording

CURES = {
    "A1": N_("Would fit if she confirms that she is available"),
    "A2": N_("Would fit with other dates, hers or yours"),
    "A3": N_("Would fit with a longer notice, or if she can come sooner"),
    "A4": N_("Would fit with fewer days a month, or if she can give more"),
    "A5": N_("Would fit with another way or place of work"),
    "L2": N_("Would fit at one level lower"),
    "L3": N_("Would fit if her level is confirmed"),
    "R1": N_("Would fit if the role is confirmed"),
    "T1": N_("Would fit if the theme is confirmed"),
    "K1": N_("Would fit if the track, phase or region is confirmed"),
    "V1": N_("Would fit once her network has accredited her"),
    "V2": N_("Would fit once her network renews the accreditation"),
    "N0": N_("Would fit if she declares her interests"),
}
"""What is to be asked for, by reason code: to her or her network, never a blame."""


ASKS = {
    "A1": N_("Ask her to reconfirm"),
    "A2": N_("Ask about these dates"),
    "A3": N_("Ask about this notice"),
    "A4": N_("Ask about these days a month"),
    "A5": N_("Ask about this way or place of work"),
    "L2": N_("Ask whether her level has risen"),
    "L3": N_("Ask for a level"),
    "R1": N_("Ask to confirm the role"),
    "T1": N_("Ask to confirm the theme"),
    "K1": N_("Ask to confirm the experience"),
    "V1": N_("Ask her network about the accreditation"),
    "V2": N_("Ask her network about renewal"),
    "N0": N_("Ask her to declare her interests"),
}
"""The button that asks for it, by reason code."""

OTHER_ASK = N_("Ask for this")
OTHER_CURE = N_("Would fit if this is settled")


def word_headline(wording: Wording, listed: int, near_misses: int) -> str:
    """``4 women fit. 3 more are one step away.``"""
    if not listed:
        fits = wording.gettext(N_("Nobody fits."))
        step = wording.ngettext(
            "%(num)d woman is one step away.", "%(num)d women are one step away.", near_misses
        )
    else:
        fits = wording.ngettext("%(num)d woman fits.", "%(num)d women fit.", listed)
        step = wording.ngettext(
            "%(num)d more is one step away.", "%(num)d more are one step away.", near_misses
        )
    return f"{fits} {step}" if near_misses else fits


def word_cure(wording: Wording, code: str) -> str:
    """What would make a near miss fit."""
    return wording.gettext(CURES.get(code, OTHER_CURE))


def word_ask(wording: Wording, code: str) -> str:
    """The words of the button that asks for what a near miss lacks."""
    return wording.gettext(ASKS.get(code, OTHER_ASK))


def word_count(wording: Wording, count: int | None) -> str:
    """A count by the rule of small cells; None is fewer than five."""
    return wording.gettext(N_("fewer than 5")) if count is None else wording.number(count)


def word_request(wording: Wording, request: Request) -> list[tuple[bool, str]]:
    """What is asked of every post: whether it is hard, and its words."""
    return [_word(wording, *one) for one in _list_common(request)]


def word_post(wording: Wording, post: Post) -> list[tuple[bool, str]]:
    """What is asked for one post."""
    return [_word(wording, *one) for one in (*_list_hard(post), *_list_wished(post))]


def word_asked(wording: Wording, request: Request, post: Post, criterion: str, wish: int) -> str:
    """One criterion as it is asked; the gate's own name where nothing is asked in words."""
    asked = [one for one in (*_list_common(request), *_list_hard(post)) if one[0] == criterion]
    if not asked:
        return word_gate(wording, criterion)
    return _word(wording, *asked[min(wish, len(asked) - 1)])[1]


Asked = tuple[str, bool, dict[str, Value]]


def _word(
    wording: Wording, criterion: str, is_hard: bool, facts: dict[str, Value]
) -> tuple[bool, str]:
    evidence = Evidence(criterion, Verdict.PASS, is_hard=is_hard, facts=facts)
    return is_hard, word_label(Known(wording, evidence), criterion)


def _list_common(request: Request) -> Iterator[Asked]:
    yield "window", True, {"asked_from": request.start, "asked_to": request.end}
    if request.notice_days is not None:
        yield "notice", True, {"asked": request.notice_days}
    if request.days_per_month is not None:
        yield "days_per_month", True, {"asked": request.days_per_month}
    if request.modality != "any":
        yield "modality", True, {"asked": (request.modality,)}
    if request.place:
        yield "place", True, {"asked": (request.place,)}
    if request.accreditation_floor != "none":
        yield "accreditation", True, {"state_asked": request.accreditation_floor}
    if request.parties:
        yield "declaration", True, {}
    if request.exclusions.nationalities:
        yield "nationality", True, {"asked": tuple(sorted(request.exclusions.nationalities))}
    if request.exclusions.offices:
        yield "office", True, {}
    if request.exclusions.residences:
        yield "residence", True, {"asked": tuple(sorted(request.exclusions.residences))}


def _list_hard(post: Post) -> Iterator[Asked]:
    for criterion, asked in (
        ("role", post.roles),
        ("track", post.tracks),
        ("phase", post.phases),
        ("training", post.trainings),
    ):
        if asked:
            yield criterion, True, {"asked": asked}
    yield from (_theme(wish, True) for wish in post.themes)
    yield from (_language(wish, True) for wish in post.languages)
    yield from (_place(wish, True) for wish in post.places)
    if post.seniority:
        yield "seniority", True, {"asked": (post.seniority,)}
    if post.origin:
        yield "origin", post.origin_is_hard, {"asked": (post.origin,)}
    if post.community:
        yield "community", True, {"asked": (post.community,)}


def _list_wished(post: Post) -> Iterator[Asked]:
    yield from (_theme(wish, False) for wish in post.themes_nice)
    yield from (_language(wish, False) for wish in post.languages_nice)
    yield from (_place(wish, False) for wish in post.places_nice)


def _theme(wish: ThemeWish, is_hard: bool) -> Asked:
    return "theme", is_hard, {"asked": wish.any_of, "depth_asked": wish.depth}


def _language(wish: LanguageWish, is_hard: bool) -> Asked:
    facts: dict[str, Value] = {
        "asked": wish.any_of,
        "skill": wish.skill,
        "level_asked": wish.level,
    }
    return "language", is_hard, facts


def _place(wish: PlaceWish, is_hard: bool) -> Asked:
    return "region", is_hard, {"asked": wish.any_of, "since_year": wish.since_year}
