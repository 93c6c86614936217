"""Who is at the other end: a random key in a cookie, its digest in the database, behind flask-login.

The cookie holds nothing but the key. Before sign-in no row belongs to it and it only binds the
CSRF token; a sign-in replaces it, so that a key from before is worth nothing after. One more
cookie, encrypted and short-lived, carries the sentence of a change to the page that follows it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from typing import Any

from cryptography.fernet import InvalidToken
from flask import Flask, Request, Response, g, session
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, login_user, logout_user

from roster import clock
from roster.encryption import keyring
from roster.permissions import ANONYMOUS
from roster.queries.accounts import SignedIn, get_signed_in
from roster.services.sign_in import MINUTE, mark_seen
from roster.settings import Settings
from roster.web.access import own_unit_of_work, reading

NOTICE_COOKIE = "notice"
NOTICE_SECONDS = 120
_FLASHES = "_flashes"  # where flask.flash keeps its messages
_CSRF = "csrf_token"


class BrowserSession(dict[str, Any], SessionMixin):
    """What one request knows of the browser: its key, whether the key must be set, its notices."""

    def __init__(self, key: str, *, is_new: bool, secret: bytes) -> None:
        super().__init__()
        self._secret = secret
        self.use_key(key, is_new=is_new)

    def use_key(self, key: str, *, is_new: bool) -> None:
        """Take a key and the CSRF token that belongs to it and to no other."""
        self.key, self.has_new_key, self.has_ended = key, is_new, False
        self[_CSRF] = hmac.digest(self._secret, f"csrf:{key}".encode(), "sha256").hex()


class KeyCookie(SessionInterface):
    """Reads the key from its cookie, and writes it when it is new and something depends on it."""

    def __init__(self, settings: Settings) -> None:
        self.name = "__Host-session" if settings.is_https else "session_key"
        self._is_https = settings.is_https
        self._secret = settings.secret_key.encode()

    def open_session(self, app: Flask, request: Request) -> BrowserSession:
        key = request.cookies.get(self.name, "")
        is_new = not 40 <= len(key) <= 64
        browser = BrowserSession(
            secrets.token_urlsafe(32) if is_new else key, is_new=is_new, secret=self._secret
        )
        notices = _read_notices(request.cookies.get(NOTICE_COOKIE, ""))
        if notices:
            browser[_FLASHES] = notices
        return browser

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, BrowserSession):
            raise TypeError("a session of another kind")
        if session.has_ended:
            response.delete_cookie(self.name, **self._attributes())
        elif session.has_new_key and (_CSRF in g or g.get("has_signed_in")):
            response.set_cookie(self.name, session.key, **self._attributes())
        self._save_notices(session, response)

    def _save_notices(self, session: BrowserSession, response: Response) -> None:
        if session.get(_FLASHES):
            sealed = keyring().fernet.encrypt(json.dumps(session[_FLASHES]).encode()).decode()
            response.set_cookie(NOTICE_COOKIE, sealed, max_age=NOTICE_SECONDS, **self._attributes())
        elif g.get("had_notices"):
            response.delete_cookie(NOTICE_COOKIE, **self._attributes())

    def _attributes(self) -> dict[str, Any]:
        return {"path": "/", "secure": self._is_https, "httponly": True, "samesite": "Lax"}


def _read_notices(sealed: str) -> list[tuple[str, str]]:
    if not sealed:
        return []
    g.had_notices = True
    try:
        content = keyring().fernet.decrypt(sealed.encode(), ttl=NOTICE_SECONDS)
    except InvalidToken:
        return []
    return [(str(category), str(text)) for category, text in json.loads(content)]


class Visitor:
    """Nobody is signed in."""

    is_authenticated = False
    is_active = False
    is_anonymous = True
    actor = ANONYMOUS
    account = None

    def get_id(self) -> None:
        """No session, no id."""


class User:
    """A signed-in account, as flask-login wants it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, signed_in: SignedIn) -> None:
        self.actor = signed_in.actor
        self.account = signed_in
        self.session_id = signed_in.session_id

    def get_id(self) -> str:
        """The server-side session, which can be ended, and not the account, which cannot."""
        return str(self.session_id)


def browser_session() -> BrowserSession:
    """The session of this request, in its own type."""
    current = session._get_current_object()  # type: ignore[attr-defined]  # a werkzeug proxy
    if not isinstance(current, BrowserSession):
        raise TypeError("a session of another kind")
    return current


def load_user(_request: Request) -> User | None:
    """The account whose live session this key opens; says that it was seen, once a minute."""
    browser = browser_session()
    if browser.has_new_key:
        return None
    now = clock.now()
    signed_in = get_signed_in(reading(), key=browser.key, now=now)
    if signed_in is None:
        return None
    if now - signed_in.seen_at >= MINUTE:
        with own_unit_of_work() as own:
            mark_seen(own, session_id=signed_in.session_id, now=now)
    return User(signed_in)


def enter(signed_in: SignedIn, key: str) -> None:
    """Give this browser the key of the session that was just started."""
    browser_session().use_key(key, is_new=True)
    g.pop(_CSRF, None)
    g.has_signed_in = True
    login_user(User(signed_in))


def leave() -> None:
    """Forget the key."""
    logout_user()
    browser_session().has_ended = True


def use_sessions(app: Flask, settings: Settings) -> None:
    """Put this session behind Flask's and flask-login's interfaces."""
    app.session_interface = KeyCookie(settings)
    manager = LoginManager(app, add_context_processor=False)  # pages get ``account``
    manager.session_protection = None  # it guards a signed cookie, and there is none
    manager.anonymous_user = Visitor
    manager.request_loader(load_user)
