"""What parents and guardians do by their link, and what the school does for them. Each is one transaction and one Step."""

from datetime import date

from board.applications.actions import obstacles
from board.applications.model import Application
from board.db import database, now
from board.guardians import roster as roster  # takes its columns of a class list
from board.guardians import telling as telling  # families hear of a suspension
from board.guardians import text
from board.guardians.answering import TooOften as TooOften
from board.guardians.answering import answer as answer
from board.guardians.answering import keep
from board.guardians.answering import said_by as said_by
from board.guardians.answering import withdraw as withdraw
from board.guardians.asking import address as address
from board.guardians.asking import ask as ask
from board.guardians.asking import at_school as at_school
from board.guardians.asking import call_of as call_of
from board.guardians.asking import find as find
from board.guardians.asking import happened, is_asked, waiting
from board.guardians.asking import may_ask_early as may_ask_early
from board.guardians.asking import print_slip as print_slip
from board.guardians.asking import subjects as subjects
from board.guardians.model import WORDS, Guardian, GuardianAnswer, How, Source, Word, is_minor
from board.guardians.reminding import daily as daily
from board.guardians.rules import Consent, check_paper, consent
from board.moves import NotAllowed, Refused, Step, TooLate, record, tell
from board.people.model import Person
from board.people.rules import same_name
from board.school.model import today
from board.words import N_, Said


def consent_of(
    application: Application, matched_on: date | None = None, day: date | None = None,
    answers: list[GuardianAnswer] | None = None,
) -> Consent:  # fmt: skip
    """What is asked of this student's home on a day (today), and what stands. `answers`: as in answers_of, where they are
    known already."""
    student, day = application.student, day or today()
    was_minor = is_minor(student, matched_on or day)
    said = GuardianAnswer.of(application.id) if answers is None else answers
    return consent(said, is_minor(student, day), was_minor, is_asked(student))


def home_says_no(application: Application) -> Said | None:
    """Asked early, somebody at home has said no: then there is no match, and no teacher need undo one."""
    if consent_of(application).no:
        return Said(N_("A parent or guardian has said no to this project, so you cannot say yes to it now. Talk about it at home, or with your teacher. If they change their mind, they say so on the page of their link."))  # fmt: skip
    return None


if home_says_no not in obstacles:
    obstacles.append(home_says_no)


# -- who is at home


def add(student: Person, by: Person, values: dict, source: Source = Source.STAFF) -> Guardian:
    """A parent or guardian, from what the family has told the school; who waits for an answer is asked at once.

    `values`: name, email, language, relation. Raises Refused for a student's own address, or one that is there.
    """
    if not by.is_teacher or by.ended_at or not student.is_student:
        raise NotAllowed("guardian")
    with database.atomic():
        email = check_address(student, values.get("email"))
        guardian = Guardian.create(
            student=student, name=values["name"], email=email, language=values.get("language") or "en",
            relation=values.get("relation") or "", source=source, added_by=by,
        )  # fmt: skip
        record(student, "add_guardian", by, "")
        for application in list(waiting(student)):
            ask(application)
    return guardian


def check_address(student: Person, email: str | None) -> str | None:
    email = (email or "").lower() or None
    if email and Person.select().where(Person.email == email, Person.role == "student").exists():
        raise Refused(N_("This is the mail address of a student. A parent or guardian needs one of their own."))
    if email and Guardian.of(student).where(Guardian.email == email).exists():
        raise Refused(N_("Somebody with this address is written down for this student already."))
    return email


