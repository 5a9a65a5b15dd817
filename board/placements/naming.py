"""What the people of a placement are called, for who reads: an employer meets "Student 3F2A" until a teacher has agreed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from board.applications.model import Application
from board.guardians.actions import answers_of
from board.people.model import Person
from board.placements.guardian import asked
from board.placements.model import Placement
from board.placements.rules import knows_name


@dataclass(frozen=True)
class Names:
    """Names of the parties as one reader may know them. `kept`: `keeping_names` of a list it stands in."""

    placement: Placement
    reader: Person
    kept: Collection[int] | None = None

    @cached_property
    def student(self) -> str:
        return student_of(self.placement, self.reader, self.kept)

    @property
    def employer(self) -> str:
        return self.placement.posting.employer.name

    def of(self, person: Person | None) -> str:
        """Who did something: an employer's people stand for their organization to a student, and nobody is the board."""
        if person is None:
            return _("The board")
        if person.id == self.reader.id:
            return _("You")
        if person.is_student:
            return self.student
        if person.is_employer and self.reader.is_student:
            return self.employer if self.placement.agreed_at is None else f"{person.first_name}, {self.employer}"
        return person.name


def student_of(placement: Placement, reader: Person, kept: Collection[int] | None = None) -> str:
    """The student's name for the school, their first name for an employer once a teacher has agreed (and home, where it wants
    no directory information given out), else the code. `kept`: `keeping_names` of a list it stands in."""
    student = placement.application.student
    if not reader.is_employer:
        return student.name
    if knows_name(placement, reader) and placement.id not in (keeping_names([placement]) if kept is None else kept):
        return student.first_name
    return _("Student %(code)s", code=placement.application.code)


def keeping_names(placements: Iterable[Placement]) -> set[int]:
    """Ids of those whose family wants no directory information given out while no yes from home stands: an employer
    reads the code, also where they wrote it down after a teacher had agreed. One query at most."""
    silent = [one for one in placements if one.application.student.directory_opt_out]
    answers = answers_of([one.application_id for one in silent]) if silent else {}
    return {one.id for one in silent if asked(one, answers=answers[one.application_id]).is_missing}


def first_names(applications: list[int]) -> dict[int, str]:
    """By application: the first name, of those whose match a teacher has agreed to. What an employer may know."""
    query = (
        Placement.select(Placement, Application, Person)
        .join(Application)
        .join(Person, on=Application.student)
        .where(Placement.application.in_(applications), Placement.agreed_at.is_null(False))
    )
    rows = list(query)
    kept = keeping_names(rows)
    return {one.application_id: one.application.student.first_name for one in rows if one.id not in kept}
