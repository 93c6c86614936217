"""Words that are two things: the sentence, and all that is found in it. Each trap has its twin."""

import pytest

from tests.matching.letters.scoring import list_found, read

TRAPS = {
    "Nous cherchons une médiatrice pour le Tigré, en Éthiopie.": [
        "post_count 1 must", "country ETH must",
    ],
    "Elle doit parler tigré et amharique.": ["language tig must", "language amh must"],
    "We need a mediator for the talks in Tigre, with Tigrinya at C1.": [
        "post_count 1 must", "language tir C1 must",
    ],
    "Buscamos una mediadora para el Tigré, en Etiopía.": ["post_count 1 must", "country ETH must"],
    "Uma mediadora para o Tigré, na Etiópia.": ["post_count 1 must", "country ETH must"],
    "Une expérience du déminage et des mines antipersonnel est requise.": ["theme ddr_ssr must"],
    "Une expérience de l'exploitation minière et des mines d'or est requise.": [
        "theme natural_resources must"
    ],
    "Experience with landmines and mine clearance is required.": ["theme ddr_ssr must"],
    "Experience of mining and gold mines is required.": ["theme natural_resources must"],
    "Se requiere experiencia en desminado y en minas antipersonal.": ["theme ddr_ssr must"],
    "Se requiere experiencia en minería y minas de oro.": ["theme natural_resources must"],
    "É necessária experiência em desminagem e minas antipessoal.": ["theme ddr_ssr must"],
    "É necessária experiência em mineração e minas de ouro.": ["theme natural_resources must"],
    "نطلب خبيرة في إزالة الألغام.": ["role technical_expert must", "theme ddr_ssr must"],
    "نطلب خبيرة في التعدين ومناجم الذهب.": [
        "role technical_expert must", "theme natural_resources must",
    ],
    "Please polish the draft before you send it to us.": [],
    "We need a mediator with fluent Polish.": ["post_count 1 must", "language pol fluent must"],
    "Experience of the Swahili coast and of the Basque country is welcome.": [],
    "Swahili at B2 is required.": ["language swa B2 must"],
    "A facilitator for Dinka and Nuer communities in South Sudan.": [
        "post_count 1 must", "role facilitator must", "country SSD must",
    ],
    "A facilitator who speaks Dinka and Nuer.": [
        "post_count 1 must", "role facilitator must", "language din must", "language nus must",
    ],
    "Une facilitatrice pour le dialogue entre les Peuls et les Dogons au Mali.": [
        "post_count 1 must", "role facilitator must", "country MLI must",
    ],
    "Une facilitatrice qui parle peul.": [
        "post_count 1 must", "role facilitator must", "language ful must",
    ],
    "Buscamos una facilitadora para las comunidades mapuches de Chile.": [
        "post_count 1 must", "role facilitator must", "country CHL must",
    ],
    "نحتاج إلى ميسرة لقبائل الدينكا في جنوب السودان.": [
        "role facilitator must", "country SSD must",
    ],
    "Contactez Dominique pour les détails.": [],
    "Une médiatrice pour le dialogue à la Dominique.": ["post_count 1 must", "country DMA must"],
    "Une expérience du bassin du Congo et du golfe de Guinée est requise.": [],
    "We need an adviser for the Niger Delta and the Gulf of Guinea.": ["post_count 1 must"],
    "We need an adviser for Niger and Guinea.": [
        "post_count 1 must", "country NER must", "country GIN must",
    ],
    "We need a mediator for Northern Ireland.": ["post_count 1 must", "country GBR must"],
    "Necesitamos una mediadora; Israel Pérez y Mauricio Gómez la esperan.": ["post_count 1 must"],
    "Una mediadora para las conversaciones entre Israel y Palestina.": [
        "post_count 1 must", "country ISR must", "country PSE must",
    ],
    "Precisamos de uma mediadora; Salvador Lima espera por ela.": ["post_count 1 must"],
    "نحتاج إلى وسيطة وإلى دعم مالي في السودان.": ["country SDN must"],
    "نحتاج إلى وسيطة للحوار في مالي.": ["country MLI must"],
    "ستتصل بكم زميلتي هند غدا بشأن الوسيطة.": [],
}  # fmt: skip


@pytest.mark.parametrize("sentence", TRAPS)
def test_a_word_is_read_as_what_stands_beside_it_makes_it(sentence: str) -> None:
    assert list_found(sentence) == TRAPS[sentence]


DOUBTS = {
    "Une expérience des mines est souhaitée.": ["ddr_ssr", "natural_resources"],
    "Se valorará la experiencia en minas.": ["ddr_ssr", "natural_resources"],
    "My colleague Chad will call you.": ["TCD"],
    "يلتقي الفريق في عمان.": ["OMN"],
}


@pytest.mark.parametrize("sentence", DOUBTS)
def test_what_nothing_decides_is_proposed_with_little_confidence(sentence: str) -> None:
    found = read(sentence)
    assert [one.code for one in found] == DOUBTS[sentence]
    assert all(one.confidence < 0.5 for one in found)


def test_a_later_mention_that_leaves_no_doubt_takes_the_place_of_a_doubtful_one() -> None:
    [country] = read("Chad, first round. The talks will be held in Chad.")
    assert (country.code, country.start, country.confidence > 0.8) == ("TCD", 45, True)
