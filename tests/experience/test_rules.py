"""Who may show what to strangers: age, a guardian's yes, the family's opt-out, a closed account."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from board.experience import rules
from board.people.model import Person

DAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 12)
AGES = {14: date(2012, 5, 1), 17: date(2008, 5, 21), 18: date(2008, 5, 20), 19: date(2007, 5, 20), None: None}


def a_student(age=17, opted_out=None, closed=False, name="Maya Rivera", **more) -> Person:
    return Person(
        role="student", name=name, birth_date=AGES[age], directory_opt_out=opted_out, ended_at=NOW if closed else None, **more
    )  # fmt: skip


@pytest.mark.parametrize(
    ("age", "yes", "opted_out", "closed"), list(product(AGES, (False, True), (None, False, True), (False, True)))
)
def test_strangers_read_what_an_adult_shares_and_what_a_guardian_agreed_to(age, yes, opted_out, closed):
    """Said a second time, by hand: 18 decides alone; below that a yes, and no opt-out; nobody with a closed account."""
    adult = age in (18, 19)
    expected = not closed and (adult or (yes and not opted_out))
    student = a_student(age, opted_out, closed)
    assert rules.may_share(student, DAY, yes) is expected
    assert bool(rules.obstacle(student, DAY, yes)) is not expected


@pytest.mark.parametrize(
    ("student", "yes", "obstacle"),
    [
        (a_student(19, closed=True), True, "closed"),
        (a_student(17, opted_out=True), True, "opt-out"),
        (a_student(17, opted_out=True), False, "opt-out"),
        (a_student(17), False, "guardian"),
        (a_student(None), False, "guardian"),
    ],
)
def test_what_stands_in_the_way_is_said(student, yes, obstacle):
    assert rules.obstacle(student, DAY, yes) == obstacle and rules.Obstacle(obstacle).label


def test_the_birthday_itself_is_the_first_day_a_student_decides_alone():
    student = a_student(17)  # born on May 21
    assert not rules.may_share(student, date(2026, 5, 20), False)
    assert rules.may_share(student, date(2026, 5, 21), False)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Maya Rivera", "Maya R."), ("Maya Luz Rivera", "Maya R."), ("Maya", "Maya"), ("Maya Rivera-Lopez", "Maya R."),
        ("Sean O'Neil", "Sean O."), ("Ana de la Cruz", "Ana C."), ("Leo Chen Jr.", "Leo C."), ("Leo Chen, III", "Leo C."),
        ("Rivera, Maya", "Maya R."), ("Mei Xi", "Mei X."), ("émile zola", "émile Z."), ("王 小明", "王 小."), ("Ali ‘Amr", "Ali A."),
    ],
)  # fmt: skip
def test_strangers_read_first_name_and_initial(name, short):
    assert rules.short_name(name) == short


@pytest.mark.parametrize(
    ("age", "shared_at", "name"),
    [
        (17, 17, "Maya R."),  # today, and when it was shared
        (18, 18, "Maya Rivera"),
        (18, 17, "Maya R."),  # what a guardian agreed to, until the student says so
        (None, None, "Maya R."),
    ],
)
def test_the_whole_name_only_of_who_shared_it_at_18(age, shared_at, name):
    student = a_student(age)
    shared_on = DAY if age == shared_at else DAY - timedelta(days=30)
    assert rules.name_for_strangers(student, shared_on, DAY) == name


@pytest.mark.parametrize(
    ("age", "may"), [(14, False), (17, True), (18, True), (None, False)]
)  # fmt: skip
def test_linkedin_is_offered_from_16_on(age, may):
    assert rules.may_use_linkedin(a_student(age), DAY) is may


def test_linkedin_is_offered_from_the_sixteenth_birthday_on():
    student = a_student(name="Maya")
    student.birth_date = date(2010, 5, 20)
    assert rules.may_use_linkedin(student, DAY)
    assert not rules.may_use_linkedin(student, DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("given", "other", "opened"),
    [
        (None, None, False), (None, NOW, False), (NOW, None, False), (NOW, NOW, True),
        (NOW - timedelta(days=6, hours=23), None, False), (NOW - timedelta(days=7), None, True),
    ],
)  # fmt: skip
def test_feedback_stays_sealed_until_both_gave_it_or_a_week_passed(given, other, opened):
    assert rules.is_feedback_open(given, other, NOW) is opened


@pytest.mark.parametrize(
    ("name", "words", "tells"),
    [
        ("Maya Rivera", "Maya was quick and kind.", False),
        ("Maya Rivera", "Ms. Rivera was quick.", True),
        ("Maya Rivera", "We loved Rivera’s poster.", True),
        ("Maya Rivera-Lopez", "The Lopez poster hangs in our window.", True),
        ("Maya Young", "Young people like her poster.", True),  # better once too often than a name given away
        ("Maya Young", "A poster for young people.", False),
        ("Maya Rivera", "Write to her at maya@example.org.", True),
        ("Maya Rivera", "Call 503 555 0142 to ask us.", True),
        ("Maya", "Maya Maya Maya.", False),
    ],
)
def test_words_that_give_more_away_than_first_name_and_initial_are_found(name, words, tells):
    assert rules.telling(words, a_student(name=name)) is tells
