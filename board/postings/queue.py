"""What waits for a teacher, oldest first: postings sent in, and changes to postings that are open already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN, SQL, Case, Value, fn

from board.db import database, now
from board.employers.model import Employer
from board.moves import Step
from board.people.model import Person
from board.postings import claims, late_days, trusted
from board.postings.desk_model import Approval
from board.postings.model import Posting, Revision, RevisionState, State, Viewing
from board.postings.own_fields import is_theirs
from board.school.model import Field

OPEN_FOR = timedelta(minutes=5)  # a page that was looked at this lately counts as open
LOOK_EVERY = timedelta(minutes=1)
PER_PAGE = 25
LATELY = 10
MOST_UNREAD = 40
DECISIONS = {"posting": ("approve", "ask_changes", "decline"), "revision": ("approve", "return")}


@dataclass
class Waiting:
    """One row of the desk."""

    posting: Posting
    is_change: bool
    since: datetime
    viewers: list[Person]
    holder: Person | None = None  # who has taken it
    first: Person | None = None  # who has agreed, where two have to
    is_late: bool = False  # the coordinators have been told


def union(field: str = "", mine: Person | None = None):
    """(posting id, waiting since, is it a change), unordered: the one place that says what waits."""
    since = fn.COALESCE(Posting.submitted_at, Posting.created_at)
    sent = Posting.select(Posting.id.alias("posting_id"), since.alias("since"), Value(0).alias("is_change"))
    changed = Posting.select(Posting.id, Revision.created_at, Value(1)).join(Revision)
    sent = sent.where(Posting.state == State.SUBMITTED)
    changed = changed.where(Revision.state == RevisionState.PROPOSED)
    if field:
        of_field = Posting.field.in_(Field.select(Field.id).where(Field.slug == field))
        sent, changed = sent.where(of_field), changed.where(of_field)
    if mine:
        sent, changed = sent.where(is_theirs(mine)), changed.where(is_theirs(mine))
    return sent + changed


def ordered(field: str = "", mine: Person | None = None):
    return union(field, mine).order_by(SQL("since"), SQL("posting_id"))


def count(field: str = "", mine: Person | None = None) -> int:
    return union(field, mine).count()


def counts_by_field() -> list[tuple[Field, int]]:
    """Fields with something waiting, in the school's order, and how much."""
    sent = Posting.select(Posting.field, fn.COUNT(Posting.id)).where(Posting.state == State.SUBMITTED)
    changed = Posting.select(Posting.field, fn.COUNT(Posting.id)).join(Revision)
    changed = changed.where(Revision.state == RevisionState.PROPOSED)
    totals: dict[int, int] = {}
    for query in (sent, changed):
        for field, number in query.group_by(Posting.field).tuples():
            totals[field] = totals.get(field, 0) + number
    return [(field, totals[field.id]) for field in Field.select().order_by(Field.position) if field.id in totals]


def page(person: Person, number: int = 1, field: str = "", mine: bool = False) -> list[Waiting]:
    """A page of the desk. As many queries for one row as for many."""
    rows = list(database.execute(ordered(field, person if mine else None).paginate(number, PER_PAGE)))
    ids = [row[0] for row in rows]
    postings = Posting.select(Posting, Employer, Field).join(Employer).switch(Posting).join(Field, JOIN.LEFT_OUTER)
    by_id = {posting.id: posting for posting in postings.where(Posting.id.in_(ids))}
    viewers, holders, calendar = open_by(ids, person), claims.held_by(ids), late_days.Calendar.here()
    firsts = Approval.select(Approval, Person).join(Person).where(Approval.posting.in_(ids))
    agreed = {approval.posting_id: approval.person for approval in firsts}
    return [
        Waiting(
            by_id[posting_id], bool(is_change), moment(since), viewers.get(posting_id, []), holders.get(posting_id),
            agreed.get(posting_id), calendar.is_late(moment(since)),
        )
        for posting_id, since, is_change in rows
        if posting_id in by_id
    ]  # fmt: skip


