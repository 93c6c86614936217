"""One post open and the rest of the team as it is: who can take it, and what keeps her from it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from matching.teams.binding import find_binding
from matching.teams.frame import Frame
from matching.teams.pool import Seat, Woman
from matching.teams.rules import RuleName
from matching.teams.search import FOR_ONE_TEAM, Task
from matching.teams.solver import Row, maximise

CAPS = frozenset({"network_cap", "per_network", "per_nationality"})


class Swap:
    """``rest`` is the woman's id by post without the open one; who is ``gone`` may not take it.

    The rules see only some traits of a woman: women who share them share the answer, so that a few
    of hundreds are asked.
    """

    def __init__(self, task: Task, rest: Mapping[str, int], post: str, gone: int) -> None:
        self._task, self._rest, self._post, self._gone = task, rest, post, gone
        self._fits: dict[Hashable, bool] = {}
        self._caps: dict[Hashable, tuple[RuleName, ...]] = {}

    def list_ready(self) -> Iterator[tuple[Woman, Seat]]:
        """Return those who fit the post and hold no other: most points, then longest waiting."""
        women = self._task.pool.women
        seats = [(one, seat) for one in women if (seat := one.seat(self._post))]
        free = [pair for pair in seats if pair[0].id not in (self._gone, *self._rest.values())]
        return iter(sorted(free, key=lambda pair: (-pair[1].points, pair[0].turn)))

    def can_take(self, woman: Woman) -> bool:
        """Tell whether the team keeps all rules with her on the post."""
        key = self._sign(woman)
        if key not in self._fits:
            task, everybody = self._with(woman)
            frame = Frame(task.pool)
            rows = [*task.list_rows(frame), everybody]
            found = maximise({}, rows, range(frame.size), FOR_ONE_TEAM)
            self._fits[key] = found.chosen is not None
        return self._fits[key]

    def find_caps(self, woman: Woman) -> tuple[RuleName, ...]:
        """Return the caps that alone keep her from the post; none if another rule does, or none."""
        key = self._sign(woman)
        if key not in self._caps:
            task, everybody = self._with(woman)
            self._caps[key] = find_binding(task, [everybody], CAPS) or ()
        return self._caps[key]

    def _with(self, woman: Woman) -> tuple[Task, Row]:
        places = {**self._rest, self._post: woman.id}
        task = self._task.narrow(places, out=(self._gone,))
        everybody = Frame(task.pool).sum_seats(lambda one, code: True)
        return task, Row(everybody, least=len(places))

    def _sign(self, woman: Woman) -> Hashable:
        """Return all that the rules see of her."""
        return (
            woman.networks,
            woman.nationalities,
            woman.speaks,
            woman.mediator.birth_band,
            woman.is_senior,
            woman.seeks_mentoring,
            woman.id in self._task.rules.excluded,
            woman.id in self._task.rules.not_with,
        )
