"""What a report is about: found by the page it was said on, with all that belongs to it."""

from dataclasses import dataclass

from peewee import JOIN

from board.applications.model import Application
from board.employers.model import Employer
from board.experience.model import Portfolio
from board.people.model import Person
from board.placements.model import OPEN, Message, Placement
from board.placements.thread import readable
from board.postings.model import Posting
from board.reports.model import About


@dataclass
class Target:
    about: About
    number: int
    posting: Posting | None = None
    application: Application | None = None
    placement: Placement | None = None
    message: Message | None = None
    employer: Employer | None = None
    subject: Person | None = None

    @property
    def title(self) -> str:
        return self.posting.title if self.posting else self.employer.name if self.employer else ""


def find(about: str, number: int) -> Target | None:
    """The thing itself, whoever asks; None where there is none."""
    if about not in set(About):
        return None
    kind = About(about)
    made = Target(kind, number)
    return made if FINDERS[kind](made) else None


def of_posting(made: Target) -> bool:
    made.posting = Posting.select(Posting, Employer).join(Employer).where(Posting.id == made.number).first()
    made.employer = made.posting and made.posting.employer
    return made.posting is not None


def of_application(made: Target) -> bool:
    query = Application.select(Application, Posting, Employer).join(Posting).join(Employer)
    row = query.where(Application.id == made.number).first()
    if row is None:
        return False
    made.application, made.posting, made.employer = row, row.posting, row.posting.employer
    made.placement = Placement.get_or_none(Placement.application == row)
    return True


def of_placement(made: Target) -> bool:
    query = Placement.select(Placement, Application, Posting, Employer).join(Application).join(Posting).join(Employer)
    row = query.where(Placement.id == made.number).first()
    if row is None:
        return False
    made.placement, made.application, made.posting = row, row.application, row.posting
    made.employer = row.posting.employer
    return True


def of_message(made: Target) -> bool:
    query = Message.select(Message, Person).join(Person, JOIN.LEFT_OUTER, on=Message.writer)
    row = query.where(Message.id == made.number).first()
    if row is None:
        return False
    number, made.number = made.number, row.placement_id
    of_placement(made)
    made.number, made.message, made.subject = number, row, row.writer
    return True


def of_person(made: Target) -> bool:
    made.subject = Person.get_or_none(Person.id == made.number)
    return made.subject is not None


def of_employer(made: Target) -> bool:
    made.employer = Employer.get_or_none(Employer.id == made.number)
    return made.employer is not None


def of_portfolio(made: Target) -> bool:
    row = Portfolio.select(Portfolio, Person).join(Person).where(Portfolio.id == made.number).first()
    made.subject = row and row.student
    return row is not None


FINDERS = {
    About.POSTING: of_posting, About.THREAD: of_posting, About.APPLICATION: of_application,
    About.PLACEMENT: of_placement, About.MESSAGE: of_message, About.PERSON: of_person, About.EMPLOYER: of_employer,
    About.PORTFOLIO: of_portfolio,
}  # fmt: skip


def may_see(made: Target, person: Person) -> bool:
    """Whether this person opens the page it is said on: nobody learns here that something exists."""
    if made.about == About.THREAD and person.is_student:
        return False
    if made.about in (About.POSTING, About.THREAD):
        return Posting.seen_by(person).where(Posting.id == made.number).exists()
    if made.about == About.APPLICATION:
        return Application.seen_by(person).where(Application.id == made.number).exists()
    if made.about == About.PERSON:
        return person.is_teacher and made.number != person.id
    if made.about == About.EMPLOYER:
        return person.employer_id != made.number and Employer.seen_by(person).where(Employer.id == made.number).exists()
    if made.about == About.PORTFOLIO:
        row = Portfolio.get_by_id(made.number)
        return row.student_id == person.id or row.token is not None
    seen = Placement.seen_by(person).where(Placement.id == made.placement.id).exists()
    if made.about == About.MESSAGE:
        one = Message.select().where(Message.id == made.number, readable(person.role, person.id))
        return seen and made.message.writer_id != person.id and one.exists()
    return seen


def own_placement(made: Target, person: Person) -> Placement | None:
    """The placement a report is about; of a student's word on a project or an employer, their own one there."""
    if made.placement or not person.is_student or not made.employer:
        return made.placement
    mine = Placement.select(Placement, Application, Posting).join(Application).join(Posting)
    mine = mine.where(Application.student == person, Posting.employer == made.employer, Placement.state.in_(OPEN))
    if made.posting:
        mine = mine.where(Application.posting == made.posting)
    return mine.order_by(Placement.id.desc()).first()


def staff_of(placement: Placement | None) -> set[int]:
    """Who leads a placement and who covers it: they step aside from a case about it."""
    return {one for one in (placement.lead_id, placement.cover_id) if one} if placement else set()


def words_on(target: Target) -> str:
    """What stands on a profile now. Its owner may change it at any time, so a case keeps it; a posting, a message and an
    application are kept themselves."""
    if target.about == About.EMPLOYER and target.employer:
        words = (target.employer.name, target.employer.website, target.employer.about)
    elif target.about == About.PORTFOLIO:
        words = (Portfolio.get_by_id(target.number).about,)
    else:
        words = ()
    return "\n".join(filter(None, words))
