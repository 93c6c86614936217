"""Codes of counts, teams, weights, templates and near misses, each as one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_

OF_BUILDING: Mapping[str, str] = {
    "too_many_teams": N_(
        "Teams were proposed %(limit)d times for this request within a day. Wait until tomorrow."
    ),
    "too_many_asks": N_("You asked very often today. Wait until tomorrow."),
    "too_many_counts": N_("You counted very often. Wait a quarter of an hour."),
    "team_member_gone": N_(
        "One of the women you keep is no longer available. Propose the team anew."
    ),
    "nobody_to_replace": N_(
        "Nobody else can take this post with the rest as it is. Loosen a rule or propose anew."
    ),
    "team_of_earlier_answer": N_("This team is of an earlier answer. Propose anew, then choose."),
    "weights_out_of_bounds": N_("Each weight is from 0 to 40, and together they are 100."),
    "too_many_templates": N_("You keep %(limit)d templates. Delete one first."),
    "linked_after_search": N_(
        "This request was searched already. Only a request not searched yet can be kept apart."
    ),
    "linked_to_itself": N_("Choose another request of yours."),
    "nothing_to_ask": N_("Nothing can be asked of her here. Search again for the answer of today."),
    "team_chosen": N_("Chosen. You can choose another team until you approach them."),
    "weights_saved": N_("Saved. The next search uses these weights."),
    "weights_reset": N_("The published weights hold again from the next search on."),
    "template_saved": N_("Saved among your templates, without its days."),
    "template_renamed": N_("Saved."),
    "template_deleted": N_("The template is deleted. Requests made from it stay."),
    "request_copied": N_("This is a copy, a draft of its own. Look at the days first."),
    "request_linked": N_("Kept apart. No woman will be in both answers."),
    "request_unlinked": N_("The two are no longer kept apart, from the next search on."),
    "near_miss_asked": N_("The question is on its way. Search again in some days."),
}
