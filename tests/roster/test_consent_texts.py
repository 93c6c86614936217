"""What women agreed to is never edited: a change of meaning is a new version beside the old one."""

from __future__ import annotations

import hashlib
import json

from roster.services.consents import ASKED_PURPOSES
from roster.wording import LANGUAGES, consent_texts, get_wording
from roster.wording.consent_texts import CURRENT_VERSION, TEXTS, word_consent_text

PUBLISHED = {"2026-11": "8cba9ae44bf6d395"}
"""Version -> digest of its English texts. A new version is a new line; no line ever changes."""


def digest(version: str) -> str:
    return hashlib.sha256(json.dumps(TEXTS[version], sort_keys=True).encode()).hexdigest()[:16]


def test_no_text_that_was_agreed_to_is_edited() -> None:
    assert {version: digest(version) for version in TEXTS} == PUBLISHED


def test_the_version_of_today_has_a_text_for_whatever_is_asked() -> None:
    assert set(TEXTS[CURRENT_VERSION]) == set(ASKED_PURPOSES)


def test_a_language_is_named_as_read_only_where_every_text_is_written_in_it() -> None:
    for language in LANGUAGES:
        wording = get_wording(language)
        said = {word_consent_text(wording, CURRENT_VERSION, one) for one in ASKED_PURPOSES}
        is_written = said.isdisjoint(TEXTS[CURRENT_VERSION].values()) or language == "en"
        found = consent_texts.find_text_language(language)
        assert found == (language if is_written else "en")
    assert word_consent_text(get_wording("en"), "attested", "card") == ""
