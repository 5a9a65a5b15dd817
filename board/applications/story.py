"""The history of an application in words, for whoever reads it: an employer meets "Student 3F2A" here, too."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from board.applications.model import Application, Reason
from board.moves import Step
from board.people.model import Person

# what an employer reads of it: nothing from before it was sent, and nothing of what home or school says between
FOR_EMPLOYER = (
    "submit", "withdraw", "shortlist", "offer", "take_offer_back", "accept", "turn_down", "not_select", "release",
    "lapse", "offer_due", "revoke",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    words: str


def story(application: Application, reader: Person, name: str = "") -> list[Line]:
    """Oldest first. An employer's begins when the application was sent. `name`: the student's, where they may know it."""
    steps = Step.of(application)
    if reader.is_employer:
        steps = steps.where(Step.move.in_(FOR_EMPLOYER))
    return [
        Line(step.at, who_of(step, application, reader, name), words, words_of(step, reader))
        for step in steps
        if (words := what(step))
    ]


def who_of(step: Step, application: Application, reader: Person, name: str = "") -> str:
    person = step.person
    if person is None:
        return _("The board")
    if person.id == reader.id:
        return _("You")
    if person.is_student:
        return (name or _("Student %(code)s", code=application.code)) if reader.is_employer else person.name
    if person.is_employer and reader.is_student:
        return application.posting.employer.name
    return person.name


def words_of(step: Step, reader: Person) -> str:
    """What was said with the move. A student's own words go to staff alone."""
    hidden = step.person and step.person.is_student and reader.is_employer
    return "" if hidden else step.reason


def what(step: Step) -> str:
    """Empty for a step that is nobody's news."""
    kind = step.facts.get("kind", "")
    reason = _(Reason(kind).label) if kind in set(Reason) else ""
    said = {
        "begin": _("began a draft"),
        "ask_to_read": _("asked a teacher to read the draft"),
        "read": _("read the draft"),
        "submit": _("sent it"),
        "withdraw": _("withdrew"),
        "shortlist": _("put it on the shortlist"),
        "offer": _("offered the project"),
        "take_offer_back": _("took the offer back"),
        "accept": _("accepted the offer"),
        "turn_down": _("turned the offer down"),
        "not_select": _("did not select it: %(reason)s", reason=reason),
        "release": _("answered for the employer: %(reason)s", reason=reason),
        "lapse": _("ended the offer: its last day to answer had passed"),
        "offer_due": _("reminded the student that the offer ends"),
        "revoke": _("ended the offer: the project was closed"),
        "guardian_asked": _("wrote to a parent or guardian"),
        "guardian_slip": _("printed a slip for a parent or guardian"),
        "guardian_yes": _("passed on a parent’s or guardian’s yes"),
        "guardian_no": _("passed on that a parent or guardian took the yes back"),
        "guardian_refused": _("passed on that a parent or guardian says no"),
        "guardian_question": _("passed on that a parent or guardian wants to talk to the school first"),
        "guardian_talked": _("has talked to a parent or guardian"),
    }
    return said.get(step.move, "")
