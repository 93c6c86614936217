"""What of a profile is one number per woman, as a peer's table holds it.

Where the engine has no value, these hold one that fails or passes as the engine's rule does: no end
of a window is far away, unknown notice is too long. So no peer has to ask for NULL.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.benchmarks import invented_words as words
from tests.benchmarks.invented import FAR, Array, Entries, Roster


def list_facts(roster: Roster) -> dict[str, Array]:
    """Return each fact by name, as whole numbers."""
    facts = {
        name: roster.scalars[name]
        for name in ("id", "safety_class", "is_hidden", "paused_until", "has_integrity_hold")
    }
    facts |= {name: roster.scalars[name] for name in ("knows_nationalities", "residence")}
    facts |= {"last_proposed_at": roster.scalars["last_proposed_at"]}
    facts |= {**_list_standing(roster), **_list_time(roster), **_list_ties(roster)}
    return {name: values.astype(np.int64) for name, values in facts.items()}


def _list_standing(roster: Roster) -> dict[str, Array]:
    tables = roster.tables
    held, consents = tables["accreditations"], tables["consents"]
    states = held.fields["state"]
    suspended = _highest(held, states == words.ACCREDITATION_STATES.index("suspended"), 0)
    reaches = np.isin(states, [words.ACCREDITATION_STATES.index(s) for s in words.REACHING])
    purposes = consents.fields["purpose"]
    return {
        "is_suspended": roster.scalars["is_suspended"] | (suspended > 0),
        "accredited_until": _highest(held, np.where(reaches, held.fields["lapses_on"], 0), 0),
        "matching_until": _highest(
            consents, np.where(purposes == 0, consents.fields["until"], 0), 0
        ),
        "card_until": _highest(consents, np.where(purposes == 1, consents.fields["until"], 0), 0),
        "is_kept": tables["kept_by"].counts > 0,
        "seniority": _first(tables["seniority"], "code", -1),
    }


def _list_time(roster: Roster) -> dict[str, Array]:
    said = roster.tables["availability"]

    def read(
        name: str, missing: int = -1, instead: Callable[[Array], Array] = lambda a: a
    ) -> Array:
        return instead(_first(said, name, missing))

    confirmed = read("confirmed_at", 0).astype("datetime64[us]").astype("datetime64[M]")
    return {
        "status": read("status"),
        "confirmed_by": read("confirmed_by"),
        "valid_until": read("valid_until", 0),
        "said_month": confirmed.astype(np.int64),
        "window_from": read("window_from", 0),
        "window_to": read("window_to", 0, lambda days: np.where(days == 0, FAR, days)),
        "longest_stay_days": read("longest_stay_days", -1, lambda n: np.where(n < 0, FAR, n)),
        "notice_days": read("notice_days", -1, lambda n: np.where(n < 0, FAR, n)),
        "days_per_month": read("days_per_month"),
        "modalities": read("modalities", 0) & 0x7F,
    }


def _list_ties(roster: Roster) -> dict[str, Array]:
    ties = roster.tables["interests"]
    bears = ties.fields["binds"]
    return {
        "declared_on": _first(roster.tables["declaration"], "declared_on", 0),
        "has_nameless_tie": _highest(ties, bears & (ties.fields["country"] == 0), 0),
    }


def _first(entries: Entries, name: str, missing: int) -> Array:
    """Return the field of each woman's first entry."""
    found = np.full(len(entries.counts), missing, np.int64)
    has_one = entries.counts > 0
    begins = np.cumsum(entries.counts) - entries.counts
    found[has_one] = entries.fields[name][begins[has_one]]
    return found


def _highest(entries: Entries, values: Array, missing: int) -> Array:
    """Return each woman's highest value among her entries."""
    found = np.full(len(entries.counts), missing, np.int64)
    np.maximum.at(found, entries.owners, values.astype(np.int64))
    return found
