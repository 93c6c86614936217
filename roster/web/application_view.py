"""What an applicant said, in words: for herself before she hands it in, and for her coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from roster.wording import N_, Wording

FIELDS = (
    ("track", N_("Tracks"), "track"),
    ("theme", N_("Themes"), "theme"),
    ("role_held", N_("Roles held"), "role"),
    ("role_sought", N_("Roles sought"), "role"),
    ("nationality", N_("Nationality"), "country"),
    ("residence", N_("Country of residence"), "country"),
    ("place", N_("Countries worked in"), "country"),
    ("seniority", N_("Seniority"), "seniority"),
)
"""Fields of codes in the order of the form: field, label, kind of the vocabulary."""
TIES: Mapping[str, str] = {
    "none": N_("Nothing of the kind"),
    "some": N_("Yes: named after she is taken in"),
}


def answer_lines(wording: Wording, answers: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, value and no source: all of it is her own word. What she left out has no line."""
    lines = [
        (wording.gettext(N_("Languages")), _word_languages(wording, answers)),
        *(
            (wording.gettext(label), _word_codes(wording, kind, answers.get(field)))
            for field, label, kind in FIELDS
        ),
        (wording.gettext(N_("Experience in short")), _keep_direction(answers.get("biography", ""))),
        (wording.gettext(N_("Offices and ties")), _word_ties(wording, answers)),
    ]
    return [(label, value, "") for label, value in lines if value]


def _keep_direction(text: str) -> str:
    """Her own words, in the direction of their script and not in that of the page."""
    return Markup("<bdi>{}</bdi>").format(text) if text else ""


def _word_codes(wording: Wording, kind: str, said: Any) -> str:
    codes = [said] if isinstance(said, str) else said or []
    return wording.list_and(wording.terms(kind, codes))


def _word_languages(wording: Wording, answers: Mapping[str, Any]) -> str:
    return wording.list_and(_word_language(wording, row) for row in answers.get("languages", ()))


def _word_language(wording: Wording, row: Mapping[str, str]) -> str:
    name, level = wording.term("language", row["language"]), row.get("level")
    return f"{name} ({wording.term('level', level)})" if level else name


def _word_ties(wording: Wording, answers: Mapping[str, Any]) -> str:
    said = answers.get("ties", "")
    return wording.gettext(TIES[said]) if said in TIES else ""
