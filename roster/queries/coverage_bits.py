"""The women of one network as bits, by what is said of them, following the database change by change.

A page that counts cells of a table for 20,000 women has no time to read them each time. They are
read once; after that only those who changed are, as told by the change rows of the ledger.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from roster.models import Availability, Change, Consent, Entry, LedgerHead, Mediator, Record
from roster.queries.leaving import left_records
from roster.vocabulary import load_vocabulary
from roster.vocabulary.used_codes import read_code

TRACK = "track"
FIELDS = ("language", "place", "theme")
"""What is set against the tracks; places as the smallest UN M49 region that holds them."""
READ_ONE_BY_ONE = 2_000
"""When more women than this changed, everybody is read again."""


@dataclass(frozen=True)
class CoverageBits:
    """One bit for each woman, at the same place in every number.

    ``women`` do not hide, ``fresh`` of them have an answer that holds, ``agreed`` of them said yes
    to being counted in figures. ``holders``: field, code: of whom it is said.
    """

    women: int
    fresh: int
    agreed: int
    holders: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Span:
    """From ``begin`` on and before ``end`` something holds of the woman at ``place``."""

    place: int
    begin: datetime
    end: datetime


class NetworkBits:
    """The bits of one network's women, or (None) of all networks'; safe to share by threads."""

    def __init__(self, network_code: str | None) -> None:
        self._network_code = network_code
        self._lock = threading.Lock()
        self._n = -1
        self._vocabulary = load_vocabulary()
        self._forget()

    def at(self, session: Session, *, now: datetime) -> CoverageBits:
        """The bits as ``session`` sees the database; the clock decides whose answer holds."""
        with self._lock:
            self._follow(session)
            return CoverageBits(
                women=self._women,
                fresh=self._women & _hold_at(self._fresh, now),
                agreed=self._women & _hold_at(self._agreed, now),
                holders={field: dict(codes) for field, codes in self._holders.items()},
            )

    def _forget(self) -> None:
        self._places: dict[int, int] = {}
        self._women = 0
        self._holders: dict[str, dict[str, int]] = {field: {} for field in (TRACK, *FIELDS)}
        self._fresh: list[_Span] = []
        self._agreed: list[_Span] = []

    def _follow(self, session: Session) -> None:
        n, vocabulary = _last_committed(session), load_vocabulary()
        is_read_alike = vocabulary is self._vocabulary
        if n <= self._n and is_read_alike:
            return
        changed = None
        if self._n >= 0 and is_read_alike:
            changed = _list_changed(session, self._n, n)
        if changed is None:
            self._forget()
            self._read(session, None)
        elif changed:
            self._leave_out(changed)
            self._read(session, changed)
        self._n, self._vocabulary = n, vocabulary

    def _leave_out(self, ids: Iterable[int]) -> None:
        """Nothing is said of these women any more; their places stay theirs."""
        places = {self._places[one] for one in ids if one in self._places}
        others = ~_set_bits(places)
        self._women &= others
        for codes in self._holders.values():
            for code in codes:
                codes[code] &= others
        self._fresh = [span for span in self._fresh if span.place not in places]
        self._agreed = [span for span in self._agreed if span.place not in places]

    def _read(self, session: Session, ids: Sequence[int] | None) -> None:
        records = _list_records(self._network_code, ids)
        shown = records.join(Mediator).where(Mediator.state == "active", ~Mediator.is_hidden)
        women = session.scalars(shown.with_only_columns(Record.mediator_id).distinct()).all()
        for her in women:
            self._places.setdefault(her, len(self._places))
        here = {her: self._places[her] for her in women}
        self._women |= _set_bits(here.values())
        self._read_codes(session, records, here)
        ends = _list_ends(session, records, here)
        for purpose, span in _list_spans(session, records, here):
            if purpose == "statistics":
                self._agreed.append(span)
            elif (end := ends.get(span.place)) is not None:
                self._fresh.append(_Span(span.place, span.begin, min(span.end, end)))

    def _read_codes(
        self, session: Session, records: Select[Record], here: Mapping[int, int]
    ) -> None:
        for field, code, named in session.execute(_select_codes(records)):
            places = [here[her] for her in map(int, named.split(",")) if her in here]
            shown = to_sub_region(code) if field == "place" else read_code(field, code)
            codes = self._holders[field]
            codes[shown] = codes.get(shown, 0) | _set_bits(places)


@cache
def to_sub_region(place: str) -> str:
    """The smallest UN M49 region that holds a country; a region is itself."""
    vocabulary = load_vocabulary()
    if not vocabulary.has("country", place):
        return place
    return vocabulary.get("country", place).parents[0]


def _last_committed(session: Session) -> int:
    """Number of the newest transaction that is committed; a writer's own is not yet."""
    own: int | None = session.info.get("n")
    return session.scalars(select(LedgerHead.n)).one() if own is None else own - 1


