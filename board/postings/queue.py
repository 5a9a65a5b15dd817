"""What waits for a teacher, oldest first: postings sent in, and changes to postings that are open already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import JOIN, SQL, Case, Node, Value, fn

from board.db import database, now
from board.employers.model import Employer
from board.people.model import Person
from board.postings import claims, late_days
from board.postings.desk_model import Approval
from board.postings.model import Posting, Revision, RevisionState, State, Viewing
from board.postings.own_fields import is_theirs
from board.school.model import Field
from board.statements import Statement

OPEN_FOR = timedelta(minutes=5)  # a page that was looked at this lately counts as open
LOOK_EVERY = timedelta(minutes=1)
PER_PAGE = 25


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


@Statement
def whole_line(most: Node, but: Node):
    return ordered().limit(most).offset(but).tuples()


def count(field: str = "", mine: Person | None = None) -> int:
    return union(field, mine).count()


@Statement
def numbers():
    sent = Posting.select(Posting.field, fn.COUNT(Posting.id)).where(Posting.state == State.SUBMITTED)
    changed = Posting.select(Posting.field, fn.COUNT(Posting.id)).join(Revision)
    changed = changed.where(Revision.state == RevisionState.PROPOSED)
    return (sent.group_by(Posting.field) + changed.group_by(Posting.field)).tuples()


def counts() -> dict[int | None, int]:
    """How much waits, by the id of its field."""
    totals: dict[int | None, int] = {}
    for field, number in numbers():
        totals[field] = totals.get(field, 0) + number
    return totals


@Statement
def listed(ids: list[Node]):
    columns = (Posting.id, Posting.title, Employer.id, Employer.name, Employer.state, Field.id, Field.name)
    query = Posting.select(*columns).join(Employer).switch(Posting).join(Field, JOIN.LEFT_OUTER)
    return query.where(Posting.id.in_(ids))


@Statement
def agreed(ids: list[Node]):
    return (
        Approval.select(Approval.id, Approval.posting, Person.id, Person.name)
        .join(Person)
        .where(Approval.posting.in_(ids))
    )


def page(person: Person, number: int = 1, field: str = "", mine: bool = False, most: int = PER_PAGE) -> list[Waiting]:
    """A page of the desk. As many queries for one row as for many."""
    if field or mine:
        rows = list(database.execute(ordered(field, person if mine else None).paginate(number, most)))
    else:
        rows = whole_line(most, (number - 1) * most)
    ids = [row[0] for row in rows]
    by_id = {posting.id: posting for posting in listed(ids)}
    viewers, holders, calendar = open_by(ids, person), claims.held_by(ids), late_days.Calendar.here()
    firsts = {approval.posting_id: approval.person for approval in agreed(ids)}
    return [
        Waiting(
            by_id[posting_id], bool(is_change), moment(since), viewers.get(posting_id, []), holders.get(posting_id),
            firsts.get(posting_id), calendar.is_late(moment(since)),
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


@Statement
def looking(ids: list[Node], but: Node, since: Node):
    query = Viewing.select(Viewing.id, Viewing.posting, Person.id, Person.name).join(Person)
    return query.where(Viewing.posting.in_(ids), Viewing.person != but, Viewing.seen_at > since).order_by(
        Viewing.seen_at
    )


def open_by(ids: list[int], but: Person) -> dict[int, list[Person]]:
    """Colleagues who have these postings open just now."""
    found: dict[int, list[Person]] = {}
    for viewing in looking(ids, but.id, now() - OPEN_FOR):
        found.setdefault(viewing.posting_id, []).append(viewing.person)
    return found


def looked_lately(posting: Posting, person: Person) -> bool:
    return (
        Viewing.select()
        .where(Viewing.posting == posting, Viewing.person == person, Viewing.seen_at > now() - LOOK_EVERY)
        .exists()
    )
