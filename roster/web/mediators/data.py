"""All data about her: a page to read, part by part, and one file to keep."""

from __future__ import annotations

import json

from flask import Response
from flask.typing import ResponseReturnValue

from roster import clock
from roster.permissions import Permission
from roster.queries.her_data import collect_her_data, collect_part
from roster.queries.her_parts import PARTS
from roster.web.access import current_actor, needs, reading
from roster.web.mediators import blueprint
from roster.web.mediators.data_words import word_part, word_row
from roster.web.mediators.herself import herself, leaving_subject, own_id, read_page, render_hers
from roster.web.pages import current_wording

PAGE_SIZE = 12
"""Rows of a part on one page, so that it stays light."""
FILE_NAME = "my-data.json"
"""Says nothing of the service to whoever finds it among her files."""
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
"""No browser takes a text in the file for markup, whatever it is told the file is."""


@blueprint.get("/me/data")
@needs(Permission.SEE_OWN_PROFILE, leaving_subject)
def show_data() -> str:
    """What there is of her, kind by kind."""
    wording = current_wording()
    data = collect_her_data(reading(), actor=current_actor(), mediator_id=own_id(), now=clock.now())
    parts = [
        (part.name, word_part(wording, part.name), len(data[part.name]))
        for part in PARTS
        if data[part.name]
    ]
    return render_hers("mediators/data.html", parts=parts)


@blueprint.get("/me/data/<part>")
@needs(Permission.SEE_OWN_PROFILE, leaving_subject)
def show_part(part: str) -> str:
    """One kind of it, row by row."""
    wording, zone = current_wording(), herself().time_zone
    rows = collect_part(reading(), actor=current_actor(), mediator_id=own_id(), name=part)
    pages = max(1, -(-len(rows) // PAGE_SIZE))
    page = read_page(pages)
    shown = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return render_hers(
        "mediators/data_part.html",
        part=part,
        title=word_part(wording, part),
        rows=[word_row(wording, row, zone) for row in shown],
        first=(page - 1) * PAGE_SIZE,
        page=page,
        pages=pages,
    )


@blueprint.get("/me/data.json")
@needs(Permission.SEE_OWN_PROFILE, leaving_subject)
def download_data() -> ResponseReturnValue:
    """The same for a program: one file with everything."""
    data = collect_her_data(reading(), actor=current_actor(), mediator_id=own_id(), now=clock.now())
    text = json.dumps(data, ensure_ascii=False, indent=1).translate(MARKUP)
    response = Response(f"{text}\n", mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
