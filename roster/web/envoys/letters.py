"""From a letter to the form: its text is read, each point taken or left; nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from matching.letters import Proposal, Side
from roster import clock
from roster.facts import LEVELS
from roster.permissions import Permission
from roster.schemas.letter import PastedLetterSchema
from roster.vocabulary.letter_reader import load_letter_reader
from roster.web.access import needs
from roster.web.envoys import blueprint
from roster.web.envoys.letter_choices import propose, propose_sides, read_choices, read_sides
from roster.web.envoys.letter_form import fill_controls, fill_sides
from roster.web.envoys.letter_view import make_letter_view
from roster.web.envoys.request_form import RequestForm
from roster.web.envoys.requests import show_form
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, render, word_errors
from roster.wording import N_

_CHOICES = re.compile(r"(?:take|force|level)-\d{1,4}")
LABELS = {"letter": N_("Your letter"), "received": N_("Received on")}


@blueprint.get("/requests/letter")
@needs(Permission.CREATE_REQUEST)
def show_letter() -> ResponseReturnValue:
    """A place to paste the letter."""
    return _show_pasting({"received": clock.now().date().isoformat()})


@blueprint.post("/requests/letter")
@needs(Permission.CREATE_REQUEST)
def read_letter() -> ResponseReturnValue:
    """The letter with what was read in it, each point to be taken or left."""
    result = _read_posted()
    if not result.is_valid:
        return _show_pasting(result.raw, result.errors), 422
    letter, received, points, sides = _read_points(result)
    view = make_letter_view(
        current_wording(), letter, propose(points), propose_sides(sides, points)
    )
    levels = [(code, current_wording().term("level", code)) for code in LEVELS]
    return render(
        "envoys/letter_reading.html", view=view, letter=letter, received=received, levels=levels
    )


@blueprint.post("/requests/letter/form")
@needs(Permission.CREATE_REQUEST)
def fill_from_letter() -> ResponseReturnValue:
    """The request form with what was taken; a request is only made when she saves it."""
    result = _read_posted()
    if not result.is_valid:
        return _show_pasting(result.raw, result.errors), 422
    _, _, points, sides = _read_points(result)
    choices = read_choices(points, request.form)
    named = read_sides(sides, points, request.form)
    taken = sum(one.is_taken for one in choices) + sum(one.is_taken for one in named)
    said = current_wording().ngettext(
        "%(num)d point of your letter", "%(num)d points of your letter", taken
    )
    form = RequestForm({"modality": "in_person", **fill_controls(choices), **fill_sides(named)})
    return show_form(form, filled=[said] if taken else [])


def _read_posted() -> FormResult:
    ignored = tuple(name for name in request.form if _CHOICES.fullmatch(name))
    return read_form(PastedLetterSchema(), ignore=ignored)


def _read_points(result: FormResult) -> tuple[str, date, list[Proposal], list[Side]]:
    """The letter with line breaks of one kind, so that its points stand where they stood."""
    letter = str(result.values["letter"]).replace("\r\n", "\n").replace("\r", "\n").strip()
    received: date = result.values["received"]
    return letter, received, *load_letter_reader().read_with_sides(letter, received)


def _show_pasting(values: Mapping[str, Any], errors: dict[str, list[str]] | None = None) -> str:
    wording = current_wording()
    labels = {name: wording.gettext(label) for name, label in LABELS.items()}
    return render(
        "envoys/letter.html",
        values=values,
        errors=word_errors(errors or {}),
        labels=labels,
    )
