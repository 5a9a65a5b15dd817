"""What a coordinator asks the trail for: by person, thing, kind and time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peewee import SQL

from board.audit.model import Entry, Kind
from board.audit.rules import CONFIDENTIAL
from board.forms import one_line, whole
from board.people.model import Person
from board.school.model import School

PAGE = 25  # entries; a phone shows some eight at a time
MOST_COUNTED = 10_000  # beyond, whoever looks narrows it down, or takes all of it out
MOST_PEOPLE = 200  # of one name
LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """One search; what is empty is not asked for."""

    who: str = ""  # a name, or #12
    noun: str = ""
    number: int | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, args) -> "Wanted":
        """As it stands in an address; what makes no sense there is not asked for."""
        return cls(
            who=one_line(args.get("who"))[:LONGEST],
            noun=one_line(args.get("noun"))[:20],
            number=whole(args.get("number")),
            kind=args.get("kind", "") if args.get("kind") in set(Kind) else "",
            first=day_of(args.get("first")),
            last=day_of(args.get("last")),
        )

    @property
    def asked(self) -> dict:
        """As it goes into an address."""
        values = {
            "who": self.who, "noun": self.noun, "number": self.number, "kind": self.kind,
            "first": self.first and self.first.isoformat(), "last": self.last and self.last.isoformat(),
        }  # fmt: skip
        return {key: value for key, value in values.items() if value}


def day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def people_meant(who: str) -> list[int]:
    """The people of a name, or of a number (#12): who was erased has no name any more."""
    number = whole(who.removeprefix("#"))
    if number is not None:
        return [number]
    query = Person.select(Person.id).order_by(Person.id).limit(MOST_PEOPLE)
    for word in who.split():
        query = query.where(Person.name.contains(word) | Person.email.contains(word) | Person.username.contains(word))
    return [found for (found,) in query.tuples()]


def begins(day: date, school: School) -> datetime:
    """The moment in UTC in which a day begins at the school."""
    return datetime.combine(day, time(), school.zone).astimezone(UTC).replace(tzinfo=None)


def entries(wanted: Wanted, school: School):
    """The query of what is asked for, in no order."""
    query = Entry.select().where(Entry.noun.not_in(CONFIDENTIAL))
    if wanted.who:
        people = people_meant(wanted.who)
        if not people:
            return query.where(SQL("0 = 1"))
        query = query.where(Entry.person_id.in_(people) | ((Entry.noun == "person") & Entry.noun_id.in_(people)))
    if wanted.noun:
        query = query.where(Entry.noun == wanted.noun)
    if wanted.number is not None:
        query = query.where(Entry.noun_id == wanted.number)
    if wanted.kind:
        query = query.where(Entry.kind == wanted.kind)
    if wanted.first:
        query = query.where(Entry.at >= begins(wanted.first, school))
    if wanted.last and wanted.last < date.max:
        query = query.where(Entry.at < begins(wanted.last + timedelta(days=1), school))
    return query


def count(query) -> int:
    """How many, up to one more than MOST_COUNTED."""
    return query.select(SQL("1")).limit(MOST_COUNTED + 1).count()
