"""Which parts of the school year some days touch: finals, state testing, days without school, the summer."""

from collections.abc import Iterable
from datetime import date

from board.school.model import Period, PeriodKind

Span = tuple[date, date]  # first and last day, both meant


def touching(days: Iterable[date | Span | None], periods: Iterable[Period]) -> dict[date | Span, list[Period]]:
    """By day or span: the periods it touches, in their order. What touches none is left out. Pure."""
    periods = list(periods)
    found = {}
    for day in days:
        if day is not None:
            first, last = day if isinstance(day, tuple) else (day, day)
            touched = [period for period in periods if period.first_on <= last and period.last_on >= first]
            if touched:
                found[day] = touched
    return found


def periods_of(days: Iterable[date | Span | None]) -> list[Period]:
    """The periods from the first of these days to the last, in one query; none is asked where there is no day."""
    ends = [end for day in days if day is not None for end in (day if isinstance(day, tuple) else (day,))]
    return list(Period.between(min(ends), max(ends))) if ends else []


def flags(first: date | None, last: date | None) -> list[Period]:
    """The periods that the days from the first to the last touch. One query."""
    first, last = first or last, last or first
    if first is None or last is None or last < first:
        return []
    return list(Period.between(first, last))


def summer_on(day: date | None) -> Period | None:
    """The summer break a day lies in: nobody at school looks after a placement then."""
    if day is None:
        return None
    return Period.between(day, day).where(Period.kind == PeriodKind.SUMMER).first()
