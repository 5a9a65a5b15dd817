"""Whom the school asks at home about an application, by which link, and when. Part of actions.py, which hands these on."""

import secrets
from collections.abc import Callable, Collection
from datetime import timedelta

from peewee import JOIN, SQL

from board.applications.model import SENT, Application, State
from board.db import Table, database, now
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, Way, is_minor
from board.guardians.rules import LETTERS_A_DAY, key_of, standing
from board.mail import actions as mail
from board.mail import links
from board.moves import NotAllowed, Refused, Step, follows, record, tell
from board.people.actions import key_hash
from board.people.model import LANGUAGES, Person
from board.postings.model import Posting
from board.school.model import School, today
from board.words import N_

LETTER, NEWS, TOLD = "guardian_ask", "guardian_news", "guardian_told"
LETTERS = (LETTER, NEWS, TOLD)  # all that goes to an address at home
APPLY = "apply"  # School.guardian_asked_when: at a student's first application; otherwise once they are matched

# what an answer belongs to: a noun further on gives the match of an application, which has a history of its own
subjects: list[Callable[[Application], Table | None]] = []


def happened(application: Application, move: str, person: Person | None, **detail) -> Step:
    """Remember it in the history of the match; before there is one, in that of the application."""
    found = (subject(application) for subject in subjects)
    thing = next((one for one in found if one), application)
    step = record(thing, move, person, thing.state, thing.state, detail=detail or None)
    tell(thing, step)
    return step


def is_asked(student: Person, school: School | None = None) -> bool:
    """Whether this student's home is asked: where the school asks, or the family gives out no directory information."""
    school = school or School.here()
    return school is None or school.guardian_asked or bool(student.directory_opt_out)


def may_ask(application: Application) -> bool:
    return is_minor(application.student, today()) and is_asked(application.student)


def ended():
    """Applications whose match has ended. The table is named, not imported: it lies further on."""
    return SQL(
        "(SELECT application_id FROM placement WHERE state IN ('not_agreed', 'completed', 'ended_early'))"
    )  # fmt: skip


def waiting(student: Person | None = None):
    """Applications that home has been asked about, or is to be: matched ones, and those asked early."""
    asked = GuardianAsk.select(GuardianAsk.application)
    query = Application.select().where(
        Application.state.in_(SENT), Application.id.not_in(ended()),
        (Application.state == State.ACCEPTED) | Application.id.in_(asked),
    )  # fmt: skip
    return query.where(Application.student == student) if student else query


# -- when the board asks by itself


@follows("application", "submit")
def ask_early(application: Application, step: Step) -> None:
    """Where the school wants it, at a student's first application. Each later one is asked about once it is a match."""
    school = School.here()
    if school is None or school.guardian_asked_when != APPLY:
        return
    mine = GuardianAsk.select().join(Application).where(Application.student == application.student_id)
    if not mine.exists():
        ask(application)


@follows("application", "accept")
def ask_at_match(application: Application, step: Step) -> None:
    """In the transaction of the student's yes."""
    ask(application)


def may_ask_early(application: Application) -> bool:
    """Sent, and the school may ask home before there is a match, though it does not do so by itself."""
    return application.state in SENT and may_ask(application)


def ask(application: Application, by: Person | None = None) -> int:
    """A letter to each guardian with an address who has not answered. Returns how many.

    By itself the board writes to nobody twice; a teacher may, a few times a day. Who has said yes to an older text than
    today's counts as somebody who has not answered, where a teacher asks.
    """
    if not may_ask(application):
        return 0
    if by is not None and (not by.is_teacher or by.ended_at):
        raise NotAllowed("ask")
    with database.atomic():
        said = standing(GuardianAnswer.of(application.id))
        answered = {key_of(one) for one in said if by is None or not one.is_to_older_text}
        to = [one for one in Guardian.of(application.student) if one.email and ("person", one.id) not in answered]
        if by is None:
            written = {one.guardian_id for one in GuardianAsk.letters(application)}
            to = [one for one in to if one.id not in written]
        else:
            check_pace(application, to)
        write(application, to, by)
    return len(to)


def check_pace(application: Application, to: list[Guardian]) -> None:
    since = now() - timedelta(days=1)
    for guardian in to:
        sent = GuardianAsk.letters(application).where(GuardianAsk.guardian == guardian, GuardianAsk.created_at > since)
        if sent.count() >= LETTERS_A_DAY:
            raise Refused(N_("%(name)s has had %(most)s letters about this today. Call, or send it tomorrow."), name=guardian.name, most=LETTERS_A_DAY)  # fmt: skip


def write(application: Application, to: Collection[Guardian], by: Person | None, again: bool = False) -> None:
    posting, call = Posting.get_by_id(application.posting_id), call_of(application.student) if to else ""
    numbers = []
    for guardian in to:
        token = make(application, Way.MAIL, guardian.language, guardian, by)
        values = {
            "name": guardian.name, "student": application.student.first_name, "title": posting.title,
            "employer": posting.employer.name, "matched": application.state == State.ACCEPTED, "again": again,
            "link": links.base_url + address(token), "call": call,
        }  # fmt: skip
        mail.queue(LETTER, guardian.email, values, language=guardian.language)
        numbers.append(guardian.id)
    if numbers:
        happened(application, "guardian_asked", by, guardians=numbers)


def make(application: Application, way: Way, language: str, guardian: Guardian | None, by: Person | None) -> str:
    """A new link; returns its token, which is kept as a hash alone."""
    token = secrets.token_urlsafe(24)
    GuardianAsk.create(
        application=application, guardian=guardian, way=way, secret_hash=key_hash(token), language=language, asked_by=by
    )
    return token


def address(token: str) -> str:
    return f"/g/{token}"


def call_of(student: Person) -> str:
    """Whom to call at school, in one line: what the school has set, else the adviser's or a coordinator's address."""
    school = School.here()
    if school and school.guardian_call:
        return school.guardian_call
    return ", ".join(part for one in at_school(student)[:1] for part in (one.name, one.email) if part)


def at_school(student: Person) -> list[Person]:
    """Who at school can be asked about a student: the adviser, then the coordinators."""
    staff = list(Person.staff())
    found = [one for one in staff if one.id == student.adviser_id]
    return found + [one for one in staff if one.is_coordinator and one not in found] or staff


def print_slip(application: Application, by: Person, language: str, guardian: Guardian | None = None) -> str:
    """The token of a new slip for somebody the school knows, or for whoever is at home; the one that was printed for
    them before stops working."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("slip")
    if not may_ask(application):
        raise Refused(N_("Nobody at home is asked about this project."))
    with database.atomic():
        before = (GuardianAsk.application == application) & (GuardianAsk.way == Way.SLIP)
        before &= GuardianAsk.guardian == (guardian and guardian.id)
        GuardianAsk.update(ended_at=now()).where(before, GuardianAsk.ended_at.is_null()).execute()
        token = make(application, Way.SLIP, language if language in LANGUAGES else "en", guardian, by)
        happened(application, "guardian_slip", by)
    return token


def find(token: str) -> GuardianAsk | None:
    """The link with this token, while it opens something."""
    query = GuardianAsk.select(GuardianAsk, Guardian, Application, Person)
    query = query.join(Guardian, JOIN.LEFT_OUTER, on=GuardianAsk.guardian).switch(GuardianAsk).join(Application)
    query = query.join(Person, on=Application.student)
    found = query.where(GuardianAsk.secret_hash == key_hash(token), GuardianAsk.ended_at.is_null()).first()
    return None if found is None or (found.guardian_id and found.guardian.gone_at) else found
