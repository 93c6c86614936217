"""How alike two names are, in any order of words, over scripts and spellings."""

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from matching.names.sounds import blur, list_readings, skeleton, strip_article
from matching.names.variants import are_two_names, is_variant
from matching.names.words import list_splits
from matching.terms import normalise

#: Names are alike from here on (0..1, mean of the best pairings of words).
ALIKE = 0.87
#: Every word has a partner at least as alike as this, so twins with one family name are not alike.
WORD_ALIKE = 0.80
#: Arabic spelling against Latin letters: vowels are not written, so consonants are compared.
CONSONANTS_ALIKE = 0.80
#: One word spelt in two ways ("Hegazy", "Higazi"): the same consonants, other vowels.
SAME_CONSONANTS = 0.90
#: Consonants that are one but for g, j, q, k or d, z ("Sadig", "Sadek") count so much less.
BLURRED = 0.04
#: One given name in two languages ("Fatima", "Fatoumata").
SAME_GIVEN_NAME = 0.92
#: Nearly alike, by a slip or two: a word that is alike, and the others at least as much as this.
WORD_NEAR = 0.50
#: What a word costs that only the longer name has: a second given name, a married part.
EXTRA_WORD = 0.02

Words = tuple[str, ...]
WordPair = tuple[str, str, float]


def compare_names(one: str, other: str) -> float:
    """Return how alike two names are, 0..1, in any order of words, over Arabic and Latin script.

    All words of the shorter name need a partner; a name with more words than the other (a second
    given name, a married part) loses a little.
    """
    if normalise(one) == normalise(other):
        return 1.0 if normalise(one) else 0.0
    return max(_compare_split(*split) for split in list_splits(one, other))


def _compare_split(one: Words, other: Words) -> float:
    first, second = sorted((one, other), key=len)
    if not first or (len(first) == 1 and len(second) > 1):
        return 0.0
    pairs = pair_words(first, second)
    if len(pairs) < len(first):
        return 0.0
    likeness = sum(score for _, _, score in pairs) / len(first)
    return likeness - EXTRA_WORD * (len(second) - len(first))


def is_nearly_alike(one: str, other: str) -> bool:
    """Two words are alike, whatever else each name has; or one is, and the others nearly.

    Sisters may be so too, unless both bear known given names: it is worth a question only where
    something else agrees.
    """
    return any(_is_split_near(*split) for split in list_splits(one, other))


def _is_split_near(one: Words, other: Words) -> bool:
    first, second = sorted((one, other), key=len)
    alike = [pair for pair in pair_words(first, second) if min(map(len, pair[:2])) > 2]
    if len(alike) != 1:
        return len(alike) > 1
    met, partner, _ = alike[0]
    return any(
        _compare_loosely(a, b) >= WORD_NEAR
        for a in first
        for b in second
        if a != met and b != partner
    )


def pair_words(first: Words, second: Words) -> list[WordPair]:
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


def _compare_loosely(one: str, other: str) -> float:
    """Two words as their letters go, or their consonants where the scripts differ, 0..1."""
    if are_two_names(one, other):
        return 0.0
    if one.isascii() == other.isascii():
        return OSA.normalized_similarity(one, other)
    return OSA.normalized_similarity(blur(skeleton(one)), blur(skeleton(other)))


@lru_cache(maxsize=50_000)  # more fill tens of megabytes with pairs that are met once
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
    if len(latin) == 1:
        return SAME_CONSONANTS if skeleton(written)[:1] == skeleton(latin) != "" else 0.0
    sound = skeleton(written)
    readings = [(heard, sound) for heard in list_readings(latin)]
    if latin.lstrip("h")[:1] in ("a", "e", "i") and latin.lstrip("h")[1:2] == "l":
        readings.append((skeleton(latin), "l" + sound))
    likeness = max(
        max(fuzz.ratio(a, b), fuzz.ratio(blur(a), blur(b)) - 100 * BLURRED) for a, b in readings
    )
    return likeness / 100 if likeness >= 100 * CONSONANTS_ALIKE else 0.0


def _compare_spellings(one: str, other: str) -> float:
    if min(len(one), len(other)) <= 2:
        return 0.9 if one[0] == other[0] and min(len(one), len(other)) == 1 else 0.0
    heard = _compare_sounds(one, other)
    likeness = JaroWinkler.normalized_similarity(one, other)
    if heard:
        return max(heard, likeness)
    if one[0] != other[0] and skeleton(one)[:1] != skeleton(other)[:1]:
        return 0.0
    return likeness if fuzz.ratio(one, other) >= 85 else 0.0


def _compare_sounds(one: str, other: str) -> float:
    """Two consonants are little to go by: "Amina" and "Mona" are two names."""
    readings = list_readings(one), list_readings(other)
    if set(readings[0]) & set(readings[1]) and _are_near(one, other):
        return SAME_CONSONANTS
    common = [sound for sound in readings[0] if len(sound) > 2 and sound in readings[1]]
    if common:
        return SAME_CONSONANTS
    blurred = {blur(sound) for sound in readings[0]} & {blur(sound) for sound in readings[1]}
    is_long = any(len(sound) > 2 for sound in blurred)
    return SAME_CONSONANTS - BLURRED if is_long else 0.0


def _are_near(one: str, other: str) -> bool:
    one, other = strip_article(one), strip_article(other)
    begin_alike = (one[0] in "aeiouwyh") == (other[0] in "aeiouwyh")
    is_near = OSA.normalized_similarity(one, other) >= 0.4
    shorter = min(len(one), len(other))
    return begin_alike and shorter > 3 and (is_near or (shorter > 5 and len(skeleton(one)) > 1))
