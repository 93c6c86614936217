"""The vocabulary itself: complete in three languages, without clashes, and wide enough for real lists."""

from zoneinfo import ZoneInfo

import pytest

from matching.gates.languages import STANDARD_FORMS
from roster.vocabulary import load_vocabulary
from roster.vocabulary.data_files import read_table
from roster.vocabulary.demonyms import form_feminine
from roster.vocabulary.hand_kept import list_hand_kept_terms
from roster.vocabulary.macrolanguages import load_macrolanguages
from roster.vocabulary.networks import load_network_facts
from roster.vocabulary.scales import LEVEL_FLOORS

VOCABULARY = load_vocabulary()
HAND_KEPT = list_hand_kept_terms()
NETWORKS = "femwise nwm mwmn wmc awmn seawpm awpr refemac sadc global_alliance awln"
THEMES = (
    "process_design ceasefire monitoring_verification ddr_ssr power_sharing constitution elections "
    "national_dialogue transitional_justice reconciliation gender_inclusion crsv_protection "
    "humanitarian_access detainees_missing displacement natural_resources climate_security "
    "economic_track armed_groups pve community_mediation indigenous_minority religious_mediation "
    "youth human_rights_ihl digital_media civil_military borders implementation_mechanisms "
    "training_mediation"
)
ROLES = (
    "lead_mediator co_mediator deputy_envoy envoy_adviser process_designer facilitator "
    "dialogue_convenor insider_mediator shuttle_mediator technical_expert gender_adviser "
    "ceasefire_monitor observer guarantor_rep rapporteur liaison trainer_coach mentor mentee "
    "interpreter_mediator"
)


def _find(word: str, kind: str) -> str | None:
    match = VOCABULARY.find(word, kind)
    return match.code if match else None


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("network", f"{NETWORKS} ibero_american pacific"),
        ("track", "I I.5 II III"),
        ("theme", THEMES),
        ("role", ROLES),
        (
            "phase",
            "prevention pre_negotiation ceasefire framework_partial framework_comprehensive "
            "implementation renewal post_agreement_review",
        ),
        ("level", "A1 A2 B1 B2 C1 C2 native UN-I UN-II UN-III UN-IV"),
        ("seniority", "emerging mid senior eminent"),
        ("modality", "in_person remote hybrid home_country_only"),
        ("notice", "72h 7d 14d 30d 60d"),
        ("availability_status", "available partly on_assignment unavailable unknown"),
        ("safety_class", "0 1 2 3"),
        (
            "consent_purpose",
            "membership_file matching card naming public_page statistics mentoring",
        ),
        (
            "accreditation_state",
            "draft self_declared documents_checked references_checked interviewed accredited "
            "needs_update suspended withdrawn deceased merged",
        ),
    ],
)
def test_every_kind_has_the_codes_of_the_product(kind: str, codes: str) -> None:
    assert VOCABULARY.codes(kind) == tuple(codes.split())


def test_every_hand_kept_term_is_named_in_english_french_and_arabic() -> None:
    missing = [
        (term.kind, term.code, tag)
        for term in HAND_KEPT
        for tag in ("en", "fr", "ar")
        if not term.names.get(tag)
    ]
    assert missing == []


#: Mines that explode, and mines of ore: a person decides.
MEANT_TO_BE_AMBIGUOUS = {("theme", "mines"), ("theme", "minas")}


def test_no_word_of_a_hand_kept_kind_means_two_things() -> None:
    clashes = {
        (term.kind, word): codes
        for term in HAND_KEPT
        for word in (*term.names.values(), *term.synonyms)
        if (codes := VOCABULARY.ambiguous(word, term.kind)) or _find(word, term.kind) != term.code
    }
    assert clashes == dict.fromkeys(MEANT_TO_BE_AMBIGUOUS, ("ddr_ssr", "natural_resources"))


