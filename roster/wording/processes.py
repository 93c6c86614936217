"""Words of a peace process: how sensitive it is, its phases, and the plans of its countries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from roster.wording.messages import N_
from roster.wording.speech import Wording

SENSITIVITIES: Mapping[str, str] = {
    "open": N_("open: that there are talks is known"),
    "restricted": N_("restricted: told to those who take part"),
    "confidential": N_("confidential: no office outside is shown or told"),
}
PLANS: Mapping[str, str] = {
    "none": N_("no national action plan"),
    "under_way": N_("national action plan under way"),
    "adopted": N_("national action plan adopted"),
    "lapsed": N_("national action plan has ended"),
}


class Phase(Protocol):
    """A phase and the day since which it holds."""

    phase: str
    since: date


def word_phase(wording: Wording, phase: Phase) -> tuple[str, str]:
    """The phase, and since when, in words."""
    return wording.term("phase", phase.phase), wording.date(phase.since)
