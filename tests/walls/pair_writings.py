"""Routes that write about two who may be one: her answer, a coordinator's word, an agreement, an undo."""

from __future__ import annotations

from tests.walls.pairs import (
    answer_form,
    ask_to_compare,
    comparison_form,
    join_pair,
    office_part_form,
    part_form,
    suspect_pair,
    word_form,
)
from tests.walls.writings import Writing

JUDGED = "cross_suspicion.first_word cross_suspicion.first_word_by"
PARTED = (
    "merge.undone_at merge.undone_by cross_suspicion.state cross_suspicion.settled_at"
    " record.mediator_id record.is_shared membership.mediator_id consent.mediator_id consent.valid_until"
    " spoken_consent.mediator_id handle.mediator_id run_row.mediator_id link.mediator_id"
    " application.mediator_id availability.mediator_id availability.superseded_at"
    " declaration.interests account.mediator_id account.is_active mediator.state"
    " mediator.last_proposed_at change+"
)

PAIR_WRITINGS = [
    Writing(
        "POST /me/same", "ada", lambda v: "/me/same", answer_form,
        "cross_suspicion.first_said cross_suspicion.state cross_suspicion.settled_at change+",
        prepare=suspect_pair,
    ),
    Writing(
        "POST /me/same/part", "ada", lambda v: "/me/same/part", part_form, PARTED, 2,
        "one event of each of the two", prepare=join_pair,
    ),
    Writing(
        "POST /duplicates/<int:pair_id>", "coordinator", lambda v: "/duplicates/1", word_form,
        JUDGED, prepare=suspect_pair,
    ),
    Writing(
        "POST /duplicates/agreements", "coordinator", lambda v: "/duplicates/agreements",
        comparison_form,
        "comparison_agreement.first_agreed_at comparison_agreement.second_agreed_at",
        prepare=ask_to_compare,
    ),
    Writing(
        "POST /duplicates/joined/<int:merge_id>/part", "coordinator",
        lambda v: "/duplicates/joined/1/part", office_part_form, PARTED, 2,
        "one event of each of the two", prepare=join_pair,
    ),
]  # fmt: skip
