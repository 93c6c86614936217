"""Codes of requests, processes and requesters, each as one sentence: refusals and things done."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_

OF_REQUESTS: Mapping[str, str] = {
    "request_not_submitted": N_("Submit the request first; then it can be searched."),
    "not_comparable": N_("Choose two different women of the same post."),
    "card_no_longer_shown": N_("One of the two is no longer available."),
    "request_submitted_before": N_("This request was submitted already."),
    "request_closed": N_("This request is closed and can no longer change."),
    "request_step": N_("This step does not fit where the request stands now."),
    "request_waits": N_(
        "A network that is asked has to accept this request before it is searched."
    ),
    "request_without_account": N_("Say which account the request is for."),
    "too_many_runs_of_request": N_(
        "This request was searched %(limit)d times within a day. Wait until tomorrow."
    ),
    "too_many_runs_of_office": N_(
        "Your office searched %(limit)d times within a day. Wait until tomorrow."
    ),
    "too_many_exclusions": N_(
        "Your office has asked the same %(limit)d times today with other exclusions. Wait until"
        " tomorrow, or ask with all that must stay out at once."
    ),
    "too_many_look_ups": N_("You looked up %(limit)d handles today. Wait until tomorrow."),
    "too_many_readings": N_(
        "You opened many entries in a short time. Wait a quarter of an hour, then go on."
    ),
    "day_to_come": N_("This day is still to come. Choose today or an earlier day."),
    "process_closed": N_("This process is closed and can no longer change."),
    "process_closed_now": N_("The process is closed."),
    "objection_noted": N_("Noted. Searches of this process obey from the next one on."),
    "objection_withdrawn": N_("Withdrawn. It counts from the next search on."),
    "objection_noted_before": N_("This objection is noted already."),
    "objection_withdrawn_before": N_("This objection was withdrawn already."),
    "handle_unknown": N_("No answer of this request has shown this handle."),
    "country_listed_before": N_("There is an entry for this country already. Change that one."),
    "focal_point_saved": N_("Saved. It stands beside the processes of this country."),
    "focal_point_removed": N_("The entry is off the list."),
    "request_ended": N_("The request is closed. What was answered stays readable."),
    "step_taken": N_("Noted."),
    "request_accepted": N_("Accepted. It can be searched now."),
    "question_sent": N_("Your question stands with the request now."),
    "clearance_given": N_("Saved, for this request alone. It counts from its next search on."),
    "clearance_ended": N_("Taken back. It counts from the next search on."),
    "not_held": N_("Nothing is held here any more."),
    "free_mail_address": N_("Give an address of her office, not one of a free mail service."),
    "same_person_twice": N_("Somebody else has to be the second person."),
    "person_check_missing": N_("A first person has to check this requester before."),
    "checked_before": N_("This was checked already."),
    "check_noted": N_("Noted."),
    "checks_ended": N_("Taken back. Her requests wait for a network from now on."),
    "address_asked": N_("A link is on its way to her address."),
    "requester_approved": N_("Noted. Thank you for checking."),
}
"""Code -> its sentence."""

ALARMS: Mapping[str, str] = {
    "exclusions_varied": N_("The same was asked several times, each time with other exclusions."),
    "many_readings": N_("One account opened very many entries within ten minutes."),
    "many_look_ups": N_("One account looked up very many reasons in one day."),
}
"""What was unusual, without saying who did it."""
