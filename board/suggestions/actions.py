"""A student suggests; a coordinator invites, passes on or declines; the student hears what becomes of it."""

import textwrap
from datetime import timedelta

from board import contact
from board.db import database, now
from board.employers import inviting
from board.employers.model import Employer
from board.mail import actions as mail
from board.mail import links
from board.moves import NotAllowed, Refused, Step, follows, make, record
from board.people import rules as people_rules
from board.people.model import Person
from board.postings import actions as postings
from board.postings import hands
from board.postings.model import SUMMARY, Posting
from board.postings.rules import SHUT_OUT
from board.suggestions.model import State, Suggestion
from board.suggestions.rules import A_DAY, MOVES, WAITING_MOST, may_suggest
from board.words import N_, Marked

KEYS = ("organization", "place", "why", "known", "title", "make", "hours")
PITCH = ("title", "make")  # what an employer reads


class TellsWho(Refused):
    """A pitch holds the student's name or a way to reach them; `field` says where."""

    def __init__(self, field: str, kind: str, text: str):
        self.field = field
        super().__init__(N_("Take out %(kind)s: “%(text)s”."), kind=Marked(kind), text=text)


def suggest(student: Person, values: dict) -> Suggestion:
    """`values` by KEYS; a pitch has a title. Raises TellsWho, or Refused where the student has enough that waits."""
    if not may_suggest(student):
        raise NotAllowed("suggest")
    values = {key: values.get(key) or ("" if key != "hours" else None) for key in KEYS}
    for field in PITCH:
        for kind, text in contact.found(values[field], student.name, student.username or ""):
            raise TellsWho(field, kind, text)
    with database.atomic():
        mine = Suggestion.select().where(Suggestion.student == student)
        if mine.where(Suggestion.state == State.WAITING).count() >= WAITING_MOST:
            raise Refused(N_("Three of your suggestions wait already. Wait for an answer, or take one back."))
        if mine.where(Suggestion.created_at > now() - timedelta(days=1)).count() >= A_DAY:
            raise Refused(N_("That is enough for one day. Please come back tomorrow."))
        made = Suggestion.create(student=student, **values)
        record(made, "suggest", student, State.WAITING)
    return made


def take_back(suggestion: Suggestion, student: Person) -> Step:
    return make(MOVES["take_back"], suggestion, student)


def decline(suggestion: Suggestion, by: Person, words: str) -> Step:
    """The student reads the words."""
    return make(MOVES["decline"], suggestion, by, words)


def invite(suggestion: Suggestion, by: Person, organization: str, name: str, email: str) -> tuple[Person, str]:
    """A new employer, not yet checked, its person and the token of their link; a letter goes to them.

    What was pitched is their first draft. Raises Refused where an employer of this name is here, people.accounts.Taken
    for an address that is somebody's.
    """
    with database.atomic():
        person, token = inviting.invite(name, email, by, None, organization)
        employer = Employer.get_by_id(person.employer_id)
        draft = begin_draft(suggestion, employer, person)
        make(MOVES["invite"], suggestion, by, columns={"employer": employer, "person": person, "posting": draft})
        values = {
            "employer": employer.name, "title": suggestion.title, "days": people_rules.INVITATION_LASTS.days,
            "link": links.to(None, f"/welcome/{token}"),
        }  # fmt: skip
        mail.queue("pitch_invitation", person, values)
    return person, token


def pass_on(suggestion: Suggestion, by: Person, employer: Employer) -> Step:
    """To an employer that is here: a pitch becomes their draft, a wish alone is told to their people."""
    with database.atomic():
        person = hands.colleagues(employer.id).order_by(Person.id).first()
        if person is None:
            raise Refused(
                N_("Nobody from %(name)s has come to the board yet. Invite somebody from there first."),
                name=employer.name,
            )
        draft = begin_draft(suggestion, employer, person)
        if draft:
            record(draft, "pitch", by, draft.state, draft.state)
        else:
            record(employer, "wish", by, employer.state, employer.state)
        return make(MOVES["pass_on"], suggestion, by, columns={"employer": employer, "posting": draft})


def begin_draft(suggestion: Suggestion, employer: Employer, person: Person) -> Posting | None:
    """The pitch as a draft of theirs, in the student's words and without a word of who it was."""
    if not suggestion.has_pitch:
        return None
    summary = textwrap.shorten(" ".join(suggestion.make.split()), SUMMARY, placeholder=" …")
    values = {"title": suggestion.title, "summary": summary, "description": suggestion.make, "hours": suggestion.hours}
    return postings.begin(employer, person, values, pitched=True)


def could_take():
    """Employers a suggestion can go to: not those of whom nobody has confirmed a mail address."""
    return Employer.arrived().where(Employer.state.not_in(SHUT_OUT)).order_by(Employer.name, Employer.id)


# -- what becomes of it


@follows("person", "arrive")
def tell_of_coming(person: Person, step: Step) -> None:
    for suggestion in Suggestion.select().where(Suggestion.person == person):
        record(suggestion, "come", None, suggestion.state, suggestion.state)


@follows("posting", "approve")
def tell_of_opening(posting: Posting, step: Step) -> None:
    """Once: of the draft that was made of the pitch; where there is none, of whatever they open first."""
    told = Step.select(Step.noun_id).where(Step.noun == "suggestion", Step.move == "open")
    theirs = Suggestion.posting.is_null() & (Suggestion.employer == posting.employer_id)
    waiting = Suggestion.select().where((Suggestion.posting == posting) | theirs, Suggestion.id.not_in(told))
    for suggestion in list(waiting.where(Suggestion.state == State.INVITED)):
        record(suggestion, "open", None, suggestion.state, suggestion.state, detail={"posting": posting.id})
