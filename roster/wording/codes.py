"""Codes of answers, refusals and things done, each as one sentence: forms and notices use them.

A new code of a schema or of ``Refused`` gets its line here, a new notice in ``notices``; values
that the sentence names in ``%(name)s`` come with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.approaches import OF_APPROACHES
from roster.wording.builder_codes import OF_BUILDING
from roster.wording.document_codes import OF_DOCUMENTS
from roster.wording.messages import N_
from roster.wording.notices import NOTICES
from roster.wording.program_codes import OF_PROGRAMS
from roster.wording.request_codes import OF_REQUESTS
from roster.wording.speech import Wording

FORM_ERRORS: Mapping[str, str] = {
    "required": N_("This is needed."),
    "null": N_("This is needed."),
    "invalid": N_("This could not be read."),
    "unknown_field": N_("This was not asked for."),
    "forbidden_characters": N_("Hidden control characters are in this text. Type it anew."),
    "wrong_length": N_("This is too short or too long."),
    "out_of_range": N_("This number is outside the range."),
    "too_large": N_("This number is outside the range."),
    "not_a_choice": N_("Choose one of the answers offered."),
    "must_be_one_of": N_("Choose one of the answers offered."),
    "not_an_address": N_("This is not an e-mail address."),
    "not_a_link": N_("This is not a web address."),
    "wrong_form": N_("This is not written as asked."),
    "unknown_code": N_("We do not know this word. Write its full name or its code."),
    "ambiguous_code": N_("This word means several things here. Write the full name or the code."),
    "ends_before_start": N_("The last day comes before the first."),
    "same_code_twice": N_("Two posts bear the same code."),
    "not_equal": N_("The two do not agree."),
    "search_changed": N_(
        "Something has changed since this page was shown. Look again, then press."
    ),
    "language_missing": N_("Choose the language that the level is about."),
    "unknown_word": N_("“%(word)s” is not known here. Write its name or its code."),
    "ambiguous_word": N_(
        "“%(word)s” may mean more than one thing. Write the full name or the code."
    ),
    "twice": N_("“%(word)s” stands here twice. Keep one of them."),
    "version_missing": N_("The page has lost its place. Load it again and repeat the change."),
    "name_missing": N_("A name is needed."),
    "choice_missing": N_("Say what is to become of this row."),
    "network_missing": N_("Choose the network whose list it is."),
    "step_not_possible": N_("This state cannot follow the one she is in. Choose another."),
    "day_in_future": N_("This day has not come yet. Give today or an earlier day."),
    "reason_missing": N_("Say why: whoever comes after you must understand it."),
    "lapse_not_after": N_("The end must come after the beginning."),
    "lapse_too_late": N_("At most %(most)s years after it was given. Check the year."),
    "recognised_already": N_("You recognise it already."),
    "recognition_changed": N_("Somebody has just changed this. Look again, and then decide."),
    "list_changed": N_(
        "The list has changed since you saw its number. Look at the number now, then press again."
    ),
    "file_missing": N_("Choose a file first."),
    "quiet_half_said": N_("Choose both hours, or neither."),
    "quiet_all_day": N_("The two hours are the same: no message could ever leave."),
    "no_network_chosen": N_("Tick the network that you leave."),
    "leaving_not_ticked": N_("Tick the box, so that it does not happen by a slip."),
    "window_out_of_order": N_("The last day comes before the first."),
    "too_many_themes": N_("Choose at most eight themes: those you are asked for most."),
}
REFUSALS: Mapping[str, str] = {
    "sign_in_failed": N_(
        "Address and password do not go together, or there were too many tries. After ten tries"
        " wait a quarter of an hour."
    ),
    "password_too_short": N_("A password needs at least %(shortest)d characters."),
    "password_too_long": N_("A password has %(longest)d characters at most."),
    "password_common": N_("Others guess this password first. Choose several unrelated words."),
    "password_wrong": N_("This is not your present password."),
    "passwords_differ": N_("The two new passwords differ."),
    "coordinator_needs_network": N_("A coordinator needs a network, and nobody else has one."),
    "no_such_partner": N_("Choose another network that has members."),
    "class_not_shared": N_("Only classes 0 and 1 can be shared."),
    "sharing_has_ended": N_("This had ended before."),
    "no_such_network": N_("There is no network with the code %(network)s."),
    "word_means_other": N_("This word means another term of the list, or several."),
    "word_known_already": N_("This word means it already."),
    "too_many_words": N_("This term has %(most)s further words already."),
    "term_is_fixed": N_("Rules of the service name this term. Only its words can be changed."),
    "term_has_rule": N_("A rule of the service names one of the two, so they cannot be one."),
    "term_retired": N_("The other term is retired. Offer it again first."),
    "merged_already": N_("It is read as another term. Take that back first."),
    "merge_circle": N_("The other one is read as this one. It would be a circle."),
    "not_merged": N_("It stands for itself already."),
    "no_such_time_zone": N_("We do not know this time zone. Write it like Africa/Nairobi."),
    "own_account": N_("This is your own account. Another administrator has to change it."),
    "last_administrator": N_(
        "She is the last administrator who can come in. Invite another first."
    ),
    "has_role_already": N_("She has this role already."),
    "account_closed": N_("This account is closed. Open it first."),
    "came_in_already": N_("She has come in already, or her account is closed."),
    "password_missing": N_("A password is needed."),
    "no_such_role": N_("There is no role %(role)s."),
    "end_in_the_past": N_("This day is over. Choose a later one, or end your answer now."),
    "end_outside_life": N_("Your answer lives for a limited time. Choose an earlier end."),
    "unknown_purpose": N_("This is not one of the purposes that we ask for."),
    "not_her_role": N_("A mediator opens an account for herself only."),
    "too_many_tries": N_("There were too many tries. Wait a quarter of an hour."),
    "address_taken": N_("There is an account with this address already."),
    "written_today": N_("She was written to today, or will be tomorrow morning."),
    "due_today": N_("The service reminds her today by itself."),
    "too_many_searches": N_("You keep %(most)s searches already. Give one of them up first."),
    "too_many_exports": N_("You have taken out %(limit)d files within a day. Wait until tomorrow."),
    "consents_not_attested": N_(
        "The profiles bring consents. Sign that they were given (roster attest), or leave them out."
    ),
    "attestation_incomplete": N_("The attestation has no statement, or the key is too short."),
    "attestation_wrong": N_("The attestation is not of this file or was not signed with this key."),
    "stale_version": N_("Somebody else saved this first."),
    "exchange_not_open": N_("You are not proposed for an exchange at present."),
    "exchange_full": N_("You have %(most)s proposals. Answer one of them, or wait until it ends."),
    "exchange_over": N_("This proposal is over. Nothing was changed."),
    "merge_not_now": N_("Not while something is being erased. Wait until that is done."),
    "nothing_to_renew": N_("There is no answer of yours yet that could be repeated."),
    "answer_changed": N_(
        "Your answer was changed elsewhere since you opened this page. What stands now is shown"
        " above. Nothing of this page was saved: look, then save again if it is still right."
    ),
    "only_she_ends_hers": N_("This is her own answer. Only she can end it."),
    "day_too_far": N_("This day is more than five years away. Look at the year again."),
    "window_over": N_("The days you named are over. Please say the new ones."),
    "pause_in_the_past": N_("This day is over. Choose a later one."),
    "pause_too_long": N_("A pause lasts a year at most; you can extend it later."),
    "nothing_ticked": N_("Nothing is ticked. Tick a point, or press “Take everything back”."),
    "needs_the_file": N_(
        "What you ticked needs the first point: your details on file. Tick it too, or leave these"
        " points empty."
    ),
    "no_consent_to_repeat": N_("There is no earlier yes to repeat. Tick what you agree to."),
    "nothing_said": N_("Tick at least one point that she says yes to."),
    "spoken_waits_already": N_("This is written down already and waits for a second person."),
    "spoken_needs_the_file": N_(
        "The other points need her yes to keep her details on file. Without it they cannot hold."
    ),
    "she_answers_herself": N_("She has answered this herself. Only she can say otherwise."),
    "texts_changed": N_("The texts have changed. Read the new ones to her."),
    "spoken_in_the_future": N_("This day is still to come."),
    "spoken_too_long_ago": N_("That was more than %(days)s days ago. Ask her again."),
    "second_person_needed": N_("You wrote this down yourself. Somebody else must confirm it."),
    "nothing_spoken": N_("Nothing that she said by voice holds any more."),
    "not_to_be_asked_again": N_("There is no yes of hers to be asked about again."),
    "only_she_lowers_her_class": N_("Only she herself can make her card more widely seen."),
    "already_has_account": N_("She has answered already and signs in herself."),
    "already_has_password": N_("There is a password already; change it under “Account”."),
    "no_address": N_("There is no e-mail address to write to."),
    "no_report": N_("This is no report of delivery (RFC 3464)."),
    "report_of_nothing": N_("The report does not say which message it is about."),
    "report_of_another": N_("The report is about a message that was not sent from here."),
    "report_too_large": N_("This is larger than a report of delivery ever is."),
    "not_by_mail": N_("She wants no mail. Please speak to her."),
    "she_is_hidden": N_("She has hidden herself. Nothing is written to her until she comes back."),
    "not_to_be_asked": N_("She has left and is not written to."),
    "import_already_decided": N_("This file has been decided on already."),
    "import_another_in_hand": N_(
        "Another file of your network is being worked on. Wait until that is done."
    ),
    "nothing_decided": N_("Nothing is decided yet. Choose a meaning for one word or column."),
    "meaning_unknown": N_("This is none of the meanings offered. Load the page again."),
    "line_not_shown": N_("Choose one of the lines of your file."),
    "no_name_column": N_("No column holds names yet. Choose “Name” for one of them."),
    "import_not_taken_in": N_("Take the file in first; then decide on its rows."),
    "row_without_name": N_(
        "Row %(row)s has no name that could be read. Correct it in your file and read it again."
    ),
    "call_in_the_past": N_("This day is over. Choose a later one."),
    "call_too_long": N_("A call is open for %(days)s days at most. Choose an earlier last day."),
    "call_has_ended": N_("This call has ended already."),
    "application_waits": N_("She has handed in an application, which waits for you."),
    "application_handed_in": N_("Your form is handed in and can no longer change."),
    "application_incomplete": N_(
        "Something is missing: name at least one language, and answer the question about offices"
        " and ties."
    ),
    "application_decided": N_("This application was decided on, or given back to her."),
    "undo_newer_first": N_("A later file has changed the list since. Take that one back first."),
    "undo_too_late": N_("A file can be taken back for %(days)s days."),
    "federation": N_("%(network)s is an alliance of networks and keeps no list of its own."),
}

_OTHERWISE = N_("This answer needs another look.")

TABLES = (
    FORM_ERRORS,
    REFUSALS,
    OF_REQUESTS,
    OF_BUILDING,
    OF_APPROACHES,
    OF_DOCUMENTS,
    OF_PROGRAMS,
    NOTICES,
)
"""All of them, in the order in which a code is looked for."""


def word_code(wording: Wording, code: str, /, **values: object) -> str:
    """The sentence of a code; a general one where no table has it.

    A form's error may name the word it is about after a colon: ``unknown_word:Kenyya``.
    """
    code, _, word = code.partition(":")
    if word:
        values = {**values, "word": wording.isolate(word)}
    for table in TABLES:
        if code in table:
            return wording.gettext(table[code], **values)
    return wording.gettext(_OTHERWISE)
