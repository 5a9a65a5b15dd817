"""What was decided on the desk lately, and what went by it."""

from peewee import Node

from board.db import now
from board.employers.model import Employer
from board.moves import Step
from board.people.model import Person
from board.postings import trusted
from board.postings.model import Posting, Revision
from board.statements import Statement

LATELY = 10
MOST_UNREAD = 40
DECISIONS = {"posting": ("approve", "ask_changes", "decline"), "revision": ("approve", "return")}


@Statement
def steps_of_teachers():
    columns = (
        Step.id,
        Step.noun,
        Step.noun_id,
        Step.move,
        Step.from_state,
        Step.detail,
        Step.at,
        Person.id,
        Person.name,
    )
    of_posting, of_change = ((Step.noun == noun) & Step.move.in_(moves) for noun, moves in DECISIONS.items())
    query = Step.select(*columns).left_outer_join(Person).where(of_posting | of_change)
    return query.order_by(Step.id.desc()).limit(LATELY)


@Statement
def postings_of_changes(ids: list[Node]):
    return Revision.select(Revision.id, Revision.posting).where(Revision.id.in_(ids)).tuples()


@Statement
def named(ids: list[Node]):
    columns = (Posting.id, Posting.title, Employer.id, Employer.name)
    return Posting.select(*columns).join(Employer).where(Posting.id.in_(ids))


@Statement
def unread_steps(since: Node):
    return trusted.steps_since(since).select(Step.id, Step.detail, Step.at).order_by(Step.id.desc()).limit(MOST_UNREAD)


def lately() -> list[tuple[Step, Posting]]:
    """The last decisions of any teacher, newest first."""
    steps = steps_of_teachers()
    changes = [step.noun_id for step in steps if step.noun == "revision"]
    of_change = dict(postings_of_changes(changes))
    return with_postings(
        (step, step.noun_id if step.noun == "posting" else of_change.get(step.noun_id)) for step in steps
    )


def passed_unread() -> list[tuple[Step, Posting]]:
    """Changes of trusted employers that went live without a teacher in the last week, newest first."""
    steps = unread_steps(now() - trusted.LISTED_FOR)
    return with_postings((step, step.facts["posting"]) for step in steps)


def with_postings(found) -> list[tuple[Step, Posting]]:
    """(Step, id) as (Step, posting); what is gone by now is left out."""
    found = list(found)
    by_id = {posting.id: posting for posting in named(list({number for _step, number in found if number}))}
    return [(step, by_id[number]) for step, number in found if number in by_id]
