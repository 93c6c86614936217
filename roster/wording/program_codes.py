"""Codes about keys of programs and what programs send, each as one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_

OF_PROGRAMS: Mapping[str, str] = {
    "choose_one": N_("Choose at least one."),
    "key_too_long": N_("A key lasts a year at most. Choose an earlier day."),
    "key_ended": N_("This key had ended before."),
    "too_many_keys": N_("You have %(most)d keys. End one of them first."),
    "key_revoked": N_("The key has ended. The next call with it is refused."),
    "too_many_calls": N_("This key called very often. Wait a quarter of an hour."),
    "key_missing": N_("Send a key: “Authorization: Bearer …”."),
    "key_unknown": N_("This key is not known, or has ended."),
    "scope_missing": N_("This key was not made for that. It lacks the scope %(scope)s."),
    "idempotency_other_call": N_("This idempotency key was sent with another call before."),
    "idempotency_wrong": N_("An idempotency key has 1 to 200 visible signs of ASCII."),
    "not_json": N_("Send one JSON object in UTF-8."),
    "if_match_missing": N_("Name the version that you read: “If-Match”, with its ETag."),
    "if_match_stale": N_("It was changed since you read it. Read it again, then decide."),
    "changes_to_accept": N_(
        "Something has changed since the search. Read it, then send its “accept” as “accepted”."
    ),
    "changed_meanwhile": N_("Somebody else has just changed it. Read it again, then decide."),
}
OF_STATUS: Mapping[int, str] = {
    400: N_("That could not be read."),
    404: N_("There is nothing here to show you."),
    405: N_("This address cannot be used that way."),
    409: N_("Somebody else saved this first."),
    410: N_("This page has ended."),
    413: N_("That is too large."),
    422: N_("That is not possible here."),
    429: N_("Please wait a little."),
    500: N_("Something went wrong on our side."),
    503: N_("The service is resting for a moment."),
}
"""What an HTTP status says where no code says more; as on the pages."""
