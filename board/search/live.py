"""The live postings in memory: what is known of each, and the sets that filters and counts are made of."""

from bisect import bisect_left as bisect
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import chain
from typing import NamedTuple

MOST_BITS = 1000  # choices; a kilobyte and a half each for ten thousand postings
MOST_KEPT = 16  # sets for hours and pay: those on the list of choices and a few from addresses


class Facts(NamedTuple):
    version: int
    field: int | None
    skills: tuple[int, ...]
    hours: int | None
    hourly: int | None  # cents
    place: str | None
    apply_by: str | None  # ISO
    opened_at: str | None
    age: int | None
    grade: int | None
    first: bool
    employer: int
    starts_on: str | None  # ISO
    copy: int  # the same for one employer's projects of the same title, but for numbers in it


class Live:
    """The live postings at one moment, and the sets that facets are counted with. Never changed, only replaced."""

    def __init__(self, facts: dict[int, Facts]):
        self.facts = facts
        self.all = frozenset(facts)
        self._kept: dict[tuple[str, int], frozenset[int]] = {}
        self._bits: dict[tuple[str, object], int] = {}

    @cached_property
    def employers(self) -> int:
        return len({fact.employer for fact in self.facts.values()})

    @cached_property
    def fields(self) -> dict[int | None, frozenset[int]]:
        sets: dict[int | None, set[int]] = {}
        for number, fact in self.facts.items():
            sets.setdefault(fact.field, set()).add(number)
        return {key: frozenset(some) for key, some in sets.items()}

    @cached_property
    def skills(self) -> dict[int, frozenset[int]]:
        sets: dict[int, set[int]] = {}
        for number, fact in self.facts.items():
            for skill in fact.skills:
                sets.setdefault(skill, set()).add(number)
        return {key: frozenset(some) for key, some in sets.items()}

    @cached_property
    def places(self) -> dict[str | None, frozenset[int]]:
        sets: dict[str | None, set[int]] = {}
        for number, fact in self.facts.items():
            sets.setdefault(fact.place, set()).add(number)
        return {key: frozenset(some) for key, some in sets.items()}

    @cached_property
    def _by_hours(self) -> list[tuple[int, int]]:
        return sorted((fact.hours, n) for n, fact in self.facts.items() if fact.hours is not None)

    @cached_property
    def _by_pay(self) -> list[tuple[int, int]]:
        return sorted((fact.hourly, n) for n, fact in self.facts.items() if fact.hourly is not None)

    def within_hours(self, most: int) -> frozenset[int]:
        return self._keep(("hours", most), lambda: self._by_hours[: bisect(self._by_hours, (most + 1,))])

    def paying(self, low: int) -> frozenset[int]:
        """At least so many dollars an hour."""
        return self._keep(("pay", low), lambda: self._by_pay[bisect(self._by_pay, (low * 100,)) :])

    def _keep(self, key: tuple[str, int], pairs) -> frozenset[int]:
        made = self._kept.get(key)
        if made is None:
            made = frozenset(number for _, number in pairs())
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = made
        return made

    @cached_property
    def welcoming(self) -> frozenset[int]:
        """Those that welcome a first project."""
        return frozenset(number for number, fact in self.facts.items() if fact.first)

    @cached_property
    def demands(self) -> dict[tuple[int | None, int | None, str | None], list[int]]:
        """Postings by what they ask of a student: lowest age, lowest grade, first day of work."""
        sets: dict[tuple[int | None, int | None, str | None], list[int]] = {}
        for number, fact in self.facts.items():
            sets.setdefault((fact.age, fact.grade, fact.starts_on), []).append(number)
        return sets

    @cached_property
    def skills_of(self) -> dict[int, tuple[int, ...]]:
        return {number: fact.skills for number, fact in self.facts.items()}

    def skill_counts(self, numbers: Collection[int]) -> Counter[int]:
        """How many of these postings ask for each skill."""
        if numbers is self.all:
            return Counter({skill: len(some) for skill, some in self.skills.items()})
        return Counter(chain.from_iterable(map(self.skills_of.__getitem__, numbers)))

    # -- sets as one long number each, a bit a posting: ten thousand are met and counted in a microsecond
    @cached_property
    def _places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.facts)}

    def bits(self, numbers: Iterable[int]) -> int:
        if numbers is self.all:
            return (1 << len(self.facts)) - 1
        digits = bytearray(b"0") * len(self.facts)
        places = self._places
        for number in numbers:
            digits[places[number]] = 49  # "1"
        return int(digits or b"0", 2)

    def kept_bits(self, kind: str, value, numbers: frozenset[int]) -> int:
        """The bits of a choice's postings, made once."""
        made = self._bits.get((kind, value))
        if made is None:
            made = self.bits(numbers)
            if len(self._bits) < MOST_BITS:
                self._bits[kind, value] = made
        return made

    # -- orders: newest first where nothing else decides
    @cached_property
    def newest(self) -> list[int]:
        return sorted(self.facts, key=lambda n: (self.facts[n].opened_at or "", n), reverse=True)

    @cached_property
    def place_in_newest(self) -> dict[int, int]:
        return {number: position for position, number in enumerate(self.newest)}

    @cached_property
    def closing(self) -> list[int]:
        return sorted(self.newest, key=lambda n: self.facts[n].apply_by or "9999")

    @cached_property
    def best_paid(self) -> list[int]:
        return sorted(self.newest, key=lambda n: -(self.facts[n].hourly or 0))
