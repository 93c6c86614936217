"""The languages of the service, each with its own name, and the choice between them."""

from dataclasses import dataclass

__all__ = ["COMPLETE", "DEFAULT", "LANGUAGES", "Language", "negotiate"]


@dataclass(frozen=True)
class Language:
    """One language of the service.

    ``locale`` is the CLDR locale of dates, numbers and lists: Portuguese is that of Portugal,
    which readers in Africa expect. ``name`` is the language's name for itself.
    """

    code: str
    locale: str
    name: str
    direction: str = "ltr"


DEFAULT = "en"
LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "en_GB", "English"),
        Language("fr", "fr", "Français"),
        Language("ar", "ar", "العربية", "rtl"),
        Language("es", "es", "Español"),
        Language("pt", "pt_PT", "Português"),
        Language("sw", "sw", "Kiswahili"),
    )
}
COMPLETE = ("fr", "ar", "es", "pt", "sw")
"""Languages whose catalogue must hold every message; English is the source."""


def negotiate(accept_language: str | None, choice: str | None = None) -> str:
    """Return the code of the language to use.

    A choice made before (account or cookie) wins if it is one of ours; then the browser's
    ``Accept-Language`` by its weights, a regional form serving its language; then English.
    """
    if choice in LANGUAGES:
        return choice
    for tag in _list_by_weight(accept_language or ""):
        code = tag.split("-")[0]
        if code in LANGUAGES:
            return code
    return DEFAULT


def _list_by_weight(header: str) -> list[str]:
    """Tags of an Accept-Language header (RFC 9110, 12.5.4), best first, refused ones left out."""
    weighted = []
    for entry in header[:400].split(","):
        tag, _, weight = entry.partition(";")
        quality = _read_weight(weight)
        if tag.strip() and quality > 0:
            weighted.append((-quality, tag.strip().lower()))
    return [tag for _, tag in sorted(weighted, key=lambda pair: pair[0])]


def _read_weight(text: str) -> float:
    name, _, value = text.partition("=")
    if not name.strip():
        return 1.0
    try:
        return min(float(value), 1.0)
    except ValueError:
        return 0.0
