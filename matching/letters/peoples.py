"""Names that are more than one thing: a language that is a people, a country that is a word."""

from matching.letters.lexicon import Sight
from matching.letters.sentences import Sentence

#: Languages whose name is, in a letter, more often a region, a county or a province.
PLACES_TOO = frozenset(
    ["aar", "cos", "guz", "kon", "laj", "mer", "niq", "saq", "teo", "tig", "tuv"]
)
#: Articles before several: "les Peuls" are people.
OF_SEVERAL = frozenset(["les", "los", "las", "os", "as"])
#: So many words may stand between a language and the word that says that it is one.
NEAR = 1
#: Words that stand in front of a place.
_PLACING = ("in", "filler", "from_there", "national", "resident", "office", "process", "between")


def is_people(sentence: Sentence, sight: Sight) -> bool:
    """Tell whether the name of a language means those who speak it, or where they live.

    "Dinka elders", "la région afar", "les Peuls", "the Nuer"; of a list what holds for the last.
    """
    if is_named_people(sentence, sight):
        return True
    if is_spoken(sentence, sight):
        return False
    before = sentence.words[sight.first - 1].form if sight.first else ""
    if before in OF_SEVERAL or (before == "the" and sentence.grammar.language == "en"):
        return True
    following = _find_joined(sentence, sight)
    is_exact = sight.quality > 0 or sight.is_guess
    is_plural = not is_exact and not _is_of_person(sentence, sight)
    return is_plural or (following is not None and is_people(sentence, following))


def is_named_people(sentence: Sentence, sight: Sight) -> bool:
    """Tell whether a word beside a name says that it means people or a place ("Somali elders")."""
    return bool(sentence.after("people", sight.last) or sentence.before("people", sight.first))


def _is_of_person(sentence: Sentence, sight: Sight) -> bool:
    return bool(sentence.before("person", sight.first) or sentence.after("person", sight.last))


def _find_joined(sentence: Sentence, sight: Sight) -> Sight | None:
    """The language that "and" joins to this one."""
    joined = sentence.after("and", sight.last)
    place = joined.last + 1 if joined else len(sentence.words)
    return next(
        (one for one in sentence.sights if one.first == place and "language" in one.readings), None
    )


def is_spoken(sentence: Sentence, sight: Sight) -> bool:
    """Tell whether a word beside a name says that it is a language: of speaking, level or wish."""
    if sentence.before("speaks", sight.first, NEAR) or sentence.after("speaks", sight.last, NEAR):
        return True
    levels = (one for one in sentence.side_sights if {"level", "level_word"} & one.readings.keys())
    if any(_count_between(one, sight) <= NEAR for one in levels):
        return True
    return any(sentence.after(one, sight.last, NEAR) for one in ("must", "nice"))


def _count_between(one: Sight, other: Sight) -> int:
    return max(one.first - other.last, other.first - one.last) - 1


def is_doubtful_language(sentence: Sentence, sight: Sight) -> bool:
    """Tell whether a name is likelier a place: nothing says that it is a language."""
    if not PLACES_TOO.intersection(sight.readings["language"]):
        return False
    return not (is_spoken(sentence, sight) or _is_listed(sentence, sight, "language"))


def is_other_word(sentence: Sentence, sight: Sight, *, is_excluded: bool) -> bool:
    """Tell whether a country's name is a word or somebody's name here ("دعم مالي", "Dominique")."""
    value = _judge_homograph(sentence, sight)
    return value == "word" and not is_excluded and not _is_placed(sentence, sight)


def is_doubtful_country(sentence: Sentence, sight: Sight) -> bool:
    """Tell whether a country's name may as well be a town or a person ("عمان", "Chad called")."""
    value = _judge_homograph(sentence, sight)
    return value == "doubt" or (value == "name" and not _is_placed(sentence, sight))


def _judge_homograph(sentence: Sentence, sight: Sight) -> str:
    mark = sentence.at("homograph", sight.first)
    if mark is None or mark.last != sight.last:
        return ""
    return str(mark.value or "word")


def _is_placed(sentence: Sentence, sight: Sight) -> bool:
    if any(sentence.before(one, sight.first) for one in _PLACING) or _has_preposition(
        sentence, sight
    ):
        return True
    if any(sentence.after(one, sight.last) for one in ("process", "national")):
        return True
    return _is_listed(sentence, sight, "country")


def _has_preposition(sentence: Sentence, sight: Sight) -> bool:
    """Arabic writes "in" and "to" onto the name; "و", "ال" and "لل" say nothing of places."""
    form = sentence.words[sight.first].form
    return sight.quality == 1 and form[0] in "بل" and not form.startswith(("لل", "بال"))


def _is_listed(sentence: Sentence, sight: Sight, kind: str) -> bool:
    """Whether "and" joins it to another name of the kind, before it or after."""
    after, before = sentence.after("and", sight.last), sentence.before("and", sight.first)
    return any(
        kind in one.readings
        and ((after and one.first == after.last + 1) or (before and one.last == before.first - 1))
        for one in sentence.sights
    )
