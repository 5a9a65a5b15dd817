"""Who may do what with an application, when; and who may apply at all. Pure."""

from datetime import date, timedelta

from board.applications.model import Application, State
from board.moves import Move
from board.people.model import Person, Role
from board.postings.model import Posting
from board.postings.model import State as PostingState
from board.school.model import LOWEST_AGE
from board.words import N_, Said

STUDENT, EMPLOYER = (Role.STUDENT,), (Role.EMPLOYER,)
WHY = (40, 2000)  # characters
ANSWER, EVIDENCE = 1500, 400
OFFER_DAYS = (1, 14)  # a student has at least a day to answer, an employer waits two weeks at most
OFFER_DEFAULT = timedelta(days=3)
UNDATED_DECISION = timedelta(days=30)  # a posting without a decide-by date decides this long after its last day
GRACE = timedelta(days=2)  # after the day to decide, for a late answer in the employer's own words
FINAL = (State.NOT_SELECTED, State.TAKEN_BACK)  # the employer has answered: no second application


def own(person: Person, application: Application) -> bool:
    return application.student_id == person.id


def theirs(person: Person, application: Application) -> bool:
    return application.posting.employer_id == person.employer_id


MOVES = {
    move.name: move
    for move in (
        Move("submit", N_("Send"), (State.DRAFT,), State.SUBMITTED, STUDENT, own),
        Move("withdraw", N_("Withdraw"), (State.DRAFT, State.SUBMITTED, State.SHORTLISTED, State.OFFERED),
             State.WITHDRAWN, STUDENT, own, danger=True),
        Move("accept", N_("Accept the offer"), (State.OFFERED,), State.ACCEPTED, STUDENT, own),
        Move("turn_down", N_("Turn it down"), (State.OFFERED,), State.TURNED_DOWN, STUDENT, own, danger=True),
        Move("shortlist", N_("Shortlist"), (State.SUBMITTED,), State.SHORTLISTED, EMPLOYER, theirs, quiet=True),
        Move("offer", N_("Offer the project"), (State.SUBMITTED, State.SHORTLISTED), State.OFFERED, EMPLOYER, theirs),
        Move("take_offer_back", N_("Take the offer back"), (State.OFFERED,), State.TAKEN_BACK, EMPLOYER, theirs,
             reason=True, danger=True),
        Move("not_select", N_("Not selected"), (State.SUBMITTED, State.SHORTLISTED), State.NOT_SELECTED, EMPLOYER,
             theirs, danger=True),
        # the board itself
        Move("lapse", N_("The offer lapsed"), (State.OFFERED,), State.LAPSED),
        Move("revoke", N_("The offer ended with the project"), (State.OFFERED,), State.TAKEN_BACK),
        Move("release", N_("Answered by the board"), (State.SUBMITTED, State.SHORTLISTED), State.NOT_SELECTED),
    )
}  # fmt: skip


def bar(student: Person, posting: Posting, today: date, lowest: int = LOWEST_AGE) -> Said | None:
    """Why this student may not apply to this posting, said before they start writing; None when they may.

    Age counts on the first day of work, since that is when the law asks. `lowest`: the school's own minimum,
    for postings that give none.
    """
    if posting.state != PostingState.OPEN or posting.held_at:
        return Said(N_("This project takes no applications at the moment."))
    if posting.apply_by and posting.apply_by < today:
        return Said(N_("The last day to apply has passed."))
    if student.not_shown:
        return Said(N_("Your family or your school does not want you shown to employers, so you can't apply here. Ask your teacher if that should change."))  # fmt: skip
    if student.birth_date is None:
        return Said(N_("The school needs your birth date before you can apply. Ask your teacher to add it."))
    first_day = max(posting.starts_on or today, today)
    age = max(posting.minimum_age or 0, lowest)
    if student.age_on(first_day) < age:
        return Said(N_("This project is for students who are %(age)s or older when it starts."), age=age)
    if posting.minimum_grade and (student.grade or 0) < posting.minimum_grade:
        return Said(N_("This project is for grade %(grade)s and up."), grade=posting.minimum_grade)
    return None


def grade_band(grade: int | None) -> str:
    """What an employer learns of a student's grade."""
    if grade is None:
        return N_("High school")
    return N_("Grade 9 or 10") if grade <= 10 else N_("Grade 11 or 12")


def offer_window(today: date) -> tuple[date, date]:
    """The first and last day an offer may be answered by."""
    return today + timedelta(days=OFFER_DAYS[0]), today + timedelta(days=OFFER_DAYS[1])


def decides_by(posting: Posting) -> date | None:
    """The day by which everybody who applied has an answer; None when nobody can tell."""
    if posting.decide_by or not posting.apply_by:
        return posting.decide_by
    return posting.apply_by + UNDATED_DECISION


def answers_itself_on(posting: Posting) -> date | None:
    """The day on which the board answers everybody the employer left waiting: the first after the days of grace."""
    decide = decides_by(posting)
    return decide + GRACE + timedelta(days=1) if decide else None
