"""The form of a team's rules: its labels, its posts, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matching.facts import Requester
from roster.facts import make_request
from roster.models import TeamProposal
from roster.web.reason_rows import word_post_title
from roster.wording import N_, Wording

LABELS = {
    "language": N_("Language"),
    "level": N_("Level at least"),
    "women": N_("By how many women"),
    "per_network": N_("At most of one network"),
    "per_nationality": N_("At most of one nationality"),
    "young": N_("Women under 30 at least"),
    "least_networks": N_("Different networks at least"),
    "mentee": N_("Post of a mentee"),
    "beside": N_("Beside the senior woman on"),
    "unfilled": N_("A post that no woman of the roster takes"),
}
NUMBERS = ("per_network", "per_nationality", "young", "least_networks")
Rows = list[Mapping[str, Any]]


def make_rule_labels(wording: Wording, names: Iterable[str]) -> dict[str, str]:
    """The label of each control that has an error."""
    last = {name: name.rpartition("-")[2] for name in names if name}
    return {name: wording.gettext(LABELS[key]) for name, key in last.items() if key in LABELS}


def list_posts(wording: Wording, criteria: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The posts of a request to choose from; none where there is only one."""
    asked = make_request(criteria, code="", requester=Requester())
    titles = [(post.code, word_post_title(wording, asked, post.code)) for post in asked.posts]
    return [one for one in titles if one[1]]


def write_rules(raw: Mapping[str, Any] | None, proposal: TeamProposal | None) -> dict[str, Any]:
    """What the form shows: as it was sent, else the rules of the proposal, else nothing."""
    if raw is not None:
        return {**raw, "languages": list(raw.get("languages", ()))}
    if proposal is None:
        return {"languages": []}
    rules = proposal.rules
    mentee: Mapping[str, Any] = next(iter(rules.get("mentees", ())), {})
    return {
        "languages": [
            {"language": one["any_of"][0], "level": one["level"], "women": one["women"]}
            for one in rules.get("languages", ())
        ],
        **{name: rules.get(name) for name in NUMBERS},
        "mentee": mentee.get("post"),
        "beside": mentee.get("beside"),
        "unfilled": rules.get("unfilled"),
        "out": rules.get("out", []),
    }
