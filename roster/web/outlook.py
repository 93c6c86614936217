"""The picture of a woman's coming year: a strip for the eye, and the same in words.

Herself and her coordinator get the same picture; only the words speak to the one or of the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matching import Evidence, Span, Verdict
from roster.wording import N_, Wording

DAY = timedelta(days=1)
HATCH = "url(#hatch)"
FILLS: Mapping[str, tuple[str, str]] = {
    "free": ("f-now", N_("free")),
    "partly": ("f-half", N_("partly free")),
    "not_free": ("f-out", N_("not free")),
    "unknown": (HATCH, N_("unknown")),
    "paused": ("f-due", N_("paused")),
    "unseen": ("f-blank", N_("cannot be found")),
}
"""Per colour of the strip its class (or its pattern) and its word in the key."""

Said = tuple[str, str, str, str]
KINDS: Mapping[str, Said] = {
    "free": ("free", "yes", N_("Free"), N_("Free")),
    "free_by_phone": (
        "free",
        "yes",
        N_("Free, as your coordinator wrote down"),
        N_("Free, as a coordinator wrote down"),
    ),
    "partly": ("partly", "part", N_("Partly free"), N_("Partly free")),
    "partly_by_phone": (
        "partly",
        "part",
        N_("Partly free, as your coordinator wrote down"),
        N_("Partly free, as a coordinator wrote down"),
    ),
    "said_no": ("not_free", "off", N_("Not free, as you said"), N_("Not free, as she said")),
    "outside": (
        "not_free",
        "off",
        N_("Not free: outside the days you named"),
        N_("Not free: outside the days she named"),
    ),
    "other_days": (
        "unknown",
        "unk",
        N_("Unknown: you said no for other days and nothing of these"),
        N_("Unknown: she said no for other days and nothing of these"),
    ),
    "expired": (
        "unknown",
        "unk",
        N_("Unknown, because your answer has ended"),
        N_("Unknown, because her answer has ended"),
    ),
    "never_said": (
        "unknown",
        "unk",
        N_("Unknown: you have not said"),
        N_("Unknown: she has not said"),
    ),
    "paused": (
        "paused",
        "off",
        N_("Paused: nobody is told of you"),
        N_("Paused: nobody is told of her"),
    ),
    "hidden": ("unseen", "off", N_("Hidden: nobody can find you"), N_("Hidden by herself")),
    "no_consent": (
        "unseen",
        "off",
        N_("Nobody can find you: a consent is missing or has ended"),
        N_("Nobody can find her: a consent is missing or has ended"),
    ),
}
"""Per kind of answer its colour and sign, what is said to her, what is said of her."""


@dataclass(frozen=True)
class Bar:
    """One stretch of the strip, its place in percent of the whole."""

    start: str
    width: str
    fill: str


@dataclass(frozen=True)
class Picture:
    """Everything that ``parts/outlook.html`` draws."""

    bars: tuple[Bar, ...]
    months: tuple[str, ...]
    """Where each month begins, in percent."""
    key: tuple[tuple[str, str], ...]
    """Fill and word of each colour that occurs."""
    lines: tuple[tuple[str, str, str], ...]
    """When, sign, words."""
    first_month: str
    last_month: str


def draw_outlook(wording: Wording, spans: Sequence[Span], *, to_herself: bool) -> Picture | None:
    """The picture of these days; None where there are none."""
    if not spans:
        return None
    first, last = spans[0].first, spans[-1].last
    said = [KINDS[find_kind(span.evidence)] for span in spans]
    occurring = [fill for colour, fill in FILLS.items() if any(one[0] == colour for one in said)]
    return Picture(
        bars=tuple(
            Bar(
                _percent(span.first - first, first, last),
                _percent(span.last - span.first + DAY, first, last),
                FILLS[colour][0],
            )
            for span, (colour, *_) in zip(spans, said, strict=True)
        ),
        months=tuple(_percent(day - first, first, last) for day in _list_months(first, last)),
        key=tuple((fill, wording.gettext(word)) for fill, word in occurring),
        lines=tuple(
            (
                _word_days(wording, span, first, last),
                sign,
                wording.gettext(to_her if to_herself else of_her),
            )
            for span, (_, sign, to_her, of_her) in zip(spans, said, strict=True)
        ),
        first_month=wording.month(first),
        last_month=wording.month(last),
    )


def find_kind(evidence: Evidence) -> str:
    """Which of ``KINDS`` a piece of evidence is."""
    why = evidence.facts.get("why")
    if evidence.criterion == "consent":
        return "hidden" if why == "hidden" else "no_consent"
    if evidence.criterion == "pause":
        return "paused"
    if evidence.criterion == "window":
        if evidence.verdict is Verdict.UNKNOWN:
            return "other_days"
        return "said_no" if why == "status" else "outside"
    if evidence.verdict is Verdict.UNKNOWN:
        return "expired" if why == "expired" else "never_said"
    kind = "partly" if evidence.verdict is Verdict.FLAG else "free"
    return f"{kind}_by_phone" if evidence.facts.get("by") == "coordinator" else kind


def _percent(length: timedelta, first: date, last: date) -> str:
    """A length as a share of the whole strip."""
    return f"{100 * (length / (last - first + DAY)):.2f}%"


def _list_months(first: date, last: date) -> list[date]:
    """The first days of months on the strip."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if day.day == 1]


def _word_days(wording: Wording, span: Span, first: date, last: date) -> str:
    start, end = wording.date(span.first), wording.date(span.last)
    if (span.first, span.last) == (first, last):
        return wording.gettext("The next twelve months")
    if span.first == first:
        return wording.gettext(N_("Until %(day)s"), day=end)
    if span.last == last:
        return wording.gettext(N_("From %(day)s"), day=start)
    if span.first == span.last:
        return start
    return wording.gettext(N_("%(start)s to %(end)s"), start=start, end=end)
