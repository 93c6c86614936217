"""The unknowns of a team, all 0 or 1, and what holds whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from matching.teams.pool import Pool, Seat, Woman
from matching.teams.solver import Row

Terms = dict[int, int]
Belongs = Callable[[Woman, str], bool]


class Frame:
    """Numbers the unknowns over a pool of women.

    One for each seat (this woman on this post), for each network a woman may count under, for each
    network and nationality found in the team, for each wish covered.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.seats: list[tuple[Woman, Seat]] = [
            (woman, seat) for woman in pool.women for seat in woman.seats
        ]
        self.networks = sorted({code for woman in pool.women for code in woman.networks})
        self.nationalities = sorted(
            {code for woman in pool.women for code in woman.nationalities or ()}
        )
        keys: list[object] = list(range(len(self.seats)))
        keys += [("under", woman.id, code) for woman in pool.women for code in woman.networks]
        keys += [("network", code) for code in self.networks]
        keys += [("nationality", code) for code in self.nationalities]
        keys += [("wish", number) for number in range(len(pool.wishes))]
        self._places = {key: place for place, key in enumerate(keys)}
        self.size = len(keys)

    def sum_seats(self, belongs: Belongs) -> Terms:
        """Return the sum over the seats for which the woman and the post are asked."""
        found = enumerate(self.seats)
        return {place: 1 for place, (woman, seat) in found if belongs(woman, seat.post)}

    def sum_post(self, code: str) -> Terms:
        """Return the number of women on a post."""
        return self.sum_seats(lambda woman, post: post == code)

    def sum_network(self, code: str) -> Terms:
        """Return the number of women who count under a network."""
        places = (self.under(woman, code) for woman in self.pool.women if code in woman.networks)
        return dict.fromkeys(places, 1)

    def sum_found(self, networks: Iterable[str] = (), nationalities: Iterable[str] = ()) -> Terms:
        """Return the number of networks and nationalities found in the team."""
        keys = [("network", code) for code in networks]
        keys += [("nationality", code) for code in nationalities]
        return {self._places[key]: 1 for key in keys}

    @cached_property
    def sum_covered(self) -> Terms:
        """The number of wishes covered."""
        return {self._places[("wish", number)]: 1 for number in range(len(self.pool.wishes))}

    def under(self, woman: Woman, network: str) -> int:
        """Return the unknown: she counts under this network."""
        return self._places[("under", woman.id, network)]

    def seats_of(self, woman: Woman) -> Terms:
        """Return the number of posts given to a woman."""
        return dict.fromkeys(self._by_woman.get(woman.id, ()), 1)

    @cached_property
    def _by_woman(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, (woman, _) in enumerate(self.seats):
            found.setdefault(woman.id, []).append(place)
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """One woman a post, one post a woman.

        Two who look alike are never together: of them the answer lists one only (X2).
        """
        rows = [Row(self.sum_post(code), most=1) for code in self.pool.posts]
        rows += [Row(self.seats_of(woman), most=1) for woman in self.pool.women]
        return rows + self._count_networks() + self._count_found()

    def _count_networks(self) -> list[Row]:
        """Each woman proposed counts under exactly one of her networks."""
        rows = []
        for woman in self.pool.women:
            if woman.networks:
                terms = {self.under(woman, code): 1 for code in woman.networks}
                rows.append(
                    Row({**terms, **dict.fromkeys(self.seats_of(woman), -1)}, least=0, most=0)
                )
        return rows

    def _count_found(self) -> list[Row]:
        """What is said to be in the team has a woman in it."""
        found: list[tuple[object, Terms]] = [
            (("network", code), self.sum_network(code)) for code in self.networks
        ]
        found += [
            (("nationality", code), self.sum_seats(_holds(code))) for code in self.nationalities
        ]
        found += [
            (("wish", number), self.sum_seats(_covers(number)))
            for number in range(len(self.pool.wishes))
        ]
        return [
            Row({self._places[key]: 1, **dict.fromkeys(theirs, -1)}, most=0)
            for key, theirs in found
        ]


def _holds(country: str) -> Belongs:
    return lambda woman, post: country in (woman.nationalities or ())


def _covers(number: int) -> Belongs:
    return lambda woman, post: number in woman.covers
