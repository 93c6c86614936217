"""Whole catalogues: no page in two languages, no broken placeholder, a sentence for every code."""

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from matching.gates import ORDER_OF_DECISION
from matching.outcomes import CATALOGUE
from matching.preferences import PREFERENCES
from roster.wording import LANGUAGES, get_wording
from roster.wording.catalogue import extract_messages
from roster.wording.evidence import SAME_WORDS
from roster.wording.labels import FIXED, LABELS
from roster.wording.messages import read_catalogue
from roster.wording.placeholders import find_placeholders, list_faults
from roster.wording.problems import FILE_PROBLEMS, ROW_PROBLEMS, word_problem, word_severity
from roster.wording.reasons import GATES, REASONS, word_gate, word_reason


def make_template(*messages: str | tuple[str, str]) -> Catalog:
    template = Catalog()
    for message in messages:
        template.add(message)
    return template


def test_check_finds_what_is_missing_fuzzy_or_differently_filled() -> None:
    template = make_template("missing", "fuzzy", "%(a)s of %(b)s", ("%(num)d row", "%(num)d rows"))
    catalogue = Catalog(locale="fr")
    catalogue.add("fuzzy", "flou", flags=["fuzzy"])
    catalogue.add("%(a)s of %(b)s", "%(a)s de %(c)s")
    catalogue.add(("%(num)d row", "%(num)d rows"), ("une ligne", "%(num)d lignes"))
    assert sorted(list_faults(template, catalogue, must_be_complete=True)) == [
        "not translated: 'fuzzy'",
        "not translated: 'missing'",
        "other placeholders: '%(a)s of %(b)s'",
    ]


def test_check_lets_an_incomplete_language_fall_back_but_not_break() -> None:
    template = make_template("missing", "40 %% of %(all)s")
    catalogue = Catalog(locale="sw")
    catalogue.add("40 %% of %(all)s", "40 % ya %(all)s")
    assert list(list_faults(template, catalogue, must_be_complete=False)) == [
        "other placeholders: '40 %% of %(all)s'"
    ]


@given(st.text(alphabet="%()sdab ", max_size=20))
def test_a_message_without_lone_percent_can_be_filled(text: str) -> None:
    names = find_placeholders(text)
    if "%?" not in names:
        assert isinstance(text % dict.fromkeys(names, 1), str)


EVERYWHERE = ("layout", "narrow", "parts/", "errors/", "/evidence", "/findings", "/labels")
EVERYWHERE += ("/known", "/problems", "/reasons", "/speech", "/codes", "/notices")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_words_of_every_page_are_wholly_translated(language: str) -> None:
    template = Catalog()
    for message in extract_messages():
        if any(part in place for place, _ in message.locations for part in EVERYWHERE):
            template.add(message.id, context=message.context, locations=message.locations)
    assert len(template) > 200
    assert list(list_faults(template, read_catalogue(language), must_be_complete=True)) == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_code_has_words(language: str) -> None:
    wording = get_wording(language)
    assert {outcome.code for outcome in CATALOGUE if outcome.code} <= set(REASONS)
    said = [word_reason(wording, code) for code in [*REASONS, "Z9"]]
    said += [word_gate(wording, name) for name in [*GATES, "new_gate"]]
    said += [word_severity(wording, name) for name in ("error", "warning", "info", "other")]
    for code in [*ROW_PROBLEMS, *FILE_PROBLEMS, "NEW"]:
        advice = word_problem(wording, code, {"found": "=1+1", "read_as": "2", "rows": [7, 8]})
        said += [advice.what, advice.do]
    assert all(text.strip() for text in said)


def test_every_criterion_of_the_engine_has_its_own_words() -> None:
    known = {*FIXED, *LABELS, *SAME_WORDS}
    preferences = {preference.name for preference in PREFERENCES.preferences}
    assert {"theme_depth", "freshness_margin"} <= preferences <= known
    assert {"window", "language"} <= set(ORDER_OF_DECISION) <= known & set(GATES)


def test_a_problem_says_what_was_found_and_what_to_do() -> None:
    advice = word_problem(get_wording("en"), "DUP_IN_FILE", {"rows": [25, 26]})
    assert advice.what == "The same woman seems to be in this list twice. Rows 25 and 26."
    assert advice.do == "Look at both rows and say whether they are one person."
