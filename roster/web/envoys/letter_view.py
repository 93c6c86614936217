"""A letter ready for the page: its text with marks, and beside it each point that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roster.vocabulary import load_vocabulary
from roster.web.envoys.letter_choices import Choice, SideChoice
from roster.wording import N_, Wording
from roster.wording.letters import FORCE_LABELS, KIND_LABELS, word_what

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
NOT_ASKED = {
    "network": N_("A request does not ask for a network: a card never names it."),
    "youth": N_("Ask for it among the rules of the team, once there is an answer."),
    "office": N_("Say which state or side: write its code in the form."),
}
"""Why the form does not ask a kind, where there is more to say than that."""
OTHER_NOT_ASKED = N_("The form does not ask this.")


@dataclass(frozen=True)
class Piece:
    """A part of the letter's text. ``numbers``: the points that it was read as; none for the rest.

    ``is_open``: one of them waits for her word.
    """

    text: str
    numbers: tuple[int, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class PointView:
    """One point of the letter in words; ``why_not`` says why it cannot be taken."""

    choice: Choice
    kind: str
    what: str
    words: str
    percent: str
    forces: list[tuple[str, str]]
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for her word: it can be taken, and is not taken by itself."""
        return not self.choice.is_taken and not self.why_not


@dataclass(frozen=True)
class SideView:
    """One side in words: the name of the state, or the words of the letter with the code to be."""

    choice: SideChoice
    what: str
    words: str


@dataclass(frozen=True)
class LetterView:
    """The whole page: paragraphs of lines of pieces, the points, and the sides."""

    paragraphs: list[list[list[Piece]]]
    waiting: list[PointView]
    clear: list[PointView]
    not_asked: list[PointView]
    sides: list[SideView]

    @property
    def count(self) -> int:
        return len(self.waiting) + len(self.clear) + len(self.not_asked) + len(self.sides)

    @property
    def waits(self) -> int:
        """How many of them wait for her word."""
        return len(self.waiting) + len(self.sides)


def make_letter_view(
    wording: Wording, letter: str, choices: Sequence[Choice], sides: Sequence[SideChoice]
) -> LetterView:
    """The letter with what was read in it."""
    points = [_make_point(wording, one) for one in choices]
    open_numbers = {one.choice.number for one in points if one.is_open or one.why_not}
    open_numbers |= {one.number for one in sides}
    spans = [(one.point.start, one.point.end, one.number) for one in choices]
    spans += [(one.side.start, one.side.end, one.number) for one in sides]
    return LetterView(
        paragraphs=_part(list(_mark(letter, spans, open_numbers))),
        waiting=[one for one in points if one.is_open],
        clear=[one for one in points if one.choice.is_taken],
        not_asked=[one for one in points if one.why_not],
        sides=[_make_side(wording, one) for one in sides],
    )


def _make_side(wording: Wording, choice: SideChoice) -> SideView:
    side = choice.side
    country = "" if side.country is None else wording.term("country", side.country)
    return SideView(choice, country or side.code, " ".join(side.text.split()))


def _make_point(wording: Wording, choice: Choice) -> PointView:
    point = choice.point
    why_not = "" if choice.forces else NOT_ASKED.get(point.kind, OTHER_NOT_ASKED)
    return PointView(
        choice=choice,
        kind=wording.gettext(KIND_LABELS[point.kind]),
        what=word_what(wording, point, load_vocabulary()),
        words=" ".join(point.text.split()),
        percent=wording.percent(point.confidence),
        forces=[(force, wording.gettext(FORCE_LABELS[force])) for force in choice.forces],
        why_not=wording.gettext(why_not) if why_not else "",
    )


def _mark(
    letter: str, spans: Sequence[tuple[int, int, int]], open_numbers: set[int]
) -> Iterator[Piece]:
    """The letter from first to last sign; points whose words overlap share one mark.

    Each span is from where, up to where, and the number of the point.
    """
    at = 0
    marked: list[tuple[int, int, list[int]]] = []
    for first, last, number in sorted(spans, key=lambda each: (each[0], each[2])):
        if marked and first < marked[-1][1]:
            start, end, numbers = marked[-1]
            marked[-1] = (start, max(end, last), [*numbers, number])
        else:
            marked.append((first, last, [number]))
    for start, end, numbers in marked:
        yield Piece(letter[at:start])
        yield Piece(letter[start:end], tuple(numbers), not open_numbers.isdisjoint(numbers))
        at = end
    yield Piece(letter[at:])


def _part(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Paragraphs and their lines; a mark is never cut."""
    paragraphs: list[list[list[Piece]]] = [[[]]]
    for piece in pieces:
        if piece.numbers:
            paragraphs[-1][-1].append(piece)
            continue
        for number, paragraph in enumerate(_PARAGRAPH.split(piece.text)):
            if number:
                paragraphs.append([[]])
            for place, line in enumerate(paragraph.split("\n")):
                if place:
                    paragraphs[-1].append([])
                if line:
                    paragraphs[-1][-1].append(Piece(line))
    return [one for one in paragraphs if any(one)]
