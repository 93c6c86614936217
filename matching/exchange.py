"""Exchange: with whom a woman who opted in could best learn, across tracks and networks.

Source of the rules: product.md, section 11, and the consent *mentoring* of section 9. Pairs are
proposed only; both must accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.codecs import count_microseconds
from matching.columns import Columns
from matching.criteria import Positions
from matching.evidence import Evidence, Verdict
from matching.facts import Mediator
from matching.run import CENT, draw_lots
from matching.tables import Ints

PURPOSE = "mentoring"
HIGHEST_CLASS = 2
"""Class 3 is put forward by her own coordinator only, never by an exchange."""
SPOKEN = 4
"""B2 on the published scale: enough to talk about one's work."""
TRACKS = ("I", "I.5", "II", "III")

Marks = dict[str, NDArray[np.bool_]]
"""Per code of a ground: which rows have it."""


@dataclass(frozen=True)
class Asking:
    """For whom partners are sought, and the codes of what she would like to learn."""

    mediator: Mediator
    learns: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """``weight`` points for ``enough`` codes in common, less for fewer; not asked without codes."""

    name: str
    weight: int
    enough: int
    mark: Callable[[Columns, Ints, Asking], Marks]


@dataclass(frozen=True)
class Partner:
    """A woman to learn with. ``points`` is the sum of the points of her evidence."""

    mediator_id: int
    points: float
    out_of: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Exchange:
    """``takes_part`` is False for a woman who did not opt in or must not be proposed."""

    mediator_id: int
    takes_part: bool
    partners: tuple[Partner, ...] = ()


def propose_partners(
    columns: Columns,
    mediator_id: int,
    now: datetime,
    *,
    learns: Iterable[str] = (),
    limit: int = 10,
) -> Exchange:
    """Return her best partners at ``now``, an aware instant; KeyError if she is not in the roster.

    Both opted in (consent *mentoring*) and neither is hidden, suspended, held, paused or in class
    3. A partner speaks a language with her (both B2 or more), brings a track or a network that is
    not hers, and is not suspected to be herself. ``learns`` are codes of themes, tracks, roles,
    countries or regions that she would like to learn about, besides the roles she seeks. Equals go
    by a lot drawn for her, never by name or number.
    """
    try:
        rows = _list_taking_part(columns, now)
        if columns.row(mediator_id) not in rows:
            return Exchange(mediator_id, takes_part=False)
        asking = _ask(columns, mediator_id, learns)
        rows = _keep_partners(columns, rows, asking)
        points = sum((_score(columns, rows, asking, one) for one in GROUNDS), np.zeros(len(rows)))
        lots = draw_lots(columns.ids(rows), f"exchange {mediator_id}")
        best = rows[np.lexsort((lots, -points))[:limit]]
        return Exchange(mediator_id, True, tuple(_explain(columns, best, asking)))
    finally:
        columns.forget_found()


def takes_part(mediator: Mediator, now: datetime) -> bool:
    """Whether one woman may be proposed at ``now``: the rule of ``propose_partners`` for her."""
    states = {one.state for one in mediator.accreditations}
    return not (
        all(one.purpose != PURPOSE or one.until <= now for one in mediator.consents)
        or mediator.is_hidden
        or mediator.is_suspended
        or "suspended" in states
        or mediator.has_integrity_hold
        or (mediator.paused_until is not None and mediator.paused_until > now)
        or mediator.safety_class > HIGHEST_CLASS
    )


def explain_partner(
    columns: Columns, mediator_id: int, partner_id: int, *, learns: Iterable[str] = ()
) -> Partner:
    """Return what speaks for one partner, as ``propose_partners`` would; KeyError for a stranger.

    Whether the two may be proposed to each other is not asked.
    """
    try:
        asking = _ask(columns, mediator_id, learns)
        row = np.array([columns.row(partner_id)], dtype=columns.rows().dtype)
        return next(iter(_explain(columns, row, asking)))
    finally:
        columns.forget_found()


def _ask(columns: Columns, mediator_id: int, learns: Iterable[str]) -> Asking:
    mediator = columns.mediator(mediator_id)
    sought = [skill.code for skill in mediator.roles_sought]
    return Asking(mediator, tuple(dict.fromkeys([*sought, *learns])))


def _list_taking_part(columns: Columns, now: datetime) -> Ints:
    instant, rows, table = count_microseconds(now), columns.rows(), columns.tables["consents"]
    entries = table.find("purpose", (PURPOSE,))
    agrees = _own(rows, table.owner[entries[table["until"][entries] > instant]])
    states = columns.tables["accreditations"]
    barred = _own(rows, states.owner[states.find("state", ("suspended",))])
    for name in ("is_hidden", "is_suspended", "has_integrity_hold"):
        barred |= columns.scalars[name][rows]
    barred |= columns.scalars["paused_until"][rows] > instant
    barred |= columns.scalars["safety_class"][rows] > HIGHEST_CLASS
    kept: Ints = rows[agrees & ~barred]
    return kept


def _keep_partners(columns: Columns, rows: Ints, asking: Asking) -> Ints:
    own = asking.mediator
    table = columns.tables["look_alikes"]
    names_her = table.owner[table.where(table["value"] == own.id)]
    is_other = ~np.isin(columns.ids(rows), [own.id, *own.look_alikes]) & ~_own(rows, names_her)
    talks = _any(_mark_languages(columns, rows, asking), rows)
    differs = _any(
        {**_mark_tracks(columns, rows, asking), **_mark_network(columns, rows, asking)}, rows
    )
    kept: Ints = rows[is_other & talks & differs]
    return kept


