"""Where a school wants two teachers to agree to work that is not remote: the first one's yes waits for the second's."""

import hashlib
import json
from collections.abc import Mapping

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, follows, record
from board.people.model import Person
from board.postings.desk_model import Approval
from board.postings.model import Place, Posting, Revision
from board.school.model import School
from board.words import N_


def needs_second(values: Mapping) -> bool:
    """Values as in content.py."""
    school = School.here()
    return bool(school and school.second_teacher) and values.get("place") in (Place.ON_SITE, Place.HYBRID)


def mark_of(values: Mapping) -> str:
    """Another one for every text: a yes holds for the words it was given to."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:40]


def first_yes(posting: Posting, values: Mapping) -> Approval | None:
    """The first teacher's yes to this very text, with the teacher."""
    query = Approval.select(Approval, Person).join(Person).where(Approval.posting == posting)
    found = query.first()
    return found if found and found.mark == mark_of(values) else None


def must_have_agreed(posting: Posting, values: Mapping, person: Person) -> None:
    """In the transaction of a yes: somebody else has agreed before, where two have to. Their yes is used up."""
    if not needs_second(values):
        return
    first = first_yes(posting, values)
    if first is None:
        raise Refused(N_("Two teachers have to agree here, and none has yet."))
    if first.person_id == person.id:
        raise Refused(N_("You have agreed already. The second yes is for another teacher."))
    first.delete_instance()


def agree_first(posting: Posting, values: Mapping, person: Person) -> Step:
    """Keep the first yes; it opens with the second. Whoever calls has run the checks."""
    if not person.is_teacher:
        raise NotAllowed("first_yes")
    with database.atomic():
        if first_yes(posting, values):
            raise TooLate(Step.of(posting).order_by(Step.id.desc()).first())
        Approval.delete().where(Approval.posting == posting).execute()
        Approval.create(posting=posting, person=person, mark=mark_of(values), made_at=now())
        return record(posting, "first_yes", person, posting.state, posting.state)


def take_yes_back(posting: Posting, person: Person) -> bool:
    """False when there is none of theirs any more."""
    with database.atomic():
        gone = Approval.delete().where(Approval.posting == posting, Approval.person == person).execute()
        if gone:
            record(posting, "take_yes_back", person, posting.state, posting.state)
    return bool(gone)


@follows("posting", "submit", "approve", "ask_changes", "decline")
def forget(posting: Posting, step: Step) -> None:
    """It is open, sent in again or sent away: a yes to what it said before is worth nothing."""
    Approval.delete().where(Approval.posting == posting).execute()


@follows("revision", "approve", "return", "take_back")
def forget_of_change(revision: Revision, step: Step) -> None:
    """The same of a change to what is open."""
    Approval.delete().where(Approval.posting == revision.posting_id).execute()
