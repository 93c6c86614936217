"""The sides of a process that a letter names: "talks between the Government of X and the Y Movement".

They are a list of their own beside the proposals, because a side is no criterion: it says of whom a
woman must be independent. Only what stands in the letter is proposed, in its own words; a person
confirms each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.letters.lexicon import Sight
from matching.letters.sentences import Sentence
from matching.letters.words import COMMA, JOINED, Word, fold

MOST_SIDES = 6
#: Words of a name; a longer one is no name but a sentence.
LONGEST_NAME = 10
#: Words of small letters that may follow one another inside a name.
MOST_SMALL = 2
#: Words between "government" and its country.
REACH = 3
LONGEST_CODE = 64
_NO_CODE = re.compile(r"[^\w]+")
_ABBREVIATION = re.compile(r"\s?[(\[]\s?([^\W_](?:[^\W_]|[.\-]){1,14})\s?[)\]]")
#: Small words that stand inside a name.
_INSIDE = frozenset(
    [
        "of",
        "the",
        "for",
        "in",
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "pour",
        "au",
        "aux",
        "del",
        "el",
        "los",
        "las",
        "para",
        "do",
        "da",
        "dos",
        "das",
        "e",
    ]
)
#: Arabic words that follow a name: on, about, under, through, in order to.
_AFTER_ARABIC = frozenset(
    fold(one)
    for one in ("بشأن", "حول", "برعاية", "بوساطة", "عبر", "قبل", "لوقف", "ستبدأ", "ستستأنف")
)
_STATE_WORDS = ("office", "sender", "filler", "the", "between")


@dataclass(frozen=True)
class Side:
    """One side as the letter names it: letter[start:end]. `country` is set for a state.

    `code` is what a request may call a side that is no state: the abbreviation that the letter
    gives, else its name with hyphens for spaces.
    """

    start: int
    end: int
    text: str
    code: str
    country: str | None = None


@dataclass(frozen=True)
class _Named:
    """A side at words first..last, and the word after it from which the list goes on."""

    first: int
    last: int
    following: int
    country: str | None = None
    code: str = ""


def find_sides(letter: str, sentence: Sentence) -> Iterator[Side]:
    """Yield the sides after each "between" of a sentence that speaks of talks or a conflict."""
    if not _is_of_process(sentence):
        return
    for mark in sentence.list_marks("between"):
        named = list(_list_named(letter, sentence, mark.last + 1))
        if 2 <= len(named) <= MOST_SIDES:
            yield from (_make(letter, sentence, one) for one in named)


def _is_of_process(sentence: Sentence) -> bool:
    subjects = ("theme", "phase")
    return sentence.has("process") or any(
        kind in one.readings for one in sentence.sights for kind in subjects
    )


def _make(letter: str, sentence: Sentence, one: _Named) -> Side:
    start, end = sentence.words[one.first].start, sentence.words[one.last].end
    start += letter[start] == "و"  # "and", written onto the name
    text = letter[start:end]
    code = one.code or one.country or _NO_CODE.sub("-", text).strip("-")[:LONGEST_CODE]
    return Side(start, end, text, code, one.country)


def _list_named(letter: str, sentence: Sentence, place: int) -> Iterator[_Named]:
    """Yield the members of a list until something stands there that is no name."""
    while place < len(sentence.words):
        one = _read_state(sentence, place) or _read_name(letter, sentence, place)
        if one is None:
            return
        yield one
        following = _find_next(sentence, one.following)
        if following is None:
            return
        place = following


def _find_next(sentence: Sentence, place: int) -> int | None:
    """The word at which the next member begins: after "and" or a comma, or the "و" it bears."""
    if place >= len(sentence.words):
        return None
    joined = sentence.at("and", place)
    if joined is not None:
        again = sentence.at("between", joined.last + 1)
        return again.last + 1 if again else joined.last + 1
    again = sentence.at("between", place)
    if again is not None:
        return again.last + 1
    if sentence.grammar.language == "ar":
        return place if sentence.words[place].form.startswith("و") else None
    return place if sentence.words[place].gap == COMMA else None


def _read_state(sentence: Sentence, place: int) -> _Named | None:
    """ "Armenia", "the Government of Colombia", "le gouvernement tchadien", "الحكومة السودانية"."""
    for sight in sentence.sights:
        if not 0 <= sight.first - place <= REACH or "country" not in sight.readings:
            continue
        between = range(place, sight.first)
        if not all(any(sentence.is_in(one, at) for one in _STATE_WORDS) for at in between):
            return None
        first = _skip_articles(sentence, place)
        last = _find_state_end(sentence, sight)
        codes = sight.readings["country"]
        if last is None or len(codes) > 1 or sight.is_guess:
            return None
        return _Named(first, last, last + 1, codes[0])
    return None


def _find_state_end(sentence: Sentence, sight: Sight) -> int | None:
    """The last word of a state; none where its adjective is of something else ("Malian parties")."""
    after = sentence.after("office", sight.last)
    if after is not None:
        return after.last
    is_governed = sentence.before("office", sight.first, 1) is not None
    is_adjective = sight.is_demonym and not sight.is_name and not is_governed
    return None if is_adjective else sight.last


def _skip_articles(sentence: Sentence, place: int) -> int:
    while place + 1 < len(sentence.words) and sentence.is_in("the", place):
        place += 1
    return place


def _read_name(letter: str, sentence: Sentence, place: int) -> _Named | None:
    """A name as it is written: in capitals, or in Arabic after a word such as "movement"."""
    first = _skip_articles(sentence, place)
    if _is_no_name(sentence, first):
        return None
    is_arabic = sentence.grammar.language == "ar"
    last = _end_arabic(sentence, first) if is_arabic else _end_latin(letter, sentence, first)
    if last is None:
        return None
    return _with_abbreviation(letter, sentence, first, last)


def _is_no_name(sentence: Sentence, place: int) -> bool:
    """Persons, months, networks, numbers and "the parties" are no sides."""
    categories = ("title", "month", "weekday", "number", "person", "woman", "man", "process")
    if place >= len(sentence.words) or sentence.words[place].form[0].isdigit():
        return True
    if any(sentence.is_in(one, place) for one in categories):
        return True
    return any(
        one.first == place
        and ("network" in one.readings or (one.is_demonym and sentence.after("process", one.last)))
        for one in sentence.sights
    )


def _end_latin(letter: str, sentence: Sentence, first: int) -> int | None:
    """The last word of a name that begins with a capital or with a word such as "front"."""
    words = sentence.words
    is_body = sentence.at("body", first) is not None
    if not (_is_capital(letter, words[first]) or is_body) or letter.isupper():
        return None
    last = first if _is_capital(letter, words[first]) else None
    small = 0
    for place in range(first + 1, min(first + LONGEST_NAME, len(words))):
        if words[place].gap > JOINED or _is_next_side(letter, sentence, place):
            break
        if _is_capital(letter, words[place]) or _ABBREVIATION.match(letter, words[place].end):
            last, small = place, 0
        elif words[place].form not in _INSIDE and not sentence.at("and", place):
            small += 1
        if small > MOST_SMALL:
            break
    return last


def _is_next_side(letter: str, sentence: Sentence, place: int) -> bool:
    """Whether "and" here begins another side: with an article, a state or a capital after it.

    Not "Justice and Equality Movement": what follows in capitals ends with a word for an
    organisation, and no article stands between.
    """
    joined = sentence.at("and", place)
    if joined is None:
        return False
    first = joined.last + 1
    begins = _skip_articles(sentence, first)
    if begins >= len(sentence.words):
        return True
    has_article = begins > first or sentence.at("between", first) is not None
    is_named = _is_capital(letter, sentence.words[begins]) or sentence.at("body", begins)
    if has_article or sentence.at("office", begins):
        return bool(is_named or sentence.at("office", begins))
    return not (
        sentence.grammar.language == "en"
        and any(sentence.at("body", at) for at in range(begins + 1, begins + 3))
    )


def _end_arabic(sentence: Sentence, first: int) -> int | None:
    """Up to three words after a word such as "حركة"; a preposition or another side ends them."""
    if sentence.at("body", first) is None:
        return None
    last = first
    for place in range(first + 1, min(first + 4, len(sentence.words))):
        word = sentence.words[place]
        is_other = word.form in sentence.grammar.function_words or word.form in _AFTER_ARABIC
        if word.gap > JOINED or is_other or _begins_side(sentence, place):
            break
        last = place
    return last if last > first else None


def _begins_side(sentence: Sentence, place: int) -> bool:
    if not sentence.words[place].form.startswith("و"):
        return False
    is_country = any(one.first == place and "country" in one.readings for one in sentence.sights)
    return is_country or any(sentence.at(one, place) for one in ("body", "office", "between"))


def _is_capital(letter: str, word: Word) -> bool:
    return letter[word.start].isupper()


def _with_abbreviation(letter: str, sentence: Sentence, first: int, last: int) -> _Named:
    """With the abbreviation that stands in brackets behind a name, which gives its code."""
    words: Sequence[Word] = sentence.words
    found = _ABBREVIATION.match(letter, words[last].end)
    if found is None:
        return _Named(first, last, last + 1)
    following = next(
        (at for at in range(last + 1, len(words)) if words[at].start >= found.end()), len(words)
    )
    return _Named(first, last, following, code=_NO_CODE.sub("", found[1]))
