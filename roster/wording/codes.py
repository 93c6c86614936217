"""Codes of answers, refusals and things done, each as one sentence: forms and notices use them.

A new code of a schema, of ``Refused`` or of a notice gets its line here; values that the sentence
names in ``%(name)s`` come with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_
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
    "not_equal": N_("The two do not agree."),
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
    "no_such_network": N_("There is no network with the code %(network)s."),
    "not_her_role": N_("A mediator opens an account for herself only."),
    "too_many_tries": N_("There were too many tries. Wait a quarter of an hour."),
    "address_taken": N_("There is an account with this address already."),
    "stale_version": N_("Somebody else saved this first."),
}
NOTICES: Mapping[str, str] = {
    "password_changed": N_("Your password is changed. You are signed out everywhere else."),
}
_OTHERWISE = N_("This answer needs another look.")


def word_code(wording: Wording, code: str, /, **values: object) -> str:
    """The sentence of a code; a general one where no table has it."""
    for table in (FORM_ERRORS, REFUSALS, NOTICES):
        if code in table:
            return wording.gettext(table[code], **values)
    return wording.gettext(_OTHERWISE)
