"""Deployments in words: how one stands, how it ended, what each side says of the other."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_

STATES: Mapping[str, tuple[str, str]] = {
    "planned": ("part", N_("Planned")),
    "active": ("yes", N_("Under way")),
    "ended": ("yes", N_("It has ended")),
    "broken_off": ("off", N_("Ended early")),
    "cancelled": ("off", N_("It did not come about")),
}
OUTCOMES: Mapping[str, str] = {
    "as_planned": N_("As planned"),
    "changed": N_("With changes"),
    "no_result": N_("Without a result"),
}
AGAIN: Mapping[str, str] = {
    "yes": N_("Yes, again"),
    "with_changes": N_("Yes, with changes"),
    "no": N_("Not again"),
}
OF_DEPLOYMENTS: Mapping[str, str] = {
    "deployment_over": N_("This is over, or has changed since. Load the page again."),
    "deployment_not_over": N_("Say how it was once it has ended."),
    "appraisal_given": N_("You have said it. What you add stands beside it."),
    "appraisal_replied": N_("You have replied already."),
    "ends_before_start": N_("The last day is before the first."),
    "dates_saved": N_("Saved. She reads these days on her page."),
    "deployment_started": N_("Saved. Both of you are reminded before the last day."),
    "deployment_cancelled": N_("Saved. Her days are hers again."),
    "deployment_ended": N_("Saved. Her experience has one new entry, confirmed by you."),
    "said_saved": N_("Saved. The other side can read it."),
}
