"""Wording inside Jinja, with or without Flask: pages, documents and mail."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.bccache import Bucket

from roster.wording.languages import LANGUAGES
from roster.wording.speech import Wording

FOLDER = Path(__file__).parents[2] / "templates"


class CompiledOnce(BytecodeCache):
    """Templates compiled by one environment of this process serve all of them.

    Each letter has an environment of its own, for its language; compiling takes far longer than
    filling in. Jinja itself compares the source, so that a changed template is compiled anew.
    """

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` if its template was compiled before."""
        if bucket.key in self._held:
            bucket.bytecode_from_string(self._held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._held[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledOnce()


class CurrentWording:
    """Stands for whichever wording is in force while a template is rendered."""

    def __init__(self, current: Callable[[], Wording]) -> None:
        self._current = current

    def __getattr__(self, name: str) -> Any:
        return getattr(self._current(), name)


def bind_wording(environment: Environment, current: Callable[[], Wording]) -> None:
    """Give templates, and the macros they import, ``_``, ``ngettext``, ``pgettext``, ``wording``.

    ``current`` is asked at every use: in the web it returns the wording of the request. Values
    are escaped before they enter a message; the messages themselves are trusted.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        lambda message: current().translations.gettext(message),
        lambda one, many, number: current().translations.ngettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, message: current().translations.pgettext(context, message),
        npgettext=lambda context, one, many, number: current().translations.npgettext(
            context, one, many, number
        ),
    )
    environment.bytecode_cache = COMPILED
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(wording=CurrentWording(current), languages=LANGUAGES)


def make_environment(wording: Wording) -> Environment:
    """An environment for one language outside the web: documents and mail.

    Everything is escaped but plain text (``.txt``); an undefined name is an error.
    """
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
    )
    bind_wording(environment, lambda: wording)
    return environment
