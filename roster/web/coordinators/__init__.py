"""Pages of a coordinator: her people, their records, and the spreadsheets they came from."""

from flask import Blueprint

blueprint = Blueprint("coordinators", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.coordinators import (  # noqa: E402, F401
    accreditation,
    adding,
    applications,
    approaches,
    availability,
    calls,
    coverage,
    duplicates,
    editing,
    exports,
    figures,
    hand_over,
    her_choices,
    import_changes,
    imports,
    layouts,
    meanings,
    missing,
    monday,
    people,
    recognitions,
    record_history,
    reminders,
    requests_asked,
    searches,
    shared,
    spoken_consents,
    uploads,
    vetting,
    why_not,
)
