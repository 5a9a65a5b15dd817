"""A placement is put on hold and goes on again; and what the school is asked when somebody in it is gone."""

from board.applications.actions import answered_since
from board.applications.model import Application
from board.db import database, now
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.moves import NotAllowed, Refused, Step, TooLate, follows, record, tell
from board.people.model import Person
from board.placements.actions import FOR_SCHOOL, note
from board.placements.keeping import STAYS_ON_HOLD, kept
from board.placements.model import OPEN, RUNNING, Placement
from board.placements.rules import may_hold, may_lift
from board.postings.model import Posting
from board.words import N_

GONE = ("student_left", "employer_suspended")
ON_HOLD = N_("This is on hold: the school has paused it for now.")


def must_run(placement: Placement) -> Placement:
    """The row as it stands in this transaction; raises Refused while it is on hold."""
    fresh = Placement.get_by_id(placement.id)
    if fresh.held_at:
        raise Refused(ON_HOLD)
    return fresh


def hold(placement: Placement, person: Person, words: str) -> Step:
    """No move but ending until a coordinator lifts it. The words are read by the school alone."""
    if not words.strip():
        raise Refused(N_("Say in a sentence why. Only the school reads it."))
    if not person.is_teacher:
        raise NotAllowed("hold")
    with database.atomic():
        if not may_hold(person, Placement.get_by_id(placement.id)):
            raise TooLate(None)
        Placement.update(held_at=now()).where(Placement.id == placement.id).execute()
        return note(placement, "hold", person, **{FOR_SCHOOL: words.strip()})


def rest(placement: Placement, why: str, states: tuple = RUNNING) -> None:
    """The board itself puts it on hold, for a reason that is a move: see WHY_HELD in holding.py."""
    query = Placement.update(held_at=now())
    if query.where(Placement.id == placement.id, Placement.state.in_(states), Placement.held_at.is_null()).execute():
        note(placement, "hold", None, why=why)


def lift(placement: Placement, person: Person, words: str = "") -> Step:
    """It goes on where it stood. Not where a case keeps it on hold: see keep_on_hold."""
    if not person.is_coordinator:
        raise NotAllowed("lift")
    with database.atomic():
        if not may_lift(person, Placement.get_by_id(placement.id)):
            raise TooLate(None)
        if kept(placement).hold:
            raise Refused(STAYS_ON_HOLD)
        Placement.update(held_at=None).where(Placement.id == placement.id).execute()
        return note(placement, "lift", person, **({FOR_SCHOOL: words.strip()} if words.strip() else {}))


# -- for a reason that only few may know: who, and why, stands nowhere here


def keep_on_hold(placement: Placement) -> Step:
    """On hold by the board itself; keeping.py says for how long."""
    Placement.update(held_at=now()).where(Placement.id == placement.id).execute()
    return note(placement, "hold", None)


def say_why(placement: Placement, why: str) -> Step:
    """It stays on hold, from now on for a reason that the school reads, and a coordinator lifts it."""
    return note(placement, "hold", None, why=why)


def let_go_on(placement: Placement) -> Step:
    """What `keep_on_hold` has held goes on where it stood."""
    Placement.update(held_at=None).where(Placement.id == placement.id).execute()
    return note(placement, "lift", None)


# -- somebody is gone


@follows("person", "end_account")
def student_left(person: Person, step: Step) -> None:
    """In the transaction in which an account is closed: what they were in the middle of needs a decision."""
    if person.is_student:
        for placement in Placement.seen_by(person).where(Placement.state.in_(OPEN)):
            note(placement, "student_left", None)


@follows("employer", "suspend")
def employer_suspended(employer: Employer, step: Step) -> None:
    """On hold until a coordinator has looked: both sides read that, and not why; the school is asked to decide."""
    for placement in of_employer(employer):
        stop(placement, step.person, "suspended")
        note(placement, "employer_suspended", None)
    tell_advisers(employer, step)


def tell_advisers(employer: Employer, step: Step) -> None:
    """The teachers who look after a student that works there, or whose application has ended with it; who leads a
    placement is asked about it by itself."""
    working = of_employer(employer)
    theirs = Application.select(Application.student).where(Application.id.in_(answered_since(step)))
    students = Person.id.in_(theirs) | Person.id.in_([placement.application.student_id for placement in working])
    advisers = {
        number for (number,) in Person.select(Person.adviser).where(students, Person.adviser.is_null(False)).tuples()
    }
    advisers -= {number for placement in working for number in (placement.lead_id, placement.cover_id)}
    if advisers:
        tell(
            employer,
            record(employer, "tell_school", None, employer.state, employer.state, detail={"to": sorted(advisers)}),
        )


@follows("employer", "drop_supervisor")
def supervisor_dropped(employer: Employer, step: Step) -> None:
    """Nobody goes on working with somebody the school does not trust any more."""
    for placement in of_employer(employer):
        if step.facts["supervisor"] in (placement.supervisor_id, placement.posting.supervisor_id):
            stop(placement, step.person, "supervisor")


@follows("employer", "lapse")
def employer_lapsed(employer: Employer, step: Step) -> None:
    """What students already do goes on; whoever looks after it knows."""
    for placement in of_employer(employer):
        note(placement, "employer_lapsed", None)


@follows("employer", "supervisor_lapse")
def supervisor_lapsed(employer: Employer, step: Step) -> None:
    """As with the employer's own check: it goes on, and whoever looks after it knows."""
    for placement in of_employer(employer):
        if step.facts["supervisor"] in (placement.supervisor_id, placement.posting.supervisor_id):
            note(placement, "supervisor_lapsed", None)


def stop(placement: Placement, person: Person | None, why: str) -> None:
    """On hold, unless it is already; `why` is for the school."""
    held = Placement.update(held_at=now()).where(Placement.id == placement.id, Placement.held_at.is_null())
    if held.execute():
        note(placement, "hold", person, why=why)


def of_employer(employer: Employer) -> list[Placement]:
    """Those that are not finished."""
    query = Placement.select(Placement, Application, Posting).join(Application).join(Posting)
    query = query.where(Posting.employer == employer)
    return list(query.where(Placement.state.in_(OPEN)).order_by(Placement.id))


def is_gone(placement: Placement) -> bool:
    """The student's account is closed, or the employer is suspended."""
    return bool(placement.student.ended_at) or placement.posting.employer.state == EmployerState.SUSPENDED


def asks_for_decision(placement: Placement) -> bool:
    """Somebody is gone, it is not finished, and nobody has decided since that it goes on."""
    if placement.state not in OPEN or not is_gone(placement):
        return False
    last = Step.of(placement).where(Step.move.in_((*GONE, "keep_going"))).order_by(Step.id.desc()).first()
    return last is None or last.move != "keep_going"


def keep_going(placement: Placement, person: Person, words: str) -> Step:
    """A teacher has decided that it goes on all the same: with a new contact, say, or to be signed off."""
    if not person.is_teacher or person.ended_at:
        raise NotAllowed("keep_going")
    if not words.strip():
        raise Refused(N_("Say in a sentence how it goes on. Only the school reads it."))
    with database.atomic():
        if not asks_for_decision(Placement.get_by_id(placement.id)):
            raise TooLate(None)
        return note(placement, "keep_going", person, **{FOR_SCHOOL: words.strip()})
