"""Pages of somebody who was given a copy of a document and has no account."""

from flask import Blueprint

blueprint = Blueprint("recipients", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.recipients import copies  # noqa: E402, F401
