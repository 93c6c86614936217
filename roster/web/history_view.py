"""How a record came to be, in words: each field with what stands, what stood, and where from.

A coordinator's page and the woman's own take the same view; who speaks of whom is in ``Voice``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from roster.models import Entry, EntryHistory, Record
from roster.queries.former import FileRow, RecordHistory
from roster.queries.records import entries_of
from roster.visibility import Viewer, may_see
from roster.web.person_words import LEVEL_SKILLS, entry_words
from roster.wording import N_, Wording

Fields = Mapping[str, tuple[str, str]]
"""Per field the vocabulary of its codes and its label, in the order of the page."""


@dataclass(frozen=True)
class Voice:
    """For whom the page speaks: which fields she may see, and how it names who did something."""

    viewer: Viewer
    fields: Fields
    names: Mapping[str, str]
    """Labels of names and contacts."""
    sources: Mapping[str, str]
    """Per hand a sentence's part with ``%(day)s``."""
    tells_file: bool
    account_id: int | None = None
    """Whoever reads: what she did herself is told as hers."""


class Statement(NamedTuple):
    """One value: whether it stands, what it says, who said it, and how it ended."""

    stands: bool
    value: str
    said: str
    ended: str
    file: FileRow | None
    """The file it came from, where the viewer may open it."""


class HistoryField(NamedTuple):
    """One field of a record, what stands first, then what was ended last."""

    label: str
    statements: list[Statement]


ENDED = {
    "changed": N_("Changed: %(who)s."),
    "removed": N_("Taken out: %(who)s."),
    "confirmed": N_("Confirmed: %(who)s."),
}
BY_READER = N_("you, %(day)s")
FROM_ROW = N_("a spreadsheet, row %(row)s, read on %(day)s")


def list_history(
    wording: Wording, history: RecordHistory, voice: Voice, own: Record | None = None
) -> list[HistoryField]:
    """The fields of the record that ever said something, for this viewer.

    Beside what a network says stands what she says herself: ``own``, where it may be read.
    """
    fields = []
    for field, (kind, label) in voice.fields.items():
        if not may_see(field, voice.viewer):
            continue
        said: list[Entry | EntryHistory] = [*entries_of(history.record, field)]
        said += entries_of(own, field) if own else []
        said += [one for one in history.former if one.field == field]
        say = _make_teller(wording, history, voice, kind)
        statements = [say(one) for one in said]
        if statements:
            fields.append(HistoryField(wording.gettext(label), statements))
    return fields


def _make_teller(
    wording: Wording, history: RecordHistory, voice: Voice, kind: str
) -> Callable[[Entry | EntryHistory], Statement]:
    def tell(one: Entry | EntryHistory) -> Statement:
        row = history.rows.get(one.import_row_id or 0) if one.source == "import" else None
        return Statement(
            stands=isinstance(one, Entry),
            value=word_value(wording, one, kind),
            said=_word_said(wording, one, row, voice),
            ended=_word_end(wording, history, one, voice) if isinstance(one, EntryHistory) else "",
            file=row if voice.tells_file else None,
        )

    return tell


def word_value(wording: Wording, one: Entry | EntryHistory, kind: str) -> str:
    """One value in words; of a language also its levels, or the free word."""
    if one.field != "language":
        return entry_words(wording, one, kind)
    single = one.detail.get("level")
    spoken = {"speaking": single, "listening": single}
    levels = {skill: one.detail.get(skill, spoken.get(skill)) for skill in LEVEL_SKILLS}
    said = [wording.term("level", level) for level in dict.fromkeys(levels.values()) if level]
    word = str(one.detail.get("word") or "")
    return wording.list_parts(
        part for part in (entry_words(wording, one, kind), *said, word) if part
    )


def _word_said(
    wording: Wording, one: Entry | EntryHistory, row: FileRow | None, voice: Voice
) -> str:
    if row is not None:
        return word_row(wording, row)
    return _word_hand(
        wording, voice, one.source, one.entered_by, wording.date(one.entered_at.date())
    )


def word_row(wording: Wording, row: FileRow) -> str:
    """The row of a spreadsheet and the day on which it was read."""
    return wording.gettext(FROM_ROW, row=row.row, day=wording.date(row.read_at.date()))


def _word_hand(
    wording: Wording, voice: Voice, source: str, account_id: int | None, day: str
) -> str:
    is_reader = account_id is not None and account_id == voice.account_id
    if is_reader and source != "import":
        return wording.gettext(BY_READER, day=day)
    return wording.gettext(voice.sources[source], day=day)


def _word_end(wording: Wording, history: RecordHistory, one: EntryHistory, voice: Voice) -> str:
    day = wording.date(one.ended_at.date())
    who = _word_hand(wording, voice, one.ended_source, one.ended_by, day)
    act = "confirmed" if _was_confirmed(history, one) else one.act
    return wording.gettext(ENDED[act], who=who)


def _was_confirmed(history: RecordHistory, one: EntryHistory) -> bool:
    """What followed said the same: somebody only vouched for it."""
    if one.act != "changed":
        return False
    later = [
        other
        for other in history.former
        if (other.field, other.code) == (one.field, one.code) and other.id > one.id
    ]
    following: Entry | EntryHistory | None = (
        later[-1]
        if later
        else next(
            (e for e in history.record.entries if (e.field, e.code) == (one.field, one.code)), None
        )
    )
    return following is not None and (following.detail, following.sealed) == (
        one.detail,
        one.sealed,
    )


def list_name_changes(
    wording: Wording, history: RecordHistory, voice: Voice
) -> list[tuple[str, str, FileRow | None]]:
    """Names and contacts: which was changed when, by whom; the values themselves are not kept."""
    reader = f"account:{voice.account_id}"
    lines: list[tuple[str, str, FileRow | None]] = []
    for change in history.names:
        if change.field in voice.names and may_see(change.field, voice.viewer):
            day = wording.date(change.at.date())
            is_reader = change.by == reader
            source = BY_READER if is_reader else voice.sources["coordinator"]
            label = wording.gettext(voice.names[change.field])
            lines.append((label, wording.gettext(source, day=day), None))
    if history.first_row is not None:
        file = history.first_row if voice.tells_file else None
        lines.append((wording.gettext(N_("All")), word_row(wording, history.first_row), file))
    return lines