def test_a_free_word_is_never_a_level() -> None:
    words = {
        word
        for term in HAND_KEPT
        if term.kind == "level_word"
        for word in (*term.names.values(), *term.synonyms)
    }
    assert {word for word in words if _find(word, "level")} == set()
    assert [_find(word, "level_word") for word in ("courant", "متقدم", "buono", "razoável")] == [
        "fluent",
        "advanced",
        "good",
        "intermediate",
    ]


def test_every_country_stands_in_the_m49_tree() -> None:
    codes = VOCABULARY.codes("country")
    assert len(codes) == 250
    assert {VOCABULARY.ancestors("country", code)[-1] for code in codes} == {"001"}
    assert VOCABULARY.ancestors("country", "KEN") == ("014", "202", "002", "001")
    assert VOCABULARY.ancestors("country", "HTI") == ("029", "419", "019", "001")
    assert set(VOCABULARY.descendants("region", "018")) == {"BWA", "SWZ", "LSO", "NAM", "ZAF"}


def test_a_macrolanguage_holds_its_languages_and_agrees_with_the_engine() -> None:
    macrolanguages = load_macrolanguages()
    standards = {code: macro.standard for code, macro in macrolanguages.items() if macro.standard}
    assert standards == STANDARD_FORMS
    for macro in macrolanguages.values():
        assert set(macro.standard) <= set(macro.members)
        assert set(VOCABULARY.descendants("language", macro.code)) == set(macro.members)
    assert VOCABULARY.ancestors("language", "pga") == ("ara",)


def test_floors_follow_the_published_table() -> None:
    assert LEVEL_FLOORS == {
        "A1": 1,
        "A2": 2,
        "B1": 3,
        "B2": 4,
        "C1": 5,
        "C2": 6,
        "native": 7,
        "UN-I": 2,
        "UN-II": 4,
        "UN-III": 5,
        "UN-IV": 6,
    }
    assert set(LEVEL_FLOORS) == set(VOCABULARY.codes("level"))


def test_every_network_has_facts_and_a_real_time_zone() -> None:
    facts = load_network_facts()
    assert set(facts) == set(VOCABULARY.codes("network"))
    assert {ZoneInfo(network.time_zone).key for network in facts.values()}
    assert [code for code, network in facts.items() if not network.keeps_members] == [
        "global_alliance",
        "ibero_american",
        "pacific",
    ]
    assert VOCABULARY.descendants("network", "femwise") == ("refemac", "sadc")
    for code, network in facts.items():
        assert {_find(alias.name, "network") for alias in network.aliases} <= {code}


def test_every_country_is_named_in_all_six_languages() -> None:
    missing = [
        (code, tag)
        for code in VOCABULARY.codes("country")
        for tag in ("en", "fr", "ar", "es", "pt", "sw")
        if tag not in VOCABULARY.get("country", code).names and code != "ATA"
    ]
    assert {tag for _, tag in missing} <= {"sw"}
    assert VOCABULARY.name("country", "TUN", "ar") == "تونس"
    assert VOCABULARY.name("language", "swa", "sw") == "Kiswahili"
    assert VOCABULARY.name("language", "mfa", "ar") == "ملايو فطاني"


def test_every_language_of_our_own_list_is_named_in_all_six_languages() -> None:
    missing = [
        (code, tag)
        for code in read_table("languages")
        for tag in ("en", "fr", "ar", "es", "pt", "sw")
        if tag not in VOCABULARY.get("language", code).names
    ]
    assert missing == []
    assert VOCABULARY.name("language", "arb", "ar") == "العربية الفصحى"


@pytest.mark.parametrize(
    ("language", "masculine", "feminine"),
    [
        ("fr", "tunisien", "tunisienne"),
        ("fr", "suédois", "suédoise"),
        ("fr", "belge", "belge"),
        ("ar", "تونسي", "تونسية"),
        ("it", "tunisino", "tunisina"),
        ("es", "francés", "francesa"),
        ("pt", "afegão", "afegã"),
        ("en", "Tunisian", "Tunisian"),
    ],
)
def test_feminines_follow_the_rule_of_the_language(
    language: str, masculine: str, feminine: str
) -> None:
    assert form_feminine(language, masculine) == feminine
