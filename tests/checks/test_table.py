"""Each rule of the table: a case that passes, one that does not, and the edge between them."""

from dataclasses import replace
from datetime import date

import pytest

from board.checks import engine
from board.checks.facts import Session, Worker, Year
from board.checks.limits import Limits
from board.checks.plan import labor_day
from board.checks.results import Level, Stage
from board.checks.rulebook import Rulebook
from board.checks.tasks import ALL
from tests.checks.plans import FINE, MONDAY, REMOTE, RULES, YEAR, Span, at, found, levels

BLOCKS, REASON, WARNS, NOTHING = {"blocks"}, {"reason"}, {"warns"}, set()
SUMMER = {"starts_on": date(2026, 6, 15), "due_on": date(2026, 6, 28)}


def one_day(day: date, starts: str, ends: str, **more):
    return {
        "starts_on": day,
        "due_on": day,
        "hours": 1,
        "weeks": 1,
        "sessions": (at(day.weekday(), starts, ends),),
        **more,
    }


def test_a_project_that_is_fine_passes_everything():
    assert {one.level for one in found()} == {Level.PASSED}
    assert {one.level for one in found(REMOTE)} == {Level.PASSED}


@pytest.mark.parametrize(
    ("rule", "changes", "expected"),
    [
        ("R1", {"minimum_age": 14}, NOTHING), ("R1", {"minimum_age": 13}, BLOCKS), ("R1", {"minimum_age": None}, NOTHING),
        # not before 7, not after 7; from June 1 through Labor Day not after 9
        ("R2", one_day(date(2026, 10, 10), "07:00", "10:00"), NOTHING),
        ("R2", one_day(date(2026, 10, 10), "06:59", "10:00"), BLOCKS),
        ("R2", one_day(MONDAY, "17:00", "19:00"), NOTHING), ("R2", one_day(MONDAY, "17:00", "19:01"), BLOCKS),
        ("R2", one_day(date(2027, 5, 31), "18:00", "19:01"), BLOCKS),
        ("R2", one_day(date(2027, 6, 1), "18:00", "21:00"), NOTHING),
        ("R2", one_day(date(2027, 6, 1), "18:00", "21:01"), BLOCKS),
        ("R2", one_day(date(2026, 9, 7), "18:00", "21:00"), NOTHING),  # Labor Day
        ("R2", one_day(date(2026, 9, 8), "18:00", "19:01"), BLOCKS),
        ("R2", one_day(MONDAY, "17:00", "19:01", minimum_age=16), NOTHING),
        # three hours on a school day, Fridays included; eight on others
        ("R3", one_day(date(2026, 10, 9), "15:00", "18:00"), NOTHING),
        ("R3", one_day(date(2026, 10, 9), "15:00", "18:01"), BLOCKS),
        ("R3", one_day(date(2026, 10, 9), "15:00", "18:01", minimum_age=16), NOTHING),
        ("R3", one_day(date(2026, 10, 10), "09:00", "13:00"), NOTHING),  # Saturday
        ("R3", one_day(date(2026, 12, 22), "09:00", "13:00"), NOTHING),  # winter break
        ("R4", one_day(date(2026, 10, 10), "09:00", "17:00"), NOTHING),
        ("R4", one_day(date(2026, 10, 10), "09:00", "17:01"), BLOCKS),
        # 18 hours in a week with one day of school, 40 in others
        ("R5", {"sessions": (*tuple(at(day, "15:00", "18:00") for day in range(4)), at(5, "09:00", "15:00"))}, NOTHING),
        ("R5", {"sessions": (*tuple(at(day, "15:00", "18:00") for day in range(4)), at(5, "09:00", "15:01"))}, BLOCKS),
        ("R5", SUMMER | {"hours": 80, "sessions": tuple(at(day, "09:00", "17:00") for day in range(5))}, NOTHING),
        ("R5", SUMMER | {"sessions": (*(at(day, "09:00", "17:00") for day in range(5)), at(5, "09:00", "09:01"))}, BLOCKS),
        # outside school hours, 8 to 3
        ("R6", one_day(MONDAY, "15:00", "17:00"), NOTHING), ("R6", one_day(MONDAY, "14:59", "17:00"), BLOCKS),
        ("R6", one_day(MONDAY, "07:00", "08:00"), NOTHING), ("R6", one_day(MONDAY, "07:00", "08:01"), BLOCKS),
        ("R6", one_day(MONDAY, "14:59", "17:00", minimum_age=16), WARNS),
        ("R6", one_day(date(2026, 12, 22), "10:00", "12:00"), NOTHING),
        # at a time of one's own: what two school weeks hold
        ("R7", {"sessions": (), "hours": 30}, NOTHING), ("R7", {"sessions": (), "hours": 31}, WARNS),
        ("R7", {"sessions": (), "hours": 36}, WARNS), ("R7", {"sessions": (), "hours": 37}, BLOCKS),
        ("R7", {"sessions": (), "hours": 37, "minimum_age": 16}, NOTHING),
        ("R7", {"sessions": (), "hours": 37, "starts_on": None, "due_on": None}, WARNS),  # nobody knows when
        ("R7", {"sessions": (), "hours": 36, "starts_on": None, "due_on": None}, NOTHING),
        # hazardous orders
        ("R8", {"tasks": ("woodworking",), "minimum_age": 15}, BLOCKS),
        ("R8", {"tasks": ("woodworking",), "minimum_age": 16}, REASON),
        ("R8", {"tasks": ("woodworking",), "minimum_age": 18}, NOTHING),
        ("R8", {"tasks": ("forklift",), "minimum_age": 17}, BLOCKS),
        ("R8", {"tasks": ("forklift",), "minimum_age": 18}, NOTHING),
        ("R8", {"tasks": ("drawing",)}, NOTHING),
        # the list for 14 and 15
        ("R9", {"tasks": ("cooking",), "minimum_age": 15}, BLOCKS), ("R9", {"tasks": ("cooking",), "minimum_age": 16}, NOTHING),
        ("R9", {"tasks": ("lifeguard",), "minimum_age": 14}, BLOCKS), ("R9", {"tasks": ("lifeguard",), "minimum_age": 15}, NOTHING),
        ("R9", {"tasks": ("alcohol",), "minimum_age": 17}, BLOCKS), ("R9", {"tasks": ("alcohol",), "minimum_age": 18}, NOTHING),
        ("R9", {"tasks": None}, WARNS), ("R9", {"tasks": ("office", "selling")}, NOTHING),
        # driving
        ("R11", {"tasks": ("driving",), "minimum_age": 16}, BLOCKS), ("R11", {"tasks": ("driving",), "minimum_age": 17}, REASON),
        ("R11", {"tasks": ("driving",), "minimum_age": 18}, NOTHING),
        # pay: the school's own 10.00 here
        ("R12", {"pay_cents": 12000}, NOTHING), ("R12", {"pay_cents": 11999}, BLOCKS),
        ("R12", {"pay_cents": 11999, "worker_kind": "contractor"}, BLOCKS),
        ("R12", {"pay_cents": None}, WARNS),
        # an estimate below the fixed times (12 hours) hides no low pay
        ("R12", {"hours": 6, "pay_cents": 12000}, NOTHING), ("R12", {"hours": 6, "pay_cents": 11999}, WARNS),
        ("R12", {"hours": 10, "pay_cents": 11999}, NOTHING),  # as good as the estimate
        ("R12", {"hours": 6, "pay_cents": 11999, "due_on": None, "weeks": None}, NOTHING),  # nobody knows how many
        ("R14", {"pay_cents": 0}, BLOCKS), ("R14", {"pay_cents": 24000}, NOTHING),
        ("R15", {"worker_kind": "contractor"}, WARNS), ("R15", {"worker_kind": "contractor", "sessions": ()}, NOTHING),
        ("R15", {"worker_kind": "employee"}, NOTHING), ("R15", {"worker_kind": "unsure"}, NOTHING),
        # where and with whom
        ("R18", {"address": ""}, BLOCKS), ("R18", {"supervisor": ""}, BLOCKS), ("R18", {"alone": "sometimes"}, BLOCKS),
        ("R18", {"premises": "home"}, REASON), ("R18", {"premises": "public"}, NOTHING),
        ("R18", {"place": "hybrid", "address": ""}, BLOCKS), ("R18", {"place": "remote", "address": ""}, NOTHING),
        ("R18", {"tasks": None, "address": "", "supervisor": "", "premises": None}, WARNS),  # nobody was asked
        ("R18", {"place": None}, WARNS),
        # days and hours that can't be
        ("R21", {"due_on": MONDAY, "sessions": ()}, BLOCKS), ("R21", {"due_on": date(2026, 10, 4)}, BLOCKS),
        ("R21", {"due_on": date(2026, 11, 30), "hours": 48, "weeks": 8}, NOTHING), ("R21", {"due_on": date(2026, 12, 1), "hours": 48, "weeks": 8}, BLOCKS),
        ("R21", {"sessions": (), "hours": 40, "minimum_age": 16}, NOTHING),
        ("R21", {"sessions": (), "hours": 41, "minimum_age": 16}, BLOCKS),
        ("R21", {"sessions": (at(1, "18:00", "16:00"),)}, BLOCKS), ("R21", {"sessions": (at(1, "18:00", "18:00"),)}, BLOCKS),
        ("R21", {"sessions": (at(1, "15:00", "16:30"), at(1, "16:30", "18:00"), at(3, "16:00", "19:00"))}, NOTHING),
        ("R21", {"sessions": (at(1, "15:00", "16:31"), at(1, "16:30", "18:00"))}, BLOCKS),
        ("R21", {"hours": 17}, WARNS), ("R21", {"hours": 16}, NOTHING),  # three quarters of it are at fixed times
    ],
)  # fmt: skip
def test_the_rule_says(rule, changes, expected):
    assert levels(found(**changes), rule) == expected


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("You are paid $18 an hour.", {"hourly"}), ("$20/hr", {"hourly"}), ("Paid by the hour.", {"hourly"}),
        ("Se paga $18 por hora", {"hourly"}), ("$200 for about 10 hours; one call takes an hour.", set()),
        ("A happy hour poster for $5 off.", set()), ("Put our hourly specials on a card.", set()),
        ("You work on our laptop.", {"tools"}), ("We give you a camera.", {"tools"}), ("All tools are provided.", {"tools"}),
        ("Usas nuestras herramientas.", {"tools"}), ("Photograph our shop and list the tools we sell.", set()),
        ("Write about our computer shop.", set()), ("Bring your own laptop.", set()),
        ("The work is ongoing.", {"ongoing"}), ("It could turn into more", {"ongoing"}), ("Un trabajo a largo plazo", {"ongoing"}),
        ("Ongoing, at $18 an hour, with our equipment.", {"hourly", "tools", "ongoing"}),
        ("One poster, then you are done.", set()), ("Plan for the long run of the show.", set()),
    ],
)  # fmt: skip
def test_facts_in_words_that_make_a_contractor_look_like_an_employee(text, marks):
    def said(kind, sessions=()):
        results = found(REMOTE, texts={"description": text}, worker_kind=kind, sessions=sessions)
        return [one for one in results if one.rule == "R15" and one.level == Level.WARNS]

    results = said("contractor")
    assert {one.mark.removeprefix("R15:") for one in results} == marks
    assert [bool(one.change) for one in results] == [False] * (len(results) - 1) + [True] * bool(results)
    assert all(one.values["text"] in text and one.key == "worker_kind" for one in results)
    assert said("employee") == said("unsure") == []
    with_times = said("contractor", (at(1, "16:00", "18:00"),))
    assert {one.mark.removeprefix("R15:") for one in with_times} == marks | {"times"}


