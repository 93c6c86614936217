"""Which network holds what of her: membership, every value with who said it, and who may read hers."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.held import list_held
from roster.schemas.mediator import SharingForm
from roster.services.profiles import find_own_record, share_own_record
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import read_form
from roster.web.mediators import blueprint
from roster.web.mediators.held_words import (
    membership_lines,
    name_lines,
    value_lines,
    word_experience,
    word_first_origin,
)
from roster.web.mediators.herself import own_id, own_subject, read_page, render_hers
from roster.web.pages import current_wording, flash_sentence


@blueprint.get("/me/records")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_records() -> str:
    """One network a page, so that a page stays light; the switch of her own record on each."""
    wording = current_wording()
    held = list_held(reading(), actor=current_actor(), mediator_id=own_id())
    page = read_page(len(held))
    shown = held[page - 1] if held else None
    record = shown.record if shown else None
    return render_hers(
        "mediators/records.html",
        networks=[wording.term("network", one.network_code) for one in held],
        page=page,
        is_left=shown is not None and shown.is_left,
        membership=membership_lines(wording, shown.membership) if shown else [],
        identity=name_lines(wording, record.identity) if record else [],
        origin=word_first_origin(wording, shown) if shown else "",
        values=value_lines(wording, shown) if shown else [],
        experiences=[word_experience(wording, one) for one in record.experiences] if record else [],
        own=find_own_record(reading(), own_id()),
    )


@blueprint.post("/me/records/sharing")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def choose_sharing() -> ResponseReturnValue:
    """Let her coordinators read what she says herself, or keep it from them."""
    form = read_form(SharingForm())
    if not form.is_valid:
        return redirect(url_for("mediators.show_records", _anchor="sharing"), 303)
    is_shared = form.values["is_shared"] == "yes"
    share_own_record(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
        is_shared=is_shared,
    )
    flash_sentence("own_record_shared" if is_shared else "own_record_kept")
    return redirect(url_for("mediators.show_records", _anchor="sharing"), 303)
