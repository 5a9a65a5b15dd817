"""Whether days and hours can be at all, whatever the age (R21), and what can be said before there are days. Pure."""

import itertools
from math import ceil

from board.checks.facts import Project
from board.checks.hours import AGE, OLDER_OR_LESS, OLDER_OR_WEEKS, TITLE, spoken
from board.checks.limits import LONGEST, laws
from board.checks.plan import DAY, Plan, SchoolDays, plan_of
from board.checks.results import Level, Result
from board.checks.rulebook import FLSA_HOURS, HARDEST_WEEK, Rulebook
from board.words import N_

HOURS_A_DAY, HOURS_A_WEEK = 8, 40  # nobody at this age plans for more
TOO_MUCH_A_WEEK = N_("At %(age)s this may run at most %(most)s hours in a school week; here it is about %(hours)s.")


def estimate(project: Project, rules: Rulebook, school: SchoolDays) -> list[Result]:
    """R21: days and hours that can't be, whatever the age."""
    found: list[Result] = []
    title = N_("Days and hours.")

    def say(level: Level, key: str, words: str, change: str = "", **said) -> None:
        found.append(Result("R21", level, title, words, said, change, key=key, mark=f"R21:{key}"))

    starts, due, hours, weeks = project.starts_on, project.due_on, project.hours, project.weeks
    if starts and due and due < starts:
        say(Level.BLOCKS, "due_on", N_("The work is due before it starts."), N_("Give a later date for the end, or an earlier one for the start."))  # fmt: skip
    elif starts and due and (due - starts).days > LONGEST * 7:
        say(Level.BLOCKS, "due_on", N_("More than eight weeks is a job, not a micro-internship. Make it shorter, or make it two projects."))  # fmt: skip
    plan = plan_of(project)
    in_term = plan is None or any(school.has(plan.first + number * DAY) for number in range(plan.days))
    most = (rules.most_hours_week or HARDEST_WEEK) if in_term else HOURS_A_WEEK
    if hours and weeks and hours > most * weeks:
        say(Level.BLOCKS, "weeks", N_("That is more than %(most)s hours a week. Give it more weeks."), most=most)
    elif hours and plan and project.due_on:
        room = min(HOURS_A_DAY * plan.days, HOURS_A_WEEK * ceil(plan.days / 7))
        if hours - project.passed / 60 > room:
            say(Level.BLOCKS, "due_on", N_("%(hours)s hours don't fit between the first day and the last: there is room for %(most)s."), N_("Give it more days."), hours=hours, most=room)  # fmt: skip
    found += sessions(project, plan)
    return found


def sessions(project: Project, plan: Plan | None) -> list[Result]:
    """Fixed times against one another, and against the estimate."""
    title, rows = N_("Fixed times."), sorted(project.sessions, key=lambda one: (one.day, one.starts))

    def say(level: Level, words: str, change: str, **said) -> list[Result]:
        return [Result("R21", level, title, words, said, change, key="sessions", mark="R21:sessions")]

    if any(one.minutes <= 0 for one in rows):
        return say(Level.BLOCKS, N_("A time ends before it begins."), N_("Say from when to when, on the same day."))
    if any(one.day == next_.day and one.ends > next_.starts for one, next_ in itertools.pairwise(rows)):
        return say(Level.BLOCKS, N_("Two times of the same day overlap."), N_("Make them one, or move one of them."))
    if not rows or plan is None or not project.hours:
        return []
    fixed, hours = sum(plan.by_day.values()) + project.passed, project.hours * 60
    if not fixed:
        return say(Level.WARNS, N_("None of these weekdays falls between the first day and the last."), N_("Choose other days."))  # fmt: skip
    short = project.place == "on-site" and fixed < hours * 0.75
    if short or fixed > hours * 1.25:
        words = N_("The fixed times add up to %(fixed)s hours; you estimate %(hours)s.")
        return say(Level.WARNS, words, N_("Change the times, the days, or the estimate."), fixed=spoken(fixed), hours=project.hours)  # fmt: skip
    return []


def undated(project: Project, rules: Rulebook, age: int, label: str) -> list[Result]:
    """R7 without days: what nobody has laid on the calendar can't be decided, only looked at."""
    law = next((law for law in laws(rules) if not law.state), None)
    if law is None or age >= law.below or not (project.hours and project.weeks):
        return []
    week = project.hours * 60 / project.weeks
    if week <= law.limits.school_week:
        return []
    said = {"age": label, "most": spoken(law.limits.school_week), "hours": spoken(round(week)), "older": law.below,
            "weeks": ceil(project.hours * 60 / law.limits.school_week)}  # fmt: skip
    change = OLDER_OR_WEEKS if said["weeks"] <= LONGEST else OLDER_OR_LESS
    return [Result("R7", Level.WARNS, TITLE, TOO_MUCH_A_WEEK, said, change, FLSA_HOURS, AGE, "R7:undated")]
