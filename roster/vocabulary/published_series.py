"""Women's share in peace processes as others have published it: beside which ours is read."""

from dataclasses import dataclass
from functools import cache

from roster.vocabulary.data_files import read_table


@dataclass(frozen=True)
class PublishedShare:
    """`percent` of the people in a `role` were women, from the first year to the last, both included.

    `scope` is average (over the major processes of these years) or of_year; `source` is a code.
    """

    role: str
    percent: float
    first_year: int
    last_year: int
    scope: str
    source: str


@cache
def load_published_shares() -> tuple[PublishedShare, ...]:
    """Return the published shares in the order of the data file, the longer span of years first."""
    return tuple(PublishedShare(**entry) for entry in read_table("published_series")["series"])
