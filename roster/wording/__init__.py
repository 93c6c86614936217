"""Codes and values become sentences here, with Babel and without Flask.

``get_wording("ar")`` gives the :class:`Wording` of a language; templates get the same through
:func:`bind_wording`. Everything that a person reads is a message in English in the source, marked
by ``_``, ``gettext``, ``ngettext``, ``pgettext`` or, where no wording is at hand, ``N_``.

To add or change messages: write them, run ``python -m roster.wording.catalogue update``, fill in
``roster/translations/<language>/LC_MESSAGES/messages.po``, run ``… check``. To add a language: one
line in ``languages.LANGUAGES``, its date pattern in ``dates``, ``… update``, translate; put it into
``languages.COMPLETE`` when it must never fall back to English.
"""

from roster.wording.languages import DEFAULT, LANGUAGES, Language, negotiate
from roster.wording.messages import N_
from roster.wording.speech import Wording, get_wording
from roster.wording.templates import bind_wording, make_environment

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "N_",
    "Language",
    "Wording",
    "bind_wording",
    "get_wording",
    "make_environment",
    "negotiate",
]
