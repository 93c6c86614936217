"""Her consents in words: what each text says, and how and until when she agreed to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from roster.local_days import last_day, local_day
from roster.models import Consent
from roster.wording import LANGUAGES, N_, Wording
from roster.wording.consent_texts import CHANNELS, CURRENT_VERSION, word_consent_text
from roster.wording.speech import get_wording


@dataclass(frozen=True)
class ConsentLine:
    """One purpose of the form. ``text_then`` is set where she agreed to other words than today's."""

    purpose: str
    text: str
    is_ticked: bool
    stands: str = ""
    text_then: str = ""


@dataclass(frozen=True)
class PastConsent:
    """One yes of hers, with the words that she read and the language she read them in."""

    name: str
    said: str
    ended: str
    version: str
    text: str
    language: str
    direction: str


def make_lines(
    wording: Wording,
    purposes: Collection[str],
    newest: Mapping[str, Consent],
    ticked: Collection[str],
    *,
    now: datetime,
    time_zone: str,
) -> list[ConsentLine]:
    """One line a purpose; ``newest``: per purpose the yes that holds, or that ended last."""
    return [
        ConsentLine(
            purpose=purpose,
            text=word_consent_text(wording, CURRENT_VERSION, purpose),
            is_ticked=purpose in ticked,
            stands=_word_standing(wording, newest.get(purpose), now, time_zone),
            text_then=_word_text_then(wording, newest.get(purpose)),
        )
        for purpose in purposes
    ]


def _word_standing(wording: Wording, row: Consent | None, now: datetime, time_zone: str) -> str:
    if row is None or row.withdrawn_at is not None:
        return ""
    until = wording.date(last_day(row.valid_until, time_zone))
    if row.valid_until <= now:
        sentence = N_("Your yes ended on %(until)s. Tick it again if you still agree.")
        return wording.gettext(sentence, until=until)
    values = {"how": _word_channel(wording, row), "until": until, "version": row.text_version}
    values["day"] = wording.date(local_day(row.given_at, time_zone))
    if row.channel == "operator":
        return wording.gettext(N_("Agreed on %(day)s, %(how)s. Holds until %(until)s."), **values)
    sentence = N_("Agreed on %(day)s, %(how)s. Holds until %(until)s. Text of %(version)s.")
    return wording.gettext(sentence, **values)


def _word_channel(wording: Wording, row: Consent) -> str:
    return wording.gettext(CHANNELS[row.channel])


def _word_text_then(wording: Wording, row: Consent | None) -> str:
    if row is None or row.withdrawn_at is not None or row.text_version == CURRENT_VERSION:
        return ""
    return word_consent_text(wording, row.text_version, row.purpose)


def word_history(wording: Wording, row: Consent, time_zone: str) -> PastConsent:
    """One row of all that she ever agreed to; the text in the language in which she read it."""
    read_in = LANGUAGES.get(row.language, LANGUAGES[wording.language])
    given = wording.date(local_day(row.given_at, time_zone))
    ended = wording.gettext(
        N_("Holds until %(day)s."), day=wording.date(last_day(row.valid_until, time_zone))
    )
    if row.withdrawn_at is not None:
        day = wording.date(local_day(row.withdrawn_at, time_zone))
        ended = wording.gettext(N_("Taken back on %(day)s."), day=day)
    return PastConsent(
        name=wording.term("consent_purpose", row.purpose),
        said=wording.gettext(
            N_("Agreed on %(day)s, %(how)s."), day=given, how=_word_channel(wording, row)
        ),
        ended=ended,
        version=row.text_version,
        text=word_consent_text(get_wording(read_in.code), row.text_version, row.purpose),
        language=read_in.code,
        direction=read_in.direction,
    )
