"""Whether something has waited for a teacher for three school days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from board.school.model import Period, PeriodKind, day_of, today

SCHOOL_DAYS = 3
FREE = (PeriodKind.HOLIDAY, PeriodKind.SUMMER)
SATURDAY = 5
LONGEST = timedelta(days=400)  # nobody asks further back


@dataclass(frozen=True)
class Calendar:
    """Days without school, asked once for a whole list."""

    free: tuple[tuple[date, date], ...]
    today: date

    @classmethod
    def here(cls, day: date | None = None) -> "Calendar":
        day = day or today()
        periods = Period.between(day - LONGEST, day).where(Period.kind.in_(FREE))
        return cls(tuple((period.first_on, period.last_on) for period in periods), day)

    def is_school_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not any(first <= day <= last for first, last in self.free)

    def is_late(self, since: datetime | None) -> bool:
        """Three whole school days have passed since the day it came."""
        if since is None:
            return False
        day, passed = max(day_of(since), self.today - LONGEST) + timedelta(days=1), 0
        while day < self.today and passed < SCHOOL_DAYS:
            passed += self.is_school_day(day)
            day += timedelta(days=1)
        return passed >= SCHOOL_DAYS
