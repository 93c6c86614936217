"""The sides that a letter names, in its own words: states by country, others by name or abbreviation."""

import pytest

from tests.matching.letters.scoring import HELD_OUT, WORKED_ON, get_reader, load_letters, read

SIDES = {
    "Talks between the Government of Colombia and the ELN will resume.": [
        ("Government of Colombia", "COL", "COL"), ("ELN", "ELN", None),
    ],
    "Negotiations between Sudan and the Justice and Equality Movement (JEM), in Juba.": [
        ("Sudan", "SDN", "SDN"), ("Justice and Equality Movement", "JEM", None),
    ],
    "The talks between France, Germany and the Polisario Front continue.": [
        ("France", "FRA", "FRA"), ("Germany", "DEU", "DEU"),
        ("Polisario Front", "Polisario-Front", None),
    ],
    "Les pourparlers entre le gouvernement tchadien et le Front pour l'alternance (FACT).": [
        ("gouvernement tchadien", "TCD", "TCD"), ("Front pour l'alternance", "FACT", None),
    ],
    "Des négociations entre le Sénégal et le Mouvement des forces démocratiques de Casamance.": [
        ("Sénégal", "SEN", "SEN"),
        ("Mouvement des forces démocratiques de Casamance",
         "Mouvement-des-forces-démocratiques-de-Casamance", None),
    ],
    "Conversaciones entre el Gobierno de Colombia y el Frente Patriótico, en La Habana.": [
        ("Gobierno de Colombia", "COL", "COL"), ("Frente Patriótico", "Frente-Patriótico", None),
    ],
    "Conversações entre o Governo de Moçambique e a Resistência Nacional (RENAMO) em Maputo.": [
        ("Governo de Moçambique", "MOZ", "MOZ"), ("Resistência Nacional", "RENAMO", None),
    ],
    "المحادثات بين الحكومة السودانية وقوات الدعم السريع في جدة.": [
        ("الحكومة السودانية", "SDN", "SDN"), ("قوات الدعم السريع", "قوات-الدعم-السريع", None),
    ],
    "مفاوضات بين حكومة اليمن وبين جماعة أنصار الله بشأن الأسرى.": [
        ("حكومة اليمن", "YEM", "YEM"), ("جماعة أنصار الله", "جماعة-أنصار-الله", None),
    ],
}  # fmt: skip


@pytest.mark.parametrize("sentence", SIDES)
def test_sides_are_told_by_their_own_words(sentence: str) -> None:
    found = get_reader().find_sides(sentence)
    assert [(one.text, one.code, one.country) for one in found] == SIDES[sentence]
    assert all(sentence[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "We need her between 3 and 14 March 2027 for the talks.",
        "Talks between the Malian parties and Algeria will resume.",
        "The process was discussed between Ms Kenya Abdi and Mr Smith.",
        "Talks between farmers and herders in Nigeria.",
        "A bridge between Sweden and Denmark.",
        "Le dialogue entre les parties et les communautés.",
        "El proceso dura entre cuatro y seis meses.",
        "A negociação decorre entre janeiro e março.",
        "المفاوضات بين 3 و14 مارس.",
        "The talks with the ELN in Colombia.",
    ],
)
def test_what_names_no_two_sides_gives_none(sentence: str) -> None:
    assert get_reader().find_sides(sentence) == []


def test_sides_are_no_proposals() -> None:
    letter = next(iter(SIDES))
    assert [(one.kind, one.code) for one in read(letter)] == [("country", "COL")]


def test_letters_that_name_no_sides_give_none() -> None:
    letters = load_letters(*WORKED_ON, HELD_OUT)
    assert {one.name: get_reader().find_sides(one.text) for one in letters} == {
        one.name: [] for one in letters
    }
