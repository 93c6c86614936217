"""Pages of a woman who applies: she has no account, and her link is her proof."""

from flask import Blueprint

blueprint = Blueprint("applicants", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.applicants import first_step, form, handing_in  # noqa: E402, F401
