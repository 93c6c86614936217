"""Approaches in words to the woman who is asked: how each stands, what was refused or done."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_

FOR_HER: Mapping[str, tuple[str, str]] = {
    "queued": ("due", N_("Waits for your answer")),
    "sent": ("due", N_("Waits for your answer")),
    "seen": ("due", N_("Waits for your answer")),
    "later": ("part", N_("You answer later")),
    "question": ("part", N_("You asked something")),
    "yes": ("yes", N_("You said yes")),
    "no": ("off", N_("You said no")),
    "no_answer": ("unk", N_("You have not answered. You still can.")),
    "released": ("yes", N_("They can see your name")),
    "selected": ("yes", N_("You were chosen")),
    "not_selected": ("off", N_("You were not chosen")),
    "closed": ("off", N_("It is over")),
    "withdrawn": ("off", N_("You took it back")),
    "called_off": ("off", N_("Your answer is not needed any more")),
}
"""How an approach stands for her: sign and words."""

OWN_FIELDS: Mapping[str, str] = {
    "biography": N_("About my work"),
    "residence": N_("The country I live in"),
}
"""What she may let a requester see, where her own words for it differ from theirs."""

STANCES: Mapping[str, str] = {
    "party": N_("a side of the talks"),
    "guarantor": N_("guarantor"),
    "facilitator": N_("facilitator"),
    "sponsor": N_("sponsor"),
}

OF_HER_APPROACHES: Mapping[str, str] = {
    "ties_unanswered": N_("Say whether something new ties you to a side."),
    "ties_first": N_("Say first what is new, and save it. Then come back to answer."),
    "said_yes": N_("Saved: yes. Your name goes out once your network agrees, too."),
    "said_no": N_("Saved: no. Nobody is told why, and it changes nothing for you."),
    "said_later": N_("Saved. You can answer until the day shown."),
    "question_sent": N_("Sent. The answer comes to this page."),
    "reply_sent": N_("Sent. She is told that an answer waits for her."),
    "taken_back": N_("Taken back. From now on they see nothing of you."),
    "approach_barred": N_("A rule on conflicts of interest ends this. Your name was not shown."),
    "nothing_asked": N_("She has not asked anything."),
    "approach_said_enough": N_("No more than %(most)s messages fit here."),
    "question_missing": N_("Write your question."),
}
