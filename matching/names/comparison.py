"""How alike two names are, in any order of words, over scripts and spellings."""

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from matching.names.sounds import skeleton
from matching.names.variants import is_variant
from matching.names.words import split_alike
from matching.terms import normalise

#: Names are alike from here on (0..1, mean of the best pairings of words).
ALIKE = 0.90
#: Every word has a partner at least as alike as this, so twins with one family name are not alike.
WORD_ALIKE = 0.82
#: Arabic spelling against Latin letters: vowels are not written, so consonants are compared.
CONSONANTS_ALIKE = 0.80
#: One word spelt in two ways ("Hegazy", "Higazi"): the same consonants, other vowels.
SAME_CONSONANTS = 0.90
#: One given name in two languages ("Fatima", "Fatoumata").
SAME_GIVEN_NAME = 0.92


def compare_names(one: str, other: str) -> float:
    """Return how alike two names are, 0..1, in any order of words, over Arabic and Latin script.

    All words of the shorter name need a partner; a name with more words than the other (a second
    given name, a married part) loses a little.
    """
    if normalise(one) == normalise(other):
        return 1.0 if normalise(one) else 0.0
    first, second = sorted(split_alike(one, other), key=len)
    if not first or (len(first) == 1 and len(second) > 1):
        return 0.0
    pairs = pair_words(first, second)
    if len(pairs) < len(first):
        return 0.0
    return sum(score for _, _, score in pairs) / len(first) - 0.02 * (len(second) - len(first))


def pair_words(first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[str, str, float]]:
    """Each word of `first` that has a partner of its own in `second`, with how alike, 0..1."""
    pairs, left = [], list(second)
    for word in sorted(first, key=len, reverse=True):
        if not left:
            break
        best = max(left, key=lambda candidate: compare_words(word, candidate))
        score = compare_words(word, best)
        if score >= WORD_ALIKE:
            pairs.append((word, best, score))
            left.remove(best)
    return pairs


@lru_cache(maxsize=200_000)
def compare_words(one: str, other: str) -> float:
    """Return how alike two normalised words of names are, 0..1; 0 where they are two names."""
    if one == other:
        return 1.0
    given = SAME_GIVEN_NAME if is_variant(one, other) else 0.0
    if one.isascii() != other.isascii():
        latin, written = (one, other) if one.isascii() else (other, one)
        return max(given, _compare_scripts(latin, written))
    if given:
        return max(given, JaroWinkler.normalized_similarity(one, other))
    return _compare_spellings(one, other)


def _compare_scripts(latin: str, written: str) -> float:
    """The consonants of a word in Latin letters and of one in another script, 0 under the floor.

    The Arabic article is gone from `written` ("ilham" and "alsoswa" may still begin with it), and
    one letter stands for g, j, q or k from country to country.
    """
    sound = skeleton(written)
    readings = [(skeleton(latin), sound)]
    if latin[:2] in ("al", "el") and len(latin) >= 6:
        readings.append((skeleton(latin[2:]), sound))
    if latin[0] in "aei" and latin[1:2] == "l":
        readings.append((skeleton(latin), "l" + sound))
    likeness = max(
        max(fuzz.ratio(a, b), fuzz.ratio(a.replace("j", "k"), b.replace("j", "k")) - 4)
        for a, b in readings
    )
    return likeness / 100 if likeness >= 100 * CONSONANTS_ALIKE else 0.0


def _compare_spellings(one: str, other: str) -> float:
    if min(len(one), len(other)) <= 2:
        return 0.9 if one[0] == other[0] and min(len(one), len(other)) == 1 else 0.0
    if one[0] != other[0] and skeleton(one)[:1] != skeleton(other)[:1]:
        return 0.0
    consonants = skeleton(one)
    if consonants == skeleton(other) and (len(consonants) > 2 or min(len(one), len(other)) > 3):
        return max(SAME_CONSONANTS, JaroWinkler.normalized_similarity(one, other))
    return JaroWinkler.normalized_similarity(one, other) if fuzz.ratio(one, other) >= 85 else 0.0
