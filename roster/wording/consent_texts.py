"""The texts that a woman agrees to, per version and purpose, and the words about her agreement.

A version that anybody agreed to is never edited: whoever changes what a text means adds a version
with all texts, and everybody is asked again. Old versions stay, so that she and the auditor read
what she agreed to then.
"""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.languages import DEFAULT, LANGUAGES
from roster.wording.messages import N_
from roster.wording.speech import Wording, get_wording

CURRENT_VERSION = "2026-11"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "2026-11": {
        "membership_file": N_("Keep my details on file, so that my network can reach me."),
        "matching": N_("Compare my details with requests for mediators."),
        "card": N_(
            "Show a card without my name to an office whose request I fit: tracks, themes,"
            " languages, notice, and the part of the world I worked in."
        ),
        "statistics": N_("Count me in figures in which nobody can be recognised."),
        "mentoring": N_("Propose me for an exchange with another mediator; both must agree."),
    },
}
"""Version -> purpose -> what she agrees to, said by herself."""

CHANNELS: Mapping[str, str] = {
    "link": N_("by a link"),
    "page": N_("on your page"),
    "voice": N_("told to your coordinator, who wrote it down; a second person confirmed it"),
    "operator": N_("given to your network before, and brought in by the operator"),
}
"""How a yes came, as it is told to her."""

SPOKEN_CHANNELS: Mapping[str, str] = {
    "telephone": N_("on the telephone"),
    "in_person": N_("face to face"),
    "messenger": N_("by a voice message"),
}
"""How she spoke to the coordinator who wrote it down."""


def word_consent_text(wording: Wording, version: str, purpose: str) -> str:
    """What she agrees to; "" for a version that was never kept here (an attested list)."""
    text = TEXTS.get(version, {}).get(purpose)
    return wording.gettext(text) if text else ""


def find_text_language(language: str, version: str = CURRENT_VERSION) -> str:
    """The language in which a page in ``language`` shows these texts.

    A consent names the language that was read; where a text is not translated that is English.
    """
    return language if language in list_text_languages(version) else DEFAULT


def list_text_languages(version: str = CURRENT_VERSION) -> tuple[str, ...]:
    """The languages in which every text of a version is written."""
    return tuple(code for code in LANGUAGES if code == DEFAULT or _has_all(code, version))


def _has_all(language: str, version: str) -> bool:
    wording = get_wording(language)
    return all(wording.gettext(text) != text for text in TEXTS[version].values())
