"""A teacher agrees to a match or does not, and names who looks after it. Each is one transaction."""

from board import contact
from board.db import database, now
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, Step, TooLate, follows, make
from board.people.model import Person
from board.placements import agreement_actions as agreements
from board.placements import before_start
from board.placements.actions import note
from board.placements.dates import periods_of
from board.placements.guardian import asked
from board.placements.guardian_actions import record_yes as record_yes
from board.placements.guardian_actions import withdraw_yes as withdraw_yes
from board.placements.match_rules import Choice, Unsound, wrong_with
from board.placements.model import OPEN, Party, Placement, State
from board.placements.rules import MOVES, runs
from board.school.model import LOWEST_AGE, School, today
from board.words import N_


def agree(placement: Placement, person: Person, choice: Choice, version: int) -> Step:
    """The match stands: from now on the employer knows the first name. Whoever agrees signs the training agreement in
    the version they have read. Raises Unsound, Refused or TooLate."""
    with database.atomic():
        must_not_be_held(placement)
        must_be_sound(placement, choice)
        must_be_possible(placement)
        step = make(
            MOVES["agree"], placement, person, agreed_at=now(), lead=id_of(choice.lead), cover=id_of(choice.cover),
            supervisor=id_of(choice.supervisor), starts_on=choice.starts_on, due_on=choice.due_on,
        )  # fmt: skip
        agreements.keep(placement, version)
        agreements.put(placement, Party.TEACHER, version, today(), person=person)
        if {choice.lead, choice.cover} != {person}:
            note(placement, "name_staff", person)
    return step


def not_agree(placement: Placement, person: Person, words: str) -> Step:
    """With words that student and employer read. The place is free again."""
    check_words(placement, words)
    with database.atomic():
        must_not_be_held(placement)
        return make(MOVES["not_agree"], placement, person, words, ended_at=now())


def must_not_be_held(placement: Placement) -> None:
    """Asked of the row: somebody may have put it on hold since the page was drawn. Whose move it is, `make` asks."""
    held = Placement.select(Placement.held_at).where(Placement.id == placement.id).scalar()
    if held and not placement.held_at:
        raise TooLate(None)


def check_words(placement: Placement, words: str) -> None:
    """What an employer reads, too, names no student."""
    named = contact.names_in(contact.visible(words), placement.student.name)
    if named:
        raise Refused(N_("Take out “%(text)s”: the employer reads it, too, and has not met the student."), text=named[0])  # fmt: skip


def must_be_sound(placement: Placement, choice: Choice) -> None:
    school = School.here()
    lowest = school.minimum_age if school else LOWEST_AGE
    problems = wrong_with(placement, choice, today(), periods_of([choice.starts_on]), lowest)
    if problems:
        raise Unsound(problems)


def must_be_possible(placement: Placement) -> None:
    """What may have changed since the offer."""
    if not Employer.get_by_id(placement.posting.employer_id).is_verified:
        raise Refused(
            N_("The school's check of this employer is no longer valid. A coordinator has to look at it first.")
        )
    if Person.get_by_id(placement.application.student_id).ended_at:
        raise Refused(N_("The account of this student is closed."))
    student = placement.student
    if student.not_shown:
        raise Refused(N_("No employer is to be shown anything of this student. Their page says who wrote that down."))
    home = asked(placement)
    if home.no:
        raise Refused(N_("Somebody has said no to this match: a parent or guardian, or the student who is 18. It stays so until the same person says yes."))  # fmt: skip
    if student.directory_opt_out and home.is_missing:
        raise Refused(N_("The family wants no directory information given out: a parent or guardian has to say yes first, because the employer then learns the first name."))  # fmt: skip


def name(placement: Placement, person: Person, choice: Choice) -> bool:
    """Other people look after it, or other days: at any time until it has ended. False when nothing is other.

    Other days or another supervisor are another training agreement, which everybody signs again.
    """
    if not person.is_teacher or person.ended_at or not runs(person, placement):
        raise NotAllowed("name")
    with database.atomic():
        now_is = Placement.get_by_id(placement.id)
        if now_is.state not in OPEN or now_is.state == State.PROPOSED or now_is.held_at:
            raise TooLate(None)
        if now_is.started_at:  # what has begun has begun
            choice = Choice(choice.lead, choice.cover, choice.supervisor, now_is.starts_on, choice.due_on)
        must_be_sound(now_is, choice)
        values = {"lead": choice.lead, "cover": choice.cover, "supervisor": choice.supervisor,
                  "starts_on": choice.starts_on, "due_on": choice.due_on}  # fmt: skip
        changed = {key for key, value in values.items() if id_of(value) != now_is.__data__[key]}
        if not changed:
            return False
        Placement.update(**values).where(Placement.id == placement.id).execute()
        for key, value in values.items():
            setattr(placement, key, value)
        if changed & {"lead", "cover"}:
            note(placement, "name_staff", person)
        if terms := changed - {"lead", "cover"}:
            agreements.renew(placement, person, sorted(terms))
        before_start.tell_if_ready(placement)
    return True


def id_of(value):
    return value.id if hasattr(value, "id") else value


@follows("person", "end_account")
def lose_teacher(person: Person, step: Step) -> None:
    """Whoever looked after a placement has left: the coordinators hear of it, whoever closed the account."""
    named = (Placement.lead == person) | (Placement.cover == person)
    for placement in Placement.select().where(named, Placement.state.in_(OPEN)).order_by(Placement.id):
        note(placement, "lose_teacher", None, who="lead" if placement.lead_id == person.id else "cover")
