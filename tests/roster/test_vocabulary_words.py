"""The words of real lists: which are known, which are ambiguous, and which must stay unknown."""

import pytest

from roster.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def _find(word: str, kind: str) -> str | None:
    match = VOCABULARY.find(word, kind)
    return match.code if match else None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("theme", "advocacy;plaidoyer;leadership;القيادة;gestion de projet;project management"),
        ("theme", "peacebuilding;mediation;fundraising;consolidation de la paix;development"),
        ("role", "mediator;médiatrice;وسيطة;member;coordinator"),
        ("country", "XQ;Atlantis;Yugoslavia;Africa;Europe;N/A;n/a;n.a.;-"),
        ("language", "Klingonese;Esperantido;Latinish;C3"),
        ("level", "C3;D1;UN V;UN 5;fluent;courant"),
        ("track", "IV;4;15;1-2;0.5"),
        ("network", "UN Women;African Union;OSCE"),
    ],
)
def test_what_fits_no_code_stays_unknown(kind: str, words: str) -> None:
    assert [word for word in words.split(";") if _find(word, kind)] == []


AMBIGUOUS = "Congo;congolaise;Congolese;كونغولية;congoleña;Kongo;Korea;Corée;coreana;Dominican"


def test_country_words_of_two_countries_are_ambiguous() -> None:
    found = {word: VOCABULARY.ambiguous(word, "country") for word in AMBIGUOUS.split(";")}
    congo, korea = ("COD", "COG"), ("KOR", "PRK")
    assert list(found.values()) == [*[congo] * 6, *[korea] * 3, ("DMA", "DOM")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("COD", "CD;DRC;RDC;R.D. Congo;RD Congo;Congo DRC;Congo (Kinshasa);الكونغو الديمقراطية"),
        ("COG", "Congo-Brazzaville;Congo (Brazzaville);Republic of Congo;République du Congo"),
        ("CIV", "Ivory Coast;Côte d’Ivoire;COTE D'IVOIRE;RCI;ivoirienne;ساحل العاج;Costa d'Avorio"),
        ("CAF", "CAR;RCA;R.C.A.;Centrafrique;centrafricaine;Repubblica Centrafricana"),
        ("GIN", "Guinea;Guinée;Guinea Conakry;guinéenne;غينية"),
        ("GNB", "Guinea-Bissau;Guinea (Bissau);bissau-guinéenne;guineense"),
        ("GNQ", "Guinea Ecuatorial;Eq. Guinea;équato-guinéenne;غينيا الاستوائية"),
        ("SDN", "Sudan;Soudan;السودان;سودانية;soudanaise;sudanesa"),
        ("SSD", "South Sudan;S. Sudan;Soudan du Sud;جنوب السودان;sud-soudanaise;Sudan (South)"),
        ("NER", "Niger;nigérienne;النيجر;nigerina"),
        ("NGA", "Nigeria;nigériane;نيجيرية;Nigerian"),
        ("TUN", "TN;Tunisian;tunisienne;تونسية;tunisina;tunecina;Tunisie"),
        ("TUR", "Türkiye;Turkey;turque;تركية;turca;Turchia"),
        ("GBR", "UK;GB;U.K.;Great Britain;britannique;بريطانية;inglesa;Regno Unito"),
        ("USA", "US;U.S.A.;états-unienne;estadounidense;أمريكية;Estados Unidos"),
        ("PSE", "Palestine;oPt;palestinienne;فلسطينية;Palestina;State of Palestine"),
        ("XKX", "Kosovo;XK;kosovara;كوسوفو;Kosova"),
        ("SWZ", "Swaziland;Eswatini;Swazi"),
        ("TZA", "Tanzania (Zanzibar);tanzanienne;Tanzanie;تنزانيا"),
        ("SAU", "السعودية;سعودية;Saudi;KSA;Arabie Saoudite"),
        ("COM", "قمرية;Comores;comorienne;Comoran;جزر القمر"),
        ("PHL", "Filipina;philippine;الفلبين;filippina"),
        ("MMR", "Burma;Myanmar (Birmanie);Birmania;ميانمار (بورما)"),
        ("RUS", "RU;Russian Federation;russe;روسية"),
        ("STP", "Sao Tomé-et-Principe;S. Tomé e Príncipe;Sao Tome & Principe;são-tomense"),
        ("BIH", "Bosnia & Herzegovina;Bosnie-Herzégovine;Bosnia-Erzegovina;bosniaca"),
    ],
)
def test_a_country_is_known_by_code_name_variant_and_adjective(code: str, words: str) -> None:
    found = {word: _find(word, "country") for word in words.split(";")}
    assert found == dict.fromkeys(words.split(";"), code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ara", "ar;Arabic;arabe;العربية;عربي;Kiarabu;araba;árabe"),
        ("eng", "EN;en;eng;anglais;الإنجليزية;inglese;Kiingereza;inglês"),
        ("fra", "FR;fre;French;français;الفرنسية;francés;Kifaransa"),
        ("swa", "SW;Kiswahili;swahili;السواحيلية"),
        ("ful", "peul;Fulfulde;Pulaar;Fulani;الفولانية;Pular;foulfouldé"),
        ("pga", "Juba Arabic;arabe de Juba;Arabic (Juba)"),
        ("apd", "Sudanese Arabic;العربية السودانية"),
        ("ayl", "Libyan Arabic;العربية الليبية"),
        ("shu", "Chadian Arabic;arabe tchadien"),
        ("mfa", "Patani Malay;malais de Patani"),
        ("tpi", "Tok Pisin"),
        ("sag", "Sango;sango;السانغو"),
        ("prs", "Dari;دری;persan dari"),
        ("fas", "Farsi;persan;الفارسية;persiano"),
        ("nob", "bokmål;Norwegian Bokmål"),
        ("nor", "norsk;Norwegian;norvégien"),
        ("zho", "Mandarin;中文;الصينية;cinese"),
        ("lua", "Tshiluba;Luba-Lulua"),
        ("zdj", "Comorian;comorien;القمرية;Shikomori"),
        ("kab", "kabyle;cabilo;القبيلية"),
        ("msa", "malayo;Bahasa Melayu"),
        ("mos", "moré;Mooré"),
        ("hbs", "Serbo-Croatian;BCMS"),
    ],
)
def test_a_language_is_known_by_code_endonym_and_adjective(code: str, words: str) -> None:
    found = {word: _find(word, "language") for word in words.split(";")}
    assert found == dict.fromkeys(words.split(";"), code)


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("track", "I", "1;I;one;Track 1;voie 1;المسار الأول;vía uno;nível 1"),
        ("track", "I.5", "1,5;1.5;1½;I.V;I½;one and a half;voie 1,5;المسار الأول ونصف;١٫٥;via 1,5"),
        ("track", "III", "3;III;track 3 (grassroots);المسار الثالث;livello 3;voie III;tres"),
        (
            "theme",
            "gender_inclusion",
            "Women, peace and security;WPS;FPS;1325;donne pace e sicurezza",
        ),
        ("theme", "ddr_ssr", "DDR / SSR;RSS;نزع السلاح;small arms;disarmo"),
        ("theme", "transitional_justice", "justice transitionnelle;giustizia di transizione"),
        ("theme", "ceasefire", "cessez-le-feu;ceasefires;وقف إطلاق النار;alto el fuego;tregua"),
        ("role", "lead_mediator", "chief mediator;special envoy;envoyée spéciale;كبيرة الوسطاء"),
        ("role", "trainer_coach", "trainer;formatrice;مدربة;formadora"),
        ("network", "mwmn", "MWMN;Mediterranean WMN;Rete mediterranea;شبكة الوسيطات المتوسطيات"),
        ("network", "seawpm", "SEANWPNM;SEAWPM"),
        ("network", "refemac", "Réseau CEEAC;ECCAS network"),
        ("level", "native", "mother tongue;langue maternelle;madrelingua;اللغة الأم;nativa"),
        ("level", "UN-III", "UN III;UN level III;UN-3;ONU III"),
        ("availability_status", "available", "yes;oui;Sì;نعم;متاحة;sí;sim;dispo: oui"),
        ("availability_status", "unavailable", "no;non;لا;غير متاحة;não"),
        ("notice", "7d", "7 days;préavis 7 jours;خلال أسبوع;preavviso 7 giorni"),
    ],
)
def test_the_words_of_network_offices_are_known(kind: str, code: str, words: str) -> None:
    known = words.split(";")
    assert {word: _find(word, kind) for word in known} == dict.fromkeys(known, code)
