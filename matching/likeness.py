"""Could two entries be the same woman? Names compared over scripts and orders, with the evidence."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.names.comparison import ALIKE, compare_names
from matching.names.sounds import skeleton
from matching.names.words import split_name

_MAX_PAIRS_EACH, _LEAST_PAIRS = 50, 50_000
_MAX_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """What an entry says of who she is. `traits` are codes that two entries of one woman share."""

    names: tuple[str, ...]
    birth_year: int | None = None
    email: str | None = None
    phone: str | None = None
    nationalities: tuple[str, ...] = ()
    traits: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Suspicion:
    """Two entries may be one woman: `likeness` of the names 0..1 and the evidence as codes.

    Evidence: same_name, similar_name, same_birth_year, birth_year_near, same_email, same_phone,
    same_nationality, same_profile. `is_probable` where more than the name speaks for it.
    """

    likeness: float
    evidence: tuple[str, ...]
    is_probable: bool


def suspect_same_person(one: Identity, other: Identity) -> Suspicion | None:
    """Return a suspicion with its evidence, or None. It never decides: a person does.

    Without a likeness of names nothing is suspected: sisters share a phone, chapters an e-mail.
    With it, birth years two or more apart speak against it, unless a contact or the whole profile
    is the same and the years differ like a typing error (one digit, or two that changed places).
    """
    gap = _count_years_between(one, other)
    if gap is not None and gap >= 2 and not _is_slip(str(one.birth_year), str(other.birth_year)):
        return None
    likeness = max((compare_names(a, b) for a in one.names for b in other.names), default=0.0)
    if likeness < ALIKE:
        return None
    evidence = ["same_name" if likeness >= 0.995 else "similar_name"]
    evidence += _compare_facts(one, other)
    has_contact = bool({"same_email", "same_phone"} & set(evidence))
    is_strong = has_contact or "same_profile" in evidence
    if gap is not None and gap >= 2:
        return Suspicion(likeness, tuple(evidence), True) if is_strong else None
    agrees = gap == 0 and "other_nationality" not in evidence
    return Suspicion(likeness, tuple(evidence), is_probable=is_strong or agrees)


def _count_years_between(one: Identity, other: Identity) -> int | None:
    if one.birth_year is None or other.birth_year is None:
        return None
    return abs(one.birth_year - other.birth_year)


def _compare_facts(one: Identity, other: Identity) -> list[str]:
    evidence = []
    if one.birth_year and other.birth_year:
        gap = abs(one.birth_year - other.birth_year)
        if gap <= 1:
            evidence.append("birth_year_near" if gap else "same_birth_year")
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        evidence.append("same_email")
    if one.phone and other.phone and _last_digits(one.phone) == _last_digits(other.phone):
        evidence.append("same_phone")
    if one.nationalities and other.nationalities:
        is_same = bool(set(one.nationalities) & set(other.nationalities))
        evidence.append("same_nationality" if is_same else "other_nationality")
    if _share_profile(one.traits, other.traits):
        evidence.append("same_profile")
    return evidence


def _share_profile(one: frozenset[str], other: frozenset[str]) -> bool:
    """Three quarters of at least four traits in common: two copies of one entry."""
    return len(one) >= 4 and len(one & other) >= 0.75 * max(len(one), len(other))


def _last_digits(phone: str) -> str:
    return "".join(char for char in phone if char.isdigit())[-8:]


def _is_slip(one: str, other: str) -> bool:
    """One digit differs, or two neighbouring digits changed places."""
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(places) > 2:
        return False
    return len(places) < 2 or (places[1] == places[0] + 1 and sorted(one) == sorted(other))


def find_suspicions(
    identities: Sequence[Identity],
) -> Iterator[tuple[int, int, Suspicion]]:
    """Yield (place, place, suspicion) of pairs within a list; only pairs with something in common.

    Blocking: the consonants of a word of the name, or the same contact. A word that too many share
    ("Maria") makes no block of its own, a pair of words does. A list in which nearly all names are
    alike (of hospitals, say) is not compared to its end.
    """
    blocks = _list_blocks(identities)
    compared, most = 0, max(_MAX_PAIRS_EACH * len(identities), _LEAST_PAIRS)
    for one, identity in enumerate(identities):
        for other in _list_later(one, identity, blocks):
            compared += 1
            if compared > most:
                return
            if suspicion := suspect_same_person(identity, identities[other]):
                yield one, other, suspicion


def _list_blocks(identities: Sequence[Identity]) -> dict[int, Sequence[int]]:
    """Hash of a key -> the places that share it, in order; keys of one place alone are not kept.

    Hashes, since the keys of 20,000 names would fill 100 MB; a chance meeting costs a comparison.
    """
    hashes, places = array("q"), array("l")
    for place, identity in enumerate(identities):
        for key in list_keys(identity):
            hashes.append(_hash(key))
            places.append(place)
    if not hashes:
        return {}
    order = np.lexsort((np.array(places), np.array(hashes)))
    sorted_hashes, sorted_places = np.array(hashes)[order], np.array(places)[order]
    starts = np.flatnonzero(np.diff(sorted_hashes, prepend=sorted_hashes[:1] - 1))
    blocks: dict[int, Sequence[int]] = {}
    for begin, end in zip(starts, [*starts[1:], len(order)], strict=True):
        is_pair = sorted_hashes[begin] & 1
        if end - begin > 1 and (is_pair or end - begin <= _MAX_BLOCK):
            blocks[int(sorted_hashes[begin])] = array("l", sorted_places[begin:end].tolist())
    return blocks


def _hash(key: str) -> int:
    """The hash of a key; its last bit says whether the key is of two words."""
    return (hash(key) | 1) if " " in key else (hash(key) & ~1)


def _list_later(one: int, identity: Identity, blocks: Mapping[int, Sequence[int]]) -> list[int]:
    """The later places that share a block with this one, each once and in order."""
    later: set[int] = set()
    for key in list_keys(identity):
        places = blocks.get(_hash(key), ())
        later.update(places[bisect_right(places, one) :])
    return sorted(later)


def list_keys(identity: Identity) -> set[str]:
    """Return the blocks in which an entry finds those like it: consonants of names, contacts."""
    keys = {f"email {identity.email.casefold()}"} if identity.email else set()
    if identity.phone:
        keys.add(f"phone {_last_digits(identity.phone)}")
    for name in identity.names:
        skeletons = sorted({skeleton(word)[:3] or word[:2] for word in split_name(name)})
        keys.update(skeletons)
        keys.update(
            f"{one} {other}" for i, one in enumerate(skeletons) for other in skeletons[i + 1 :]
        )
    return keys
