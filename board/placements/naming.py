"""What the people of a placement are called, for who reads: an employer meets "Student 3F2A" until a teacher has agreed."""

from dataclasses import dataclass

from flask_babel import gettext as _

from board.applications.model import Application
from board.people.model import Person
from board.placements.guardian import asked
from board.placements.model import Placement
from board.placements.rules import knows_name


@dataclass(frozen=True)
class Names:
    """Names of the parties as one reader may know them."""

    placement: Placement
    reader: Person

    @property
    def student(self) -> str:
        return student_of(self.placement, self.reader)

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


def student_of(placement: Placement, reader: Person) -> str:
    """The student's name for the school, their first name for an employer once a teacher has agreed (and home, where it wants
    no directory information given out), else the code."""
    student = placement.application.student
    if not reader.is_employer:
        return student.name
    if knows_name(placement, reader) and not keeps_name(placement):
        return student.first_name
    return _("Student %(code)s", code=placement.application.code)


def keeps_name(placement: Placement) -> bool:
    """The family wants no directory information given out, and no yes from home stands: an employer reads the code, also
    where they wrote it down after a teacher had agreed."""
    return bool(placement.application.student.directory_opt_out) and asked(placement).is_missing


def first_names(applications: list[int]) -> dict[int, str]:
    """By application: the first name, of those whose match a teacher has agreed to. What an employer may know."""
    query = (
        Placement.select(Placement, Application, Person)
        .join(Application)
        .join(Person, on=Application.student)
        .where(Placement.application.in_(applications), Placement.agreed_at.is_null(False))
    )
    return {one.application_id: one.application.student.first_name for one in query if not keeps_name(one)}