def test_labor_day_is_the_first_monday_of_september():
    assert [labor_day(year).day for year in (2025, 2026, 2027, 2028)] == [1, 7, 6, 4]


@pytest.mark.parametrize(
    ("rules", "changes", "rule", "expected"),
    [
        (Rulebook(minimum_age=16), {"minimum_age": 15}, "R1", BLOCKS), (Rulebook(minimum_age=16), {"minimum_age": 16}, "R1", NOTHING),
        (replace(RULES, state_minimum_cents=1500), {"pay_cents": 18000}, "R12", NOTHING),
        (replace(RULES, state_minimum_cents=1500, youth_rate=False), {"pay_cents": 17999}, "R12", BLOCKS),
        (replace(RULES, state_minimum_cents=1500), {"pay_cents": 17999}, "R13", WARNS),
        (replace(RULES, state_minimum_cents=1500), {"pay_cents": 17999, "due_on": date(2027, 1, 2)}, "R13", WARNS),
        (replace(RULES, state_minimum_cents=1500), {"pay_cents": 17999, "due_on": date(2027, 1, 3)}, "R13", BLOCKS),
        (replace(RULES, state_minimum_cents=1500), {"pay_cents": 17999, "worker_kind": "contractor"}, "R12", WARNS),
        # the school's own minimum, below its state's, holds for contractors too
        (replace(RULES, state_minimum_cents=1500, youth_rate=False), {"pay_cents": 11999, "worker_kind": "contractor"}, "R12", BLOCKS),
        (replace(RULES, state_minimum_cents=1500, youth_rate=False), {"pay_cents": 12000, "worker_kind": "contractor"}, "R12", WARNS),
        (replace(RULES, state_minimum_cents=1500, youth_rate=False), {"pay_cents": 11999}, "R12", BLOCKS),
        (replace(RULES, minimum_pay_cents=0), {"pay_cents": 425 * 12}, "R13", WARNS),
        (replace(RULES, minimum_pay_cents=0), {"pay_cents": 425 * 12 - 1}, "R12", BLOCKS),
        (replace(RULES, excluded=("drawing",)), {"minimum_age": 18}, "school", BLOCKS),
        (replace(RULES, excluded=("selling",)), {}, "school", NOTHING),
        (replace(RULES, permit_until=18), {"minimum_age": 17}, "R16", WARNS),
        (replace(RULES, permit_until=18), {"minimum_age": 18}, "R16", NOTHING),
        (RULES, {"minimum_age": 14}, "R16", NOTHING),
        (replace(RULES, most_hours_week=6), {}, "R21", NOTHING), (replace(RULES, most_hours_week=5), {}, "R21", BLOCKS),
        # what a state asks at 16 and 17
        (replace(RULES, limits_16_17=Limits(latest_before_school=19 * 60, hard=True)), {"minimum_age": 16}, "R20", NOTHING),
        (replace(RULES, limits_16_17=Limits(latest_before_school=19 * 60 - 1, hard=True)), {"minimum_age": 17}, "R20", BLOCKS),
        (replace(RULES, limits_16_17=Limits(latest_before_school=19 * 60 - 1)), {"minimum_age": 17}, "R20", WARNS),
        (replace(RULES, limits_16_17=Limits(latest_before_school=19 * 60 - 1)), {"minimum_age": 18}, "R20", NOTHING),
        (replace(RULES, limits_16_17=Limits(school_day=180)), {"minimum_age": 16}, "R20", NOTHING),
        (replace(RULES, limits_16_17=Limits(school_day=179)), {"minimum_age": 16}, "R20", WARNS),
        (replace(RULES, limits_14_15=Limits(school_week=359, hard=True)), {"minimum_age": 15}, "R20", BLOCKS),
        (replace(RULES, limits_14_15=Limits(school_week=360, hard=True)), {"minimum_age": 15}, "R20", NOTHING),
    ],
)  # fmt: skip
def test_what_the_school_and_its_state_ask(rules, changes, rule, expected):
    assert levels(found(rules=rules, **changes), rule) == expected


