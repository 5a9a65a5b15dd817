"""Whether something has waited for a teacher for three school days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from board.checks.facts import Year
from board.checks.rules_of_school import year
from board.school.model import day_of, today

SCHOOL_DAYS = 3
LONGEST = timedelta(days=400)  # nobody asks further back


@dataclass(frozen=True)
class Calendar:
    """The school year as the checks know it, on a day; for a whole list."""

    year: Year
    today: date

    @classmethod
    def here(cls, day: date | None = None) -> "Calendar":
        return cls(year(), day or today())

    def is_late(self, since: datetime | None) -> bool:
        """Three whole school days have passed since the day it came."""
        if since is None:
            return False
        day, passed = max(day_of(since), self.today - LONGEST) + timedelta(days=1), 0
        while day < self.today and passed < SCHOOL_DAYS:
            passed += self.year.is_awaited(day)
            day += timedelta(days=1)
        return passed >= SCHOOL_DAYS
