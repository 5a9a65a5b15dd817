"""The texts a posting has had: as a teacher read it last, as it was approved, as its employer would have it."""

import json

from board.moves import Step
from board.people.model import STAFF, Person
from board.postings import content
from board.postings.model import Posting, Revision, RevisionState


def proposed_for(posting: Posting) -> Revision | None:
    return Revision.get_or_none(Revision.posting == posting, Revision.state == RevisionState.PROPOSED)


def last_approved(posting: Posting | int) -> Revision | None:
    query = Revision.select().where(Revision.posting == posting, Revision.state == RevisionState.APPROVED)
    return query.order_by(Revision.id.desc()).first()


def last_read(posting: Posting) -> Revision | None:
    """The text a teacher read last: approved, or returned with words; of a copy, the approved text it began with."""
    kept = (RevisionState.APPROVED, RevisionState.RETURNED)
    query = Revision.select().where(Revision.posting == posting, Revision.state.in_(kept))
    found = query.order_by(Revision.id.desc()).first()
    if found:
        return found
    begun = Step.of(posting).where(Step.move == "begin").first()
    copied = begun.facts.get("copy_of") if begun else None
    return last_approved(copied) if copied else None


def read_by_teacher(posting: Posting) -> Revision | None:
    """The last approved text that a teacher said yes to, not one that passed unread or was a small change."""
    yes = Step.select(Step.noun_id).where(Step.noun == "revision", Step.move == "approve")
    by_staff = Person.select(Person.id).where(Person.role.in_(STAFF))
    query = Revision.select().where(Revision.posting == posting, Revision.state == RevisionState.APPROVED)
    return query.where(Revision.author.in_(by_staff) | Revision.id.in_(yes)).order_by(Revision.id.desc()).first()


def keep_approved(posting: Posting, person: Person | None) -> None:
    keep_text(posting, person, RevisionState.APPROVED)


def keep_text(posting: Posting, person, state: RevisionState) -> None:
    Revision.create(posting=posting, author=person, state=state, content=json.dumps(content.read(posting)))
