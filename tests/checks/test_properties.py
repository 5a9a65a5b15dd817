"""What holds for every project, student and calendar: birthdays, leap days, June 1, Labor Day, clock changes, midnight,
Fridays, the end of a term, two employers in one week."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from board.checks import engine
from board.checks.facts import Project, Session, Span, Worker, Year
from board.checks.limits import Limits
from board.checks.plan import SchoolDays, is_summer, labor_day, monday_of
from board.checks.results import Stage
from board.checks.rulebook import Rulebook
from board.checks.tasks import BY_SLUG
from board.people.model import age_on
from tests.checks.plans import FINE, at, blocks, levels

# days that have caught others: leap day, June 1, Labor Day, both clock changes, a Friday, the last day of a term
TRAPS = (date(2028, 2, 29), date(2027, 6, 1), date(2026, 9, 7), date(2026, 11, 1), date(2027, 3, 14), date(2026, 10, 9),
         date(2026, 12, 15), date(2027, 12, 31))  # fmt: skip
days = st.one_of(st.sampled_from(TRAPS), st.dates(date(2026, 1, 1), date(2029, 12, 31)))
clocks = st.integers(0, 24 * 60)
sessions = st.lists(
    st.builds(lambda day, a, b: Session(day, min(a, b), max(a, b)), st.integers(0, 6), clocks, clocks), max_size=4
).map(tuple)
optional = st.none() | st.integers(0, 24 * 60)
limits = st.builds(
    Limits, school_day=optional, free_day=optional, school_week=st.none() | st.integers(0, 3000), free_week=optional,
    earliest=optional, latest_before_school=optional, latest=optional, hard=st.booleans(),
)  # fmt: skip
rulebooks = st.builds(
    Rulebook, state=st.just("OR"), minimum_age=st.integers(14, 18), limits_14_15=limits, limits_16_17=limits
)
spans = st.builds(lambda first, length: Span(first, first + timedelta(days=length)), days, st.integers(0, 200))
years = st.builds(Year, terms=st.lists(spans, max_size=2).map(tuple), free=st.lists(spans, max_size=2).map(tuple))


@st.composite
def projects(draw) -> Project:
    first = draw(days)
    return replace(
        FINE, hours=draw(st.integers(1, 80)), weeks=draw(st.integers(1, 8)), starts_on=first,
        due_on=first + timedelta(days=draw(st.integers(0, 56))), sessions=draw(sessions), minimum_age=draw(st.integers(14, 18)),
        tasks=tuple(draw(st.lists(st.sampled_from(sorted(BY_SLUG)), min_size=1, max_size=3))),
    )  # fmt: skip


def of_age(results):
    return [one for one in results if one.rule in engine.OF_AGE]


@settings(max_examples=60)
@given(projects(), years, rulebooks, st.integers(14, 17))
def test_older_is_never_worse(project, year, rules, age):
    younger = of_age(engine.check(replace(project, minimum_age=age), year, rules))
    older = of_age(engine.check(replace(project, minimum_age=age + 1), year, rules))
    assert blocks(younger) or not blocks(older)


@settings(max_examples=60)
@given(projects(), years, rulebooks, st.integers(1, 79))
def test_fewer_hours_are_never_worse(project, year, rules, hours):
    some = of_age(engine.check(replace(project, hours=hours), year, rules))
    more = of_age(engine.check(replace(project, hours=hours + 1), year, rules))
    assert blocks(more) or not blocks(some)


@settings(max_examples=60)
@given(projects(), years, rulebooks)
def test_who_can_do_it_is_what_the_checks_say_at_each_age(project, year, rules):
    ages = engine.ages(project, year, rules)
    allowed = [age for age in range(14, 19) if not any(
        one.is_block for one in engine.check(replace(project, minimum_age=age), year, rules) if one.rule in (*engine.OF_AGE, "school")
    )]  # fmt: skip
    assert ages.lowest == min(allowed, default=None)
    assert allowed == [age for age in range(14, 19) if ages.lowest is not None and age >= ages.lowest]
    for band in ages.bands:
        assert band.allowed == any(band.low <= age <= band.high for age in allowed)


@settings(max_examples=60)
@given(projects(), years, rulebooks, days)
def test_a_student_is_kept_to_no_more_than_the_youngest_a_project_lets_in(project, year, rules, born_near):
    """Whoever is old enough on the first day and works nowhere else may do what the checks let through."""
    born = date(born_near.year - project.minimum_age, 1, 2)
    if age_on(born, project.starts_on) < project.minimum_age:
        return
    open_to_all = not blocks(of_age(engine.check(project, year, rules)))
    own = of_age(engine.check(project, year, rules, Worker(born), Stage.APPLY))
    assert not (open_to_all and blocks(own))


@settings(max_examples=60)
@given(projects(), years, st.lists(st.tuples(st.integers(1, 2), days, st.integers(0, 600)), max_size=3))
def test_more_work_elsewhere_is_never_better_and_that_of_another_employer_never_blocks(project, year, others):
    rules, born = Rulebook(), date(project.starts_on.year - 15, 1, 1)
    alone = of_age(engine.check(project, year, rules, Worker(born), Stage.APPLY))
    more = of_age(engine.check(project, year, rules, Worker(born, tuple(others)), Stage.APPLY))
    assert blocks(more) or not blocks(alone)
    elsewhere = tuple(one for one in others if one[0] != project.employer_id)
    apart = of_age(engine.check(project, year, rules, Worker(born, elsewhere), Stage.APPLY))
    assert blocks(apart) == blocks(alone)


@given(st.integers(2020, 2100))
def test_evenings_are_long_from_june_1_through_labor_day(year):
    last = labor_day(year)
    assert last.weekday() == 0 and last.month == 9 and last.day <= 7
    for day, expected in (
        (date(year, 5, 31), False),
        (date(year, 6, 1), True),
        (last, True),
        (last + timedelta(days=1), False),
    ):
        assert is_summer(day) is expected


@given(st.integers(2004, 2014), st.integers(14, 18))
def test_who_was_born_on_a_leap_day_is_a_year_older_on_march_1_and_not_before(year, age):
    """In a year without that day; 29 CFR 570 counts whole years, so the stricter day holds."""
    born = date(2008, 2, 29) if year % 4 else date(year, 2, 29)
    turns = born.year + age
    if turns % 4:
        assert age_on(born, date(turns, 2, 28)) == age - 1 and age_on(born, date(turns, 3, 1)) == age
    else:
        assert age_on(born, date(turns, 2, 28)) == age - 1 and age_on(born, date(turns, 2, 29)) == age


@given(days, years)
def test_a_week_is_monday_to_sunday_and_one_school_day_makes_it_a_school_week(day, year):
    monday, school = monday_of(day), SchoolDays(year)
    assert monday.weekday() == 0 and timedelta(0) <= day - monday < timedelta(days=7)
    assert school.in_week(day) == any(year.is_school_day(monday + timedelta(days=number)) for number in range(7))


def test_clocks_that_change_make_no_day_shorter_or_longer():
    """Times are those of the clock at school: a session of three hours is one of three hours."""
    for day in (date(2026, 11, 1), date(2027, 3, 14)):
        late = {"starts_on": day, "due_on": day, "hours": 8, "sessions": (at(6, "09:00", "17:00"),)}
        assert levels(engine.check(replace(FINE, **late), Year(), Rulebook()), "R4") == set()


def test_a_time_to_midnight_is_late_and_none_goes_beyond():
    for ends, rule in (("24:00", "R2"), ("00:30", "R21")):
        found = engine.check(replace(FINE, sessions=(at(4, "22:00", ends),)), Year(), Rulebook())
        assert "blocks" in levels(found, rule), ends
