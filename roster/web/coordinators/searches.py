"""Searches that she keeps: each tells who entered and who left since she last looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from roster import clock
from roster.errors import Refused
from roster.models import SavedSearch
from roster.permissions import Permission
from roster.queries.people import ListedPerson
from roster.queries.person_filter import PersonFilter
from roster.queries.records import visible_networks
from roster.queries.saved_searches import (
    Changes,
    Values,
    find_changes,
    find_people,
    list_searches,
    read_criteria,
    search_subject,
)
from roster.schemas.application import VersionForm
from roster.schemas.search import RenameSearchForm, SaveSearchForm, SeenSearchForm
from roster.services.saved_searches import delete_search, mark_seen, rename_search, save_search
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.wishes import (
    LABELS,
    get_whole_lists,
    list_kept,
    read_wishes,
    word_wish,
    word_wishes,
)
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import N_

MOST_SHOWN = 100
"""Women of each kind that the page names; of the others it tells how many they are."""
UNMET_TEXT = N_("what is known of her no longer meets the words you typed")
NOTHING = N_("nothing")


@dataclass(frozen=True)
class ChangedLine:
    """One woman who entered or left: whose record, and why, a sentence each."""

    record_id: int
    name: str
    reasons: Sequence[str]
    is_new: bool = False


@blueprint.get("/searches")
@needs(Permission.KEEP_SEARCHES)
def show_searches() -> ResponseReturnValue:
    """Her searches; with wishes in the address the form that keeps them as one more."""
    wanted, errors = read_wishes(request.args, _list_networks())
    page = _render_all(wanted, {}, errors)
    return (page, 422) if errors else page


def _list_networks() -> tuple[str, ...]:
    return visible_networks(reading(), current_actor())


def _render_all(
    wanted: PersonFilter, given: Mapping[str, Any], errors: dict[str, list[str]], **values: object
) -> str:
    wording, networks = current_wording(), _list_networks()
    kept = list_kept(wanted)
    return render(
        "coordinators/searches.html",
        searches=[(one, word_wishes(read_criteria(one))) for one in list_kept_searches()],
        wishes=word_wishes(wanted),
        hidden=[(name, value) for name, value in kept.items() if name != "network"],
        is_asked=bool(kept),
        network=wanted.network or (networks[0] if len(networks) == 1 else ""),
        networks=[(code, wording.term("network", code)) for code in networks],
        title=given.get("title", ""),
        labels={name: wording.gettext(label) for name, label in LABELS.items()},
        errors=word_errors(errors, **values),
    )


def list_kept_searches() -> list[SavedSearch]:
    """Those of whoever looks, of networks that she coordinates."""
    return list_searches(reading(), current_actor())


@blueprint.post("/searches")
@needs(Permission.KEEP_SEARCHES)
def keep_search() -> ResponseReturnValue:
    """Keep what is asked, and whom it finds now."""
    form = read_form(SaveSearchForm())
    given = {name: value for name, value in form.raw.items() if isinstance(value, str)}
    wanted, faults = read_wishes(given, _list_networks())
    errors = {**faults, **form.errors}
    if not wanted.network:
        errors["network"] = ["network_missing"]
    if errors:
        return _render_all(wanted, form.raw, errors), 422
    actor, now = current_actor(), clock.now()
    found = find_people(reading(), actor=actor, wanted=wanted, now=now, lists=get_whole_lists())
    try:
        search = save_search(
            writing(), actor=actor, title=form.values["title"], wanted=wanted, found=found
        )
    except Refused as refusal:
        return _render_all(wanted, form.raw, {"title": [refusal.code]}, **refusal.values), 422
    flash_sentence("search_kept")
    return redirect(url_for("coordinators.show_search", search_id=search.id), 303)


@blueprint.get("/searches/<int:search_id>")
@needs(Permission.KEEP_SEARCHES, search_subject)
def show_search(search_id: int) -> str:
    """Who entered, who left and why; to look moves no mark."""
    return _render_one(search_id, {}, "")


def _find(search_id: int) -> tuple[SavedSearch, Changes]:
    search = reading().get_one(SavedSearch, search_id)
    changes = find_changes(
        reading(),
        actor=current_actor(),
        search=search,
        now=clock.now(),
        lists=get_whole_lists(),
    )
    return search, changes


def _render_one(search_id: int, errors: dict[str, list[str]], title: str) -> str:
    search, changes = _find(search_id)
    entered, left = changes.entered[:MOST_SHOWN], changes.left[:MOST_SHOWN]
    women = [*(one.person for one in entered), *(one.person for one in left)]
    log_readings({one.mediator_id for one in women}, "record")
    wanted = read_criteria(search)
    return render(
        "coordinators/search.html",
        search=search,
        wishes=word_wishes(wanted),
        changes=changes,
        entered=[_word_entered(one.person, one.values, one.is_new) for one in entered],
        left=[_word_left(one.person, one.reasons) for one in left],
        list_link=url_for("coordinators.list_page", **list_kept(wanted)),
        export_link=url_for("coordinators.show_export", **list_kept(wanted)),
        title=title or search.title,
        errors=word_errors(errors),
    )


def _word_entered(person: ListedPerson, values: Values, is_new: bool) -> ChangedLine:
    """By what she fits: label and values of each wish."""
    wording = current_wording()
    reasons = [
        wording.gettext(
            "%(label)s: %(value)s",
            label=wording.gettext(LABELS[wish]),
            value=_word_values(wish, said),
        )
        for wish, said in values.items()
    ]
    return ChangedLine(person.record_id, person.name, reasons, is_new)


def _word_left(
    person: ListedPerson, reasons: Mapping[str, tuple[Sequence[str], Sequence[str]]]
) -> ChangedLine:
    """What differs: label, value before and value now."""
    wording = current_wording()
    words = [
        wording.gettext(
            "%(label)s: was %(before)s, is now %(now)s",
            label=wording.gettext(LABELS[wish]),
            before=_word_values(wish, before),
            now=_word_values(wish, now),
        )
        for wish, (before, now) in reasons.items()
    ]
    return ChangedLine(person.record_id, person.name, words or [wording.gettext(UNMET_TEXT)])


def _word_values(wish: str, values: Sequence[str]) -> str:
    wording = current_wording()
    words = [word_wish(wish, value) for value in values]
    return wording.list_plain(words) if words else wording.gettext(NOTHING)


def _read(schema: Schema) -> FormResult:
    form = read_form(schema)
    if "version" in form.errors:
        raise Refused("version_missing")
    return form


@blueprint.post("/searches/<int:search_id>/seen")
@needs(Permission.KEEP_SEARCHES, search_subject)
def see_search(search_id: int) -> ResponseReturnValue:
    """Tell changes from now on; only if nothing has changed since the page was shown."""
    form = _read(SeenSearchForm())
    _, changes = _find(search_id)
    if form.errors or form.values["shown"] != changes.digest:
        return _render_one(search_id, {"": ["search_changed"]}, ""), 409
    mark_seen(
        writing(),
        actor=current_actor(),
        search_id=search_id,
        expected_version=form.values["version"],
        found=changes.found,
    )
    flash_sentence("search_seen")
    return redirect(url_for("coordinators.show_search", search_id=search_id), 303)


@blueprint.post("/searches/<int:search_id>/rename")
@needs(Permission.KEEP_SEARCHES, search_subject)
def call_search(search_id: int) -> ResponseReturnValue:
    """Give it another title."""
    form = _read(RenameSearchForm())
    if form.errors:
        return _render_one(search_id, form.errors, str(form.raw.get("title", ""))), 422
    rename_search(
        writing(),
        actor=current_actor(),
        search_id=search_id,
        expected_version=form.values["version"],
        title=form.values["title"],
    )
    flash_sentence("search_renamed")
    return redirect(url_for("coordinators.show_search", search_id=search_id), 303)


@blueprint.post("/searches/<int:search_id>/delete")
@needs(Permission.KEEP_SEARCHES, search_subject)
def drop_search(search_id: int) -> ResponseReturnValue:
    """Give it up; nobody on the list is touched."""
    form = _read(VersionForm())
    if form.errors:
        raise Refused("invalid")
    delete_search(
        writing(),
        actor=current_actor(),
        search_id=search_id,
        expected_version=form.values["version"],
    )
    flash_sentence("search_deleted")
    return redirect(url_for("coordinators.show_searches"), 303)
