"""The catalogues: ``translations/<language>/LC_MESSAGES/messages.po``, compiled in memory.

Nothing generated is kept: a translation is in force at the next start. A message that a language
lacks, or holds only as fuzzy, is shown in English.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent.parent / "translations"


def N_(message: str) -> str:  # noqa: N802 - the customary name of the marker
    """Mark a message for translation where no wording is at hand; it comes back unchanged."""
    return message


def get_catalogue_path(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept, empty where there is no file yet."""
    path = get_catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def load_translations(language: str) -> NullTranslations:
    """Compiled translations of a language, read once in a process."""
    if not get_catalogue_path(language).exists():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)
