"""The one thread of a placement: which of its messages somebody may read, and which of them they have not read yet."""

from peewee import JOIN, fn

from board.applications.model import Application
from board.people.model import STAFF, Person, Role
from board.placements.model import Message, MessageRead, Placement
from board.postings.model import Posting


def readable(role: Role | str, person):
    """A condition on messages of a placement that somebody sees: what a teacher has not let pass is its writer's alone."""
    if role in STAFF:
        return Message.id.is_null(False)
    return Message.held_at.is_null() | Message.passed_at.is_null(False) | (Message.writer == person)


def unread(role: Role | str, person, employer):
    """Messages of others that somebody has not read, in all the threads they are in: a teacher is in those they lead or
    cover. `person` and `employer` may stand in for values (see statements)."""
    query = Message.select().join(Placement)
    if role in STAFF:
        query = query.where((Placement.lead == person) | (Placement.cover == person))
    else:
        query = query.join(Application)
        if role == Role.EMPLOYER:
            query = query.join(Posting).where(Posting.employer == employer, Application.is_shown())
        else:
            query = query.where(Application.student == person)
    read = (MessageRead.placement == Message.placement) & (MessageRead.person == person)
    query = query.switch(Message).join(MessageRead, JOIN.LEFT_OUTER, on=read)
    query = query.where(Message.writer.is_null() | (Message.writer != person))
    return query.where(Message.id > fn.COALESCE(MessageRead.upto, 0), readable(role, person))


def unread_of(person: Person) -> dict[int, int]:
    """How many messages this person has not read, by placement; those with none are left out. One query."""
    query = unread(person.role, person.id, person.employer_id).select(Message.placement, fn.COUNT(Message.id))
    return dict(query.group_by(Message.placement).tuples())


def has_read_to(placement: Placement, person: Person) -> int:
    """The number of the last message this person has read; 0 before the first."""
    mine = MessageRead.placement == placement.id, MessageRead.person == person.id
    return MessageRead.select(MessageRead.upto).where(*mine).scalar() or 0


def waits_for_a_look(placement: Placement):
    """Messages that a teacher has to look at before they go on, oldest first."""
    held = Message.held_at.is_null(False), Message.passed_at.is_null(), Message.stopped_at.is_null()
    return Message.select().where(Message.placement == placement.id, *held).order_by(Message.id)
