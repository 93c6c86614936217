""" "Is this also you?": questions about another entry, and what was joined with hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.local_days import local_day
from roster.models import Merge
from roster.permissions import Permission
from roster.queries.merges import list_closed_records, list_merges
from roster.queries.pairs import list_asked_of_her
from roster.schemas.pairs import PairAnswerForm, PartForm
from roster.services.asking_pairs import answer_pair, count_answers
from roster.services.merge_undo import part_by_her
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.pages import flash_sentence


@dataclass(frozen=True)
class QuestionView:
    """One question as she reads it: nothing of the other entry."""

    number: int
    version: int
    is_waiting: bool
    """She has said yes, and somebody else has to say so, too."""
    has_mailbox: bool
    """The other entry names the mailbox by which she signs in."""


@dataclass(frozen=True)
class JoinedView:
    """What was joined with her entry, by which networks and since when."""

    number: int
    version: int
    networks: list[str]
    since: date
    is_hers: bool
    is_closed: bool
    """Coordinators joined it, and she has not shown yet that it is hers."""


@blueprint.get("/me/same")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_same() -> str:
    """What is asked of her, and what was joined."""
    return _render()


def _render() -> str:
    her, zone = own_id(), herself().time_zone
    closed = list_closed_records(reading(), her)
    questions = [
        QuestionView(
            number=pair.row.id,
            version=count_answers(side),
            is_waiting=side.said is not None,
            has_mailbox=side.address in pair.other(side).addresses,
        )
        for pair, side in list_asked_of_her(reading(), her)
    ]
    return render_hers(
        "mediators/same.html",
        questions=questions,
        joined=[_describe(merge, closed, zone) for merge in list_merges(reading(), her)],
    )


def _describe(merge: Merge, closed: frozenset[int], zone: str) -> JoinedView:
    return JoinedView(
        number=merge.id,
        version=merge.version,
        networks=[side["network"] for side in merge.moved["pair"]],
        since=local_day(merge.merged_at, zone),
        is_hers=merge.moved["is_hers"],
        is_closed=bool(closed & set(merge.moved["record"])),
    )


@blueprint.post("/me/same")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def answer_same() -> ResponseReturnValue:
    """Yes or no to one of the questions."""
    form = read_form(PairAnswerForm())
    if not form.is_valid:
        return _render(), 422
    is_me = form.values["answer"] == "yes"
    is_joined = answer_pair(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        pair_id=form.values["pair"],
        expected_version=form.values["version"],
        is_me=is_me,
    )
    flash_sentence("pair_joined" if is_joined else "pair_hers" if is_me else "pair_not_hers")
    return redirect(url_for("mediators.show_same"), 303)


@blueprint.post("/me/same/part")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def part_same() -> ResponseReturnValue:
    """What was joined is not hers: it goes back."""
    form = read_form(PartForm())
    if not form.is_valid:
        return _render(), 422
    try:
        part_by_her(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            merge_id=form.values["merge"],
            expected_version=form.values["version"],
        )
        flash_sentence("pair_parted")
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("mediators.show_same"), 303)
