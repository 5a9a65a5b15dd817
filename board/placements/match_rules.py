"""What a match needs before a teacher may agree to it, and while it goes on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from board.employers.model import Supervisor
from board.moves import Refused
from board.people.model import Person
from board.placements.dates import touching
from board.placements.model import Placement
from board.postings.model import Place
from board.school.model import Period, PeriodKind
from board.words import N_, Said

LONGEST = timedelta(days=365)  # from today to the first day, and from there to the last


@dataclass(frozen=True)
class Choice:
    """Who looks after a placement, with whom the student works, and from when to when."""

    lead: Person | None
    cover: Person | None
    supervisor: Supervisor | None
    starts_on: date | None
    due_on: date | None


class Unsound(Refused):
    """A choice that cannot be: a sentence for each field."""

    def __init__(self, problems: dict[str, Said]):
        first = next(iter(problems.values()))
        super().__init__(first.words, **first.values)
        self.problems = problems


def needs_supervisor(placement: Placement) -> bool:
    """Who does not work from home alone works with somebody who is named."""
    return placement.posting.place in (Place.ON_SITE, Place.HYBRID)


def wrong_with(
    placement: Placement, choice: Choice, today: date, periods: Iterable[Period], lowest_age: int
) -> dict[str, Said]:
    """What is wrong with a choice, by field. Dates that stand already are not asked about again."""
    begins = None if placement.started_at or same_days(placement, choice) else begins_wrong(placement, choice, today, periods, lowest_age)  # fmt: skip
    found = {
        "lead": lead_wrong(choice.lead),
        "cover": cover_wrong(choice.cover, choice.lead),
        "supervisor": supervisor_wrong(placement, choice.supervisor),
        "starts_on": begins,
        "due_on": ends_wrong(choice.starts_on, choice.due_on),
    }
    return {field: said for field, said in found.items() if said}


def same_days(placement: Placement, choice: Choice) -> bool:
    return placement.agreed_at is not None and placement.starts_on == choice.starts_on


def is_there(person: Person | None) -> bool:
    """Somebody of the school whose account is open."""
    return person is not None and person.is_teacher and not person.ended_at


def lead_wrong(lead: Person | None) -> Said | None:
    if lead is None:
        return Said(N_("Name the teacher who looks after it."))
    return None if is_there(lead) else Said(N_("Choose somebody of the school whose account is open."))


def cover_wrong(cover: Person | None, lead: Person | None) -> Said | None:
    if cover is None:
        return Said(N_("Name who covers while the lead teacher is away: with no cover nothing starts."))
    if lead and cover.id == lead.id:
        return Said(N_("Lead and cover are two different people."))
    return None if is_there(cover) else Said(N_("Choose somebody of the school whose account is open."))


def supervisor_wrong(placement: Placement, supervisor: Supervisor | None) -> Said | None:
    if supervisor and supervisor.employer_id != placement.posting.employer_id:
        return Said(N_("Choose one of the people this employer has named."))
    if supervisor is None and needs_supervisor(placement):
        return Said(N_("The student does not work from home alone: choose the adult they work with."))
    return None


def begins_wrong(placement, choice: Choice, today: date, periods: Iterable[Period], lowest_age: int) -> Said | None:
    day = choice.starts_on
    if day is None:
        return Said(N_("Give the first day."))
    if day < today:
        return Said(N_("This day has passed. Give today or a later one."))
    if day - today > LONGEST:
        return Said(N_("This is more than a year away. Look at the year."))
    for period in touching([day], periods).get(day, ()):
        if period.kind == PeriodKind.SUMMER:
            return Said(
                N_("Nobody at school looks after a project in the summer break, so nothing starts from %(first)s to %(last)s."),
                first=period.first_on, last=period.last_on,
            )  # fmt: skip
    age, lowest = placement.student.age_on(day), max(placement.posting.minimum_age or 0, lowest_age)
    if age is not None and age < lowest:
        return Said(N_("On this day the student is %(age)s: this project is for %(lowest)s and older."), age=age, lowest=lowest)  # fmt: skip
    return None


def ends_wrong(begins: date | None, ends: date | None) -> Said | None:
    if ends is None:
        return Said(N_("Give the day by which the work is handed in."))
    if begins and ends < begins:
        return Said(N_("This is before the first day. Give that day or a later one."))
    if begins and ends - begins > LONGEST:
        return Said(N_("This is more than a year after the first day. Check the year."))
    return None
