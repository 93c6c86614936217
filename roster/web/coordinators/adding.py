"""The page on which a coordinator adds one woman by hand."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.people import get_names
from roster.queries.records import visible_networks
from roster.schemas.new_person import NewPersonForm
from roster.services.added_people import NewPerson, add_person, list_alike
from roster.services.known_people import Alike
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import LANGUAGES


@blueprint.get("/people/new")
@needs(Permission.LIST_RECORDS)
def show_new_person() -> str:
    """The empty form."""
    return _render()


@blueprint.post("/people/new")
@needs(Permission.LIST_RECORDS)
def add_new_person() -> ResponseReturnValue:
    """Add her, unless somebody on the network's list looks like her: then that is asked first."""
    form = _check_network(read_form(NewPersonForm()))
    if not form.is_valid:
        return _render(form), 422
    values = form.values
    person = NewPerson(
        network_code=values["network"],
        name=values["name"],
        language=values["language"],
        original_name=values.get("original_name"),
        email=values.get("email"),
    )
    alike = list_alike(reading(), actor=current_actor(), person=person)
    if alike and not values.get("is_another"):
        return _render(form, alike), 422
    record = add_person(writing(), actor=current_actor(), person=person, different_from=alike)
    flash_sentence("person_added")
    return redirect(url_for("coordinators.show_person", record_id=record.id), 303)


def _check_network(form: FormResult) -> FormResult:
    """One of her own; another one reads like one that does not exist."""
    if form.raw.get("network", "") in visible_networks(reading(), current_actor()):
        return form
    return FormResult({}, {**form.errors, "network": ["network_missing"]}, form.raw)


def _render(form: FormResult | None = None, alike: Sequence[Alike] = ()) -> str:
    wording = current_wording()
    networks = visible_networks(reading(), current_actor())
    names = get_names(reading(), (one.record_id for one in alike))
    return render(
        "coordinators/new_person.html",
        networks=[(code, wording.term("network", code)) for code in networks],
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        given=form.raw if form else {},
        errors=word_errors(form.errors) if form else {},
        alike=[(names[one.record_id], one.record_id) for one in alike if one.record_id in names],
        is_asked=bool(alike),
    )
