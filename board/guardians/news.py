"""What a family that has said yes hears of by letter, since it is other than what they read: the adult, the place, the
days. The page of the link says the same to whoever opens it."""

from datetime import datetime, timedelta

from board.applications.model import Application
from board.db import now
from board.guardians.asking import NEWS, address, call_of, happened, make
from board.guardians.model import GuardianAnswer, GuardianAsk, Way, Word, is_minor
from board.guardians.rules import standing
from board.mail import actions as mail
from board.mail import links
from board.moves import Step
from board.school.model import today
from board.words import N_

# of the training agreement and the match: what a parent or guardian has said yes to, as the page calls it
READ = {
    "supervisor": N_("the adult"), "what": N_("what is done"), "place": N_("where"), "times": N_("at what times"),
    "starts_on": N_("the first day"), "due_on": N_("the last day"),
}  # fmt: skip
PAUSE = timedelta(days=1)  # between two letters of news to one person: the first one's link shows the second, too


def changed_since(match, at: datetime) -> list[str]:
    """What of a match is other than it was at a moment, in marked words."""
    steps = Step.of(match).where(Step.move == "change_agreement", Step.at > at)
    keys = {key for step in steps for key in step.facts.get("changed", ())}
    return [words for key, words in READ.items() if key in keys]


def hears(answer: GuardianAnswer) -> bool:
    """A yes that stands, of somebody the school writes to."""
    guardian = answer.guardian
    said_yes = answer.answer == Word.YES and answer.withdrawn_at is None
    return said_yes and guardian is not None and guardian.gone_at is None and bool(guardian.email)


def tell(application: Application) -> int:
    """A letter to each who has said yes and has an address. Returns how many."""
    student, told = application.student, []
    if not is_minor(student, today()):
        return 0
    said = [one for one in standing(GuardianAnswer.of(application.id)) if hears(one)]
    call = call_of(student) if said else ""
    for answer in said:
        guardian = answer.guardian
        since = max(answer.created_at, now() - PAUSE)
        recent = GuardianAsk.letters(application)
        if recent.where(GuardianAsk.guardian == guardian, GuardianAsk.created_at > since).exists():
            continue
        token = make(application, Way.MAIL, guardian.language, guardian, None)
        values = {
            "name": guardian.name, "student": student.first_name, "title": application.posting.title,
            "employer": application.posting.employer.name, "link": links.base_url + address(token),
            "call": call,
        }  # fmt: skip
        mail.queue(NEWS, guardian.email, values, language=guardian.language)
        told.append(guardian.id)
    if told:
        happened(application, "guardian_asked", None, guardians=told)
    return len(told)