@pytest.mark.parametrize(
    ("stage", "changes", "expected"),
    [
        (Stage.SUBMIT, {"employer_stands": False}, WARNS), (Stage.APPROVE, {"employer_stands": False}, BLOCKS),
        (Stage.APPROVE, {"employer_stands": True}, NOTHING), (Stage.APPROVE, {"supervisor_stands": False}, BLOCKS),
        (Stage.SUBMIT, {"supervisor_stands": False}, WARNS), (Stage.START, {"supervisor_stands": False}, BLOCKS),
        (Stage.APPROVE, {"supervisor_stands": False, "place": "remote"}, BLOCKS),  # the school checks all of them
    ],
)  # fmt: skip
def test_whether_the_schools_check_stands(stage, changes, expected):
    assert levels(found(stage=stage, **changes), "R19") == expected


@pytest.mark.parametrize(
    ("rule", "worker", "expected"),
    [
        ("R17", {"guardian_stands": True}, NOTHING), ("R17", {"guardian_stands": False}, BLOCKS),
        ("R17", {"guardian_stands": False, "birth_date": date(2008, 10, 6)}, BLOCKS),  # 18 the day after the first
        ("R17", {"guardian_stands": False, "birth_date": date(2008, 10, 5)}, NOTHING),
        ("R16", {"has_permit": False}, BLOCKS), ("R16", {"has_permit": True}, NOTHING),
        ("R1", {"birth_date": date(2012, 10, 5)}, NOTHING), ("R1", {"birth_date": date(2012, 10, 6)}, BLOCKS),
    ],
)  # fmt: skip
def test_papers_and_age_at_the_start(rule, worker, expected):
    student = Worker(**({"birth_date": date(2010, 1, 1)} | worker))
    results = found(rules=replace(RULES, permit_until=18), worker=student, stage=Stage.START)
    assert levels(results, rule) == expected


