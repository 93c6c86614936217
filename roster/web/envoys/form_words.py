"""The choices and labels of the request form in words."""

from __future__ import annotations

from functools import lru_cache

from matching.terms import Terms
from roster.facts import LEVELS
from roster.vocabulary import load_vocabulary
from roster.web.envoys.request_form import RequestForm
from roster.wording import N_, Wording, get_wording

Pairs = list[tuple[str, str]]

STANCES = {
    "party": N_("a side of the talks"),
    "guarantor": N_("guarantor"),
    "facilitator": N_("facilitator"),
    "sponsor": N_("sponsor"),
}
WEIGHTS = {"hard": N_("must be met"), "nice": N_("adds points")}
SKILLS = {
    "speaking": N_("speaking"),
    "listening": N_("listening"),
    "reading": N_("reading"),
    "writing": N_("writing"),
}
DEPTHS = {"1": N_("practitioner"), "2": N_("specialist"), "3": N_("authority")}
GRADES = {
    "stated": N_("stated"),
    "confirmed": N_("confirmed by a coordinator"),
    "recorded": N_("recorded with a verifier"),
}
NOTICES = {
    "3": N_("72 hours"),
    "7": N_("7 days"),
    "14": N_("14 days"),
    "30": N_("30 days"),
    "60": N_("60 days"),
}
ORIGINS = {"insider": N_("insider"), "outsider": N_("outsider")}
FLOORS = ("accredited", "interviewed", "references_checked", "documents_checked", "none")
ASKED_MODALITIES = ("in_person", "remote", "hybrid")

LABELS = {
    "title": N_("Process"),
    "answer_by": N_("Answer needed by"),
    "start": N_("First day"),
    "end": N_("Last day"),
    "countries": N_("Countries of the process"),
    "place": N_("Country of the work"),
    "modality": N_("Way of work"),
    "days_per_month": N_("Days a month"),
    "notice_days": N_("Notice"),
    "accreditation_floor": N_("Accreditation at least"),
    "networks": N_("Networks asked"),
    "target_share": N_("Target share of women, per cent"),
    "most_share": N_("Highest share of women, per cent"),
    "women": N_("Women in the team now"),
    "men": N_("Men in the team now"),
    "nationalities": N_("Nationalities kept out"),
    "former_within_years": N_("Former nationality counts for, years"),
    "second_passport_flag_only": N_("A second passport is only flagged"),
    "residences": N_("Countries of residence kept out"),
    "offices": N_("Offices and employers kept out"),
    "office_years": N_("Look back, years"),
    "country": N_("State"),
    "code": N_("Code"),
    "stance": N_("Part in the talks"),
    "roles": N_("Roles held"),
    "role_grade": N_("Role must be"),
    "tracks": N_("Tracks"),
    "track_grade": N_("Track must be"),
    "phase_grade": N_("Phase must be"),
    "phases": N_("Phases"),
    "themes": N_("Theme"),
    "languages": N_("Language"),
    "places": N_("Worked in"),
    "seniority": N_("Seniority at least"),
    "origin": N_("Insider or outsider"),
    "community": N_("Community"),
    "depth": N_("Depth"),
    "level": N_("Level"),
    "skill": N_("Skill"),
    "since_year": N_("Since year"),
    "grade": N_("Must be"),
}
"""The word of each control by the last part of its name, for the summary of errors."""


def list_labels(wording: Wording, form: RequestForm) -> dict[str, str]:
    """The label of each control that has an error."""
    return {name: _label(wording, name) for name in form.errors if name}


OTHER_LABEL = N_("Answer")


def _label(wording: Wording, name: str) -> str:
    parts = name.split("-")
    last = parts[-2] if parts[-1].isdecimal() else parts[-1]
    key = parts[-3] if last == "any_of" else last
    return wording.gettext(LABELS.get(key, OTHER_LABEL))


@lru_cache(maxsize=64)
def _list_options(language: str, vocabulary: Terms, held: frozenset[str]) -> dict[str, Pairs]:
    wording = get_wording(language)

    def words(table: dict[str, str]) -> Pairs:
        return [(code, wording.gettext(word)) for code, word in table.items()]

    def terms(kind: str) -> Pairs:
        return [(code, wording.term(kind, code)) for code in vocabulary.offered(kind, held)]

    def named(pair: tuple[str, str]) -> str:
        return pair[1].casefold()

    floors = [(code, wording.term("accreditation_state", code)) for code in FLOORS[:-1]]
    return {
        "stances": words(STANCES),
        "weights": words(WEIGHTS),
        "skills": words(SKILLS),
        "depths": words(DEPTHS),
        "grades": words(GRADES),
        "notices": words(NOTICES),
        "origins": words(ORIGINS),
        "floors": [*floors, ("none", wording.gettext(N_("none asked")))],
        "modalities": [
            *((code, wording.term("modality", code)) for code in ASKED_MODALITIES),
            ("any", wording.gettext(N_("any way of work"))),
        ],
        "levels": [(code, wording.term("level", code)) for code in LEVELS],
        "roles": sorted(terms("role"), key=named),
        "tracks": terms("track"),
        "phases": terms("phase"),
        "themes": sorted(terms("theme"), key=named),
        "seniorities": terms("seniority"),
    }


def list_options(wording: Wording, form: RequestForm) -> dict[str, Pairs]:
    """All choices of the form in this language, by name; retired terms where the form holds them."""
    vocabulary = load_vocabulary()
    return _list_options(wording.language, vocabulary, vocabulary.list_retired(form.list_words()))