def _list_changed(session: Session, after: int, upto: int) -> list[int] | None:
    """Who changed between two numbers; None where they are too many to be read one by one."""
    statement = select(Change.mediator_id).where(Change.n > after, Change.n <= upto).distinct()
    found = session.scalars(statement.limit(READ_ONE_BY_ONE + 1)).all()
    return None if len(found) > READ_ONE_BY_ONE else list(found)


def _list_records(network_code: str | None, ids: Sequence[int] | None) -> Select[Record]:
    """Records of the network, but of those who are leaving; of these women where ``ids`` is given."""
    is_theirs: ColumnElement[bool] = Record.network_code.is_not(None)
    if network_code is not None:
        is_theirs = Record.network_code == network_code
    records = select(Record).where(is_theirs, Record.id.not_in(left_records()))
    return records if ids is None else records.where(Record.mediator_id.in_(ids))


def _select_codes(records: Select[Record]) -> Select[str, str, str]:
    """Of whom these records say what, and the women's own where they share them.

    The database puts the women of one code into one text: few rows are quicker than very many.
    """
    own = Record.network_code.is_(None) & Record.is_shared
    hers = own & Record.mediator_id.in_(records.with_only_columns(Record.mediator_id))
    return (
        select(
            Entry.field, Entry.code, func.aggregate_strings(cast(Record.mediator_id, String), ",")
        )
        .join(Record, Record.id == Entry.record_id)
        .where(
            or_(Record.id.in_(records.with_only_columns(Record.id)), hers),
            Entry.field.in_((TRACK, *FIELDS)),
        )
        .group_by(Entry.field, Entry.code)
    )


def _list_ends(
    session: Session, records: Select[Record], here: Mapping[int, int]
) -> dict[int, datetime]:
    """By place: until when an answer holds; what only a list says is none."""
    rows = session.execute(
        select(Availability.mediator_id, func.max(Availability.valid_until))
        .where(
            Availability.superseded_at.is_(None),
            Availability.confirmed_by != "import",
            Availability.mediator_id.in_(records.with_only_columns(Record.mediator_id)),
        )
        .group_by(Availability.mediator_id)
    )
    return {here[her]: end for her, end in rows if her in here}


def _list_spans(
    session: Session, records: Select[Record], here: Mapping[int, int]
) -> Iterator[tuple[str, _Span]]:
    """When which consent of whom holds: to be matched, and to be counted in figures."""
    rows = session.execute(
        select(Consent.mediator_id, Consent.purpose, Consent.given_at, Consent.valid_until).where(
            Consent.withdrawn_at.is_(None),
            Consent.purpose.in_(("matching", "statistics")),
            Consent.mediator_id.in_(records.with_only_columns(Record.mediator_id)),
        )
    )
    for her, purpose, begin, end in rows:
        if her in here:
            yield purpose, _Span(here[her], begin, end)


def _hold_at(spans: Iterable[_Span], now: datetime) -> int:
    return _set_bits(span.place for span in spans if span.begin <= now < span.end)


def _set_bits(places: Iterable[int]) -> int:
    """A number in which just these bits are set; through bytes, since numbers are copied whole."""
    chosen = list(places)
    field = bytearray(max(chosen, default=0) // 8 + 1)
    for place in chosen:
        field[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(field, "little")
