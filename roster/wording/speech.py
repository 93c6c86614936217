"""One language's way to say things: messages, days, numbers, lists, names of codes."""

import datetime
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from roster.wording.dates import word_clock, word_date, word_month, word_place
from roster.wording.languages import LANGUAGES
from roster.wording.messages import N_, load_translations

NO_BREAK = "\u00a0"
UNNAMED_LANGUAGE = N_("language %(code)s (in English: %(name)s)")
"""One of some six thousand that nobody has named in this language."""


class Wording:
    """Words in one language; immutable, safe to share. Get it with :func:`get_wording`.

    Messages are format strings: ``gettext("%(count)d rows", count=3)``; a percent sign in them is
    written twice, as in ``{{ _("…") }}`` of a template.
    """

    def __init__(self, language: str) -> None:
        known = LANGUAGES[language]
        self.language = known.code
        self.direction = known.direction
        self.locale = Locale.parse(known.locale)
        self.translations = load_translations(known.code)

    def gettext(self, message: str, /, **values: object) -> str:
        """The message in this language with its values filled in."""
        return str(self.translations.gettext(message) % values)

    def ngettext(self, singular: str, plural: str, number: int, /, **values: object) -> str:
        """The form of the message for a number, which it may name ``%(num)d``."""
        text: str = self.translations.ngettext(singular, plural, number)
        return text % {"num": number, **values}

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """The message where one English word has two meanings: ``context`` tells which."""
        return str(self.translations.pgettext(context, message)) % values

    def date(self, day: datetime.date, *, weekday: bool = False) -> str:
        """``23 November 2026`` or ``Monday 23 November 2026``. For an instant use ``instant``."""
        return word_date(day, self.locale, weekday=weekday)

    def month(self, day: datetime.date) -> str:
        """``November 2026``: the banded form of a day."""
        return word_month(day, self.locale)

    def instant(
        self, moment: datetime.datetime, time_zone: str = "UTC", *, weekday: bool = True
    ) -> str:
        """``Monday 23 November 2026, 09:14, Addis Ababa time``: says whose clock it is.

        ``time_zone`` is an IANA name. Raises ``ValueError`` for a moment without a zone.
        """
        if moment.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        zone = datetime.UTC if time_zone == "UTC" else ZoneInfo(time_zone)
        local = moment.astimezone(zone)
        values = {"date": self.date(local, weekday=weekday), "time": word_clock(local)}
        place = word_place(zone, self.locale)
        if not place:
            return self.gettext("%(date)s, %(time)s, universal time (UTC)", **values)
        return self.gettext("%(date)s, %(time)s, %(place)s time", place=place, **values)

    def day_of(
        self, moment: datetime.datetime, time_zone: str = "UTC", *, weekday: bool = False
    ) -> str:
        """The local day of an instant: the last day of a record whose life ends then."""
        return self.date(moment.astimezone(ZoneInfo(time_zone)), weekday=weekday)

    def days(self, count: int) -> str:
        """``7 days``."""
        return self.ngettext("%(num)d day", "%(num)d days", count)

    def days_left(self, count: int) -> str:
        """``2 days left``."""
        return self.ngettext("%(num)d day left", "%(num)d days left", count)

    def points(self, points: float, out_of: float) -> str:
        """``4 of 9 points``."""
        return self.ngettext(
            "%(points)s of %(out_of)s point",
            "%(points)s of %(out_of)s points",
            round(out_of),
            points=self.number(points),
            out_of=self.number(out_of),
        )

    def number(self, number: float) -> str:
        """The number with this language's separators, two decimals at most, Western digits."""
        return format_decimal(round(number, 2), locale=self.locale, numbering_system="latn")

    def percent(self, share: float) -> str:
        """``33 %`` for 0.33: whole percent, the sign after a no-break space in all languages."""
        return f"{round(share * 100)}{NO_BREAK}%"

    @staticmethod
    def isolate(text: object) -> str:
        """Text as found, of any script, kept from disturbing the direction of a sentence."""
        return f"\u2068{text}\u2069"

    def list_and(self, words: Iterable[str]) -> str:
        """``a, b and c``; empty for none."""
        return format_list(list(words), style="standard", locale=self.locale)

    def list_or(self, words: Iterable[str]) -> str:
        """``a, b or c``; empty for none."""
        return format_list(list(words), style="or", locale=self.locale)

    def list_plain(self, words: Iterable[str]) -> str:
        """``a, b, c`` with this language's comma, as in a field that is typed."""
        return ("، " if self.direction == "rtl" else ", ").join(words)

    def list_parts(self, parts: Iterable[str]) -> str:
        """``a; b; c``: parts that may hold commas themselves."""
        return ("؛ " if self.direction == "rtl" else "; ").join(parts)

    def term(self, kind: str, code: str) -> str:
        """The name of a code of the vocabulary; the code itself where the vocabulary lacks it."""
        # indexing the vocabulary takes long, and not every page needs it
        from roster.vocabulary import load_vocabulary

        vocabulary = load_vocabulary()
        if kind not in vocabulary.kinds() or not vocabulary.has(kind, code):
            return code
        name = vocabulary.name(kind, code, self.language)
        if kind == "language" and self.language not in vocabulary.get(kind, code).names:
            return self.gettext(UNNAMED_LANGUAGE, code=code, name=name)
        return name

    def terms(self, kind: str, codes: Iterable[str]) -> list[str]:
        """The names of several codes, in their order, each name once."""
        return list(dict.fromkeys(self.term(kind, code) for code in codes))


@cache
def get_wording(language: str) -> Wording:
    """The wording of one of :data:`LANGUAGES`; ``KeyError`` for another."""
    return Wording(language)
