"""Words: six languages, whole catalogues, and a sentence for every code."""

from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from matching.evidence import Evidence, Verdict
from matching.gates import ORDER_OF_DECISION
from matching.outcomes import CATALOGUE
from matching.preferences import PREFERENCES
from roster.vocabulary import load_vocabulary
from roster.wording import LANGUAGES, get_wording, make_environment, negotiate
from roster.wording.catalogue import extract_messages
from roster.wording.evidence import SAME_WORDS, Worded, word_card, word_evidence
from roster.wording.findings import FINDINGS
from roster.wording.labels import FIXED, LABELS
from roster.wording.messages import read_catalogue
from roster.wording.placeholders import find_placeholders, list_faults
from roster.wording.problems import FILE_PROBLEMS, ROW_PROBLEMS, word_problem, word_severity
from roster.wording.reasons import GATES, REASONS, word_gate, word_reason

MOMENT = datetime(2026, 11, 23, 6, 14, tzinfo=UTC)
CRITERIA = sorted({*FIXED, *LABELS, *FINDINGS, *SAME_WORDS, "something_new"})
languages = st.sampled_from(sorted(LANGUAGES))


@pytest.fixture(autouse=True, scope="module")
def vocabulary() -> None:
    """Indexed before any example is timed."""
    load_vocabulary()


@pytest.mark.parametrize(
    ("language", "instant", "month", "first"),
    [
        (
            "en",
            "Monday 23 November 2026, 09:14, Addis Ababa time",
            "November 2026",
            "1 March 2027",
        ),
        (
            "fr",
            "lundi 23 novembre 2026, 09:14, heure de Addis-Abeba",
            "novembre 2026",
            "1er mars 2027",
        ),
        (
            "ar",
            "الاثنين 23 تشرين الثاني/نوفمبر 2026، 09:14 بتوقيت أديس أبابا",
            "تشرين الثاني/نوفمبر 2026",
            "1 آذار/مارس 2027",
        ),
        (
            "es",
            "lunes 23 de noviembre de 2026, 09:14, hora de Adís Abeba",
            "noviembre de 2026",
            "1 de marzo de 2027",
        ),
        (
            "pt",
            "segunda-feira, 23 de novembro de 2026, 09:14, hora de Adis-Abeba",
            "novembro de 2026",
            "1 de março de 2027",
        ),
        (
            "sw",
            "Jumatatu 23 Novemba 2026, 09:14, saa za Addis Ababa",
            "Novemba 2026",
            "1 Machi 2027",
        ),
    ],
)
def test_days_and_instants_in_six_languages(
    language: str, instant: str, month: str, first: str
) -> None:
    wording = get_wording(language)
    assert wording.instant(MOMENT, "Africa/Addis_Ababa") == instant
    assert wording.month(MOMENT.date()) == month
    assert wording.date(date(2027, 3, 1)) == first


@given(languages, st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_digits_are_western_everywhere(language: str, moment: datetime) -> None:
    wording = get_wording(language)
    said = wording.instant(moment.replace(tzinfo=UTC)) + wording.number(moment.year + 0.5)
    assert all(sign in "0123456789" for sign in said if sign.isdigit())


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        get_wording("en").instant(datetime(2026, 11, 23))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (11, "11 يومًا"),
        (90, "90 يومًا"),
        (100, "100 يوم"),
        (103, "103 أيام"),
    ],
)
def test_arabic_has_six_plurals(count: int, said: str) -> None:
    assert get_wording("ar").days(count) == said


def test_lists_numbers_and_shares() -> None:
    french = get_wording("fr")
    assert french.list_and(["a", "b", "c"]) == "a, b et c"
    assert french.list_or(["a", "b"]) == "a ou b"
    assert (french.list_and([]), french.number(4.25)) == ("", "4,25")
    assert {get_wording(code).percent(3 / 7) for code in LANGUAGES} == {"43\u00a0%"}


def test_direction_and_fallback() -> None:
    assert {code: get_wording(code).direction for code in LANGUAGES} == {
        "en": "ltr",
        "fr": "ltr",
        "ar": "rtl",
        "es": "ltr",
        "pt": "ltr",
        "sw": "ltr",
    }
    assert get_wording("sw").gettext("No such message: 40 %%") == "No such message: 40 %"


def test_a_term_is_named_and_an_unknown_one_shown_as_it_is() -> None:
    arabic = get_wording("ar")
    assert arabic.term("language", "fra") == "الفرنسية"
    assert (arabic.term("language", "qqq"), arabic.term("nothing", "x")) == ("qqq", "x")


@pytest.mark.parametrize(
    ("header", "choice", "language"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", None, "fr"),
        ("de, ar-TN;q=0.4, en;q=0.2", None, "ar"),
        ("en;q=0.1, pt-BR", None, "pt"),
        ("fr;q=0", None, "en"),
        ("fr;q=x", None, "en"),
        (None, None, "en"),
        ("fr", "sw", "sw"),
        ("fr", "xx", "fr"),
    ],
)
def test_language_is_her_choice_then_the_browsers(
    header: str | None, choice: str | None, language: str
) -> None:
    assert negotiate(header, choice) == language


@given(st.text(), st.none() | st.text())
def test_any_header_gives_a_language(header: str, choice: str | None) -> None:
    assert negotiate(header, choice) in LANGUAGES


