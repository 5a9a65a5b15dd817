"""All of a person's threads in one list: what is new in which, and where. A fixed number of queries."""

from dataclasses import dataclass

from peewee import JOIN, fn

from board.applications.model import Application
from board.employers.model import Employer
from board.people.model import Person
from board.placements.model import Message, Placement
from board.placements.naming import Names, keeping_names
from board.placements.thread import readable, unread_of
from board.postings.model import Posting

PER_PAGE = 25


@dataclass
class Thread:
    placement: Placement
    names: Names
    last: Message
    new: int


def of(person: Person, page: int) -> tuple[list[Thread], int]:
    """A page of threads with something in them, the last written in first; and how many there are. A teacher has those
    they lead or cover."""
    mine = Placement.seen_by(person)
    if person.is_teacher:
        mine = mine.where((Placement.lead == person.id) | (Placement.cover == person.id))
    last = Message.select(fn.MAX(Message.id)).where(Message.placement.in_(mine.select(Placement.id)))
    last = last.where(readable(person.role, person.id)).group_by(Message.placement)
    query = (
        Message.select(Message, Placement, Application, Posting, Employer, Person)
        .join(Placement)
        .join(Application)
        .join(Posting)
        .join(Employer)
        .switch(Application)
        .join(Person, JOIN.INNER, on=Application.student)
        .where(Message.id.in_(last))
        .order_by(Message.id.desc())
    )
    new = unread_of(person)
    found = list(query.paginate(page, PER_PAGE))
    kept = keeping_names(one.placement for one in found) if person.is_employer else ()
    rows = [
        Thread(one.placement, Names(one.placement, person, kept), one, new.get(one.placement_id, 0)) for one in found
    ]
    return rows, query.count()
