"""Which parts of the school year a day or a span touches, to the day."""

from datetime import date

from playhouse.test_utils import count_queries

from board.placements.dates import flags, periods_of, summer_on, touching
from board.school.model import Period

FINALS = Period(kind="finals", name="Finals", first_on=date(2026, 12, 14), last_on=date(2026, 12, 18))
BREAK = Period(kind="holiday", name="Winter break", first_on=date(2026, 12, 18), last_on=date(2027, 1, 3))


def names(found: dict) -> dict:
    return {day: [period.name for period in periods] for day, periods in found.items()}


def test_a_day_touches_a_period_from_its_first_day_to_its_last():
    days = [date(2026, 12, 13), date(2026, 12, 14), date(2026, 12, 18), date(2027, 1, 3), date(2027, 1, 4), None]
    assert names(touching(days, [FINALS, BREAK])) == {
        date(2026, 12, 14): ["Finals"],
        date(2026, 12, 18): ["Finals", "Winter break"],
        date(2027, 1, 3): ["Winter break"],
    }


def test_a_span_touches_whatever_shares_a_day_with_it():
    before, across, within, after = (
        (date(2026, 12, 1), date(2026, 12, 13)), (date(2026, 12, 1), date(2027, 2, 1)),
        (date(2026, 12, 20), date(2026, 12, 21)), (date(2027, 1, 4), date(2027, 1, 5)),
    )  # fmt: skip
    found = names(touching([before, across, within, after], iter([FINALS, BREAK])))
    assert found == {across: ["Finals", "Winter break"], within: ["Winter break"]}


def test_all_days_are_asked_for_in_one_query_and_nothing_for_none(app):
    for period in (FINALS, BREAK):
        Period.create(kind=period.kind, name=period.name, first_on=period.first_on, last_on=period.last_on)
    days = [date(2026, 12, 15), None, (date(2027, 1, 3), date(2027, 2, 1))]
    with count_queries() as asked:
        periods = periods_of(days)
        assert names(touching(days, periods)) == {days[0]: ["Finals"], days[2]: ["Winter break"]}
        assert periods_of([None]) == []
    assert asked.count == 1
    assert [period.name for period in flags(date(2026, 12, 18), None)] == ["Finals", "Winter break"]
    assert flags(None, None) == [] and flags(date(2027, 1, 2), date(2027, 1, 1)) == []


def test_only_a_summer_break_is_one(app):
    Period.create(kind="holiday", first_on=date(2027, 6, 10), last_on=date(2027, 8, 30))
    assert summer_on(date(2027, 7, 1)) is None and summer_on(None) is None
    Period.create(kind="summer", first_on=date(2027, 6, 10), last_on=date(2027, 8, 30))
    assert summer_on(date(2027, 6, 10)) and summer_on(date(2027, 8, 30))
    assert summer_on(date(2027, 6, 9)) is None and summer_on(date(2027, 8, 31)) is None
