"""The application: settings and database in, a Flask application out."""

from __future__ import annotations

from pathlib import Path

from flask import request
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter

from roster.api import blueprint as api
from roster.api.description import use_description
from roster.api.errors import use_problems
from roster.db import Database
from roster.encryption import use_key_file
from roster.jobs import Turn, replay_ledger
from roster.permissions import SCHEDULER, Permission
from roster.settings import Settings, load_settings
from roster.web import accounts, demo, pages, program_keys
from roster.web.access import check_routes, close_units_of_work, needs
from roster.web.administrators import blueprint as administrators
from roster.web.applicants import blueprint as applicants
from roster.web.coordinators import blueprint as coordinators
from roster.web.envoys import blueprint as envoys
from roster.web.errors import Service, use_error_pages
from roster.web.files import send_file
from roster.web.headers import use_headers
from roster.web.links import accept_tokens_as_proof
from roster.web.mediators import blueprint as mediators
from roster.web.recipients import blueprint as recipients
from roster.web.session import use_sessions
from roster.wording import bind_wording
from roster.wording.templates import FOLDER as TEMPLATES

STATIC = Path(__file__).with_name("static")
AUDIENCES = (administrators, applicants, coordinators, envoys, mediators, recipients)
"""The pages of each kind of user."""


WITHOUT_DATABASE = frozenset({"static", "pages.show_health"})
"""Answered whatever the database does."""


class RowId(IntegerConverter):
    """``<int:…>`` in an address: what the column of an id can hold, written in one way."""

    regex = r"[1-9]\d{0,8}"


def create_app(settings: Settings | None = None, database: Database | None = None) -> Service:
    """The application; it does not start with a route that declares no permission."""
    settings = settings or load_settings()
    use_key_file(settings.key_file)
    app = Service("roster", template_folder=str(TEMPLATES), static_folder=None)
    app.static_folder = str(STATIC)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        WTF_CSRF_TIME_LIMIT=None,  # the token ends with the session that it belongs to
        WTF_CSRF_SSL_STRICT=False,  # it wants the Referer that the pages forbid to send
    )
    app.url_map.converters["int"] = RowId
    app.extensions["settings"] = settings
    app.extensions["database"] = database or Database(settings.database_url)
    _prepare_templates(app)
    use_error_pages(app)
    use_problems(app)
    use_sessions(app, settings)
    use_headers(app)
    CSRFProtect(app).exempt(api)  # a program has a key and no cookie
    app.teardown_request(close_units_of_work)
    _replay_before_first_page(app, settings)
    _register_pages(app, settings)
    check_routes(app)
    return app


def _replay_before_first_page(app: Service, settings: Settings) -> None:
    """Nobody who left since a restored backup was made is on any page; without that no page."""
    waits = [True]

    def replay_once() -> None:
        if waits and request.endpoint not in WITHOUT_DATABASE:
            replay_ledger(Turn(app.extensions["database"], settings, SCHEDULER))
            waits.clear()

    app.before_request(replay_once)


def _prepare_templates(app: Service) -> None:
    app.jinja_env.autoescape = lambda name: name is None or not name.endswith(".txt")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    bind_wording(app.jinja_env, pages.current_wording)


def _register_pages(app: Service, settings: Settings) -> None:
    view = needs(Permission.READ_PUBLIC)(send_file)
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=view)
    for blueprint in (pages.blueprint, accounts.blueprint, program_keys.blueprint, *AUDIENCES):
        app.register_blueprint(blueprint)
    app.register_blueprint(api)
    use_description(app)
    if settings.is_demo:
        app.register_blueprint(demo.blueprint)
    accept_tokens_as_proof(app)
