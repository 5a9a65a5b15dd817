"""What is asked of an employer and a supervisor, and how long it holds: truth tables."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from board.employers.model import State
from board.employers.vetting import in_the_way
from board.employers.vetting_model import Background, Item, Outcome
from board.employers.vetting_rules import (
    ON_SITE_ONLY,
    RENEW_FROM,
    asked,
    background_needed,
    ends_soon,
    fits,
    is_renewal,
    may_be_vetted,
    missing,
    wrong_with_background,
    years_from,
)
from board.school.model import BackgroundAsked

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def outcomes(**more) -> dict:
    return {name: SimpleNamespace(outcome=outcome) for name, outcome in more.items()}


def test_who_has_students_at_their_place_is_asked_for_more():
    assert set(asked(True)) == set(Item)
    assert set(asked(True)) - set(asked(False)) == set(ON_SITE_ONLY) == {Item.INSURANCE, Item.VISIT}


@pytest.mark.parametrize(("on_site", "outcome"), product((True, False), (None, *Outcome)))
@pytest.mark.parametrize("item", list(Item))
def test_an_item_is_missing_where_it_is_asked_and_not_looked_at_and_wherever_it_is_a_problem(item, on_site, outcome):
    rest = {str(other): "fine" for other in Item if other != item}
    found = outcomes(**rest | ({str(item): str(outcome)} if outcome else {}))
    lacking = {(one.item, one.problem) for one in missing(found, on_site)}
    if outcome == Outcome.PROBLEM:
        assert lacking == {(item, True)}
    elif outcome is None and (on_site or item not in ON_SITE_ONLY):
        assert lacking == {(item, False)}
    else:
        assert lacking == set()


def test_what_is_missing_stands_in_the_order_of_the_page():
    lacking = [one.item for one in missing(outcomes(references="problem"), True)]
    assert lacking == list(Item)


@given(some.dates(date(2020, 1, 1), date(2040, 12, 31)), some.integers(1, 3))
def test_a_check_holds_to_the_same_day_of_a_later_year(day, years):
    later = years_from(day, years)
    assert later.year == day.year + years and (later.month, later.day) in ((day.month, day.day), (2, 28))
    assert fits(later, day, years) and fits(day, day, years)
    assert not fits(later + DAY, day, years) and not fits(day - DAY, day, years)


def test_the_29th_of_february_ends_on_the_28th():
    assert years_from(date(2028, 2, 29), 1) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("state", "until", "renewal"),
    [
        (State.LAPSED, TODAY - DAY, True), (State.LAPSED, None, True), (State.UNVERIFIED, None, False),
        (State.REFUSED, None, False), (State.SUSPENDED, TODAY, False), (State.VERIFIED, None, True),
        (State.VERIFIED, TODAY + RENEW_FROM, True), (State.VERIFIED, TODAY + RENEW_FROM + DAY, False),
        (State.VERIFIED, TODAY, True),
    ],
)  # fmt: skip
def test_when_a_check_is_for_another_year(state, until, renewal):
    assert is_renewal(SimpleNamespace(state=state, verified_until=until), TODAY) == renewal


@pytest.mark.parametrize(("days", "soon"), [(0, True), (30, True), (31, False), (-1, True)])
def test_a_check_ends_soon_within_thirty_days(days, soon):
    assert ends_soon(TODAY + timedelta(days=days), TODAY) == soon


def test_a_check_without_an_end_is_due_as_well():
    assert ends_soon(None, TODAY)


@pytest.mark.parametrize(
    ("asked_of", "on_site", "needed"),
    [
        ("never", True, False), ("never", False, False), ("on-site", True, True), ("on-site", False, False),
        ("always", True, True), ("always", False, True),
    ],
)  # fmt: skip
def test_of_whom_a_background_check_is_asked(asked_of, on_site, needed):
    assert background_needed(BackgroundAsked(asked_of), on_site) == needed


@pytest.mark.parametrize(("background", "reached", "needed"), product(Background, (True, False), (True, False)))
def test_who_may_be_trusted_with_a_student(background, reached, needed):
    may = not may_be_vetted(background, TODAY if reached else None, needed)
    assert may == (reached and background != Background.NOT_CLEAR and (not needed or background == Background.CLEAR))


@pytest.mark.parametrize("background", list(Background))
def test_an_answer_has_a_day_that_has_come(background):
    answered = background in (Background.CLEAR, Background.NOT_CLEAR)
    assert bool(wrong_with_background(background, None, TODAY)) == answered
    assert not wrong_with_background(background, TODAY, TODAY)
    assert wrong_with_background(background, TODAY + DAY, TODAY)


def a_check(until, background="clear"):
    return SimpleNamespace(vetted_until=until, background=background)


@pytest.mark.parametrize(
    ("check", "background_asked", "stands"),
    [
        (None, False, False), (None, True, False), (a_check(None), False, False), (a_check(TODAY), True, True),
        (a_check(TODAY - DAY), True, False), (a_check(TODAY + DAY), False, True),
        (a_check(TODAY, "not_asked"), False, True), (a_check(TODAY, "not_asked"), True, False),
        (a_check(TODAY, "asked"), False, True), (a_check(TODAY, "asked"), True, False),
        (a_check(TODAY, "not_clear"), False, False), (a_check(None, "not_clear"), True, False),
    ],
)  # fmt: skip
def test_with_whom_a_student_can_work(check, background_asked, stands):
    assert (in_the_way("Pat Lindqvist", check, TODAY, background_asked) is None) == stands


def test_nobody_reads_that_a_background_check_was_not_clear():
    """Every teacher reads the sentence; it is the same as for somebody nobody has looked at."""
    said = in_the_way("Pat", a_check(None, "not_clear"), TODAY, True)
    assert str(said) == str(in_the_way("Pat", None, TODAY, True))