def _own(rows: Ints, owners: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell for each row whether it is among the owners."""
    owns = np.zeros(len(rows), np.bool_)
    places = Positions(rows).locate(owners)
    owns[places[places >= 0]] = True
    return owns


def _any(marks: Marks, rows: Ints) -> NDArray[np.bool_]:
    has_any: NDArray[np.bool_] = np.any([np.zeros(len(rows), np.bool_), *marks.values()], axis=0)
    return has_any


def _mark(
    columns: Columns, rows: Ints, name: str, codes: Mapping[str, Iterable[str]], field: str = "code"
) -> Marks:
    """Return per label which rows have an entry with one of its codes."""
    table = columns.tables[name]
    return {
        label: _own(rows, table.owner[table.find(field, wanted)]) for label, wanted in codes.items()
    }


def _mark_languages(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    table, marks = columns.tables["languages"], {}
    spoken = table["speaking"] >= SPOKEN
    for one in asking.mediator.languages:
        if (one.speaking or 0) >= SPOKEN:
            entries = table.find("code", (one.code,))
            marks[one.code] = _own(rows, table.owner[entries[spoken[entries]]])
    return marks


def _mark_themes(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    own = {skill.code: (skill.code,) for skill in asking.mediator.themes}
    return _mark(columns, rows, "themes", own)


def _mark_regions(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    terms, regions = columns.terms, {}
    for place in asking.mediator.places:
        above = (
            terms.ancestors("country", place.country) if _is_country(columns, place.country) else ()
        )
        if above:
            regions[above[0]] = terms.descendants("region", above[0])
    return _mark(columns, rows, "places", regions, "country")


def _mark_tracks(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    own = {skill.code for skill in asking.mediator.tracks}
    return _mark(columns, rows, "tracks", {code: (code,) for code in TRACKS if code not in own})


def _mark_network(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    table = columns.tables["networks"]
    shared = _own(rows, table.owner[table.find("value", asking.mediator.networks)])
    return {"other_network": (table.count(rows) > 0) & ~shared}


def _mark_learning(columns: Columns, rows: Ints, asking: Asking) -> Marks:
    marks = {code: np.zeros(len(rows), np.bool_) for code in asking.learns}
    for name in ("themes", "tracks", "roles_held"):
        for code, has in _mark(columns, rows, name, {one: (one,) for one in marks}).items():
            marks[code] |= has
    places = {code: (code, *_list_countries(columns, code)) for code in marks}
    for code, has in _mark(columns, rows, "places", places, "country").items():
        marks[code] |= has
    return marks


def _list_countries(columns: Columns, code: str) -> tuple[str, ...]:
    terms = columns.terms
    is_region = "region" in terms.kinds() and terms.has("region", code)
    return terms.descendants("region", code) if is_region else ()


def _is_country(columns: Columns, code: str) -> bool:
    return "country" in columns.terms.kinds() and columns.terms.has("country", code)


GROUNDS = (
    Ground("shared_language", 30, 2, _mark_languages),
    Ground("shared_theme", 20, 3, _mark_themes),
    Ground("shared_region", 15, 2, _mark_regions),
    Ground("other_track", 15, 2, _mark_tracks),
    Ground("other_network", 10, 1, _mark_network),
    Ground("wish_to_learn", 10, 1, _mark_learning),
)
"""What makes a good pair, with published weights that sum to 100. Regions are the nearest ones
above a country worked in."""


def _share(ground: Ground, marks: Marks, rows: Ints) -> NDArray[np.int64]:
    """Return hundredths of points for each row."""
    met = np.sum([np.zeros(len(rows)), *marks.values()], axis=0)
    shares = np.minimum(met, ground.enough) / ground.enough
    points: NDArray[np.int64] = np.rint(shares * ground.weight * CENT).astype(np.int64)
    return points


def _score(columns: Columns, rows: Ints, asking: Asking, ground: Ground) -> NDArray[np.int64]:
    return _share(ground, ground.mark(columns, rows, asking), rows)


def _explain(columns: Columns, rows: Ints, asking: Asking) -> Iterable[Partner]:
    """Yield the partners of a few rows: the same marks as for all, with the codes that earned."""
    by_ground = [(one, one.mark(columns, rows, asking)) for one in GROUNDS]
    asked = [(one, marks, _share(one, marks, rows)) for one, marks in by_ground if marks]
    out_of = float(sum(one.weight for one, _, _ in asked))
    for place, mediator_id in enumerate(columns.ids(rows).tolist()):
        evidence = tuple(
            _say(one, marks, int(points[place]), place) for one, marks, points in asked
        )
        total = sum(int(points[place]) for _, _, points in asked)
        yield Partner(mediator_id, total / CENT, out_of, evidence)


def _say(ground: Ground, marks: Marks, points: int, place: int) -> Evidence:
    found = tuple(code for code, has in marks.items() if has[place])
    return Evidence(
        ground.name,
        Verdict.PASS,
        is_hard=False,
        points=points / CENT,
        out_of=float(ground.weight),
        facts={"asked": tuple(marks), "found": found},
    )
