"""The rules and the calendar of this school, as the checks read them."""

from board.asked import of_frame
from board.checks.facts import Span, Year
from board.checks.rulebook import Rulebook
from board.school.model import Period, PeriodKind, School


def rulebook() -> Rulebook:
    """Kept until anything is written."""
    return of_frame.unchanged("rulebook", _rulebook)


def _rulebook() -> Rulebook:
    school = School.here()
    if school is None:
        return Rulebook()
    return Rulebook(state=school.state, minimum_age=school.minimum_age, minimum_pay_cents=school.minimum_pay_cents)


def year() -> Year:
    """Kept until anything is written."""
    return of_frame.unchanged("school year", _year)


def _year() -> Year:
    rows = Period.select(Period.kind, Period.first_on, Period.last_on, Period.name).order_by(Period.first_on).tuples()
    spans = [(kind, Span(first, last, name)) for kind, first, last, name in rows]
    free = tuple(span for kind, span in spans if kind in (PeriodKind.HOLIDAY, PeriodKind.SUMMER))
    return Year(free=free, busy=tuple(span for kind, span in spans if kind in (PeriodKind.FINALS, PeriodKind.TESTING)))
