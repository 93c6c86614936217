"""JSON for programs: the same services and permissions as the pages, by key and scope."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

# Each module adds its calls to the blueprint as it is imported.
from roster.api import (  # noqa: E402, F401
    answers,
    approaches,
    copies,
    description,
    documents,
    drafting,
    explanations,
    one_approach,
    own_approaches,
    requests,
    since_the_search,
    team_choices,
    teams,
    vocabulary,
    weights,
)
