"""When a job is due: by the school's clock, on days on which the clocks change too; made up for once."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.worker.times import Daily, Every

LOS_ANGELES, NEW_YORK, PHOENIX = map(ZoneInfo, ("America/Los_Angeles", "America/New_York", "America/Phoenix"))


def utc(zone, *parts, fold=0):
    return datetime(*parts, tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None)


def runs(when, zone, start, end, looks=timedelta(minutes=1), down=()):
    """When a worker that looks every minute runs a job, in the school's clock; not while it is down."""
    done, at, found = start, start, []
    while at <= end:
        if not any(first <= at < last for first, last in down) and when.after(done, zone) <= at:
            found.append(at.replace(tzinfo=UTC).astimezone(zone))
            done = at
        at += looks
    return found


SHORT = (2027, 3, 14)  # 2:00 becomes 3:00
LONG = (2026, 11, 1)  # 2:00 becomes 1:00


@pytest.mark.parametrize("zone", [LOS_ANGELES, NEW_YORK, PHOENIX], ids=str)
@pytest.mark.parametrize("day", [SHORT, LONG], ids=["shorter", "longer"])
@pytest.mark.parametrize("at", [time(0, 5), time(1, 30), time(2, 30), time(7)], ids=str)
def test_a_job_runs_once_on_each_of_three_days_around_a_change_of_the_clocks(zone, day, at):
    noon = utc(zone, *day, 12)
    found = runs(Daily(at), zone, noon - timedelta(hours=40), noon + timedelta(hours=34))
    middle = datetime(*day).date()
    days = [moment.date() for moment in found]
    assert days == sorted(set(days)) and middle in days
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    clock = {moment.strftime("%H:%M") for moment in found if moment.date() != middle}
    assert clock == {at.strftime("%H:%M")}


def test_a_time_that_does_not_exist_comes_an_hour_later_and_one_that_exists_twice_comes_first(request):
    day = runs(Daily(time(2, 30)), LOS_ANGELES, utc(LOS_ANGELES, *SHORT, 0), utc(LOS_ANGELES, *SHORT, 23))
    assert [moment.strftime("%H:%M %Z") for moment in day] == ["03:30 PDT"]
    day = runs(Daily(time(1, 30)), LOS_ANGELES, utc(LOS_ANGELES, *LONG, 0), utc(LOS_ANGELES, *LONG, 23))
    assert [moment.strftime("%H:%M %Z") for moment in day] == ["01:30 PDT"]


@pytest.mark.parametrize(("zone", "hour"), [(LOS_ANGELES, 14), (NEW_YORK, 11)], ids=str)
def test_seven_in_the_morning_is_seven_at_the_school(zone, hour):
    after = Daily(time(7)).after(datetime(2027, 3, 14, 0, 0), zone)
    assert after == datetime(2027, 3, 14, hour)  # summer time has begun by seven


@pytest.mark.parametrize("days", [1, 5])
def test_what_was_missed_while_no_worker_ran_is_made_up_for_once(days):
    start = utc(LOS_ANGELES, 2026, 11, 1, 8)
    back = utc(LOS_ANGELES, 2026, 11, 1 + days, 15)
    found = runs(Daily(time(7)), LOS_ANGELES, start, back + timedelta(days=1), down=[(start, back)])
    assert [moment.strftime("%d %H:%M") for moment in found] == [f"{1 + days:02} 15:00", f"{2 + days:02} 07:00"]


def test_every_minute_is_every_minute_though_the_look_comes_a_second_early():
    at = datetime(2026, 5, 4, 12, 0, 40)
    assert Every(1).after(at, NEW_YORK) <= at + timedelta(seconds=59)
    assert Every(60).after(at, NEW_YORK) == datetime(2026, 5, 4, 13, 0)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.times(),
    st.sampled_from([LOS_ANGELES, NEW_YORK, PHOENIX, ZoneInfo("Pacific/Honolulu")]),
)
def test_the_next_time_always_lies_ahead_and_never_more_than_a_day_and_an_hour(done, at, zone):
    after = Daily(at.replace(microsecond=0)).after(done, zone)
    assert done < after <= done + timedelta(hours=25)
