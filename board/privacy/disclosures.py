"""The log of what of a student was shown to whom, written with the moves that show it (34 CFR 99.32).

`catch_up` writes what came to be without a move of this program: before there was a log, or by a state set otherwise.
"""

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from board.applications.model import Application
from board.db import database, now
from board.employers.model import Employer
from board.experience.model import Experience, Portfolio
from board.guardians.model import How
from board.guardians.rules import SAID_NO, Consent
from board.moves import Step, follows
from board.people.model import Person
from board.placements.guardian import asked, shares_contact
from board.placements.model import OPEN, Placement, is_minor
from board.postings.model import Posting
from board.privacy.model import Disclosure, Erasure, What, Word
from board.school.model import School, today

BATCH = 500


def note(what: What, word: Word, student: int, at: datetime | None = None, **more) -> None:
    """Once: what was shown stays shown. A second time nothing is written."""
    Disclosure.insert(student=student, what=what, word=word, at=at or now(), **more).on_conflict_ignore().execute()


@follows("application", "submit")
def application_sent(application: Application, step: Step) -> None:
    note(
        What.APPLICATION, Word.STUDENT, application.student_id, step.at, application=application.id,
        employer=employer_of(application), person=step.person_id,
    )  # fmt: skip


def employer_of(application: Application) -> int:
    return Posting.select(Posting.employer).where(Posting.id == application.posting_id).scalar()


@follows("placement", "agree")
def name_shown(placement: Placement, step: Step) -> None:
    application = placement.application
    note(
        What.FIRST_NAME, Word.TEACHER, application.student_id, step.at, application=application.id, placement=placement.id,
        employer=employer_of(application), person=step.person_id,
    )  # fmt: skip
    contact_shown(placement, step)


# whatever may be the last thing missing before each side learns how to reach the other
@follows("placement", "guardian_yes", "own_yes", "lift", "keep_going", "start", "ready")
def contact_shown(placement: Placement, step: Step) -> None:
    """Once each time it begins: with a yes that was taken back and given again there are two lines."""
    placement = Placement.get_by_id(placement.id)
    guardian = asked(placement)
    if placement.state not in OPEN or not shares_contact(placement, guardian):
        return
    last = latest(placement.id)
    taken_back = Step.select().where(
        Step.noun == "placement", Step.noun_id == placement.id, Step.move.in_(SAID_NO), Step.at >= last.at
    ) if last else None  # fmt: skip
    if last and not taken_back.exists():
        return
    word = word_of(placement, guardian)
    note(
        What.CONTACT, word, placement.application.student_id, step.at, application=placement.application_id,
        placement=placement.id, employer=employer_of(placement.application), person=step.person_id,
    )  # fmt: skip


def latest(placement: int) -> Disclosure | None:
    rows = Disclosure.select().where(Disclosure.placement == placement, Disclosure.what == What.CONTACT)
    return rows.order_by(Disclosure.id.desc()).first()


BY_YES = {How.SCHOOL: Word.SCHOOL, How.STUDENT: Word.ADULT}


def word_of(placement: Placement, guardian: Consent) -> Word:
    if guardian.yes:
        return BY_YES.get(How(guardian.yes.how), Word.GUARDIAN)
    if not is_minor(placement.application.student, today()):
        return Word.ADULT
    school = School.here()
    return Word.SCHOOL if school and not school.guardian_asked else Word.TEACHER


@follows("placement", "share")
def experience_shared(placement: Placement, step: Step) -> None:
    student = placement.application.student_id
    note(What.EXPERIENCE, Word.STUDENT, student, step.at, placement=placement.id, application=placement.application_id, person=step.person_id)  # fmt: skip


@follows("portfolio", "share")
def portfolio_shared(portfolio: Portfolio, step: Step) -> None:
    note(What.PORTFOLIO, Word.STUDENT, portfolio.student_id, step.at, person=step.person_id)


def catch_up() -> int:
    """Write what is missing; how many. Asked again it writes nothing."""
    known = Disclosure.select(Disclosure.application).where(Disclosure.what == What.APPLICATION)
    sent = (
        Application.select(Application.id, Application.student, Application.submitted_at, Posting.employer)
        .join(Posting)
        .where(Application.submitted_at.is_null(False), Application.id.not_in(known))
    )
    rows = [
        {"what": What.APPLICATION, "word": Word.STUDENT, "student": student, "application": number, "employer": employer, "at": at}
        for number, student, at, employer in sent.tuples()
    ]  # fmt: skip
    named = Disclosure.select(Disclosure.placement).where(Disclosure.what == What.FIRST_NAME)
    agreed = (
        Placement.select(
            Placement.id, Placement.application, Application.student, Placement.agreed_at, Posting.employer
        )
        .join(Application)
        .join(Posting)
        .where(Placement.agreed_at.is_null(False), Placement.id.not_in(named))
    )
    rows += [
        {"what": What.FIRST_NAME, "word": Word.TEACHER, "student": student, "application": application, "placement": number, "employer": employer, "at": at}
        for number, application, student, at, employer in agreed.tuples()
    ]  # fmt: skip
    erased = erased_people()
    rows = [{"placement": None} | row for row in rows if row["student"] not in erased]
    for start in range(0, len(rows), BATCH):
        with database.atomic():
            Disclosure.insert_many(rows[start : start + BATCH]).on_conflict_ignore().execute()
    return len(rows) + catch_up_shared(erased)


def erased_people() -> set[int]:
    return {number for (number,) in Erasure.select(Erasure.person).tuples()}


def catch_up_shared(erased: set[int]) -> int:
    """The same of public pages."""
    kinds = ((Experience, What.EXPERIENCE), (Portfolio, What.PORTFOLIO))
    found = 0
    for model, what in kinds:
        for thing in model.select().where(model.token.is_null(False), model.student.not_in(erased or {0})):
            placement = getattr(thing, "placement_id", None)
            own = Disclosure.select().where(Disclosure.student == thing.student_id, Disclosure.what == what)
            if not (own.where(Disclosure.placement == placement) if placement else own).exists():
                note(what, Word.STUDENT, thing.student_id, thing.shared_at, placement=placement)
                found += 1
    return found


# -- as it is read


@dataclass(frozen=True)
class Shown:
    what: str
    what_label: str
    word_label: str
    to: str
    project: str
    by: str
    at: datetime


def shown_of(student: Person) -> list[Shown]:
    """Newest first; one query."""
    rows = (
        Disclosure.select(Disclosure.what, Disclosure.word, Disclosure.at, Employer.name, Posting.title, Person.name)
        .join(Employer, JOIN.LEFT_OUTER)
        .switch(Disclosure)
        .join(Application, JOIN.LEFT_OUTER)
        .join(Posting, JOIN.LEFT_OUTER)
        .switch(Disclosure)
        .join(Person, JOIN.LEFT_OUTER, on=Disclosure.person)
        .where(Disclosure.student == student)
        .order_by(Disclosure.at.desc(), Disclosure.id.desc())
        .tuples()
    )
    return [
        Shown(what, What(what).label, Word(word).label, to or "", title or "", by or "", at)
        for what, word, at, to, title, by in rows
    ]
