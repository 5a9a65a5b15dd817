"""Who may do what with a placement, when. Pure: what needs other rows is asked by the actions."""

from board.moves import Move
from board.people.model import STAFF, Person, Role
from board.placements.model import BEFORE_START, OPEN, Placement, State
from board.words import N_

STUDENT, EMPLOYER = (Role.STUDENT,), (Role.EMPLOYER,)
# moves no side learns of but the school: of a message that was held, and of how an employer stands with the school
STAFF_ALONE = (
    "hold_message",
    "pass_message",
    "stop_message",
    "employer_suspended",
    "employer_lapsed",
    "supervisor_lapsed",
)


def is_party(person: Person, placement: Placement) -> bool:
    """The student themself, an employer's own people, and all of the school's staff."""
    if person.is_student:
        return placement.application.student_id == person.id
    if person.is_employer:
        return placement.posting.employer_id == person.employer_id
    return True


def runs(person: Person, placement: Placement) -> bool:
    """A party to it, and it is not on hold."""
    return is_party(person, placement) and not placement.held_at


MOVES = {
    move.name: move
    for move in (
        Move("agree", N_("Agree to the match"), (State.PROPOSED,), State.AGREED, STAFF, runs),
        Move("not_agree", N_("Do not agree"), (State.PROPOSED,), State.NOT_AGREED, STAFF, runs, reason=True, danger=True),
        Move("start", N_("Start the project"), (State.AGREED,), State.ACTIVE, (*EMPLOYER, *STAFF), runs),
        Move("deliver", N_("Hand in"), (State.ACTIVE,), State.DELIVERED, STUDENT, runs),
        Move("send_back", N_("Send back"), (State.DELIVERED,), State.ACTIVE, EMPLOYER, runs, reason=True, quiet=True),
        Move("complete", N_("Sign off"), (State.DELIVERED,), State.COMPLETED, STAFF, runs),
        Move("end_early", N_("End early"), (*BEFORE_START, State.ACTIVE), State.ENDED_EARLY,
             (*STUDENT, *EMPLOYER, *STAFF), is_party, danger=True),
    )
}  # fmt: skip


def knows_name(placement: Placement, person: Person) -> bool:
    """Whether this person may read the student's first name: an employer only once a teacher has agreed."""
    return not person.is_employer or placement.agreed_at is not None


def may_hold(person: Person, placement: Placement) -> bool:
    """Any teacher stops a placement that goes on, and a coordinator alone lets it go on again."""
    return person.is_teacher and not person.ended_at and placement.state in OPEN and not placement.held_at


def may_lift(person: Person, placement: Placement) -> bool:
    return person.is_coordinator and not person.ended_at and placement.held_at is not None
