"""How a network's record of a woman came to be: each value with who, when, and from which file."""

from __future__ import annotations

from roster.permissions import Permission
from roster.queries.former import get_history
from roster.queries.records import get_own_record, network_subject
from roster.visibility import Viewer
from roster.web.access import current_actor, log_reading, needs, reading
from roster.web.coordinators import blueprint
from roster.web.coordinators.words import EDIT_LABELS
from roster.web.history_view import Voice, list_history, list_name_changes
from roster.web.pages import current_wording, render
from roster.web.person_words import FIELDS, SOURCES
from roster.wording import N_

ALL_FIELDS = {"language": ("language", N_("Languages")), **FIELDS}


@blueprint.get("/people/<int:record_id>/history")
@needs(Permission.READ_RECORD, network_subject)
def show_record_history(record_id: int) -> str:
    """What stands and what stood before, field by field, with her own words beside."""
    actor, wording = current_actor(), current_wording()
    history = get_history(reading(), actor=actor, record_id=record_id)
    record = history.record
    own = get_own_record(reading(), actor=actor, mediator_id=record.mediator_id)
    log_reading(record.mediator_id, "record")
    voice = Voice(Viewer.OWN_COORDINATOR, ALL_FIELDS, EDIT_LABELS, SOURCES, True, actor.account_id)
    return render(
        "coordinators/record_history.html",
        record=record,
        name=record.identity.display_name,
        fields=list_history(wording, history, voice, own),
        names=list_name_changes(wording, history, voice),
        older=history.older,
    )
