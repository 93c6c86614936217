"""One rule of reading per line: the sentence, and all that is found in it."""

import pytest

from tests.matching.letters.scoring import list_found, read

RULES = {
    "an article written onto a country makes no language of it": (
        "Pas de ressortissantes du Rwanda ni de l'Ouganda.",
        ["nationality RWA exclude", "nationality UGA exclude"],
    ),
    "a language and the small word behind it make no adjective": (
        "Debe hablar francés a nivel B2 y criollo haitiano.",
        ["language fra B2 must", "language hat must"],
    ),
    "may is a month only where it is no verb": (
        "None of them may be a national of Greece. We start in May 2027.",
        ["nationality GRC exclude", "start_date 2027-05-01 must"],
    ),
    "a name that is an adjective in another language is a name": (
        "A mediator for the talks between Armenia and Azerbaijan, with Russian at C1.",
        ["post_count 1 must", "country ARM must", "country AZE must", "language rus C1 must"],
    ),
    "a government that is a side does not write the letter": (
        "Buscamos dos observadoras para la mesa entre el Gobierno de Colombia y el ELN.",
        ["post_count 2 must", "role observer must", "country COL must"],
    ),
    "where she lives holds for the whole list": (
        "Aucune personne résidant en Guinée-Bissau ou en Gambie, ni de nationalité malienne.",
        ["residence GNB exclude", "residence GMB exclude", "nationality MLI exclude"],
    ),
    "what is welcome too is joined to what was welcome": (
        "Greek would be an asset, and so would Turkish.",
        ["language ell nice", "language tur nice"],
    ),
    "an exclusion reaches over a list and ends where languages begin": (
        "We need three mediators, none from Rwanda, Burundi or Uganda, all fluent in Swahili.",
        [
            "post_count 3 must",
            "nationality RWA exclude",
            "nationality BDI exclude",
            "nationality UGA exclude",
            "language swa fluent must",
        ],
    ),
    "what follows an excluded office in the next clause is asked for": (
        "Any mediator who is not affiliated with any party, speaks Somali and has worked in Kenya.",
        ["office party exclude", "language som must", "country KEN must"],
    ),
    "an army or government after an adjective is an office": (
        "Anyone who has served in the Chadian army or government is ruled out.",
        ["office TCD exclude"],
    ),
    "welcome binds the language, not the days after it": (
        "Il faut parler sango et si possible peul à partir du 1er mars pour trois mois.",
        [
            "language sag must",
            "language ful nice",
            "start_date 2027-03-01 must",
            "duration P3M must",
        ],
    ),
    "a known envoy is who asks, a new one is who is sought": (
        "The special envoy needs a deputy envoy for Haiti.",
        ["post_count 1 must", "role deputy_envoy must", "country HTI must"],
    ),
    "what is not needed is not proposed": (
        "French is not needed, but Wolof is.",
        ["language wol must"],
    ),
    "one of those counted is no further post": (
        "Nous avons besoin de trois médiatrices pour la Libye, dont une francophone.",
        ["post_count 3 must", "country LBY must", "language fra must"],
    ),
    "women who are sought for a team are no present team": (
        "Il nous faut une équipe de quatre femmes.",
        ["post_count 4 must"],
    ),
    "a day by which to answer is no day of work": ("Please send three CVs by Friday.", []),
    "an adjective in front of two nationalities joined is a nationality too": (
        "A woman with dual French and Malian nationality would not be acceptable.",
        ["nationality FRA exclude", "nationality MLI exclude"],
    ),
    "small words written onto an Arabic word change nothing": (
        "نريد ثلاث وسيطات يتحدثن الفرنسية والهوسا، ولا نريد أحدا من نيجيريا.",
        ["post_count 3 must", "language fra must", "language hau must", "nationality NGA exclude"],
    ),
    "of two numbers of days a month the second counts": (
        "Se requiere una relatora, entre 10 y 12 días al mes.",
        ["post_count 1 must", "role rapporteur must", "days_per_month 12 must"],
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_rules(rule: str) -> None:
    sentence, expected = RULES[rule]
    assert list_found(sentence) == expected


def test_a_name_with_one_wrong_letter_is_proposed_with_little_confidence() -> None:
    guessed = read("We need a mediator who speaks Portugese and Amharric, in Ethiopa.")[1:]
    assert [(one.code, one.confidence < 0.5) for one in guessed] == [
        ("por", True),
        ("amh", True),
        ("ETH", True),
    ]


def test_a_short_name_is_never_guessed() -> None:
    assert list_found("We need a mediator who speaks Frech and Hasua in Mlai.") == [
        "post_count 1 must"
    ]


def test_a_day_that_can_be_read_in_two_ways_is_less_certain() -> None:
    sure, unsure = read("We need her from 28/02/2027."), read("We need her from 01/03/2027.")
    assert [str(one.value) for one in (*sure, *unsure)] == ["2027-02-28", "2027-03-01"]
    assert sure[0].confidence > 0.9 > 0.5 > unsure[0].confidence
