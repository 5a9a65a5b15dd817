"""All the checks of a project together but those of its text (see scanning.py), what blocks first. Pure.

A posting is checked for the youngest student it lets in, as if they never had a birthday: whoever is older may do
whatever that one may. A student is checked at the age they have on each day of the work.
"""

from dataclasses import dataclass, replace
from datetime import date

from board.checks import contractor, estimate, hours, pay, standing, work
from board.checks.facts import Project, Worker, Year
from board.checks.limits import AgeOn
from board.checks.plan import Plan, SchoolDays, plan_of
from board.checks.results import Level, Result, Stage, in_order
from board.checks.rulebook import Rulebook
from board.people.model import age_on
from board.school.model import LOWEST_AGE
from board.words import N_

OF_AGE = ("R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R11", "R20")  # what another age would settle
BANDS = ((14, 15), (16, 17), (18, 18))


def check(
    project: Project, year: Year, rules: Rulebook, workers: Worker | None = None, stage: Stage = Stage.SUBMIT,
    today: date | None = None,
) -> list[Result]:  # fmt: skip
    """Everything that can be decided, what blocks first. `today` is the first day where the project names none."""
    plan, school = plan_of(project), SchoolDays(year)
    found = of_age(project, plan, school, rules, workers, today)
    age, _label, age_of = ages_of(project, rules, workers, plan, today)
    at_end = age_of(plan.last) if plan else age
    found += estimate.estimate(project, rules, school)
    found += work.place(project)
    found += pay.pay(project, rules, at_end, workers and workers.began) + contractor.standing_as(project)
    found += standing.permit(rules, age, workers, stage) + standing.guardian(age, workers, stage)
    found += standing.employer(project, stage)
    return in_order(found)


def of_age(
    project: Project, plan: Plan | None, school: SchoolDays, rules: Rulebook, worker: Worker | None,
    today: date | None = None,
) -> list[Result]:  # fmt: skip
    """What depends on the age: the lowest, the tasks, hours and times."""
    age, label, age_of = ages_of(project, rules, worker, plan, today)
    asked = age if worker else project.minimum_age
    found = [hours.lowest_age(asked, rules, student=worker is not None)]
    found += work.tasks(project, rules, age, label)
    if plan is None:
        return found + estimate.undated(project, rules, age, label)
    same, others = elsewhere(project, worker)
    told = hours.times(plan, school.year, rules, age_of, label, same, others, school)
    return found + (told or [fits(plan, label)])


def fits(plan: Plan, label: str) -> Result:
    words = N_("Its hours and times fit students of %(age)s.")
    return Result("R3", Level.PASSED, hours.TITLE, words, {"age": label}, key="hours")


def ages_of(
    project: Project, rules: Rulebook, worker: Worker | None, plan: Plan | None, today: date | None = None
) -> tuple[int, str, AgeOn]:
    """The youngest age it is about, what it is called, and the age on each day."""
    if worker is None:
        age = project.minimum_age or max(LOWEST_AGE, rules.minimum_age)
        return age, str(age), lambda day: age
    first = plan.first if plan else project.starts_on or today
    if first is None:
        raise ValueError("a student is checked for a day")
    born = worker.birth_date
    age = age_on(born, first)
    return age, band(age), lambda day: age_on(born, day)


def band(age: int) -> str:
    """How an age is told to whoever has no right to know it: "14–15"."""
    return "18+" if age >= 18 else "16–17" if age >= 16 else "14–15"


def elsewhere(project: Project, worker: Worker | None) -> tuple[dict[date, int], dict[date, int]]:
    """Minutes of a student's other projects by day: for this employer, and for every employer."""
    same: dict[date, int] = {}
    every: dict[date, int] = {}
    for employer, day, minutes in worker.others if worker else ():
        every[day] = every.get(day, 0) + minutes
        if employer == project.employer_id:
            same[day] = same.get(day, 0) + minutes
    return same, every


@dataclass(frozen=True)
class Band:
    """Students from one age to another: whether they may, from what age, and what stands in the way if not."""

    low: int
    high: int
    lowest: int | None  # of the band; None: nobody in it
    because: tuple[Result, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.lowest is not None

    @property
    def name(self) -> str:
        return band(self.low)


@dataclass(frozen=True)
class Ages:
    """Who can do a project by its hours, days, times and tasks; what the posting itself names is not asked."""

    lowest: int | None
    bands: tuple[Band, ...]


def ages(project: Project, year: Year, rules: Rulebook) -> Ages:
    """The lowest age that may do it, and for each band whether it may and why not."""
    plan, school = plan_of(project), SchoolDays(year)
    blocks = {
        age: [one for one in of_age(replace(project, minimum_age=age), plan, school, rules, None) if one.is_block]
        for age in range(LOWEST_AGE, 19)
    }
    found = []
    for low, high in BANDS:
        lowest = next((age for age in range(low, high + 1) if not blocks[age]), None)
        found.append(Band(low, high, lowest, tuple(blocks[low])))
    return Ages(next((age for age in blocks if not blocks[age]), None), tuple(found))
