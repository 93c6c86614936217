"""Days, months and instants in words. Western digits in all languages, never 03/04/25."""

from datetime import date, datetime, tzinfo

from babel import Locale
from babel.dates import format_date, get_timezone_location

ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
"""Both names of each month, east and west of the Arab world, as United Nations documents do."""

_DAY = {
    "en": "d MMMM y",
    "fr": "d MMMM y",
    "es": "d 'de' MMMM 'de' y",
    "pt": "d 'de' MMMM 'de' y",
    "sw": "d MMMM y",
}
_WEEKDAY = {"es": "EEEE d 'de' MMMM 'de' y", "pt": "EEEE, d 'de' MMMM 'de' y"}
_MONTH = {"es": "MMMM 'de' y", "pt": "MMMM 'de' y"}


def word_date(day: date, locale: Locale, *, weekday: bool) -> str:
    """``23 November 2026``, with its weekday if wished."""
    language = locale.language
    if language == "ar":
        name = f"{format_date(day, 'EEEE', locale)} " if weekday else ""
        return f"{name}{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}"
    pattern = _DAY[language]
    if weekday:
        pattern = _WEEKDAY.get(language, f"EEEE {pattern}")
    if language == "fr" and day.day == 1:
        pattern = pattern.replace("d MMMM", "d'er' MMMM")
    return format_date(day, pattern, locale)


def word_month(day: date, locale: Locale) -> str:
    """``November 2026``."""
    if locale.language == "ar":
        return f"{ARABIC_MONTHS[day.month - 1]} {day.year}"
    return format_date(day, _MONTH.get(locale.language, "MMMM y"), locale)


def word_place(zone: tzinfo, locale: Locale) -> str:
    """The city whose clock a time zone is: ``Addis Ababa``; empty for UTC itself."""
    key = getattr(zone, "key", None) or str(zone)
    if key in ("UTC", "Etc/UTC"):
        return ""
    return get_timezone_location(zone, locale=locale, return_city=True)


def word_clock(moment: datetime) -> str:
    """``09:14``, by the clock of the moment's own zone."""
    return f"{moment:%H:%M}"
