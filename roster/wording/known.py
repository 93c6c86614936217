"""Facts of a piece of evidence, read with care: what is absent or of another type is unknown."""

import datetime
from collections.abc import Mapping

from matching.evidence import Evidence, Value
from roster.wording.messages import N_
from roster.wording.speech import Wording

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
NATIVE = 7
DEPTHS = {1: N_("practitioner"), 2: N_("specialist"), 3: N_("authority")}
SKILLS = {
    "speaking": N_("speaking"),
    "listening": N_("listening"),
    "reading": N_("reading"),
    "writing": N_("writing"),
}

GRADES = {
    "stated": N_("stated"),
    "confirmed": N_("confirmed"),
    "recorded": N_("recorded with a verifier"),
}


class Known:
    """The facts of one piece of evidence together with the language that they are said in."""

    def __init__(self, wording: Wording, evidence: Evidence) -> None:
        self.wording = wording
        self.evidence = evidence
        self.facts: Mapping[str, Value] = evidence.facts

    def say(self, message: str, /, **values: object) -> str:
        """A marked message in the language."""
        return self.wording.gettext(message, **values)

    def codes(self, key: str) -> list[str]:
        """The codes of a fact, one or several; none where it is unknown."""
        value = self.facts.get(key)
        if isinstance(value, str):
            return [value] if value else []
        return [code for code in value if code] if isinstance(value, tuple) else []

    def code(self, key: str) -> str:
        """The one code of a fact, or ``""``."""
        return next(iter(self.codes(key)), "")

    def number(self, key: str) -> int | None:
        """The whole number of a fact."""
        value = self.facts.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return round(value)

    def year(self, key: str) -> int | str:
        """A year, or the span of years that stands for it on a card; ``""`` where it is unknown."""
        return self.number(key) or self.code(key)

    def day(self, key: str) -> datetime.date | None:
        """The day of a fact; of an instant its day in universal time."""
        value = self.facts.get(key)
        if isinstance(value, datetime.datetime):
            return value.date()
        return value if isinstance(value, datetime.date) else None

    def instant(self, key: str) -> datetime.datetime | None:
        """The instant of a fact."""
        value = self.facts.get(key)
        return value if isinstance(value, datetime.datetime) and value.tzinfo else None

    def names(self, kind: str, key: str) -> list[str]:
        """The names of the codes of a fact."""
        return self.wording.terms(kind, self.codes(key))

    def places(self, key: str) -> list[str]:
        """Names of countries (letters) and regions (digits)."""
        return [
            self.wording.term("region" if code.isdigit() else "country", code)
            for code in self.codes(key)
        ]

    def any_of(self, names: list[str]) -> str:
        """``a or b``; "any" where nothing was named."""
        return self.wording.list_or(names) or self.say(N_("any"))

    def all_of(self, names: list[str]) -> str:
        """``a and b``; "none recorded" where there is nothing."""
        return self.wording.list_and(names) or self.say(N_("none recorded"))

    def level(self, key: str) -> str:
        """``B2`` or "native"; ``""`` where it is unknown."""
        number = self.number(key)
        if number is None or number < 1:
            return ""
        return self.say(N_("native")) if number >= NATIVE else LEVELS[number - 1]

    def depth(self, key: str) -> str:
        """practitioner, specialist or authority; ``""`` where it is unknown."""
        number = self.number(key)
        return self.say(DEPTHS[number]) if number in DEPTHS else ""

    def skill(self) -> str:
        """The skill of a language that was asked for; speaking unless said."""
        return self.say(SKILLS.get(self.code("skill"), SKILLS["speaking"]))
