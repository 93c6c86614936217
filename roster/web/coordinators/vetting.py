"""Her own women who wait for their network's word in a request: held conflicts, and class 3."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused
from roster.models import Clearance
from roster.permissions import Permission, Subject
from roster.queries.people import get_names
from roster.queries.records import network_subject
from roster.queries.requests_asked import AskedRequest, get_asked
from roster.services.clearances import Vetted, give_word, list_vetted, take_word_back
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.requests_asked import word_asker
from roster.web.index import get_index
from roster.web.pages import current_wording, flash_sentence, render
from roster.wording.requests import word_held


@dataclass(frozen=True)
class VettedLine:
    """One woman, and what waits for the network's word."""

    vetted: Vetted
    name: str
    words: list[str]


def clearance_subject(session: Session, clearance_id: int) -> Subject:
    """The network whose word it is."""
    row = session.get(Clearance, clearance_id)
    if row is None:
        raise NotFound
    return Subject(network_code=row.network_code)


@blueprint.get("/vetting")
@needs(Permission.SPEAK_FOR_NETWORK)
def show_vetting() -> str:
    """By request, whom her word would bring in, and the words that stand."""
    found = list_vetted(reading(), actor=current_actor(), index=get_index())
    names = get_names(reading(), [one.record_id for _, women in found for one in women])
    log_readings(
        {one.mediator_id for _, women in found for one in women if one.record_id in names}, "record"
    )
    return render(
        "coordinators/vetting.html",
        groups=[(asked, word_asker(asked), _make_lines(women, names)) for asked, women in found],
    )


def _make_lines(women: list[Vetted], names: dict[int, str]) -> list[VettedLine]:
    wording = current_wording()
    return [
        VettedLine(one, names[one.record_id], [word_held(wording, held.facts) for held in one.held])
        for one in women
        if one.record_id in names
    ]


@blueprint.post("/vetting/<int:record_id>")
@needs(Permission.SPEAK_FOR_NETWORK, network_subject)
def speak_for_her(record_id: int) -> ResponseReturnValue:
    """Clear her, or put her forward, for one request."""
    asked = _read_request()
    get_index().current(reading())  # before the writing session opens, so that nobody waits for it
    give_word(
        writing(),
        actor=current_actor(),
        request_id=asked.id,
        record_id=record_id,
        kind=request.form.get("do", ""),
        index=get_index(),
    )
    flash_sentence("clearance_given")
    return redirect(url_for("coordinators.show_vetting"), 303)


def _read_request() -> AskedRequest:
    code = request.form.get("request", "")
    if not code:
        raise Refused("required")
    return get_asked(reading(), code)


@blueprint.post("/vetting/words/<int:clearance_id>/end")
@needs(Permission.SPEAK_FOR_NETWORK, clearance_subject)
def end_word(clearance_id: int) -> ResponseReturnValue:
    """Take it back."""
    take_word_back(writing(), actor=current_actor(), clearance_id=clearance_id)
    flash_sentence("clearance_ended")
    return redirect(url_for("coordinators.show_vetting"), 303)
