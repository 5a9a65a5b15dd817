"""What keeps people from being erased now: each a sentence for the coordinator who would do it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from peewee import ModelSelect

from board.applications.model import Application
from board.people.model import Person
from board.placements.model import OPEN, Message, Placement
from board.reports.model import Report, ReportAbout, ReportEntry
from board.words import N_, Said


@dataclass(frozen=True)
class Hold:
    """`people`: queries of the numbers of those it keeps, without NULL; `words`: the sentence that says it."""

    people: Callable[[], list]
    words: str


def at_work() -> list:
    """Students with an unfinished project, and who looks after it."""
    is_open = Placement.state.in_(OPEN)
    students = Placement.select(Application.student).join(Application).where(is_open)
    staff = [Placement.select(key).where(is_open, key.is_null(False)) for key in (Placement.lead, Placement.cover)]
    return [students, *staff]


def in_a_case() -> list:
    """Who said it, whom it is about, who noted something, whose application or placement it belongs to, and who wrote
    there, whoever is named."""
    cases = Report.going_on()

    def of(column) -> ModelSelect:
        return cases.select(column).where(column.is_null(False))

    said = [of(Report.person), of(Report.subject)]
    said += [
        one.select(one.person).where(one.report.in_(of(Report.id)), one.person.is_null(False))
        for one in (ReportAbout, ReportEntry)
    ]
    applied = Application.select(Application.student).where(Application.id.in_(of(Report.application)))
    placed = Placement.select(Application.student).join(Application).where(Placement.id.in_(of(Report.placement)))
    wrote = Message.select(Message.writer).where(
        Message.placement.in_(of(Report.placement)), Message.writer.is_null(False)
    )
    colleagues = Person.select(Person.id).where(Person.employer.in_(of(Report.employer)))
    return [*said, applied, placed, wrote, colleagues]


HOLDS = (
    Hold(at_work, N_("A project is not finished yet. End it, or name another teacher for it, first.")),
    # no more than that: whoever reads it may be the one it is about
    Hold(in_a_case, N_("The school keeps everything that belongs to this person as it is for now. Try again later.")),
)


def held_by(person: Person) -> Said | None:
    """The first of what keeps them, or None."""
    for hold in HOLDS:
        is_held = reduce(or_, [Person.id.in_(people) for people in hold.people()])
        if Person.select().where(Person.id == person.id, is_held).exists():
            return Said(hold.words)
    return None
