"""What is found in a letter: proposals that point at the words they came from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Force(StrEnum):
    """How firmly a thing is asked for: it must be so, it is welcome, or it keeps somebody out."""

    MUST = "must"
    NICE = "nice"
    EXCLUDE = "exclude"


#: Every kind of proposal, in the order in which kinds that start at the same sign are listed.
KINDS = (
    "post_count",
    "role",
    "theme",
    "track",
    "phase",
    "language",
    "country",
    "region",
    "network",
    "nationality",
    "residence",
    "office",
    "start_date",
    "end_date",
    "duration",
    "notice",
    "days_per_month",
    "modality",
    "women_share",
    "present_team",
    "seniority",
    "youth",
)


@dataclass(frozen=True)
class PresentTeam:
    """The team as the letter describes it: numbers of persons."""

    women: int
    men: int


Value = int | str | date | PresentTeam


@dataclass(frozen=True)
class Proposal:
    """One criterion that a letter seems to ask for; an envoy confirms it or throws it away.

    Either `code` (of the vocabulary) or `value` is set. Values by kind: `post_count` posts,
    `start_date` and `end_date` days, `duration` an ISO 8601 duration ("P6M"), `notice` days,
    `days_per_month` days, `women_share` percent, `present_team` women and men, `youth` the age that
    is not reached, or "young" where no age is said, `office` "any", "government" or "party" where no
    country is named. `level` is a level of a scale or, unmapped, the kind of word that was used
    ("fluent"). `text` is letter[start:end]. `confidence` is 0..1 and no probability: below 0.6
    another reading is as likely.
    """

    kind: str
    force: Force
    start: int
    end: int
    text: str
    confidence: float
    code: str | None = None
    value: Value | None = None
    level: str | None = None
