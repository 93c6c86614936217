"""Pages of a mediator: her links, the three pages of her invitation, her own home."""

from flask import Blueprint

blueprint = Blueprint("mediators", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.mediators import (  # noqa: E402, F401
    approach_link,
    approaches,
    availability,
    availability_ends,
    consent_link,
    consents,
    data,
    declaration,
    deployment,
    details,
    exchange,
    hide_link,
    home,
    invitation,
    leave,
    links,
    looks,
    messages,
    mirror,
    record_history,
    records,
    renewal,
    same,
    shortlists,
    sign_in_link,
    start,
)