def test_every_task_is_closed_below_its_age_and_open_from_there_on():
    for task in ALL:
        for age in range(14, 19):
            results = found(tasks=(task.slug,), minimum_age=age)
            closed = any(one.is_open for one in results)
            assert closed == (age < 18 if task.orders else age < task.lowest), (task.slug, age)


def test_an_age_that_is_too_low_is_said_with_both_ways_out():
    results = found(sessions=(), hours=37, minimum_age=15)
    (spread,) = [one for one in results if one.rule == "R7"]
    assert (spread.key, spread.values["age"], spread.values["older"], spread.values["weeks"]) == (
        "minimum_age",
        "15",
        16,
        3,
    )
    assert "spread it over" in spread.change
    (day,) = [one for one in found(**one_day(MONDAY, "15:00", "19:00", minimum_age=15)) if one.rule == "R3"]
    assert day.change % day.values == "Make it 16+ or spread it over 2 weeks."


def test_words_and_what_to_change_take_their_values():
    """Every sentence that is found anywhere in the table can be drawn."""
    for changes in (
        {},
        {"tasks": ("woodworking", "driving", "alcohol"), "pay_cents": 1, "alone": "sometimes"},
        {"hours": 99},
    ):
        for age in (14, 16, 17, 18):
            for one in found(minimum_age=age, **changes):
                assert one.words % one.values and one.change % one.values is not None


