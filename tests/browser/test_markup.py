"""Markup in every field runs nowhere: not on her coordinator's pages, not on hers, not an envoy's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Account, Entry, Identity, Membership, Record
from tests.browser.server import LiveServer
from tests.browser.visitor import DESKTOP
from tests.factories import PASSWORD, add_mediator, add_request
from tests.roster.web.browser import make_account, stored_password

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ATTACKS = (
    '"><script>window.ran = 1</script>',
    "'><img src=x onerror=\"window.ran = 1\">",
    "javascript:window.ran=1",
    "</title><style>body{display:none}</style><svg onload=window.ran=1>",
)
MARKUP = " ".join(ATTACKS)
