"""Ages, hours and times of day: R1-R7 and R20 of the table. Pure."""

from collections.abc import Mapping
from datetime import date

from board.checks.facts import Year
from board.checks.limits import LONGEST, NOBODY, AgeOn, Broken, broken, capacity, laws, weeks_needed
from board.checks.plan import DAY, Plan, SchoolDays, Slot
from board.checks.results import Level, Result
from board.checks.rulebook import FLSA_14_15, FLSA_HOURS, Rulebook
from board.school.model import LOWEST_AGE
from board.words import N_

TITLE = N_("Hours and times.")
AGE = "minimum_age"  # where everything stands that another lowest age would settle
RULES = {"clock": "R2", "school_day": "R3", "free_day": "R4", "week": "R5", "spread": "R7"}

TOO_LONG = {
    "school_day": N_("At %(age)s this may run at most %(most)s hours on a school day, Fridays included; on %(day)s it runs %(hours)s."),
    "free_day": N_("At %(age)s this may run at most %(most)s hours on a day without school; on %(day)s it runs %(hours)s."),
}  # fmt: skip
TOO_MUCH = {
    True: N_("At %(age)s this may run at most %(most)s hours in a school week; in the week of %(day)s it runs %(hours)s."),
    False: N_("At %(age)s this may run at most %(most)s hours in a week without school; in the week of %(day)s it runs %(hours)s."),
}  # fmt: skip
DOES_NOT_FIT = N_("At %(age)s this may run at most %(each)s hours on a school day and %(week)s in a school week. From its first day to its last that leaves room for %(most)s hours, and it needs %(hours)s.")  # fmt: skip
NOT_THEN = N_("At %(age)s nobody may work before %(from)s or after %(until)s; on %(day)s this runs from %(starts)s to %(ends)s.")  # fmt: skip
NOT_SO_LATE = N_("At %(age)s nobody may work after %(until)s; on %(day)s this runs from %(starts)s to %(ends)s.")
NOT_SO_EARLY = N_("At %(age)s nobody may work before %(from)s; on %(day)s this runs from %(starts)s to %(ends)s.")
OLDER_OR_WEEKS = N_("Make it %(older)s+ or spread it over %(weeks)s weeks.")
OLDER_OR_LESS = N_("Make it %(older)s+ or give it fewer hours.")
OLDER_OR_SHORTER = N_("Make it %(older)s+ or shorter on that day.")
OLDER_OR_TIME = N_("Make it %(older)s+ or choose another time.")


def clock(minutes: int) -> str:
    """A time of day as people here say it: "7 am", "3:45 pm"."""
    hour, minute = divmod(minutes % (24 * 60), 60)
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"


def spoken(minutes: int) -> str:
    """Hours as a number: "3", "2.5", "2.25"; what is no quarter as "5:40"."""
    if minutes % 15:
        return f"{minutes // 60}:{minutes % 60:02}"
    return f"{minutes / 60:g}"


def lowest_age(age: int | None, rules: Rulebook, student: bool = False) -> Result:
    """R1. `age`: the lowest of the posting, or the student's on the first day."""
    lowest = max(LOWEST_AGE, rules.minimum_age)
    title, source = N_("Lowest age."), rules.sources.get("minimum_age", FLSA_14_15)
    if age is not None and age < lowest:
        words = N_("Students must be at least %(age)s when the work starts.") if student else N_("This school's lowest age is %(age)s.")  # fmt: skip
        return Result("R1", Level.BLOCKS, title, words, {"age": lowest}, N_("Make it %(age)s+."), source, AGE)
    return Result("R1", Level.PASSED, title, N_("Nobody under %(age)s may apply."), {"age": max(age or 0, lowest)}, source=source, key=AGE)  # fmt: skip


def times(
    plan: Plan, year: Year, rules: Rulebook, age_on: AgeOn, label: str, same: Mapping[date, int] = NOBODY,
    others: Mapping[date, int] = NOBODY, school: SchoolDays | None = None,
) -> list[Result]:  # fmt: skip
    """R2-R7 and R20: the plan against each law that holds at these ages. `same` and `others`: minutes on other days of
    work, for this employer and for every employer: what breaks with those of others alone is a warning."""
    school = school or SchoolDays(year)
    found: list[Result] = []
    for law in laws(rules):
        own = broken(law, plan, school, age_on, same)
        found += [say(one, plan, school, age_on, label) for one in own]
        kinds = {one.kind for one in own}
        if others:
            more = [one for one in broken(law, plan, school, age_on, others) if one.kind not in kinds]
            found += [with_others(one, label) for one in more if one.kind != "clock"]
    found += in_school(plan, year, age_on, label, school)
    if not found:
        found += tight(plan, rules, school, age_on, label)
    return strictest(found)


def strictest(found: list[Result]) -> list[Result]:
    """Where two laws say the same kind of thing, the one that weighs more, or the first."""
    kept: dict[str, Result] = {}
    for result in found:
        kind = result.mark.rpartition(":")[2]
        known = kept.get(kind)
        if known is None or list(Level).index(result.level) < list(Level).index(known.level):
            kept[kind] = result
    return list(kept.values())


