"""Rules that the letters of other offices asked for, each in more languages than the letter's own."""

import pytest

from tests.matching.letters.scoring import list_found

RULES = {
    "a level behind 'of course' is that of the language before it": (
        "We need Arabic of course, at least B2, and English.",
        ["language ara B2 must", "language eng must"],
    ),
    "what is welcome but not required is welcome": (
        "French is welcome but not essential; Greek is not essential.",
        ["language fra nice"],
    ),
    "no need of a language keeps nobody out": (
        "الصومالية ضرورية ولا حاجة إلى الإنجليزية.",
        ["language som must"],
    ),
    "to like somebody from a day on makes no wish of the day": (
        "We would like them from 10 January for six weeks.",
        ["start_date 2027-01-10 must", "duration P6W must"],
    ),
    "may before a person is no month": (
        "They must not be nationals of Sudan, nor may they live in Kenya.",
        ["nationality SDN exclude", "residence KEN exclude"],
    ),
    "a date says which Monday": (
        "La misión comienza el lunes 11 de enero de 2027.",
        ["start_date 2027-01-11 must"],
    ),
    "what will last is not what the last months were": (
        "The mission will last five months. The last five months were hard.",
        ["duration P5M must"],
    ),
    "a verb of beginning before a small 'at' begins": (
        "La mission, d'une durée de quatre mois, débutera à la mi-février 2027.",
        ["duration P4M must", "start_date 2027-02-15 must"],
    ),
    "the end of a month behind 'until' ends": (
        "De meados de janeiro até ao fim de abril.",
        ["start_date 2027-01-15 must", "end_date 2027-04-30 must"],
    ),
    "hasta finales ends": (
        "Desde mediados de enero hasta finales de junio.",
        ["start_date 2027-01-15 must", "end_date 2027-06-30 must"],
    ),
    "a dozen is twelve": (
        "Une douzaine de jours par mois, avec une médiatrice.",
        ["days_per_month 12 must", "post_count 1 must"],
    ),
    "to leave in three days is a notice": (
        "Il faut pouvoir partir en 72 heures.",
        ["notice 3 must"],
    ),
    "a notice may follow a colon": (
        "As mediadoras trabalham no terreno. Pré-aviso: dez dias.",
        ["modality in_person must", "notice 10 must"],
    ),
    "where she must not reside is no passport": (
        "No deberán residir en Panamá.",
        ["residence PAN exclude"],
    ),
    "neither citizen nor resident": (
        "Não podem ser cidadãs do Senegal nem residir na Gâmbia.",
        ["nationality SEN exclude", "residence GMB exclude"],
    ),
    "a wish between commas goes with the nearer word": (
        "Estejam disponíveis com catorze dias de antecedência e integrem, de preferência, a FemWise.",
        ["notice 14 must", "network femwise nice"],
    ),
    "a share of young women is no share of women": (
        "At least a third should be young women.",
        ["youth young must"],
    ),
    "the other Congo is not meant where the letter names one": (
        "Pour la République démocratique du Congo, personne du gouvernement congolais.",
        ["country COD must", "office COD exclude"],
    ),
    "an adviser of the envoy is no envoy": (
        "We need one rapporteur and a deputy envoy's interpreter.",
        [
            "post_count 1 must",
            "role rapporteur must",
            "post_count 1 must",
            "role interpreter_mediator must",
        ],
    ),
    "a basic condition is no basic level": (
        "نحتاج إلى وسيطات والعربية شرط أساسي.",
        ["language ara must"],
    ),
    "months from a day on last": (
        "Six months from 15 February, four days/month.",
        ["duration P6M must", "start_date 2027-02-15 must", "days_per_month 4 must"],
    ),
    "a day behind a small 'a' ends nothing that did not begin": (
        "Arranque de uma missão de mediadoras a 15 de fevereiro.",
        ["start_date 2027-02-15 must"],
    ),
    "a level in brackets is that of the language before them": (
        "French (minimum C1), English (minimum B2) and, if at all possible, Lingala.",
        ["language fra C1 must", "language eng B2 must", "language lin nice"],
    ),
    "next week begins on its Monday": (
        "Elles doivent être libres dès la semaine prochaine et pour deux mois.",
        ["start_date 2026-11-23 must", "duration P2M must"],
    ),
    "next month begins on its first": (
        "We need two mediators from next month for six weeks.",
        ["post_count 2 must", "start_date 2026-12-01 must", "duration P6W must"],
    ),
    "what happens next month is no start, and what goes on until then no end": (
        "The talks on Sudan move on next month. We need two mediators until next week.",
        ["country SDN must", "post_count 2 must"],
    ),
}
PARTIES = {
    "en": "Nobody who works for any political party, please.",
    "fr": "Nous voulons qu'elles ne soient affiliées à aucun parti.",
    "ar": "نريد ألا ينتمين إلى أي حزب.",
    "es": "Queremos que no estén vinculadas a ningún partido.",
    "pt": "Queremos que não estejam ligadas a nenhum partido.",
}
THIRDS = {
    "en": "At least a third of the team should be women.",
    "fr": "Il nous faut un tiers de femmes.",
    "ar": "يجب أن يكون ثلث الفريق من النساء.",
    "es": "Debe haber un tercio de mujeres.",
    "pt": "Deve haver um terço de mulheres.",
}


@pytest.mark.parametrize("rule", RULES)
def test_rules(rule: str) -> None:
    sentence, expected = RULES[rule]
    assert list_found(sentence) == expected


@pytest.mark.parametrize("language", PARTIES)
def test_a_party_that_no_word_names_is_an_office(language: str) -> None:
    assert list_found(PARTIES[language]) == ["office party exclude"]


@pytest.mark.parametrize("language", THIRDS)
def test_a_part_of_the_team_is_a_share_of_women(language: str) -> None:
    assert list_found(THIRDS[language]) == ["women_share 33 must"]
