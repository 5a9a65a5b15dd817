"""Families hear when an employer is suspended: that the work of their child rests, or an application has ended, and how
it goes on. No word of why, and nothing to answer: the link they have shows how it stands, or the school does."""

from board.applications.actions import answered_since  # what it does at a suspension comes first
from board.applications.model import Application, State
from board.employers.model import Employer
from board.guardians.asking import TOLD, call_of, ended, happened, may_ask
from board.guardians.model import Guardian, GuardianAsk
from board.mail import actions as mail
from board.moves import Step, follows
from board.people.model import Person
from board.postings.model import Posting

RESTS, OVER, GOES_ON, ENDED = "rests", "over", "goes_on", "ended"  # what happened, for the letter


@follows("employer", "suspend")
def tell_of_suspension(employer: Employer, step: Step) -> None:
    """Everybody at home whose child works there, or whom the school had asked about an application that ends with it."""
    for application in of_employer(employer).where(Application.state == State.ACCEPTED, Application.id.not_in(ended())):
        tell(application, RESTS)
    asked = GuardianAsk.select(GuardianAsk.application)
    for application in of_employer(employer).where(Application.id.in_(answered_since(step)), Application.id.in_(asked)):
        tell(application, OVER)


@follows("placement", "lift", "end_early")
def tell_how_it_goes_on(placement, step: Step) -> None:
    """Whoever was told that it rests. Lifted and ended, each is said once."""
    told = Step.of(placement).where(Step.move == TOLD).order_by(Step.id.desc()).first()
    if told and told.facts.get("what") == RESTS:
        tell(placement.application, GOES_ON if step.move == "lift" else ENDED)


def tell(application: Application, what: str) -> None:
    """A letter to each guardian with an address; the Step names them by their numbers."""
    student = application.student
    if not may_ask(application):  # of age, or of a school that leaves it to the families
        return
    posting, numbers = Posting.get_by_id(application.posting_id), []
    known = list(Guardian.of(student).where(Guardian.email.is_null(False)))
    call = call_of(student) if known else ""
    for guardian in known:
        values = {
            "name": guardian.name, "student": student.first_name, "title": posting.title, "what": what,
            "employer": posting.employer.name, "call": call,
        }  # fmt: skip
        mail.queue(TOLD, guardian.email, values, language=guardian.language)
        numbers.append(guardian.id)
    if numbers:
        happened(application, TOLD, None, what=what, guardians=numbers)


def to_call(employer: Employer) -> list[Person]:
    """Students at work there of whose home the school has no mail address: nobody there gets a letter."""
    known = Guardian.select(Guardian.student).where(Guardian.gone_at.is_null(), Guardian.email.is_null(False))
    working = of_employer(employer).where(Application.state == State.ACCEPTED, Application.id.not_in(ended()))
    found = {one.student_id: one.student for one in working.where(Application.student.not_in(known)) if may_ask(one)}
    return sorted(found.values(), key=lambda student: student.name)


def of_employer(employer: Employer):
    theirs = Posting.select(Posting.id).where(Posting.employer == employer)
    query = Application.select(Application, Person).join(Person, on=Application.student)
    return query.where(Application.posting.in_(theirs)).order_by(Application.id)
