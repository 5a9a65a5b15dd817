"""How the question put to a student's home stands, for the school's pages: in a fixed number of queries."""

from dataclasses import dataclass, field

from peewee import JOIN

from board.applications.model import Application
from board.employers.model import Employer
from board.guardians.asking import LETTERS, is_asked, waiting
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, is_minor
from board.guardians.rules import Consent, consent, standing
from board.mail.model import Mail
from board.mail.model import State as MailState
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import today


@dataclass
class Asked:
    """One application: whom the school has asked by which way, and what stands of the answers."""

    application: Application
    consent: Consent
    asks: list[GuardianAsk] = field(default_factory=list)
    answers: list[GuardianAnswer] = field(default_factory=list)  # the newest of each person

    @property
    def may_ask(self) -> bool:
        return not self.consent.of_student

    def left(self, guardians: list[Guardian]) -> list[Guardian]:
        """Those of whom an answer is still wanted."""
        answered = {one.guardian_id for one in self.answers if not one.is_to_older_text}
        return [one for one in guardians if one.id not in answered]

    @property
    def has_older_yes(self) -> bool:
        return any(one.is_to_older_text for one in self.answers)


def of_student(student: Person) -> list[Asked]:
    """What waits for home, or is agreed to and goes on."""
    query = waiting(student).select(Application, Posting, Employer).join(Posting).join(Employer)
    return of_all(list(query.order_by(Application.id.desc())), student)


def of_all(applications: list[Application], student: Person) -> list[Asked]:
    """Of applications of one student: a few queries for any number."""
    ids = [one.id for one in applications]
    recorder = Person.alias()
    answers = (
        GuardianAnswer.select(GuardianAnswer, Guardian, recorder)
        .join(Guardian, JOIN.LEFT_OUTER, on=GuardianAnswer.guardian)
        .switch(GuardianAnswer)
        .join(recorder, JOIN.LEFT_OUTER, on=(GuardianAnswer.recorded_by == recorder.id), attr="recorded_by")
        .where(GuardianAnswer.application.in_(ids))
        .order_by(GuardianAnswer.id)
    )
    asks = (
        GuardianAsk.select(GuardianAsk, Guardian, came_back().alias("came_back"))
        .join(Guardian, JOIN.LEFT_OUTER)
        .where(GuardianAsk.application.in_(ids), GuardianAsk.ended_at.is_null())
        .order_by(GuardianAsk.id)
    )
    by_answer: dict[int, list[GuardianAnswer]] = {number: [] for number in ids}
    by_ask: dict[int, list[GuardianAsk]] = {number: [] for number in ids}
    for answer in answers:
        by_answer[answer.application_id].append(answer)
    for ask in asks:
        by_ask[ask.application_id].append(ask)
    minor, asked = is_minor(student, today()), is_asked(student)
    return [
        Asked(one, consent(by_answer[one.id], minor, True, asked), newest(by_ask[one.id]), standing(by_answer[one.id]))
        for one in applications
    ]


def came_back():
    """Whether the last letter to a guardian's address could not be delivered: whatever it told, of whatever child."""
    theirs = (Mail.address == Guardian.email) & Mail.letter.in_(LETTERS)
    last = Mail.select(Mail.state == MailState.FAILED).where(theirs)
    return last.order_by(Mail.id.desc()).limit(1)


def newest(asks: list[GuardianAsk]) -> list[GuardianAsk]:
    """The last letter to each, and the slip that opens."""
    return list({(one.way, one.guardian_id): one for one in asks}.values())
