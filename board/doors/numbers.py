"""The board in a few numbers, for those who think about joining: those that flatter."""

from flask_babel import ngettext

from board.applications.model import Application
from board.applications.model import State as ApplicationState
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.people.model import Person, Role
from board.postings.model import Posting, State

FEW = 3  # fewer say that nobody is here yet


def flattering() -> list[tuple[int, str]]:
    """(number, what it counts), where there are more than a few."""
    accepted = Application.select(Application.posting).where(Application.state == ApplicationState.ACCEPTED)
    done = Posting.select().where(Posting.state.in_([State.FILLED, State.CLOSED]), Posting.id.in_(accepted)).count()
    students = Person.active().where(Person.role == Role.STUDENT).count()
    employers = Employer.select().where(Employer.state == EmployerState.VERIFIED).count()
    found = [
        (students, ngettext("student", "students", students)),
        (employers, ngettext("employer is here", "employers are here", employers)),
        (done, ngettext("project has found its student", "projects have found their students", done)),
    ]
    return [(number, words) for number, words in found if number > FEW]
