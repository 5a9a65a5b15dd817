"""What a case is about, to be read and not changed: its people, the messages, the hours and files, the posting's text."""

from dataclasses import dataclass, field

from peewee import JOIN

from board.applications.model import Application
from board.employers.model import Employer, Supervisor
from board.people.model import Person
from board.placements.model import Attachment, HoursEntry, Message, Placement
from board.postings import content, differences
from board.postings.model import Comment, Posting
from board.reports.model import Report

MOST = 200  # of each, the newest


@dataclass
class Shown:
    """All of it, asked once. `text`: (label as a marked word, value) of the posting as it stands."""

    posting: Posting | None = None
    text: list[tuple[str, str]] = field(default_factory=list)
    placement: Placement | None = None
    application: Application | None = None
    student: Person | None = None
    employer: Employer | None = None
    messages: list[Message] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    hours: list[HoursEntry] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)


def of(case: Report) -> Shown:
    shown = Shown(employer=case.employer, application=case.application)
    if case.posting_id:
        query = Posting.select(Posting, Employer).join(Employer).where(Posting.id == case.posting_id)
        shown.posting = query.get()
        shown.employer = shown.posting.employer
        shown.text = text_of(shown.posting)
    if shown.application:
        shown.student = shown.application.student
    if case.placement_id:
        of_placement(shown, case.placement_id)
    if case.about == "thread":
        talk = Comment.select(Comment, Person).join(Person, JOIN.LEFT_OUTER).where(Comment.posting == case.posting_id)
        shown.comments = list(talk.order_by(Comment.id.desc()).limit(MOST))[::-1]
    if case.subject and case.subject.is_student:
        shown.student = case.subject
    return shown


def of_placement(shown: Shown, number: int) -> None:
    lead, cover = Person.alias(), Person.alias()
    query = Placement.select(Placement, Application, Person, Supervisor, lead, cover).join(Application)
    query = query.join(Person, on=Application.student).switch(Placement)
    query = query.join(Supervisor, JOIN.LEFT_OUTER, on=Placement.supervisor).switch(Placement)
    query = query.join(lead, JOIN.LEFT_OUTER, on=(Placement.lead == lead.id), attr="lead").switch(Placement)
    query = query.join(cover, JOIN.LEFT_OUTER, on=(Placement.cover == cover.id), attr="cover")
    shown.placement = query.where(Placement.id == number).get()
    shown.application = shown.placement.application
    shown.student = shown.application.student
    words = Message.select(Message, Person).join(Person, JOIN.LEFT_OUTER, on=Message.writer)
    shown.messages = list(words.where(Message.placement == number).order_by(Message.id.desc()).limit(MOST))[::-1]
    hours = HoursEntry.select().where(HoursEntry.placement == number)
    shown.hours = list(hours.order_by(HoursEntry.worked_on.desc(), HoursEntry.id.desc()).limit(MOST))[::-1]
    shown.files = list(Attachment.select().where(Attachment.placement == number).order_by(Attachment.id).limit(MOST))


def text_of(posting: Posting) -> list[tuple[str, str]]:
    """The words somebody may have met on its page."""
    values = content.read(posting)
    keys = ("title", "summary", "description", "deliverable", "location", "address", "times", "getting_there")
    found = [(differences.LABELS[key], str(values[key])) for key in keys if values.get(key)]
    questions = values.get("questions") or []
    return found + ([(differences.LABELS["questions"], "\n".join(questions))] if questions else [])
