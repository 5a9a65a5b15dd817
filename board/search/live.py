"""The live postings in memory, a row each: columns of what filters, counts and orders need to know.

Sets of postings are masks: an array that says yes or no for each row. Ten thousand are met and counted in some
microseconds.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from board.search.columns import PLACES, Facts

Mask = np.ndarray  # of bool, a row each
Rows = np.ndarray  # row numbers

MOST_KEPT = 40  # masks: those of the choices that are listed, and a few from addresses


class Live:
    """The live postings at one moment, by id. Never changed, only replaced.

    `table`: a column for each of Facts. `skills`: (row, skill) pairs in order of rows, as two arrays.
    """

    def __init__(self, table: np.ndarray, skill_rows: np.ndarray, skill_ids: np.ndarray):
        for name, column in zip(Facts._fields, table, strict=True):
            setattr(self, name, column)
        self.table, self.skill_rows, self.skill_ids = table, skill_rows, skill_ids
        self.ids: np.ndarray = table[0]
        self.everything = np.ones(len(self), bool)
        self._kept: dict[tuple[str, int | str], Mask] = {}

    def __len__(self) -> int:
        return self.table.shape[1]

    def __contains__(self, number: int) -> bool:
        return self.row(number) is not None

    @classmethod
    def of(cls, facts: list[Facts], skills: dict[int, Iterable[int]]) -> "Live":
        """From rows in any order; skills by id."""
        facts = sorted(facts)
        table = np.array(facts, np.int64).T.copy() if facts else np.zeros((len(Facts._fields), 0), np.int64)
        pairs = [(row, skill) for row, fact in enumerate(facts) for skill in skills.get(fact.id, ())]
        rows, ids = np.array(pairs, np.int32).reshape(-1, 2).T.copy()
        return cls(table, rows, ids)

    @classmethod
    def joined(cls, some: list["Live"]) -> "Live":
        """All of several that have no posting in common."""
        table = np.concatenate([one.table for one in some], axis=1)
        order = np.argsort(table[0])
        place = np.empty(len(order), np.int32)  # from a row before sorting to the one it becomes
        place[order] = np.arange(len(order))
        starts = np.cumsum([0, *(len(one) for one in some[:-1])])
        rows = place[np.concatenate([one.skill_rows + start for one, start in zip(some, starts.tolist(), strict=True)])]
        by_row = np.argsort(rows, kind="stable")
        return cls(table[:, order], rows[by_row], np.concatenate([one.skill_ids for one in some])[by_row])

    def changed(self, keep: Mask, fresh: "Live") -> "Live":
        """Some of these rows and others."""
        kept = keep[self.skill_rows]
        before = (np.cumsum(keep) - 1).astype(np.int32)  # from a row of ours to its place among those kept
        stays = Live(self.table[:, keep], before[self.skill_rows[kept]], self.skill_ids[kept])
        return Live.joined([stays, fresh])

    # -- rows and ids
    @cached_property
    def _row_of(self) -> np.ndarray:
        """By id; -1 for what is not live, which every id beyond the last is too."""
        found = np.full(int(self.ids[-1]) + 2 if len(self) else 1, -1, np.int32)
        found[self.ids] = np.arange(len(self), dtype=np.int32)
        return found

    def rows_of(self, numbers: np.ndarray) -> np.ndarray:
        """The row of each id, -1 where it is not live."""
        return self._row_of[np.minimum(numbers, len(self._row_of) - 1)]

    def row(self, number: int) -> int | None:
        row = int(self._row_of[number]) if 0 <= number < len(self._row_of) else -1
        return None if row < 0 else row

    def mask(self, rows: Rows) -> Mask:
        made = np.zeros(len(self), bool)
        made[rows] = True
        return made

    @cached_property
    def all(self) -> frozenset[int]:
        """Ids, for what looks at them one by one."""
        return frozenset(self.ids.tolist())

    # -- sets
    def with_skill(self, skill: int) -> Mask:
        return self.mask(self.rows_with(skill))

    def rows_with(self, skill: int) -> Rows:
        rows, starts = self._by_skill
        return rows[starts[skill] : starts[skill + 1]] if 0 <= skill < len(starts) - 1 else rows[:0]

    @cached_property
    def _by_skill(self) -> tuple[Rows, list[int]]:
        """The rows that ask for each skill, in order of skills, and where those of each begin."""
        order = np.argsort(self.skill_ids, kind="stable")
        return self.skill_rows[order], [0, *np.cumsum(self.counts_of_skills).tolist()]

    def skills_of(self, row: int) -> list[int]:
        first, last = self._skills_from[row : row + 2].tolist()
        return self.skill_ids[first:last].tolist()

    def skills_of_each(self, numbers: list[int]) -> dict[int, tuple[list[int], int]]:
        """By id, of those that are live: their skills, and how many of these, the first, are asked for."""
        rows = self.rows_of(np.array(numbers, np.int64))
        there = rows >= 0
        rows, ids = rows[there], np.array(numbers, np.int64)[there].tolist()
        each = zip(
            ids,
            self._skills_from[rows].tolist(),
            self._skills_from[rows + 1].tolist(),
            self.musts[rows].tolist(),
            strict=True,
        )
        return {number: (self.skill_ids[first:last].tolist(), musts) for number, first, last, musts in each}

    def in_fields(self, numbers: list[int]) -> Mask:
        return np.isin(self.field, numbers)

    def within_hours(self, most: int) -> Mask:
        return self._keep(("hours", most), lambda: (self.hours > 0) & (self.hours <= most))

    def paying(self, low: int) -> Mask:
        """At least so many dollars an hour."""
        return self._keep(("pay", low), lambda: self.hourly >= max(low * 100, 1))

    def at(self, place: str) -> Mask:
        return self._keep(("place", place), lambda: self.place == PLACES.index(place))

    @cached_property
    def welcoming(self) -> Mask:
        """Those that welcome a first project."""
        return self.first > 0

    def _keep(self, key: tuple[str, int | str], make: Callable[[], Mask]) -> Mask:
        made = self._kept.get(key)
        if made is None:
            made = make()
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = made
        return made

    # -- counts
    def skill_counts(self, rows: Rows) -> np.ndarray:
        """How many of these postings ask for each skill, by its id."""
        first, count = self._skills_from[rows], self._skills_from[rows + 1] - self._skills_from[rows]
        steps = np.arange(count.sum()) + np.repeat(first - (count.cumsum() - count), count)
        return np.bincount(self.skill_ids[steps])

    @cached_property
    def _skills_from(self) -> np.ndarray:
        """Where the skills of each row begin; one more at the end."""
        return np.searchsorted(self.skill_rows, np.arange(len(self) + 1))

    @cached_property
    def counts_of_skills(self) -> np.ndarray:
        return np.bincount(self.skill_ids)

    @cached_property
    def employers(self) -> int:
        return len(np.unique(self.employer))

    # -- orders: newest first where nothing else decides
    @cached_property
    def newest(self) -> Rows:
        return np.lexsort((-self.ids, -self.opened))

    @cached_property
    def place_in_newest(self) -> np.ndarray:
        made = np.empty(len(self), np.int32)
        made[self.newest] = np.arange(len(self))
        return made

    @cached_property
    def closing(self) -> Rows:
        return np.lexsort((self.place_in_newest, self.apply_by))

    @cached_property
    def best_paid(self) -> Rows:
        return np.lexsort((self.place_in_newest, -self.hourly))