def test_what_blocks_comes_first():
    results = found(pay_cents=1, tasks=("woodworking",), minimum_age=16, worker_kind="contractor")
    assert [str(one.level) for one in results] == sorted(
        (str(one.level) for one in results), key=["blocks", "reason", "warns", "passed"].index
    )


# -- a student: the age on each day, and other projects in the same weeks


def test_the_age_counts_on_each_day():
    late = {"sessions": (at(1, "16:00", "20:00"),), "minimum_age": 14}  # Tuesdays, October 6 and 13
    for born, expected in (
        (date(2010, 10, 6), NOTHING), (date(2010, 10, 7), BLOCKS), (date(2010, 10, 13), BLOCKS), (date(2011, 1, 1), BLOCKS),
    ):  # fmt: skip
        assert levels(found(worker=Worker(born), stage=Stage.APPLY, **late), "R3") == expected, born


def test_hours_for_the_same_employer_block_and_those_for_others_warn():
    young = date(2011, 6, 1)
    fixed = {"sessions": (at(1, "16:00", "19:00"), at(3, "16:00", "19:00"))}  # six hours a week
    for employer, minutes, expected in ((1, 720, NOTHING), (1, 721, BLOCKS), (2, 720, NOTHING), (2, 721, WARNS)):
        worker = Worker(young, ((employer, date(2026, 10, 10), minutes),))
        assert levels(found(worker=worker, stage=Stage.APPLY, **fixed), "R5") == expected, (employer, minutes)


def test_whoever_is_sixteen_is_held_to_no_sum_however_full_the_days_are():
    full = tuple((1, date(2026, 10, 5 + number), 24 * 60) for number in range(14))
    for born in (date(2010, 10, 5), date(2010, 10, 11)):  # 16 on the first day, or in the middle of it
        results = found(REMOTE, worker=Worker(born, full), stage=Stage.APPLY)
        assert not [one for one in results if one.is_block], born


def test_hours_elsewhere_count_in_their_own_week_alone():
    worker = Worker(date(2011, 6, 1), ((1, date(2026, 10, 4), 900), (1, date(2026, 10, 19), 900)))  # Sunday, Monday
    assert levels(found(worker=worker, stage=Stage.APPLY), "R5") == NOTHING


def test_the_90_days_of_the_youth_wage_count_from_the_first_day_with_the_employer_and_end_before_20():
    """The project ends on October 18, 2026: day 90 is July 20 + 90 days."""
    rules, low = replace(RULES, minimum_pay_cents=0), {"pay_cents": 12 * 500}
    for born, began, rule, expected in (
        (date(2011, 1, 1), None, "R13", WARNS), (date(2011, 1, 1), date(2026, 7, 21), "R13", WARNS),
        (date(2011, 1, 1), date(2026, 7, 20), "R13", BLOCKS),
        (date(2006, 10, 19), None, "R13", WARNS), (date(2006, 10, 18), None, "R12", BLOCKS),  # 20 on the last day
    ):  # fmt: skip
        worker = Worker(born, began=began)
        assert levels(found(rules=rules, worker=worker, stage=Stage.APPLY, **low), rule) == expected, (born, began)


def test_a_week_that_straddles_the_end_of_a_term_is_a_school_week():
    year = Year(terms=(Span(date(2026, 8, 31), date(2026, 12, 15)),))  # ends on a Tuesday
    days = {"starts_on": date(2026, 12, 14), "due_on": date(2026, 12, 20), "hours": 19, "weeks": 1}
    many = (*(at(day, "15:00", "19:00") for day in (2, 3, 4)), at(5, "09:00", "16:00"))  # 19 hours after the term
    assert levels(found(year=year, sessions=many, **days), "R5") == BLOCKS
    assert levels(found(year=year, sessions=many[1:], **days), "R5") == NOTHING
    after = {"starts_on": date(2026, 12, 21), "due_on": date(2026, 12, 27)}
    assert levels(found(year=year, sessions=many, **days | after), "R5") == NOTHING


# -- who can do it


@pytest.mark.parametrize(
    ("changes", "lowest", "allowed"),
    [
        ({}, 14, [True, True, True]),
        ({"sessions": (at(1, "16:00", "20:00"),)}, 16, [False, True, True]),
        ({"tasks": ("lifeguard",)}, 15, [True, True, True]),
        ({"tasks": ("driving",)}, 17, [False, True, True]),
        ({"tasks": ("forklift",)}, 18, [False, False, True]),
    ],
)
def test_who_can_do_it(changes, lowest, allowed):
    ages = engine.ages(replace(FINE, **changes), YEAR, RULES)
    assert (ages.lowest, [band.allowed for band in ages.bands]) == (lowest, allowed)
    assert all(band.because or band.allowed for band in ages.bands)


def test_nobody_can_do_what_the_school_does_not_take():
    ages = engine.ages(FINE, YEAR, replace(RULES, excluded=("drawing",)))
    assert ages.lowest is None and not any(band.allowed for band in ages.bands)


def test_a_session_knows_its_length():
    assert Session(0, 900, 1080).minutes == 180