def say(one: Broken, plan: Plan, school: SchoolDays, age_on: AgeOn, label: str) -> Result:
    law = one.law
    level = Level.BLOCKS if law.limits.hard else Level.WARNS
    rule = RULES[one.kind] if not law.state else "R20"
    said = {"age": label, "older": law.below, "day": one.day, "hours": spoken(one.minutes), "most": spoken(one.most)}
    if one.kind == "clock":
        words, said = out_of_hours(one, school, said)
        change = OLDER_OR_TIME
    else:
        weeks = weeks_needed(law, plan, school, age_on, fixed=one.kind != "spread")
        change = OLDER_OR_WEEKS if weeks else OLDER_OR_LESS if one.kind in ("week", "spread") else OLDER_OR_SHORTER
        said["weeks"] = weeks or LONGEST
        if one.kind == "spread":
            each, week = law.of_day(first_school_day(plan, school), school), law.of_week(one.day, school)
            words = DOES_NOT_FIT if each is not None and week is not None else TOO_MUCH[one.school]
            said |= {"each": spoken(each or 0), "week": spoken(week or 0)}
        else:
            words = TOO_MUCH[one.school] if one.kind == "week" else TOO_LONG[one.kind]
    return Result(rule, level, TITLE, words, said, change, law.source, AGE, f"{rule}:{one.kind}")


def first_school_day(plan: Plan, school: SchoolDays) -> date:
    days = (plan.first + number * DAY for number in range(plan.days))
    return next((day for day in days if school.has(day)), plan.first)


def out_of_hours(one: Broken, school: SchoolDays, said: dict) -> tuple[str, dict]:
    earliest, latest = one.law.limits.earliest, one.law.latest(one.day, school)
    said = said | {"starts": clock(one.slot.starts), "ends": clock(one.slot.ends)}
    if latest is None:
        return NOT_SO_EARLY, said | {"from": clock(earliest)}
    if earliest is None:
        return NOT_SO_LATE, said | {"until": clock(latest)}
    return NOT_THEN, said | {"from": clock(earliest), "until": clock(latest)}


def with_others(one: Broken, label: str) -> Result:
    """The sum over several employers."""
    words = N_("With this student's other projects it comes to %(hours)s hours around %(day)s; at %(age)s, at most %(most)s are allowed.")  # fmt: skip
    said = {"age": label, "day": one.day, "hours": spoken(one.minutes), "most": spoken(one.most)}
    rule = "R20" if one.law.state else "R5"
    return Result(rule, Level.WARNS, TITLE, words, said, N_("Talk about how the weeks fit together."), one.law.source, AGE, f"{rule}:others-{one.kind}")  # fmt: skip


def in_school(plan: Plan, year: Year, age_on: AgeOn, label: str, school: SchoolDays) -> list[Result]:
    """R6: while school is on. Under 16 the law says no; older students need the school to let them go."""
    starts, ends = year.bell

    def meets(slot: Slot) -> bool:
        return slot.starts is not None and slot.starts < ends and slot.ends > starts and school.has(slot.day)

    hit = [slot for slot in plan.slots if meets(slot)]
    if not hit:
        return []
    young = [slot for slot in hit if age_on(slot.day) < 16]
    slot = (young or hit)[0]
    said = {"age": label, "day": slot.day, "starts": clock(slot.starts), "ends": clock(slot.ends), "bell": clock(starts), "over": clock(ends)}  # fmt: skip
    if young:
        words = N_("At %(age)s work must be outside school hours, %(bell)s to %(over)s; on %(day)s this runs from %(starts)s to %(ends)s.")  # fmt: skip
        return [Result("R6", Level.BLOCKS, TITLE, words, said, N_("Choose a time before or after school, or days without school."), FLSA_HOURS, AGE, "R6:bell")]  # fmt: skip
    words = N_("On %(day)s this runs from %(starts)s to %(ends)s, while school is on (%(bell)s to %(over)s).")
    return [Result("R6", Level.WARNS, TITLE, words, said, N_("Choose a time outside school hours, or ask the school to release the student."), key="sessions", mark="R6:bell")]  # fmt: skip


def tight(plan: Plan, rules: Rulebook, school: SchoolDays, age_on: AgeOn, label: str) -> list[Result]:
    """R7: what is done at a time of one's own choice fits, but only with work on weekends."""
    for law in laws(rules):
        if not plan.loose or law.state:
            continue
        room = capacity(law, plan.first, plan.last, school, age_on, plan.by_day, weekdays=set(range(5)))
        if plan.loose > room:
            words = N_("At %(age)s this fits only with work on weekends: %(hours)s hours from %(day)s to %(last)s, at most %(each)s on a school day.")  # fmt: skip
            said = {"age": label, "hours": spoken(plan.minutes), "day": plan.first, "last": plan.last, "each": spoken(law.limits.school_day)}  # fmt: skip
            return [Result("R7", Level.WARNS, TITLE, words, said, N_("Give it a little more time. The student logs when they work."), FLSA_HOURS, AGE, "R7:tight")]  # fmt: skip
    return []
