"""Approaches to her women: what is asked, and the network's word, which silence never gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from matching.facts import Requester
from roster import clock
from roster.facts import make_request
from roster.models import Approach, MatchRequest
from roster.permissions import Permission
from roster.queries.approaches import (
    find_records,
    get_dates,
    get_of_network,
    list_judged_lately,
    list_of_networks,
    network_subject,
)
from roster.queries.people import get_names
from roster.services.approach_states import is_asked_again
from roster.services.network_words import agree_to_approach, decline_approach, note_told
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.versions import read_version
from roster.web.pages import current_wording, flash_sentence, render
from roster.wording import Wording
from roster.wording.answers import word_post, word_request
from roster.wording.approaches import FOR_NETWORK, word_terms

JUDGED_LATELY = timedelta(days=30)
MAY_STILL_SAY = frozenset({"queued", "sent", "seen", "later", "question", "no_answer", "yes"})


@dataclass(frozen=True)
class Line:
    """One approach in the list: to whom, how it stands for her and for the network."""

    approach: Approach
    name: str
    sign: str
    words: str


@blueprint.get("/approaches")
@needs(Permission.SPEAK_FOR_NETWORK)
def show_approaches() -> str:
    """Those that wait for the network's word, the most urgent first; and those it has judged."""
    actor, now = current_actor(), clock.now()
    waiting = list_of_networks(reading(), actor)
    judged = list_judged_lately(reading(), actor, since=now - JUDGED_LATELY)
    return render(
        "coordinators/approaches.html",
        now=now,
        waiting=_make_lines(waiting),
        judged=_make_lines(judged),
    )


@blueprint.get("/approaches/<approach_code>")
@needs(Permission.SPEAK_FOR_NETWORK, network_subject)
def show_approach(approach_code: str) -> str:
    """What she is asked and for which request, and the two answers."""
    approach = get_of_network(reading(), current_actor(), approach_code)
    request = reading().get_one(MatchRequest, approach.request_id)
    wording = current_wording()
    first, last = get_dates(request)
    (line,) = _make_lines([approach])
    return render(
        "coordinators/approach.html",
        line=line,
        record_id=find_records(reading(), [approach]).get(approach.id),
        title=request.title,
        asked=_word_asked(wording, request, approach.post),
        days=(wording.date(first), wording.date(last)),
        terms=word_terms(wording, approach.terms),
        may_say=approach.network_word is None and approach.state in MAY_STILL_SAY,
        is_again=is_asked_again(approach),
    )


@blueprint.post("/approaches/<approach_code>/agree")
@needs(Permission.SPEAK_FOR_NETWORK, network_subject)
def agree(approach_code: str) -> ResponseReturnValue:
    """Her name may be released to this requester, if she says yes."""
    approach = get_of_network(reading(), current_actor(), approach_code)
    agree_to_approach(
        writing(),
        actor=current_actor(),
        approach_id=approach.id,
        expected_version=read_version(),
    )
    flash_sentence("network_agreed")
    return redirect(url_for("coordinators.show_approaches"), 303)


@blueprint.post("/approaches/<approach_code>/decline")
@needs(Permission.SPEAK_FOR_NETWORK, network_subject)
def decline(approach_code: str) -> ResponseReturnValue:
    """The network does not agree; to the requester it reads as any other no."""
    approach = get_of_network(reading(), current_actor(), approach_code)
    decline_approach(
        writing(),
        actor=current_actor(),
        approach_id=approach.id,
        expected_version=read_version(),
    )
    flash_sentence("network_declined")
    return redirect(url_for("coordinators.show_approaches"), 303)


@blueprint.post("/approaches/<approach_code>/told")
@needs(Permission.SPEAK_FOR_NETWORK, network_subject)
def tell(approach_code: str) -> ResponseReturnValue:
    """She cannot be written to, and was told by her coordinator."""
    approach = get_of_network(reading(), current_actor(), approach_code)
    note_told(
        writing(),
        actor=current_actor(),
        approach_id=approach.id,
        expected_version=read_version(),
    )
    flash_sentence("told_by_hand")
    return redirect(url_for("coordinators.show_approach", approach_code=approach_code), 303)


def _make_lines(approaches: Sequence[Approach]) -> list[Line]:
    """With her name as the network's record has it; each is noted as a look at her record."""
    wording = current_wording()
    records = find_records(reading(), approaches)
    names = get_names(reading(), records.values())
    log_readings({one.mediator_id for one in approaches if one.id in records}, "record")
    return [
        Line(
            one,
            names.get(records.get(one.id, 0), "") or one.code,
            FOR_NETWORK[one.state][0],
            wording.gettext(FOR_NETWORK[one.state][1]),
        )
        for one in approaches
    ]


def _word_asked(wording: Wording, request: MatchRequest, post: str) -> list[tuple[bool, str]]:
    """What the request asks of everybody and for her post."""
    asked = make_request(request.criteria, code="", requester=Requester())
    own = [one for each in asked.posts if each.code == post for one in word_post(wording, each)]
    return [*word_request(wording, asked), *own]
