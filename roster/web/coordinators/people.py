"""Her list, with what runs out first, and one woman's profile."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from roster import clock
from roster.permissions import Permission
from roster.queries.records import (
    Person,
    PersonFilter,
    get_own_record,
    get_person,
    list_people,
    record_subject,
    visible_networks,
)
from roster.services.invitations import invite, invite_many
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.words import (
    STATES,
    availability_lines,
    consent_lines,
    entry_lines,
    identity_lines,
    language_lines,
    membership_line,
    person_line,
)
from roster.web.pages import current_wording, render, term_options

PAGE_SIZE = 50
RUNS_OUT_DAYS = 14


@blueprint.get("/people")
@needs(Permission.LIST_RECORDS)
def list_page() -> str:
    """The roster of her networks, narrowed by what she asks; what expires stands first."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    networks = visible_networks(reading(), actor)
    wanted = _read_filter(networks)
    everybody = list_people(reading(), actor=actor, wanted=PersonFilter(), now=now)
    chosen = list_people(reading(), actor=actor, wanted=wanted, now=now)
    number, count = _page_number(len(chosen))
    shown = chosen[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render(
        "coordinators/people.html",
        total=len(everybody),
        chosen=len(chosen),
        states=Counter(person.state(now) for person in everybody),
        running_out=[person_line(wording, p, now) for p in _running_out(everybody)],
        people=[person_line(wording, person, now) for person in shown],
        uninvited=[p.record.id for p in chosen if p.state(now) == "uninvited"],
        wanted=wanted,
        networks=[(code, wording.term("network", code)) for code in networks],
        state_options=[(code, wording.gettext(word)) for code, (_, word) in STATES.items()],
        tracks=term_options("track"),
        themes=term_options("theme"),
        languages_spoken=_spoken(everybody),
        page=number,
        pages=count,
        page_links=_page_links(number, count),
    )


def _read_filter(networks: tuple[str, ...]) -> PersonFilter:
    names = ("text", "network", "track", "theme", "language", "state")
    asked = {name: request.args.get(name, "").strip()[:200] for name in names}
    if asked["network"] not in networks:
        asked["network"] = ""
    return PersonFilter(**asked)


def _running_out(people: list[Person]) -> list[Person]:
    now = clock.now()
    soon = now + timedelta(days=RUNS_OUT_DAYS)
    due = [p for p in people if p.availability and p.state(now) == "due"]
    return sorted(due, key=lambda p: p.availability.valid_until if p.availability else soon)


def _spoken(people: list[Person]) -> list[tuple[str, str]]:
    wording = current_wording()
    codes = {code for person in people for field, code in person.codes if field == "language"}
    return sorted(((c, wording.term("language", c)) for c in codes), key=lambda pair: pair[1])


def _page_number(total: int) -> tuple[int, int]:
    count = max(1, -(-total // PAGE_SIZE))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, number), count), count


def _page_links(number: int, count: int) -> tuple[str, str]:
    def link(page: int) -> str:
        kept = {k: v for k, v in request.args.items() if v and k != "page"}
        return url_for("coordinators.list_page", **kept, page=page)  # type: ignore[arg-type]

    return (link(number - 1) if number > 1 else "", link(number + 1) if number < count else "")


@blueprint.get("/people/<int:record_id>")
@needs(Permission.READ_RECORD, record_subject)
def show_person(record_id: int) -> str:
    """One woman: what this network says of her, beside her own words where she shares them."""
    actor, now, wording = current_actor(), clock.now(), current_wording()
    person = get_person(reading(), actor=actor, record_id=record_id, now=now)
    own = get_own_record(reading(), actor=actor, mediator_id=person.record.mediator_id)
    log_reading(person.record.mediator_id, "record")
    return render(
        "coordinators/person.html",
        person=person,
        line=person_line(wording, person, now),
        state=person.state(now),
        membership=membership_line(wording, person),
        identity=identity_lines(wording, person.record),
        entries=entry_lines(wording, person.record),
        languages_known=language_lines(wording, person.record),
        own_entries=entry_lines(wording, own) if own else [],
        own_languages=language_lines(wording, own) if own else [],
        availability=availability_lines(wording, person, now),
        consents=consent_lines(wording, person),
    )


@blueprint.post("/people/<int:record_id>/invite")
@needs(Permission.INVITE, record_subject)
def invite_person(record_id: int) -> Response:
    """Send her the one-time link on which she reads her record and answers for herself."""
    invite(writing(), actor=current_actor(), record_id=record_id)
    flash(current_wording().gettext("She is asked by mail to answer for herself."), "yes")
    return redirect(url_for("coordinators.show_person", record_id=record_id))


@blueprint.post("/people/invite")
@needs(Permission.LIST_RECORDS)
def invite_people() -> Response:
    """Invite all on the list who were not asked yet; those without an address are counted."""
    record_ids = [int(text) for text in request.form.getlist("record") if text.isdecimal()]
    sent = invite_many(writing(), actor=current_actor(), record_ids=record_ids)
    wording = current_wording()
    words = wording.ngettext("%(num)d woman is asked.", "%(num)d women are asked.", len(sent))
    unreachable = len(record_ids) - len(sent)
    if unreachable:
        words += " " + wording.ngettext(
            "%(num)d has no address or was asked today.",
            "%(num)d have no address or were asked today.",
            unreachable,
        )
    flash(words, "yes")
    return redirect(url_for("coordinators.list_page"))
