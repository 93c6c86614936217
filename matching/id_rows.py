"""The row of each woman by her id: 12 bytes each, where a dictionary takes more than a hundred."""

from __future__ import annotations

import numpy as np

GONE = -1
FEWEST_RECENT = 1_024
RECENT_SHARE = 16
"""What came since is sorted in once it is more than this part of the whole."""


class IdRows:
    """Ids in rising order with their rows, and a dictionary of those that came since."""

    def __init__(self) -> None:
        self._ids = np.zeros(0, np.int64)
        self._rows = np.zeros(0, np.int32)
        self._recent: dict[int, int] = {}
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def __contains__(self, mediator_id: int) -> bool:
        return self.get(mediator_id) is not None

    def __getitem__(self, mediator_id: int) -> int:
        row = self.get(mediator_id)
        if row is None:
            raise KeyError(mediator_id)
        return row

    def get(self, mediator_id: int) -> int | None:
        """Return the row of an id, None if it has none."""
        recent = self._recent.get(mediator_id)
        if recent is not None:
            return recent
        place = self._find(mediator_id)
        if place is None or self._rows[place] == GONE:
            return None
        return int(self._rows[place])

    def add(self, mediator_id: int, row: int) -> None:
        """Give a row to an id that has none."""
        self._size += 1
        place = self._find(mediator_id)
        if place is not None:
            self._rows[place] = row
            return
        self._recent[mediator_id] = row
        if len(self._recent) > max(FEWEST_RECENT, len(self._ids) // RECENT_SHARE):
            self._sort_in()

    def remove(self, mediator_id: int) -> int:
        """Take the row of an id away and return it; KeyError if it has none."""
        row = self[mediator_id]
        self._size -= 1
        if self._recent.pop(mediator_id, None) is None:
            self._rows[self._find(mediator_id)] = GONE
        return row

    @property
    def nbytes(self) -> int:
        """Bytes held; some hundred for each of the few that came since."""
        return self._ids.nbytes + self._rows.nbytes + 120 * len(self._recent)

    def _find(self, mediator_id: int) -> int | None:
        place = int(np.searchsorted(self._ids, mediator_id))
        if place < len(self._ids) and self._ids[place] == mediator_id:
            return place
        return None

    def _sort_in(self) -> None:
        kept = self._rows != GONE
        ids = np.concatenate((self._ids[kept], np.fromiter(self._recent.keys(), np.int64)))
        rows = np.concatenate((self._rows[kept], np.fromiter(self._recent.values(), np.int32)))
        order = np.argsort(ids, kind="stable")
        self._ids, self._rows = ids[order], rows[order]
        self._recent.clear()
