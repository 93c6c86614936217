"""Words: six languages, days and numbers as each says them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.wording import LANGUAGES, get_wording, make_environment, negotiate

MOMENT = datetime(2026, 11, 23, 6, 14, tzinfo=UTC)

languages = st.sampled_from(sorted(LANGUAGES))


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
