"""Pages of an administrator: who works with the service. No mediator is named on any of them."""

from flask import Blueprint

blueprint = Blueprint("administrators", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.administrators import (  # noqa: E402, F401
    accounts,
    focal_points,
    joining,
    networks,
    one_account,
    requester_checks,
    retention,
    stale,
    term_merges,
    vocabulary,
)
