"""Where a request stands, why it ended, and what waits in it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roster.wording.messages import N_
from roster.wording.speech import Wording

STATES: Mapping[str, tuple[str, str]] = {
    "draft": ("part", N_("Draft")),
    "submitted": ("due", N_("Submitted")),
    "clarifying": ("due", N_("A network has a question")),
    "accepted": ("yes", N_("Accepted by a network")),
    "searching": ("yes", N_("Answered")),
    "approaching": ("due", N_("Women are being asked")),
    "ready": ("yes", N_("Somebody has said yes")),
    "released": ("yes", N_("Names are released")),
    "interviewing": ("yes", N_("Talks are held")),
    "selected": ("yes", N_("Somebody is chosen")),
    "none_selected": ("off", N_("Nobody is chosen")),
    "deployed": ("yes", N_("At work")),
    "evaluated": ("yes", N_("Looked back on")),
    "closed": ("off", N_("Closed")),
    "cancelled": ("off", N_("Cancelled")),
    "no_match": ("off", N_("Nobody was found")),
    "expired": ("off", N_("Its time is over")),
}
"""State -> its sign and its words."""

SIDES: Mapping[str, str] = {
    "requester": N_("by the requester"),
    "network": N_("by a network"),
    "herself": N_("by a woman who was asked"),
    "scheduler": N_("by the clock"),
    "operator": N_("by the operator"),
}

REASONS: Mapping[str, str] = {
    "filled_from_answer": N_("filled from this answer"),
    "filled_otherwise": N_("filled in another way"),
    "not_filled": N_("not filled"),
    "ended_early": N_("the talks ended"),
    "not_needed": N_("not needed any more"),
    "postponed": N_("put off to a later time"),
    "asked_by_mistake": N_("asked by mistake"),
    "nobody_fits": N_("nobody meets every hard criterion"),
    "nobody_free": N_("nobody is free at this time"),
    "nobody_accepted": N_("nobody accepted"),
    "conflicts": N_("rules on conflicts of interest"),
    "share_not_reachable": N_("the share asked cannot be kept"),
    "not_covered": N_("no network covers this region or language"),
    "expired": N_("nobody brought it to an end in time"),
}
"""Why a request ended."""

HELD_KINDS: Mapping[str, str] = {
    "kin": N_("kin in office"),
    "funding": N_("funding"),
    "business": N_("business"),
    "future_employment": N_("a future post"),
}


def word_state(wording: Wording, state: str) -> tuple[str, str]:
    """The sign of a request's state, and its words."""
    sign, words = STATES[state]
    return sign, wording.gettext(words)


def word_held(wording: Wording, facts: Mapping[str, Any]) -> str:
    """A held conflict as her own vetter reads it: of what kind, and with whom."""
    country, party = facts.get("country"), facts.get("party")
    whom = party or (wording.term("country", country) if country else "")
    kind = facts.get("kind", "")
    words = wording.gettext(HELD_KINDS[kind]) if kind in HELD_KINDS else kind
    return f"{words}: {whom}" if whom else words
