"""What the checks say of a text while it is typed: by part of the page, and who could do it. Writes nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from board.checks.engine import Ages
from board.checks.results import Level, Result, Stage
from board.employers.model import Employer
from board.postings import checking
from board.postings.content import SECTION_OF
from board.postings.rules import Problem

NOT_YET = ("R18:premises", "R12:unknown")  # what only says that something is not given


@dataclass(frozen=True)
class Live:
    """Results by section, what blocks first; none of what passed, nor of what nobody has filled in yet. `elsewhere`:
    the keys of those the page says at their fields already."""

    parts: dict[str, list[Result]]
    ages: Ages
    elsewhere: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(map(len, self.parts.values()))


def of(values: Mapping, employer: Employer, posting_id: int | None = None, at_fields: Collection[Problem] = ()) -> Live:
    """Values as in content.py. `at_fields`: what a refusal has said at its field, and is not said twice."""
    parts: dict[str, list[Result]] = {}
    said = [(problem.words, problem.values) for problem in at_fields]
    elsewhere: list[str] = []
    for one in checking.results(values, employer, Stage.SUBMIT, posting_id):
        if (one.words, one.values) in said:
            elsewhere.append(checking.place_of(one, values))
        elif is_told(one, values):
            parts.setdefault(str(SECTION_OF[checking.place_of(one, values)]), []).append(one)
    return Live(parts, checking.ages(values, employer), tuple(elsewhere))


def is_told(one: Result, values: Mapping) -> bool:
    if one.key not in SECTION_OF or one.level == Level.PASSED or one.reason:
        return False
    if one.level == Level.WARNS and one.mark in NOT_YET:
        return False
    return bool(values.get(one.key))  # what is empty is asked for when it is sent
