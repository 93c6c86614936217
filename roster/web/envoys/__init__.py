"""Pages of an envoy: her requests, the form, the answers."""

from flask import Blueprint

blueprint = Blueprint("envoys", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.envoys import (  # noqa: E402, F401
    again,
    answers,
    approaches,
    asking,
    compare,
    deployments,
    documents,
    letters,
    near_misses,
    objections,
    one_document,
    processes,
    questions,
    relaxations,
    released,
    requests,
    standing,
    team_sheets,
    teams,
    weights,
    why_not,
)
