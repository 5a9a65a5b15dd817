"""In whose hands a posting is: its contact, who helps with it, and how it goes over to somebody else.

Everybody of an employer may write and move each of its postings. The contact hears of what happens to one, and so
does whoever helps; when none of them is there any more, all of the employer do (see hearers.in_charge).
"""

from peewee import SQL

from board.db import database
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, record
from board.people import accounts
from board.people.model import Person
from board.postings.model import Posting, PostingHelper, State
from board.postings.rules import may_hand_over, may_take_over
from board.words import N_

DONE = (State.CLOSED, State.DECLINED)
AWAITED = (State.SUBMITTED, State.OPEN, State.PAUSED, State.FILLED)  # a teacher or a student waits for its employer


def colleagues(employer_id: int):
    """Who of an employer has come and can be a posting's contact."""
    return Person.active().where(Person.employer == employer_id, Person.has_come()).order_by(Person.name, Person.id)


def helpers(posting: Posting) -> list[Person]:
    """Who helps, besides the contact."""
    query = Person.active().join(PostingHelper).where(PostingHelper.posting == posting)
    return list(query.where(Person.employer == posting.employer_id).order_by(Person.name, Person.id))


def help_with(posting: Posting, person: Person) -> None:
    """Hear of this posting too. The contact does anyway."""
    must_be(may_take_over(person, posting))
    if person.id != posting.contact_id:
        PostingHelper.insert(posting=posting, person=person).on_conflict_ignore().execute()


def no_longer(posting: Posting, person: Person) -> None:
    PostingHelper.delete().where(PostingHelper.posting == posting, PostingHelper.person == person).execute()


def take_part(posting: Posting, person: Person) -> None:
    """Who sends it in or writes to the school about it hears the answer; with no contact there, they are it now."""
    if not may_take_over(person, posting):
        return
    current = Posting.get_by_id(posting.id).contact
    if current is None or current.ended_at:
        set_contact(posting, person)
    elif current.id != person.id:
        help_with(posting, person)


def hand_over(posting: Posting, by: Person, to: Person) -> None:
    """Somebody else of the employer is the contact from now on. Both hear of it, unless they did it themselves."""
    must_be(may_hand_over(by, posting) and may_take_over(to, posting))
    with database.atomic():
        must_have_come(to)
        before = Posting.get_by_id(posting.id).contact_id
        if before == to.id:
            raise Refused(N_("%(name)s is the contact already."), name=to.name)
        set_contact(posting, to)
        detail = {"to": to.id, "name": to.name, "from": before}
        record(posting, "hand_over", by, posting.state, posting.state, detail=detail)


def hand_over_all(employer: Employer, former: Person | None, by: Person, to: Person) -> int:
    """All postings of one contact, or of nobody who is still there; returns how many. Closed ones go along unsaid.

    One Step tells of it on the employer; each posting that still goes on has its own in its history.
    """
    must_be(by.is_coordinator or (former is not None and by.id == former.id))
    must_be(to.employer_id == employer.id and to.ended_at is None)
    with database.atomic():
        must_have_come(to)
        theirs = Posting.select().where(Posting.employer == employer, held_by(former), not_of(to))
        postings = list(theirs)
        for posting in postings:
            set_contact(posting, to)
            if posting.state not in DONE:
                detail = {"to": to.id, "name": to.name}
                record(posting, "hand_over_all", by, posting.state, posting.state, detail=detail)
        if postings:
            detail = {"to": to.id, "name": to.name, "from": former.id if former else None, "count": len(postings)}
            record(employer, "hand_over", by, employer.state, employer.state, detail=detail)
    return len(postings)


def held_by(former: Person | None):
    """The condition for postings whose contact this is, or whose contact is nobody with an open account."""
    if former:
        return Posting.contact == former
    return Posting.contact.is_null() | Posting.contact.not_in(Person.active().select(Person.id))


def not_of(person: Person):
    return Posting.contact.is_null() | (Posting.contact != person)


def set_contact(posting: Posting, person: Person) -> None:
    Posting.update(contact=person).where(Posting.id == posting.id).execute()
    posting.contact = person
    no_longer(posting, person)


def must_have_come(person: Person) -> None:
    if not accounts.has_come(person):
        raise Refused(
            N_("%(name)s has an invitation and has not come yet. Choose somebody who is here."), name=person.name
        )


# -- leaving


def leave(person: Person, to: Person | None = None) -> None:
    """An employer's person ends their own account; their postings go to a colleague, or are left to all of them.

    The last one stays while a teacher or a student waits for the employer: there would be nobody to answer.
    """
    must_be(person.is_employer and person.ended_at is None)
    employer = Employer.get_by_id(person.employer_id)
    with database.atomic():
        if not colleagues(employer.id).where(Person.id != person.id).exists() and is_awaited(employer):
            raise Refused(
                N_("You are the last one here, and somebody still waits for you. Take back what is with the school and close "
                   "what is on the board, or ask the coordinator of the school to find somebody else first.")
            )  # fmt: skip
        if to:
            hand_over_all(employer, person, person, to)
        record(employer, "leave", person, employer.state, employer.state)
        accounts.end_account(person, person)


def is_awaited(employer: Employer) -> bool:
    """Whether a teacher reads, students can apply, or one works with them. The tables are named: they lie further on."""
    unfinished = SQL(
        "(SELECT posting_id FROM application JOIN placement ON placement.application_id = application.id"
        " WHERE placement.state IN ('proposed', 'agreed', 'active', 'delivered'))"
    )
    some = Posting.state.in_(AWAITED) | Posting.id.in_(unfinished)
    return Posting.select().where(Posting.employer == employer, some).exists()


def must_be(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed
