"""What people may do for one another, how fast one may guess, and which passwords are too easy."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from board.db import now
from board.people import rules
from board.people.model import Person, Role, age_on

ALL = list(Role)


def somebody(role, number, ended=False):
    return Person(id=number, role=role, name="Some Body", ended_at=now() if ended else None)


@pytest.mark.parametrize("helper", ALL)
@pytest.mark.parametrize("helped", ALL)
def test_coordinators_help_everybody_and_teachers_help_students(helper, helped):
    may = rules.may_help(somebody(helper, 1), somebody(helped, 2))
    assert may == (helper == Role.COORDINATOR or (helper == Role.TEACHER and helped == Role.STUDENT))


@pytest.mark.parametrize("role", ALL)
def test_nobody_helps_themself(role):
    assert not rules.may_help(somebody(role, 1), somebody(role, 1))


def colleague(number, employer, ended=False):
    return Person(id=number, role=Role.EMPLOYER, name="Some Body", employer=employer, ended_at=now() if ended else None)


def test_colleagues_invite_one_another_until_they_have_come_and_take_it_back():
    """came x ended x same employer x oneself: written out."""
    one = colleague(1, 1)
    for came in (False, True):
        assert rules.may_invite(one, colleague(2, 1), came) == (not came)
        assert rules.may_take_back(one, colleague(2, 1), came) == (not came)
        for other in (colleague(2, 2), colleague(1, 1), colleague(2, 1, ended=True), *(somebody(r, 2) for r in ALL)):
            assert not rules.may_invite(one, other, came)
            assert not rules.may_take_back(one, other, came)
        assert not rules.may_invite(colleague(1, 1, ended=True), colleague(2, 1), came)
        assert not rules.may_take_back(colleague(1, 1, ended=True), colleague(2, 1), came)


@pytest.mark.parametrize("helper", ALL)
@pytest.mark.parametrize("helped", ALL)
def test_beyond_colleagues_who_may_help_may_invite_and_nobody_takes_back(helper, helped):
    one, other = somebody(helper, 1), somebody(helped, 2)
    if Role.EMPLOYER not in (helper, helped):
        assert rules.may_invite(one, other, True) == rules.may_invite(one, other, False) == rules.may_help(one, other)
    assert rules.may_take_back(one, other, False) == (helper == helped == Role.EMPLOYER)


@pytest.mark.parametrize("helper", ALL)
def test_a_closed_account_neither_helps_nor_is_helped(helper):
    assert not rules.may_help(somebody(helper, 1, ended=True), somebody(Role.STUDENT, 2))
    assert not rules.may_help(somebody(helper, 1), somebody(Role.STUDENT, 2, ended=True))


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "password2026!", "P@ssw0rd!2026", "Password123456", "abcdefghijkl", "zyxwvutsrqpo",
        "123412341234", "123456789012", "098765432109", "qwertyuiop12", "qwertyasdfzxcv", "asdfghjkl;asdf", "1qaz2wsx3edc",
        "aaaaaaaaaaaa", "aaaabbbbcccc", "abababababab", "iloveyou2026", "basketball!!", "lebronjames23", "minecraft2012!",
        "summer summer summer", "correct horse battery staple", "letmeinletmein", "B@sketb@ll2026", "taylorswift13", "          12",
    ],
)  # fmt: skip
def test_what_anybody_would_try_is_refused(password):
    assert rules.password_problem(password)


@pytest.mark.parametrize(
    "password",
    [
        "purple monkey dishwasher", "window-kettle-92", "a quiet harbor at dawn", "xkqjvwmzptlc", "tulip river forty two",
        "my dog ate 3 pancakes", "日本語のパスワードです。長い", "contraseña larga y rara", "Zürich–Oslo by train", "x7#Kq!pL0vZ2",
        "kettle" + "🦉 owl song at night", "word " * 3 + "lantern plaza trombone", "é" * 3 + " crème brûlée verte",
    ],
)  # fmt: skip
def test_a_long_password_of_ones_own_is_fine_in_any_alphabet(password):
    assert rules.password_problem(password) == ""


def test_length_is_the_only_other_rule():
    assert "12 characters" in rules.password_problem("kettle-9-jo")
    words = "lantern plaza trombone gravel " * 10
    assert rules.password_problem(words[:200]) == ""
    assert "200" in rules.password_problem(words[:201])


@pytest.mark.parametrize("password", ["maya rivera 2010", "mayarivera!!", "lincolnhighmaya", "RIVERAmaya1234"])
def test_a_password_made_of_ones_own_name_or_school_is_refused(password):
    assert rules.password_problem(password, "Maya Rivera", "maya@example.org", "mrivera", "Lincoln High School")


WORDS = sorted(word for word in rules.common_passwords() if len(word) > 3 and word.isalpha())


@given(st.sampled_from(WORDS), st.text("0123456789", max_size=6), st.sampled_from(["", "!", "?", "."]))
@example("brooklyn", "10124", "")  # "brooklyn1" is common too
@settings(max_examples=200)
def test_a_common_word_with_digits_or_a_sign_behind_it_is_refused(word, digits, sign):
    assert rules.password_problem(word + digits + sign)
    assert rules.password_problem(word.title() + digits + sign)


@given(st.text(max_size=250))
def test_any_text_gets_an_answer(text):
    assert isinstance(rules.password_problem(text, text, "Maya Rivera"), str)


@given(st.text("abcxyzäß 0189:!ñ", min_size=1, max_size=4), st.integers(2, 30))
def test_a_short_unit_repeated_is_refused(unit, times):
    assert rules.password_problem(unit * times)


def test_the_list_of_common_passwords_is_a_real_one():
    listed = rules.common_passwords()
    assert len(listed) >= 1500
    assert {"password", "iloveyou", "qwertyuiop", "football", "dragon", "letmein"} <= listed


# -- guessing


def test_a_few_tries_are_free_and_then_every_failure_doubles_the_wait():
    waits = [rules.wait_after(failures).total_seconds() for failures in range(rules.FREE_TRIES + 4)]
    assert waits == [0] * rules.FREE_TRIES + [1, 2, 4, 8]


def test_the_wait_ends_at_a_quarter_of_an_hour_however_long_somebody_guesses():
    assert rules.wait_after(100_000) == rules.LONGEST_WAIT == timedelta(minutes=15)


def test_a_try_is_open_again_after_the_wait_and_forgotten_after_a_day():
    at = now()
    assert not rules.may_try(50, at - timedelta(minutes=14), at)
    assert rules.may_try(50, at - timedelta(minutes=15), at)
    assert rules.may_try(4, at, at)


# -- birth dates

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (date(2013, 11, 24), "under 13"), (date(2026, 11, 24), "future"), (date(1990, 1, 1), "Check the year"),
        (date(2013, 11, 23), ""), (date(2010, 5, 1), ""), (date(2001, 1, 1), ""),
    ],
)  # fmt: skip
def test_children_under_13_and_odd_years_are_refused(born, words):
    problem = rules.birth_date_problem(born, DAY)
    assert words in problem and bool(problem) == bool(words)


def test_somebody_born_on_february_29_is_older_on_march_1():
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_without_a_birth_date_a_student_may_not_apply():
    assert not rules.may_apply(Person(role=Role.STUDENT, name="Noor"))
    assert rules.may_apply(Person(role=Role.STUDENT, name="Maya", birth_date=date(2010, 1, 1)))
