"""A document names a language in its own language, or says that the name is an English one."""

from __future__ import annotations

import re
from typing import Any

import pytest

from roster.documents import Shortlist, write_words
from roster.vocabulary import load_vocabulary
from roster.vocabulary.data_files import read_table
from roster.wording import LANGUAGES, get_wording
from tests.roster.documents.issues import CRITERIA, make_issue

LATIN = re.compile("[A-Za-z]{3,}")
ASKED = ("arb", "apd", "dyo", "mfa", "pov", "zsm", "kmr", "bfa")


def word(language: str) -> Shortlist:
    languages: list[dict[str, Any]] = [{"any_of": [code], "level": "B2"} for code in ASKED]
    criteria = {**CRITERIA, "posts": [{**CRITERIA["posts"][0], "languages": languages}]}
    return write_words(get_wording(language), make_issue(criteria=criteria))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_prints_the_names_of_its_own_language(language: str) -> None:
    [(_, criteria)] = word(language).posts
    said = " | ".join(text for _, text in criteria)
    names = load_vocabulary()
    assert [code for code in ASKED if names.get("language", code).names[language] not in said] == []
    if language == "ar":
        assert LATIN.findall(re.sub("B2|I\\.5|II", "", said)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_of_our_own_list_falls_back_to_english(language: str) -> None:
    wording = get_wording(language)
    said = {code: wording.term("language", code) for code in read_table("languages")}
    assert [code for code, name in said.items() if f"language {code}" in name] == []
    if language == "ar":
        assert [name for name in said.values() if LATIN.search(name)] == []


def test_a_language_that_nobody_named_is_given_by_its_code() -> None:
    rare = next(
        code
        for code in load_vocabulary().codes("language")
        if load_vocabulary().get("language", code).is_rare
    )
    english = get_wording("en").term("language", rare)
    assert get_wording("fr").term("language", rare) == (
        f"langue {rare} (en anglais\u00a0: {english})"
    )
