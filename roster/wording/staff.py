"""Roles of the staff and states of their accounts, as an administrator reads them."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_
from roster.wording.speech import Wording

ROLES: Mapping[str, str] = {
    "coordinator": N_("Coordinator of a network"),
    "envoy": N_("Requester"),
    "administrator": N_("Administrator"),
    "auditor": N_("Auditor"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "open": ("yes", N_("open")),
    "invited": ("unk", N_("invited, has not come in yet")),
    "unanswered": ("due", N_("the invitation has ended unused")),
    "closed": ("no", N_("closed")),
}
"""State -> its sign and its words."""

CHECKS: Mapping[str, str] = {
    "address": N_("The address of her office: she opened a link that was mailed there"),
    "person": N_("A person has made sure who she is"),
    "second_person": N_("A second person has made sure, too"),
}
"""What verifies a requester; only all three do."""

FORGOTTEN: Mapping[str, str] = {
    "erasures": N_("Women who left, after their days of grace"),
    "applications": N_("Applications that were decided, or left unfinished"),
    "women": N_("Women from a spreadsheet who never answered"),
    "files": N_("Spreadsheets, or rows of them, that nobody decided on"),
    "statements": N_("Answers about availability that were replaced"),
    "values": N_("What records said before"),
    "exchanges": N_("Proposals to learn together that have ended"),
}
"""What the jobs of forgetting take away."""


def word_grant(wording: Wording, role: str, network_code: str | None) -> str:
    """A role, and a coordinator's network."""
    name = wording.gettext(ROLES[role])
    return f"{name}: {wording.term('network', network_code)}" if network_code else name


def word_state(wording: Wording, state: str) -> tuple[str, str]:
    """The sign of an account's state, and its words."""
    sign, words = STATES[state]
    return sign, wording.gettext(words)
