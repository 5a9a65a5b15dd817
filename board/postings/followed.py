"""What becomes of postings when the school's check of their employer, or of a supervisor, ends or begins again."""

from board.db import now
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.moves import Refused, Step, follows
from board.people.model import Person
from board.postings.actions import marked_after, put_back, rest, shown_after
from board.postings.model import Posting, State
from board.postings.rules import may_put_back_all
from board.postings.vetted import in_the_way
from board.school.model import today
from board.words import N_


def open_ones(employer: Employer, *more) -> list[Posting]:
    return list(Posting.select().where(Posting.employer == employer, Posting.state == State.OPEN, *more))


@follows("employer", "suspend")
def pull_all(employer: Employer, step: Step) -> None:
    """Off the board with them; a teacher puts them back one by one, also what rests already. The words stay on the
    employer's own page."""
    for posting in resting(employer):
        marked_after("pull", posting, step.person, step.reason, held_at=now())
    for posting in open_ones(employer):
        shown_after("pull", posting, step.person, step.reason, held_at=now())


@follows("employer", "lapse")
def rest_all(employer: Employer, step: Step) -> None:
    """They pause until the check is renewed; nobody did anything wrong."""
    for posting in open_ones(employer):
        rest(posting)


@follows("employer", "drop_supervisor")
def pull_those_of(employer: Employer, step: Step) -> None:
    """Nobody applies to work with somebody who is not trusted any more."""
    words = N_("The school checks the worksite supervisor again. You may name somebody else.")
    for posting in open_ones(employer, Posting.supervisor == step.facts["supervisor"]):
        if in_the_way(posting, today()):
            shown_after("pull", posting, step.person, words, held_at=now())


@follows("employer", "supervisor_lapse")
def rest_those_of(employer: Employer, step: Step) -> None:
    """They pause until whoever they name is checked again; nobody did anything wrong."""
    for posting in open_ones(employer, Posting.supervisor == step.facts["supervisor"]):
        if in_the_way(posting, today()):
            rest(posting)


@follows("employer", "verify", "renew", "vet_supervisor")
def come_back(employer: Employer, step: Step) -> None:
    """What paused with a check opens when the check holds again, by whoever made it hold. What can't open for another
    reason stays paused, and stands on the page of the check; after a suspension each is put back by a person."""
    if step.from_state != EmployerState.SUSPENDED:
        open_again(employer, step.person)


def open_again(employer: Employer, person: Person | None) -> tuple[int, int, list[Refused]]:
    """All that rests and may open: (how many are back, how many wait for a supervisor's check, why others stay paused)."""
    rows = resting(employer)
    free = [posting for posting in rows if in_the_way(posting, today()) is None]
    refused = []
    for posting in free:
        try:
            put_back(posting, person)
        except Refused as why:
            refused.append(why)
    return len(free) - len(refused), len(rows) - len(free), refused


def resting(employer: Employer) -> list[Posting]:
    """Those that paused when a check ended, and that nobody has moved since; two queries."""
    paused = Posting.select().where(
        Posting.employer == employer, Posting.state == State.PAUSED, Posting.held_at.is_null()
    )
    rows = {posting.id: posting for posting in paused.order_by(Posting.id)}
    moved = Step.select(Step.noun_id, Step.move).where(
        Step.noun == "posting", Step.noun_id.in_(list(rows)), Step.from_state != Step.to_state
    )
    last = dict(moved.order_by(Step.id).tuples())
    return [posting for number, posting in rows.items() if last.get(number) == "rest"]


def put_back_all(employer: Employer, person: Person) -> tuple[int, int]:
    """All that paused with the check, after it is renewed: (how many are back, how many wait for a supervisor's check).
    Raises Refused, with the first reason, where none comes back."""
    if not may_put_back_all(person, employer):
        raise Refused(N_("Renew the check of this employer first."))
    back, wait, refused = open_again(employer, person)
    if refused and not back:
        raise refused[0]
    return back, wait
