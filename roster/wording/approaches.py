"""Approaches in words: how they stand, what a woman is told, what was refused or done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roster.wording.deployments import OF_DEPLOYMENTS
from roster.wording.messages import N_
from roster.wording.own_approaches import OF_HER_APPROACHES
from roster.wording.speech import Wording

FOR_REQUESTER: Mapping[str, tuple[str, str]] = {
    "asked": ("part", N_("Asked, waiting")),
    "question": ("flag", N_("She asks something")),
    "ready": ("yes", N_("May be released")),
    "released": ("yes", N_("Released")),
    "selected": ("yes", N_("Chosen")),
    "not_selected": ("off", N_("Not chosen")),
    "called_off": ("off", N_("Called off")),
    "not_accepted": ("off", N_("Did not accept")),
    "no_answer": ("unk", N_("No answer")),
    "ended": ("off", N_("The release is over")),
    "gone": ("unk", N_("no longer available")),
}
"""How an approach stands for its requester: sign and words."""

FOR_NETWORK: Mapping[str, tuple[str, str]] = {
    "queued": ("due", N_("Not told yet: speak to her")),
    "sent": ("part", N_("She was asked")),
    "seen": ("part", N_("She has read it")),
    "later": ("part", N_("She will answer later")),
    "question": ("part", N_("She asks something")),
    "yes": ("yes", N_("She said yes")),
    "no": ("off", N_("It is over")),
    "no_answer": ("unk", N_("She has not answered")),
    "released": ("yes", N_("Her name was released")),
    "selected": ("yes", N_("She was chosen")),
    "not_selected": ("off", N_("She was not chosen")),
    "closed": ("off", N_("It is over")),
    "withdrawn": ("off", N_("It is over")),
    "called_off": ("off", N_("The requester called it off")),
}
"""How an approach stands for the network that is asked."""

RISKS: Mapping[str, str] = {
    "low": N_("Low risk"),
    "some": N_("Some risk"),
    "high": N_("High risk"),
    "unknown": N_("Risk not known"),
}
PAYS: Mapping[str, str] = {
    "fee": N_("A fee"),
    "stipend": N_("A stipend"),
    "expenses": N_("Expenses only"),
    "none": N_("No pay"),
}
FIELDS: Mapping[str, str] = {
    "display_name": N_("Name"),
    "original_name": N_("Name in its own script"),
    "title": N_("Title"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "safe_contact": N_("How to write or call safely"),
    "biography": N_("About her work"),
    "nationality": N_("Nationality"),
    "residence": N_("Country she lives in"),
    "birth_band": N_("Age, within ten years"),
}
"""What a woman may let a requester see."""

AGES: Mapping[str, str] = {
    "under_30": N_("under 30"),
    "30_39": N_("30 to 39"),
    "40_49": N_("40 to 49"),
    "50_59": N_("50 to 59"),
    "60_plus": N_("60 or older"),
}
"""Bands of age: the year of birth goes to no requester."""

OF_APPROACHES: Mapping[str, str] = {
    **OF_HER_APPROACHES,
    **OF_DEPLOYMENTS,
    "approach_over": N_("This is over, or has changed since. Load the page again."),
    "approach_unknown_handle": N_("Choose women of the newest answer."),
    "approached_already": N_("Somebody you chose was asked before. Load the page again."),
    "approach_too_many": N_("At most %(most)s women can wait for an answer at a time."),
    "approach_choose": N_("Choose at least one woman, and twenty at most."),
    "approach_sign_in": N_("Sign in first: a yes shows your name to somebody."),
    "approach_not_shown": N_(
        "You are hidden, pause, or have taken back a consent. Change that first, then say yes."
    ),
    "approach_declare": N_("Say first what ties you to the sides of this process."),
    "approach_no_network": N_(
        "A woman you chose is in no network now, and a network’s word is needed. Leave her out."
    ),
    "approach_gone": N_("She is no longer available."),
    "days_taken": N_("These days are given to another request already."),
    "post_filled": N_("Somebody was chosen for this post already."),
    "release_needs_both": N_("Her yes and her network’s word are both needed first."),
    "changes_to_accept": N_("Something changed since the search. Read it and accept it first."),
    "conflict_keeps_back": N_(
        "A rule on conflicts of interest keeps her back. Her network may be able to clear it."
    ),
    "women_asked": N_("Asked. Each has until the day shown to answer."),
    "nobody_asked": N_("Nobody was asked: whom you chose is no longer available."),
    "approach_ended": N_("Done. She is told that her answer is not needed any more."),
    "name_released": N_("Released. You can see her name until the day shown."),
    "woman_asked_again": N_("Asked again. Nothing is shown until she and her network agree."),
    "woman_chosen": N_("Chosen. She is told."),
    "network_agreed": N_("Saved. Her name can be released once she has said yes, too."),
    "network_declined": N_("Saved. It is over, and the requester is not told why."),
    "told_by_hand": N_("Saved. She has until the day shown to answer."),
}


def word_terms(wording: Wording, terms: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What she is told, as pairs of a label and a value, without what was left empty."""
    chosen = (RISKS[terms["risk"]], PAYS[terms["pay"]])
    risk, pay = (
        [wording.gettext(word), str(terms.get(note) or "")]
        for word, note in zip(chosen, ("risk_note", "pay_note"), strict=True)
    )
    languages = wording.terms("language", terms.get("languages") or ())
    pairs = [
        (N_("Who asks"), str(terms["who"])),
        (N_("What for"), str(terms["purpose"])),
        (N_("Where"), str(terms["place"])),
        (N_("How much time"), str(terms["effort"])),
        (N_("Risk"), wording.list_parts(part for part in risk if part)),
        (N_("Pay"), wording.list_parts(part for part in pay if part)),
        (N_("Working languages"), wording.list_and(languages)),
    ]
    return [(wording.gettext(label), value) for label, value in pairs if value]