def moment(text) -> datetime:
    """What a union gives as text, as the column would."""
    return Posting.submitted_at.python_value(text)


def place_of(posting: Posting, since: datetime | None) -> tuple[int, int]:
    """Where a waiting posting stands in the line, from 1, and how long the line is."""
    before = SQL("since < ? OR (since = ? AND posting_id < ?)", [str(since), str(since), posting.id])
    line = union().alias("line")
    ahead = line.select_from(fn.COUNT(SQL("1"))).where(before).scalar()
    return ahead + 1, count()


def next_after(posting: Posting, since: datetime | None, person: Person) -> int | None:
    """The posting to read next: of their own fields first, the one behind this in line, else the oldest; none that a
    colleague has open or has taken, nor one that waits for a second teacher's yes after theirs."""
    line = union().alias("line")
    colleagues = Viewing.select(Viewing.posting).where(Viewing.seen_at > now() - OPEN_FOR, Viewing.person != person)
    free = line.select_from(SQL("posting_id")).where(
        SQL("posting_id <> ?", [posting.id]), SQL("posting_id").not_in(colleagues),
        SQL("posting_id").not_in(claims.by_others(person)),
        SQL("posting_id").not_in(Approval.select(Approval.posting).where(Approval.person == person)),
    )  # fmt: skip
    theirs = SQL("posting_id").in_(Posting.select(Posting.id).where(is_theirs(person)))
    behind = SQL("since < ? OR (since = ? AND posting_id < ?)", [str(since), str(since), posting.id])
    return free.order_by(Case(None, ((theirs, 0),), 1), behind, SQL("since"), SQL("posting_id")).limit(1).scalar()


# -- who has what open


def open_by(ids: list[int], but: Person) -> dict[int, list[Person]]:
    """Colleagues who have these postings open just now."""
    query = (
        Viewing.select(Viewing, Person)
        .join(Person)
        .where(Viewing.posting.in_(ids), Viewing.person != but, Viewing.seen_at > now() - OPEN_FOR)
        .order_by(Viewing.seen_at)
    )
    found: dict[int, list[Person]] = {}
    for viewing in query:
        found.setdefault(viewing.posting_id, []).append(viewing.person)
    return found


def looked_lately(posting: Posting, person: Person) -> bool:
    return (
        Viewing.select()
        .where(Viewing.posting == posting, Viewing.person == person, Viewing.seen_at > now() - LOOK_EVERY)
        .exists()
    )


# -- what was decided


def decided() -> list[tuple[Step, Posting]]:
    """The last decisions of any teacher, newest first."""
    decisions = [(Step.noun == noun) & Step.move.in_(moves) for noun, moves in DECISIONS.items()]
    steps = list(
        Step.select(Step, Person)
        .left_outer_join(Person)
        .where(decisions[0] | decisions[1])
        .order_by(Step.id.desc())
        .limit(LATELY)
    )
    of = {("posting", step.noun_id): step.noun_id for step in steps if step.noun == "posting"}
    changes = Revision.select(Revision.id, Revision.posting).where(
        Revision.id.in_([step.noun_id for step in steps if step.noun == "revision"])
    )
    of |= {("revision", number): posting for number, posting in changes.tuples()}
    postings = Posting.select(Posting, Employer).join(Employer).where(Posting.id.in_(list(of.values())))
    by_id = {posting.id: posting for posting in postings}
    known = [(step, by_id.get(of.get((step.noun, step.noun_id)))) for step in steps]
    return [(step, posting) for step, posting in known if posting]


def passed_unread() -> list[tuple[Step, Posting]]:
    """Changes of trusted employers that went live without a teacher in the last week, newest first."""
    found = list(trusted.steps_lately().order_by(Step.id.desc()).limit(MOST_UNREAD))
    if not found:
        return []
    ids = [step.facts["posting"] for step in found]
    postings = {row.id: row for row in Posting.select(Posting, Employer).join(Employer).where(Posting.id.in_(ids))}
    return [(step, postings[step.facts["posting"]]) for step in found if step.facts["posting"] in postings]
