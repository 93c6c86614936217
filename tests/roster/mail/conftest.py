"""The mail server of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from roster.settings import Settings
from tests.post_office import Post, free_port


@pytest.fixture
def post() -> Iterator[tuple[Post, Controller]]:
    """What came to the server, and the server."""
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller
    controller.stop(no_assert=True)


@pytest.fixture
def mailing(settings: Settings, post: tuple[Post, Controller]) -> Settings:
    """Settings of a service that sends by that server."""
    port = post[1].port
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", sender="no-reply@example.org")
