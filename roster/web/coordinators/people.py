"""Her list, with what runs out first, and one woman's profile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.leaving import count_leaving
from roster.queries.people import ListedPerson, ShownDetails, get_shown_details
from roster.queries.people_list import list_people
from roster.queries.records import (
    get_own_record,
    get_person,
    network_subject,
    visible_networks,
)
from roster.queries.spoken_consents import list_waiting
from roster.services.asking_one import ask_one
from roster.services.invitations import invite, invite_many
from roster.services.shown_exchanges import list_agreed
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.her_choices import list_choices
from roster.web.coordinators.reach import list_reach_notices, list_undelivered_lines
from roster.web.coordinators.wishes import get_whole_lists, list_kept, pass_wishes, read_wishes
from roster.web.coordinators.words import PersonLine, person_line
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.person_view import make_person_view

PAGE_SIZE = 50
SHOWN_RUNNING_OUT = 20
MOST_INVITED = 500
"""Women asked by one press; the next press asks the next."""


@blueprint.get("/people")
@needs(Permission.LIST_RECORDS)
def list_page() -> ResponseReturnValue:
    """The roster of her networks, narrowed by what she asks; what expires stands first."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    networks = visible_networks(reading(), actor)
    wanted, errors = read_wishes(request.args, networks)
    found = list_people(reading(), actor=actor, wanted=wanted, now=now, lists=get_whole_lists())
    number, count = _page_number(len(found.people))
    shown = found.people[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    soon = found.running_out[:SHOWN_RUNNING_OUT]
    details = get_shown_details(reading(), (p.record_id for p in (*shown, *soon)))
    uninvited = [p.record_id for p in found.people if p.state == "uninvited"]
    kept = list_kept(wanted)
    page = render(
        "coordinators/people.html",
        found=found,
        leaving=count_leaving(reading(), networks),
        running_out=_lines(soon, details),
        people=_lines(shown, details),
        undelivered=list_undelivered_lines(),
        uninvited=uninvited[:MOST_INVITED],
        spoken_waiting=len(list_waiting(reading(), actor=actor)),
        networks=[(code, wording.term("network", code)) for code in networks],
        page=number,
        pages=count,
        page_links=_page_links(number, count, kept),
        export_link=url_for("coordinators.show_export", **kept),
        kept=kept,
        errors=word_errors(errors),
        **pass_wishes(found, wanted),
    )
    return (page, 422) if errors else page


def _lines(people: Iterable[ListedPerson], details: dict[int, ShownDetails]) -> list[PersonLine]:
    wording, now = current_wording(), clock.now()
    return [person_line(wording, person, details[person.record_id], now) for person in people]


def _page_number(total: int) -> tuple[int, int]:
    count = max(1, -(-total // PAGE_SIZE))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, number), count), count


def _page_links(number: int, count: int, kept: dict[str, Any]) -> tuple[str, str]:
    def link(page: int) -> str:
        return url_for("coordinators.list_page", **{**kept, "page": str(page)})

    return (link(number - 1) if number > 1 else "", link(number + 1) if number < count else "")


@blueprint.get("/people/<int:record_id>")
@needs(Permission.READ_RECORD, network_subject)
def show_person(record_id: int) -> str:
    """One woman: what this network says of her, beside her own words where she shares them."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    person = get_person(reading(), actor=actor, record_id=record_id, now=now)
    own = get_own_record(reading(), actor=actor, mediator_id=person.record.mediator_id)
    log_reading(person.record.mediator_id, "record")
    identity = person.record.identity
    return render(
        "coordinators/person.html",
        person=person,
        name=identity.display_name,
        original_name=identity.original_name,
        view=make_person_view(wording, person, own, now=now),
        choices=list_choices(person),
        reach_notices=list_reach_notices(person),
        exchanges=list_agreed(reading(), actor=actor, record=person.record, now=now),
    )


@blueprint.post("/people/<int:record_id>/invite")
@needs(Permission.INVITE, network_subject)
def invite_person(record_id: int) -> ResponseReturnValue:
    """Send her the one-time link on which she reads her record and answers for herself."""
    try:
        invite(writing(), actor=current_actor(), record_id=record_id)
        flash_sentence("invited")
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


@blueprint.post("/people/<int:record_id>/remind")
@needs(Permission.INVITE, network_subject)
def remind_person(record_id: int) -> ResponseReturnValue:
    """Ask her by mail whether her last answer still holds: three taps for her."""
    try:
        ask_one(writing(), actor=current_actor(), record_id=record_id, now=clock.now())
        flash_sentence("reminded")
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


@blueprint.post("/people/invite")
@needs(Permission.LIST_RECORDS)
def invite_people() -> ResponseReturnValue:
    """Invite all on the list who were not asked yet; those without an address are counted."""
    asked = [text for text in request.form.getlist("record") if text.isdecimal() and len(text) < 10]
    record_ids = list(dict.fromkeys(int(text) for text in asked[:MOST_INVITED]))
    sent = invite_many(writing(), actor=current_actor(), record_ids=record_ids)
    wording = current_wording()
    words = wording.ngettext("%(num)d woman is asked.", "%(num)d women are asked.", len(sent))
    unreachable = len(record_ids) - len(sent)
    if unreachable:
        words += " " + wording.ngettext(
            "%(num)d could not be asked: no address, or an answer already.",
            "%(num)d could not be asked: no address, or an answer already.",
            unreachable,
        )
    flash(words, "yes")
    return redirect(url_for("coordinators.list_page"), 303)
