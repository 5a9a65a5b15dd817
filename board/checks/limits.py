"""How long and when a young student may work: federal law under 16, and what the state adds. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from board.checks.plan import DAY, WEEK, WHOLE_DAY, Plan, SchoolDays, Slot, days_between, is_summer, monday_of
from board.checks.results import Source
from board.checks.rulebook import FLSA_HOURS, NIGHT, SUMMER_NIGHT, Limits, Rulebook

FEDERAL = Limits(school_day=180, free_day=480, school_week=18 * 60, free_week=40 * 60, earliest=NIGHT[0], hard=True)
LONGEST = 8  # weeks; longer is a job, not a micro-internship
NOBODY: Mapping[date, int] = {}
AgeOn = Callable[[date], int]


@dataclass(frozen=True)
class Law:
    """Limits for everybody below an age. Without a state it is the federal law."""

    below: int
    limits: Limits
    state: str = ""
    source: Source | None = None

    def latest(self, day: date, school: SchoolDays) -> int | None:
        """When work ends at the latest on a day, minutes since midnight."""
        if not self.state:
            return SUMMER_NIGHT if is_summer(day) else NIGHT[1]
        return self.limits.latest_before_school if school.has(day + DAY) else self.limits.latest

    def of_day(self, day: date, school: SchoolDays) -> int | None:
        return self.limits.school_day if school.has(day) else self.limits.free_day

    def of_week(self, day: date, school: SchoolDays) -> int | None:
        return self.limits.school_week if school.in_week(day) else self.limits.free_week


def laws(rules: Rulebook) -> list[Law]:
    """All that hold here. What a state asks of 16- and 17-year-olds it asks of younger ones, too."""
    young, older = rules.sources.get("limits_14_15"), rules.sources.get("limits_16_17")
    state = rules.state or "?"
    found = [Law(16, FEDERAL, "", FLSA_HOURS), Law(16, rules.limits_14_15, state, young)]
    found.append(Law(18, rules.limits_16_17, state, older))
    return [law for law in found if law.limits != Limits(hard=law.limits.hard)]


@dataclass(frozen=True)
class Broken:
    """One limit that a plan breaks, where it does first: `kind` is clock, day, week or spread."""

    kind: str
    law: Law
    day: date
    minutes: int = 0  # planned
    most: int = 0  # allowed
    slot: Slot | None = None
    school: bool = True  # a school day, or a school week


def broken(law: Law, plan: Plan, school: SchoolDays, age_on: AgeOn, others: Mapping[date, int] = NOBODY):
    """What of a plan breaks a law, one of each kind. `others`: minutes worked elsewhere, by day."""
    found: dict[str, Broken] = {}
    weeks: dict[date, int] = {}
    for slot in plan.slots:
        if slot.starts is None or slot.ends is None or age_on(slot.day) >= law.below:
            continue
        latest = law.latest(slot.day, school)
        early = law.limits.earliest is not None and slot.starts < law.limits.earliest
        if early or (latest is not None and slot.ends > latest):
            found.setdefault("clock", Broken("clock", law, slot.day, slot=slot, school=school.has(slot.day)))
    for day, minutes in sorted(plan.by_day.items()):
        if age_on(day) >= law.below:
            continue
        planned, most = minutes + others.get(day, 0), law.of_day(day, school)
        weeks[monday_of(day)] = weeks.get(monday_of(day), 0) + minutes
        kind = "school_day" if school.has(day) else "free_day"
        if most is not None and planned > most:
            found.setdefault(kind, Broken(kind, law, day, planned, most, school=school.has(day)))
    for monday, minutes in weeks.items():
        planned = minutes + sum(
            others.get(day, 0) for day in days_between(monday, monday + 6 * DAY) if age_on(day) < law.below
        )
        most = law.of_week(monday, school)
        if most is not None and planned > most:
            found.setdefault("week", Broken("week", law, monday, planned, most, school=school.in_week(monday)))
    bound = plan.loose and not found and age_on(plan.first) < law.below
    if bound:
        room = capacity(law, plan.first, plan.last, school, age_on, plan.by_day, others)
        if plan.loose > room:
            kind = Broken("spread", law, plan.first, plan.loose, room, school=school.in_week(plan.first))
            found["spread"] = kind
    return list(found.values())


def capacity(
    law: Law, first: date, last: date, school: SchoolDays, age_on: AgeOn, fixed: Mapping[date, int] = NOBODY,
    others: Mapping[date, int] = NOBODY, weekdays: set[int] | None = None,
) -> int:  # fmt: skip
    """How many minutes beside those at fixed times a law lets a student work between two days, on these weekdays."""
    rooms: dict[date, int] = {}
    free = 0
    for day in days_between(first, last):
        if weekdays is not None and day.weekday() not in weekdays:
            continue
        if age_on(day) >= law.below:
            free += WHOLE_DAY  # the law says nothing of it, however full the day is
            continue
        taken = fixed.get(day, 0) + others.get(day, 0)
        most = law.of_day(day, school)
        monday = monday_of(day)
        rooms[monday] = rooms.get(monday, 0) + max(0, (WHOLE_DAY if most is None else most) - taken)
    for monday in rooms:
        week = [day for day in days_between(monday, monday + 6 * DAY) if age_on(day) < law.below]
        used = sum(fixed.get(day, 0) + others.get(day, 0) for day in week)
        most = law.of_week(monday, school)
        if most is not None:
            rooms[monday] = min(rooms[monday], max(0, most - used))
    return free + sum(rooms.values())


def weeks_needed(law: Law, plan: Plan, school: SchoolDays, age_on: AgeOn, fixed: bool) -> int | None:
    """Over how many weeks the same hours fit; those at fixed times on the same weekdays. None: not in eight."""
    weekdays = {slot.day.weekday() for slot in plan.slots} if fixed else None
    minutes = plan.minutes - plan.loose if fixed else plan.minutes
    for weeks in range(1, LONGEST + 1):
        last = plan.first + weeks * WEEK - DAY
        if last > plan.last and capacity(law, plan.first, last, school, age_on, weekdays=weekdays) >= minutes:
            return weeks
    return None
