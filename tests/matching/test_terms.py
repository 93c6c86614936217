"""Free words to codes: what counts as the same word, what is certain, what only a proposal."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.terms import Term, TermMatch, Terms, normalise

TERMS = Terms(
    [
        Term("region", "001", {"en": "World"}, ()),
        Term("region", "002", {"en": "Africa", "ar": "أفريقيا"}, (), ("001",)),
        Term("region", "017", {"en": "Middle Africa"}, ("Central Africa",), ("002",)),
        Term("country", "COD", {"en": "Congo - Kinshasa"}, ("Congo", "RDC"), ("017",), ("CD",)),
        Term("country", "COG", {"en": "Congo - Brazzaville"}, ("Congo",), ("017",), ("CG",)),
        Term("country", "CIV", {"en": "Côte d’Ivoire"}, ("Ivory Coast",), ("002",), ("CI",)),
        Term("language", "dan", {"en": "Danish", "fr": "danois"}, (), (), ("da",)),
        Term("language", "daf", {"en": "Dan"}, (), is_rare=True),
        Term("language", "msa", {"en": "Malay", "es": "malayo"}, ()),
        Term("language", "mbp", {"en": "Malayo"}, (), is_rare=True),
        Term("track", "I.5", {"en": "Track I.5"}, ("1.5", "I.V", "المسار الأول ونصف")),
        Term("theme", "gender", {"en": "Women, peace and security"}, ("المرأة والسلام والأمن",)),
        Term("theme", "displacement", {"en": "Refugees"}, ("return of refugees",)),
    ]
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Élections", "ELECTIONS"),
        ("cessez-le-feu", "cessez le feu"),
        ("conseillère d’envoyé", "conseillere d'envoye"),
        ("ﬁnance", "finance"),
        ("Bokmål", "bokmal"),
        ("Łódź", "lodz"),
        ("ميسّرة", "ميسره"),
        ("الإمارات", "الامارات"),
        ("المصالحة", "مصالحة"),
        ("الجزائــر", "الجزائر"),
        ("زنجبار\u200f", "زنجبار"),
        ("١٫٥", "1,5"),
        ("1½", "1.5"),
    ],
)
def test_spellings_of_one_word_become_the_same(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1.5", "15"),
        ("I.V", "IV"),
        ("✓", "✗"),
        ("Niger", "Nigeria"),
        ("nigérien", "nigérian"),
        ("أم", "ألم"),
    ],
)
def test_different_words_stay_different(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


@given(st.text(alphabet="abcdéÉñçŁøß-'’ .,;()سلامىأإةًـ", max_size=40))
def test_case_punctuation_and_marks_never_change_the_word(text: str) -> None:
    assert normalise(f"({text.upper()})") == normalise(text)


@given(st.text(max_size=40))
@example("Ꭰ 🅐 ✝ ʔ ꞏ")
def test_the_comparable_form_holds_single_spaces_and_no_capitals(text: str) -> None:
    form = normalise(text)
    assert form == " ".join(form.split())
    assert not any(character in "-'’()،,;:/_" or character.isupper() for character in form)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("CIV", "country", TermMatch("CIV", "country", "code", 1.0)),
        ("ci", "country", TermMatch("CIV", "country", "code", 1.0)),
        ("cote divoire", "country", TermMatch("CIV", "country", "name", 1.0)),
        ("IVORY-COAST", "country", TermMatch("CIV", "country", "synonym", 1.0)),
        ("R.D.C.", "country", TermMatch("COD", "country", "synonym", 1.0)),
        ("1½", "track", TermMatch("I.5", "track", "synonym", 1.0)),
        ("١٫٥", "track", TermMatch("I.5", "track", "synonym", 1.0)),
        ("مسار اول و نصف", "track", TermMatch("I.5", "track", "synonym", 1.0)),
        ("the return of a refugee", "theme", TermMatch("displacement", "theme", "synonym", 0.95)),
        ("women peace & security", "theme", TermMatch("gender", "theme", "synonym", 0.95)),
        ("Congo", "country", None),
        ("Atlantis", "country", None),
        ("", "country", None),
        ("…", "country", None),
        ("15", "track", None),
        ("IV", "track", None),
        ("Ivory Cost", "country", None),
    ],
)
def test_only_a_certain_word_is_found(text: str, kind: str, expected: TermMatch | None) -> None:
    assert TERMS.find(text, kind) == expected


def test_a_word_of_two_meanings_is_ambiguous_and_a_certain_or_unknown_one_is_not() -> None:
    words = ("Congo", "congo ", "Congo - Kinshasa", "Atlantis")
    assert [TERMS.ambiguous(word, "country") for word in words] == [
        ("COD", "COG"),
        ("COD", "COG"),
        (),
        (),
    ]


def test_a_short_word_is_a_code_only_when_written_as_one() -> None:
    found = [TERMS.find(word, "language") for word in ("dan", "DAN", "Dan", "da")]
    assert [match and match.code for match in found] == ["dan", "dan", None, "dan"]
    assert TERMS.ambiguous("Dan", "language") == ("daf", "dan")


def test_a_rare_term_gives_way_to_a_common_one() -> None:
    assert TERMS.find("malayo", "language") == TermMatch("msa", "language", "name", 1.0)


def test_misspellings_are_proposed_with_less_than_full_confidence() -> None:
    proposals = TERMS.candidates("Ivory Cost", "country")
    assert [(match.code, match.how) for match in proposals] == [("CIV", "fuzzy")]
    assert 0.8 < proposals[0].confidence < 0.95


def test_candidates_of_an_ambiguous_word_are_all_its_meanings_at_half_confidence() -> None:
    assert TERMS.candidates("Congo", "country", limit=2) == [
        TermMatch("COD", "country", "synonym", 0.5),
        TermMatch("COG", "country", "synonym", 0.5),
    ]


def test_names_fall_back_to_english_and_then_to_the_code() -> None:
    asked = [("002", "ar"), ("017", "ar"), ("002", "fr-CH"), ("017", "pt_BR")]
    assert [TERMS.name("region", code, language) for code, language in asked] == [
        "أفريقيا",
        "Middle Africa",
        "Africa",
        "Middle Africa",
    ]


def test_countries_stand_in_the_tree_of_regions() -> None:
    assert TERMS.ancestors("country", "COD") == ("017", "002", "001")
    assert TERMS.descendants("region", "002") == ("017", "CIV", "COD", "COG")
    assert TERMS.descendants("country", "COD") == ()


def test_unknown_kinds_codes_and_parents_are_refused() -> None:
    for ask in (
        lambda: TERMS.find("x", "colour"),
        lambda: TERMS.codes("colour"),
        lambda: TERMS.get("country", "XXX"),
        lambda: TERMS.descendants("country", "XXX"),
        lambda: Terms([Term("region", "017", {}, (), ("002",))]),
    ):
        with pytest.raises(KeyError):
            ask()
    with pytest.raises(ValueError, match="twice"):
        Terms([Term("role", "mentor", {}, ()), Term("role", "mentor", {}, ())])


@given(st.text(max_size=60), st.sampled_from(TERMS.kinds()))
def test_what_is_found_is_never_ambiguous_and_always_the_first_candidate(
    text: str, kind: str
) -> None:
    match = TERMS.find(text, kind)
    if match is not None:
        assert TERMS.ambiguous(text, kind) == ()
        assert TERMS.candidates(text, kind)[0] == match


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_plain_text_is_read_the_same_beside_an_invisible_sign(text: str) -> None:
    assert normalise(text + "\u200f") == normalise(text)
