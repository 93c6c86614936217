"""Figures in words: what each line counts, its value, and the published series beside it."""

from __future__ import annotations

from dataclasses import dataclass

from roster.services.figure_lines import Figure
from roster.services.measures import Count, Hours, Measure, Part, Share, Unknown
from roster.vocabulary.published_series import PublishedShare
from roster.wording import N_, Wording
from roster.wording.answers import word_count
from roster.wording.reasons import word_gate

SECTIONS = {
    "availability": N_("Availability"),
    "requests": N_("Requests"),
    "approaches": N_("Approaches"),
    "women": N_("From proposed to deployed"),
    "share": N_("Women’s share"),
    "pledge": N_("The four steps of the Common Pledge"),
}
LABELS = {
    "fresh": N_("Women who can be asked today"),
    "requests": N_("Requests submitted"),
    "hours": N_("Hours from request to shortlist"),
    "no_match": N_("Answers without a fit"),
    "reason": N_("without a fit, mainly: %(reason)s"),
    "answered": N_("Approaches answered within 72 hours"),
    "proposed": N_("Women proposed"),
    "approached": N_("Women approached"),
    "selected": N_("Women selected"),
    "deployed": N_("Women deployed"),
    "teams": N_("Women in the teams that asked"),
    "teams_after": N_("the same with the women selected here"),
    "lead": N_("1 Appoint women: requests for a lead or co-mediator"),
    "target": N_("2 Advocate targets: requests that name a target share"),
    "target_median": N_("2 Advocate targets: median of the targets named"),
    "tracks": N_("3 Consult at all stages: requests for Track II or III"),
    "phases": N_("3 Consult at all stages: share of the phases that requests name"),
    "gender": N_("4 Embed gender expertise: requests that ask for it"),
    "gender_women": N_("4 Embed gender expertise: women with it who can be asked today"),
}
UNKNOWN = {
    "no_women": N_("Not known yet: no women on the list"),
    "no_requests": N_("Not known yet: no requests"),
    "no_approaches": N_("Not known yet: no approaches"),
    "too_few": N_("Not told: fewer than 5"),
}
ROLES = {
    "mediators": N_("Women among mediators"),
    "negotiators": N_("Women among negotiators"),
    "signatories": N_("Women among signatories"),
}
SCOPES = {
    "average": N_("average over the major peace processes of these years"),
    "of_year": N_("over the peace processes of the year"),
}
SOURCES = {
    "cfr": N_("Council on Foreign Relations, Women’s Participation in Peace Processes"),
    "sg_2024": N_("United Nations Secretary-General, report on women and peace and security, 2024"),
}


@dataclass(frozen=True)
class SeriesWords:
    """One published share in words; ``share`` is 0 to 1."""

    label: str
    value: str
    years: str
    scope: str
    source: str
    share: float


def word_section(wording: Wording, code: str) -> str:
    """The heading of a section."""
    return wording.gettext(SECTIONS[code])


def word_label(wording: Wording, figure: Figure) -> str:
    """What the line counts."""
    if figure.detail:
        return wording.gettext(LABELS[figure.code], reason=word_gate(wording, figure.detail))
    return wording.gettext(LABELS[figure.code])


def word_measure(wording: Wording, measure: Measure) -> str:
    """The value; one that cannot be told says why."""
    match measure:
        case Count(count):
            return word_count(wording, count)
        case Part(part, whole):
            return _word_part(wording, part, whole)
        case Hours(median, ninth, cases):
            return wording.ngettext(
                "median %(median)s, nine in ten within %(ninth)s (%(num)d request)",
                "median %(median)s, nine in ten within %(ninth)s (%(num)d requests)",
                cases,
                median=_word_hours(wording, median),
                ninth=_word_hours(wording, ninth),
            )
        case Share(share, _):
            return wording.percent(share)
        case Unknown(why):
            return wording.gettext(UNKNOWN[why])


def _word_part(wording: Wording, part: int | None, whole: int) -> str:
    if part is None:
        return wording.gettext(
            "%(part)s of %(whole)s", part=word_count(wording, None), whole=wording.number(whole)
        )
    return wording.gettext(
        "%(part)s of %(whole)s = %(share)s",
        part=wording.number(part),
        whole=wording.number(whole),
        share=wording.percent(part / whole),
    )


def _word_hours(wording: Wording, hours: float) -> str:
    """Tenths of an hour; an answer within minutes is not an answer within nothing."""
    return wording.number(round(hours, 1)) if hours >= 0.1 else f"< {wording.number(0.1)}"


def word_series(wording: Wording, one: PublishedShare) -> SeriesWords:
    """A published share with the years it covers, its scope and its source."""
    years = str(one.first_year)
    if one.last_year != one.first_year:
        years = f"{one.first_year}\N{EN DASH}{one.last_year}"
    return SeriesWords(
        wording.gettext(ROLES[one.role]),
        f"{wording.number(one.percent)}\N{NO-BREAK SPACE}%",
        years,
        wording.gettext(SCOPES[one.scope]),
        wording.gettext(SOURCES[one.source]),
        one.percent / 100,
    )
