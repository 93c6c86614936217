"""JSON for programs: the same services and permissions as the pages, by key and scope."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

# Each module adds its calls to the blueprint as it is imported.
from roster.api import (  # noqa: E402, F401
    answers,
    approaches,
    description,
    documents,
    drafting,
    requests,
    teams,
    vocabulary,
)