def test_values_are_escaped_inside_messages() -> None:
    environment = make_environment(get_wording("fr"))
    template = environment.from_string(
        '{{ _("%(found)s, last in %(year)s", found="<b>", year=1) }}'
    )
    assert template.render() == "&lt;b&gt;, en dernier en 1"


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
EVERYWHERE += ("/known", "/problems", "/reasons", "/speech", "/codes")


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


codes = st.sampled_from(
    ["fra", "apd", "I.5", "co_mediator", "ceasefire", "TCD", "002", "self", "x"]
)
values = (
    st.none()
    | codes
    | st.lists(codes, max_size=3).map(tuple)
    | st.integers(-5, 400)
    | st.booleans()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)
FACT_KEYS = """
asked found skill level_asked level_found as_entered levels_short grade_asked grade by on
network depth_asked depth status confirmed_at valid_until why from to asked_from asked_to
days stay_asked stay state state_asked kind country party stance years years_asked last_year
since_year is_current ended_year held cleared undeclared valid_on
"""
keys = st.sampled_from(FACT_KEYS.split())
evidences = st.builds(
    Evidence,
    criterion=st.sampled_from(CRITERIA),
    verdict=st.sampled_from(Verdict),
    code=st.sampled_from(sorted({outcome.code for outcome in CATALOGUE})),
    is_hard=st.booleans(),
    points=st.sampled_from([0.0, 1.0, 4.0]),
    out_of=st.sampled_from([0.0, 4.0]),
    facts=st.dictionaries(keys, values, max_size=8),
)


@given(languages, evidences, st.booleans())
def test_any_evidence_has_words(language: str, evidence: Evidence, for_envoy: bool) -> None:
    line = word_evidence(get_wording(language), evidence, now=MOMENT, for_envoy=for_envoy)
    assert line.label.strip()
    assert line.value.strip()
    assert line.sign in {"yes", "no", "unk", "part", "flag", "due", "off"}
    assert line.days_left is None or 0 <= line.days_left <= line.days_total


@given(languages, st.lists(evidences, max_size=4))
def test_any_card_has_words(language: str, given_evidences: list[Evidence]) -> None:
    for line in word_card(get_wording(language), given_evidences, now=MOMENT):
        assert line.label.strip()
        assert line.value.strip()


def make_language_evidence() -> Evidence:
    return Evidence(
        "language",
        Verdict.PASS,
        facts={
            "asked": ("fra",),
            "found": ("fra",),
            "skill": "speaking",
            "level_asked": 4,
            "level_found": 5,
            "as_entered": "C1",
            "by": "coordinator",
            "on": date(2026, 6, 2),
        },
    )


def test_a_language_is_said_with_level_source_and_month() -> None:
    assert word_evidence(get_wording("en"), make_language_evidence()) == Worded(
        label="French, speaking B2",
        value="French C1",
        sign="yes",
        note="confirmed by her coordinator, June 2026",
    )


def test_her_own_coordinator_reads_the_day() -> None:
    line = word_evidence(get_wording("en"), make_language_evidence(), for_envoy=False)
    assert line.note == "confirmed by her coordinator, 2 June 2026"


def test_a_free_word_is_unknown_and_not_a_level() -> None:
    evidence = Evidence(
        "language",
        Verdict.UNKNOWN,
        "L3",
        facts={"asked": ("fra",), "found": ("fra",), "level_asked": 4, "as_entered": "courant"},
    )
    line = word_evidence(get_wording("en"), evidence)
    assert (line.value, line.sign) == ("French: “\u2068courant\u2069”, not a level yet", "unk")


@pytest.mark.parametrize(
    ("criterion", "code"),
    [("suspension", "V3"), ("integrity", "G1"), ("safety_class", "P2"), ("held_interest", "C5")],
)
def test_an_envoy_never_learns_a_protected_ground(criterion: str, code: str) -> None:
    facts = {"country": "TCD", "kind": "kin", "network": "nwm", "by": "self", "held": True}
    evidence = Evidence(criterion, Verdict.FAIL, code, facts=facts)
    assert word_evidence(get_wording("en"), evidence) == Worded("Proposal", "Not proposed", "no")


def test_a_card_has_one_line_for_the_rule_and_none_for_silent_gates() -> None:
    flag = Evidence("nationality", Verdict.FLAG, "C2", facts={"found": "TCD", "asked": ("TCD",)})
    passing = [Evidence("consent", Verdict.PASS), Evidence("declaration", Verdict.PASS)]
    assert word_card(get_wording("en"), [*passing, flag]) == [
        Worded(
            "Conflict-of-interest rule", "Flag, not a bar", "flag", "her coordinator can explain"
        )
    ]


@pytest.mark.parametrize(("for_envoy", "left"), [(True, 10), (False, 12)])
def test_days_left_are_banded_for_an_envoy(for_envoy: bool, left: int) -> None:
    facts = {
        "status": "available",
        "by": "self",
        "confirmed_at": datetime(2026, 9, 6, 12, tzinfo=UTC),
        "valid_until": datetime(2026, 12, 5, 12, tzinfo=UTC),
    }
    evidence = Evidence("freshness", Verdict.PASS, facts=facts)
    line = word_evidence(get_wording("en"), evidence, now=MOMENT, for_envoy=for_envoy)
    assert (line.days_left, line.days_total, line.sign) == (left, 90, "due")