def remove(guardian: Guardian, by: Person) -> None:
    """No longer asked; their links open nothing. What they have answered stands."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("guardian")
    with database.atomic():
        changed = Guardian.update(gone_at=now()).where(Guardian.id == guardian.id, Guardian.gone_at.is_null())
        if changed.execute():
            record(guardian.student, "remove_guardian", by, "")


def show(student: Person, by: Person, shown: bool) -> None:
    """Whether employers may be shown anything of a student. Taken away, it holds at once, everywhere."""
    if not by.is_teacher or by.ended_at or not student.is_student:
        raise NotAllowed("not_shown")
    with database.atomic():
        is_other = Person.not_shown.is_null() if not shown else Person.not_shown
        changed = Person.update(not_shown=None if shown else True).where(Person.id == student.id, is_other)
        if changed.execute():
            student.not_shown = None if shown else True
            tell(student, record(student, "shown" if shown else "not_shown", by, ""))


# -- what the school writes down


def record_paper(
    application: Application, by: Person, word: Word, signed_on: date | None, name: str = "",
    guardian: Guardian | None = None,
) -> GuardianAnswer:  # fmt: skip
    """Somebody at school has seen a signature, or has been told no. The Step is the caller's."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("guardian")
    day = check_paper(signed_on, today())
    guardian = guardian or known_as(application.student, name)
    name = name or (guardian.name if guardian else "")
    return keep(application, word, How.PAPER, guardian=guardian, name=name, signed_on=day, recorded_by=by)


def known_as(student: Person, name: str) -> Guardian | None:
    """Whoever is written down under this name, if it is one person."""
    same = [one for one in Guardian.of(student) if same_name(one.name) == same_name(name)]
    return same[0] if len(same) == 1 else None


def record_school(application: Application, by: Person, name: str, why: str) -> GuardianAnswer:
    """The school's own consent for an unaccompanied youth (42 USC 11431, McKinney-Vento), by a coordinator: who decided,
    and why. The Step is the caller's."""
    if not by.is_coordinator or by.ended_at:
        raise NotAllowed("school")
    if not name or not why.strip():
        raise Refused(N_("Say who at school has decided it, and why no parent or guardian can be asked."))
    return keep(application, Word.YES, How.SCHOOL, name=name, why=why.strip()[:WORDS], recorded_by=by)


def take_back(application: Application) -> int:
    """Every yes of home that stands is taken back, as the school was told. Returns how many."""
    live = (GuardianAnswer.application == application) & (GuardianAnswer.how != How.STUDENT)
    query = GuardianAnswer.update(withdrawn_at=now()).where(
        live, GuardianAnswer.answer == Word.YES, GuardianAnswer.withdrawn_at.is_null()
    )
    return query.execute()


def settle(application: Application, by: Person) -> Step:
    """Somebody at school has talked to whoever asked. Raises TooLate when nobody waits."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("settle")
    with database.atomic():
        asked = (GuardianAnswer.application == application) & (GuardianAnswer.answer == Word.QUESTION)
        if not GuardianAnswer.update(settled_at=now()).where(asked, GuardianAnswer.settled_at.is_null()).execute():
            raise TooLate(None)
        return happened(application, "guardian_talked", by)


def say_oneself(application: Application, student: Person, yes: bool, language: str) -> Step:
    """At 18 the student answers for themself. Raises NotAllowed for anybody else."""
    if application.student_id != student.id or student.ended_at or is_minor(Person.get_by_id(student.id), today()):
        raise NotAllowed("own_yes")
    with database.atomic():
        agreed = {"text_version": text.CURRENT, "text_digest": text.digest(text.CURRENT)} if yes else {}
        keep(application, Word.YES if yes else Word.NO, How.STUDENT, language=language, **agreed)
        return happened(application, "own_yes" if yes else "own_no", student)


def answers_of(applications: list[int]) -> dict[int, list[GuardianAnswer]]:
    """By application, each in the order in which they were given: one query for any number."""
    found: dict[int, list[GuardianAnswer]] = {number: [] for number in applications}
    for one in GuardianAnswer.select().where(GuardianAnswer.application.in_(applications)).order_by(GuardianAnswer.id):
        found[one.application_id].append(one)
    return found


def is_open(application: Application) -> bool:
    """Whether there is still something to say yes to."""
    return waiting().where(Application.id == application.id).exists()
