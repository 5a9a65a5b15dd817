"""A project, a school year and a rule book for tests of the checks; each test changes what it is about."""

from dataclasses import replace
from datetime import date

from board.checks import engine
from board.checks.facts import Project, Session, Span, Worker, Year
from board.checks.results import Level, Result, Stage
from board.checks.rulebook import Rulebook

MONDAY = date(2026, 10, 5)  # a week with school
TERM = Span(date(2026, 8, 31), date(2027, 6, 11), "The year")
YEAR = Year(terms=(TERM,), free=(Span(date(2026, 12, 21), date(2027, 1, 1), "Winter break"),))
RULES = Rulebook(state="OR", minimum_pay_cents=1000)
FINE = Project(
    1, hours=12, weeks=2, starts_on=MONDAY, due_on=date(2026, 10, 18), tasks=("drawing",), pay_cents=24000,
    worker_kind="employee", place="on-site", address="12 Alder Street", supervisor="Pat", premises="workplace", alone="never",
    minimum_age=14, sessions=(Session(1, 16 * 60, 19 * 60), Session(3, 16 * 60, 19 * 60)),
)  # fmt: skip
REMOTE = replace(FINE, place="remote", address="", supervisor="", premises=None, alone=None, sessions=())


def at(day: int, starts: str, ends: str) -> Session:
    return Session(day, minutes(starts), minutes(ends))


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def found(project: Project = FINE, rules: Rulebook = RULES, worker: Worker | None = None, stage=Stage.SUBMIT,
          year: Year = YEAR, **changes) -> list[Result]:  # fmt: skip
    return engine.check(replace(project, **changes), year, rules, worker, stage)


def levels(results: list[Result], rule: str) -> set[str]:
    """What a rule says beside passing."""
    return {str(one.level) for one in results if one.rule == rule and one.level != Level.PASSED}


def blocks(results: list[Result]) -> bool:
    return any(one.is_block for one in results)
