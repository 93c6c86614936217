"""The page "How matching works" in every language: no criterion without its words."""

from __future__ import annotations

import pytest

from matching import describe_criteria
from matching.documentation import SOURCE, list_names, list_texts
from roster.wording import LANGUAGES, get_wording
from roster.wording.explanations import PREFERENCES
from roster.wording.messages import read_catalogue
from roster.wording.method import NAMES, TEXTS, describe_method

OTHERS = [code for code in LANGUAGES if code != "en"]


def test_every_registered_criterion_has_its_texts_and_name_for_the_translators() -> None:
    assert sorted(TEXTS) == sorted(list_texts())
    assert list(list_names()) == [*NAMES, *PREFERENCES]


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_the_engine_is_shown_in_english_elsewhere(language: str) -> None:
    catalogue = read_catalogue(language)
    kept = {text: catalogue.get(text) for text in [*TEXTS, *NAMES.values()]}
    assert [text for text, one in kept.items() if one is None or not one.string] == []


def test_the_english_page_is_the_published_one_with_names_for_readers() -> None:
    published = describe_criteria().replace(f"{SOURCE}\n\n", "")
    named = describe_method(get_wording("en"))
    lines = zip(published.splitlines(), named.splitlines(), strict=True)
    differ = [pair for pair in lines if pair[0] != pair[1]]
    assert len(differ) == len(list_names())
    assert ("### consent", "### Consents") in differ


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translated_page_keeps_every_code_weight_and_part(language: str) -> None:
    page = describe_method(get_wording(language))
    shapes = [_shape(line) for line in page.splitlines()]
    assert shapes == [_shape(line) for line in describe_method(get_wording("en")).splitlines()]


def _shape(line: str) -> str:
    """What a line is, with its code or points: what no translation may change."""
    if line.startswith("- **"):
        return line[: line.index("** ")]
    if line.startswith("|"):
        points = line.split("|")[2].strip()
        return f"row {points if points.isdecimal() else ''}"
    return line.split(" ")[0] if line.startswith("#") else "text" if line else ""
