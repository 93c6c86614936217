"""Pages of an administrator: who works with the service. No mediator is named on any of them."""

from flask import Blueprint

blueprint = Blueprint("administrators", __name__)

# Each module adds its routes to the blueprint as it is imported.
from roster.web.administrators import accounts, joining, networks, one_account, retention  # noqa: E402, F401
