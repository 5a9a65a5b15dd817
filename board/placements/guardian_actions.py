"""What the school writes down of a parent's or guardian's answer to a match, and what follows when one comes or goes."""

from datetime import date

from board.db import database
from board.guardians import actions as guardians
from board.guardians import news
from board.guardians.model import Guardian, Word
from board.guardians.rules import SAID_NO
from board.moves import NotAllowed, Step, TooLate, follows
from board.people.model import Person
from board.placements import before_start, hold_actions
from board.placements.actions import note
from board.placements.guardian import asked, check_paper
from board.placements.model import OPEN, Placement
from board.placements.rules import is_party
from board.school.model import today


def must_be_open(placement: Placement, person: Person) -> None:
    """Also while it is on hold, perhaps since home has said no: what they answer is written down at any time."""
    if not person.is_teacher or person.ended_at or not is_party(person, placement):
        raise NotAllowed("guardian")
    if placement.state not in OPEN:
        raise TooLate(None)


def record_yes(
    placement: Placement, person: Person, signed_on: date | None, name: str = "", guardian: Guardian | None = None
) -> Step:
    """Somebody at school has seen the paper with the signature, perhaps of a guardian who is known."""
    check_paper(signed_on)
    with database.atomic():
        must_be_open(placement, person)
        if asked(placement).yes:
            raise TooLate(None)
        guardians.record_paper(placement.application, person, Word.YES, signed_on, name, guardian)
        return note(placement, "guardian_yes", person, day=signed_on.isoformat() if signed_on else "")


def record_no(
    placement: Placement, person: Person, said_on: date | None, name: str = "", guardian: Guardian | None = None
) -> Step:
    """They have told the school no: it wins over every yes until the same person says otherwise."""
    check_paper(said_on)
    with database.atomic():
        must_be_open(placement, person)
        guardians.record_paper(placement.application, person, Word.NO, said_on, name, guardian)
        return note(placement, "guardian_refused", person, day=said_on.isoformat() if said_on else "")


def record_school(placement: Placement, person: Person, name: str, why: str) -> Step:
    """The school consents itself, for a student with no parent or guardian at hand: a coordinator says who and why."""
    with database.atomic():
        must_be_open(placement, person)
        if asked(placement).yes:
            raise TooLate(None)
        guardians.record_school(placement.application, person, name, why)
        # the same move as any yes: that nobody at home can be asked is nobody's to know but the school's
        return note(placement, "guardian_yes", person, day=today().isoformat())


def withdraw_yes(placement: Placement, person: Person) -> Step:
    """The family has taken it back: contact is no longer shared from now on. Also while it is on hold."""
    if not person.is_teacher or person.ended_at:
        raise NotAllowed("guardian")
    with database.atomic():
        if not guardians.take_back(placement.application):
            raise TooLate(None)
        return note(placement, "guardian_no", person)


# -- what follows


@follows("placement", "guardian_yes", "own_yes")
def has_come(placement: Placement, step: Step) -> None:
    before_start.tell_if_ready(Placement.get_by_id(placement.id))


@follows("placement", *SAID_NO)
def is_gone(placement: Placement, step: Step) -> None:
    """Said at home, with nobody of the school there: work that runs rests until a teacher has talked to them."""
    if (step.person is None or step.person.is_student) and asked(placement).is_missing:
        hold_actions.rest(placement, step.move)


@follows("placement", "change_agreement")
def is_other(placement: Placement, step: Step) -> None:
    """Their yes stands, and they hear of it: what they read is not quite so any more."""
    if news.READ.keys() & set(step.facts.get("changed", ())):
        news.tell(placement.application)


@follows("person", "not_shown")
def is_hidden(student: Person, step: Step) -> None:
    """No employer reads anything of this student any more: what runs waits for the school to decide."""
    for placement in Placement.seen_by(student).where(Placement.state.in_(OPEN)):
        hold_actions.rest(placement, step.move, states=OPEN)
