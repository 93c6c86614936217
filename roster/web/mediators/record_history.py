"""How what is held of her came to be: her own record and each network's, with what stood before."""

from __future__ import annotations

from roster.permissions import Permission
from roster.queries.former import get_own_history
from roster.queries.held import list_held
from roster.services.profiles import find_own_record
from roster.visibility import Viewer
from roster.web.access import current_actor, needs, reading
from roster.web.history_view import Voice, list_history, list_name_changes
from roster.web.mediators import blueprint
from roster.web.mediators.held_words import FIELDS, NAMES, SOURCES
from roster.web.mediators.herself import own_id, own_subject, read_page, render_hers
from roster.web.pages import current_wording
from roster.wording import N_

OWN = N_("Your own record")


@blueprint.get("/me/records/history")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_record_history() -> str:
    """One record a page, so that a page stays light; hers first."""
    actor, wording = current_actor(), current_wording()
    own = find_own_record(reading(), own_id())
    records = [(wording.gettext(OWN), own.id)] if own else []
    for held in list_held(reading(), actor=actor, mediator_id=own_id()):
        if held.record is not None:
            records.append((wording.term("network", held.network_code), held.record.id))
    page = read_page(len(records))
    fields, names, older = [], [], 0
    if records:
        history = get_own_history(
            reading(), actor=actor, mediator_id=own_id(), record_id=records[page - 1][1]
        )
        labels = {name: label for name, (label, _) in NAMES.items()}
        voice = Voice(Viewer.SELF, FIELDS, labels, SOURCES, False, actor.account_id)
        fields, older = list_history(wording, history, voice), history.older
        names = list_name_changes(wording, history, voice)
    return render_hers(
        "mediators/record_history.html",
        names_of_records=[name for name, _ in records],
        page=page,
        fields=fields,
        names=names,
        older=older,
    )
