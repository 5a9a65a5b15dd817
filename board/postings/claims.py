"""Who has taken a posting to read it, so that colleagues leave it to them; it lapses an hour after they last had it open."""

from datetime import timedelta

from peewee import Node

from board.db import database, now
from board.moves import Refused
from board.people.model import Person
from board.postings.desk_model import Claim
from board.postings.model import Posting
from board.statements import Statement
from board.words import N_

HOLDS_FOR = timedelta(hours=1)


def standing():
    """The condition for those that have not lapsed."""
    return Claim.at > now() - HOLDS_FOR


def holder(posting: Posting) -> Person | None:
    found = held_by([posting.id])
    return found.get(posting.id)


@Statement
def held(ids: list[Node], since: Node):
    query = Claim.select(Claim.id, Claim.posting, Person.id, Person.name).join(Person)
    return query.where(Claim.posting.in_(ids), Claim.at > since)


def held_by(ids: list[int]) -> dict[int, Person]:
    """Who has taken these, by posting. One query."""
    return {claim.posting_id: claim.person for claim in held(ids, now() - HOLDS_FOR)}


def by_others(person: Person):
    """Postings that colleagues have taken."""
    return Claim.select(Claim.posting).where(Claim.person != person, standing())


def take(posting: Posting, person: Person, from_id: int | None = None) -> Person | None:
    """Take it; returns whom it was taken over from. `from_id`: who the page said had it. Raises Refused when by now it
    is somebody else."""
    with database.atomic():
        had = holder(posting)
        if had and had.id not in (person.id, from_id):
            raise Refused(N_("%(name)s has taken this one."), name=had.name)
        Claim.delete().where(Claim.posting == posting).execute()
        Claim.create(posting=posting, person=person)
    return had if had and had.id != person.id else None


def release(posting: Posting, person: Person) -> None:
    Claim.delete().where(Claim.posting == posting, Claim.person == person).execute()


def done(posting: Posting) -> None:
    """It is decided: nobody has it any more."""
    Claim.delete().where(Claim.posting == posting).execute()


def keep(posting: Posting, person: Person) -> None:
    """Its holder has it open just now."""
    Claim.update(at=now()).where(Claim.posting == posting, Claim.person == person, standing()).execute()


def must_be_free(posting: Posting, person: Person) -> None:
    had = holder(posting)
    if had and had.id != person.id:
        raise Refused(N_("%(name)s has taken this one. Take it over first."), name=had.name)
