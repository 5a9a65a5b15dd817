"""Hours on the page: logged, changed and removed by the student, confirmed or asked about by the employer."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.moves import Step, TooLate
from board.placements import hours_actions
from board.placements.checking import least_pay
from board.placements.hours_actions import stamp_of
from board.placements.hours_rules import Work
from board.placements.model import HoursEntry, Placement
from board.postings.model import Posting
from board.school.model import School, today
from tests import factories
from tests.inspector import by_id, having, text_of, words

DAY = timedelta(days=1)


def made(cast, state="active", hours=10, started=20, student=None, **more):
    posting = factories.make_posting(employer=cast.cedar, hours=hours, must=["Canva"], nice=["Photography"])
    dates = {
        "starts_on": today() - started * DAY,
        "due_on": today() + 5 * DAY,
        "started_at": factories.days_ago(started),
    }
    return factories.make_placement(state, posting, student or cast.maya, **dates | more)


def logged(placement, days=1, minutes=90, **more):
    columns = {"worked_on": today() - days * DAY, "minutes": minutes, "did": "Two sketches"} | more
    return HoursEntry.create(placement=placement, **columns)


def fresh(entry):
    return HoursEntry.get_by_id(entry.id)


def typed(**more):
    return {"worked_on": str(today() - DAY), "length": "1:30", "did": "Two sketches"} | more


def log(browser, placement, entry=None, **more):
    at = f"/placements/{placement.id}/hours" + (f"/{entry.id}" if entry else "")
    return browser.post(at, data=typed(**more))


def confirm(browser, placement, *entries):
    data = {"entry": [f"{one.id}-{stamp_of(one)}" for one in entries]}
    return browser.post(f"/placements/{placement.id}/hours/confirm", data=data)


def last_step(placement) -> str:
    return Step.of(placement).order_by(Step.id.desc()).first().move


# -- logging


@pytest.mark.parametrize(
    ("more", "minutes", "start"),
    [
        ({}, 90, None), ({"length": "1.5"}, 90, None), ({"length": "90 min"}, 90, None),
        ({"length": "", "starts_at": "16:00", "ends_at": "17:45"}, 105, "16:00"),
        ({"length": "", "starts_at": "4 pm", "ends_at": "5:45 pm"}, 105, "16:00"),
        ({"length": "1:45", "starts_at": "16:00", "ends_at": "17:45"}, 105, "16:00"),  # both say the same
    ],
)  # fmt: skip
def test_time_is_logged_as_a_length_or_from_and_to(client, cast, more, minutes, start):
    placement = made(cast)
    assert log(client(cast.maya), placement, **more).status_code == 303
    entry = HoursEntry.get()
    assert (entry.minutes, entry.starts_at, entry.state, entry.did) == (minutes, start, "logged", "Two sketches")
    assert last_step(placement) == "log_hours"


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"worked_on": "tomorrow's"}, "day", "still to come"),
        ({"worked_on": "long ago"}, "day", "before the project started"),
        ({"worked_on": ""}, "day", "Say on which day you worked"),
        ({"worked_on": "11/25/2026"}, "day", "Give a date as year-month-day"),
        ({"length": "25"}, "length", "A day has 24 hours. If you mean minutes"),
        ({"length": "22:45"}, "length", "24 h 15 min on one day"),
        ({"length": "0"}, "length", "longer than zero"),
        ({"length": "-1:00"}, "length", "longer than zero"),
        ({"length": "3 min"}, "length", "five minutes or more"),
        ({"length": "a while"}, "length", "Give a length such as 1:30"),
        ({"length": ""}, "length", "Say how long you worked"),
        ({"length": "", "starts_at": "16:00"}, "to", "Give the time you stopped"),
        ({"length": "", "ends_at": "16:00"}, "from", "Give the time you began"),
        ({"length": "", "starts_at": "16:00", "ends_at": "15:00"}, "to", "The end comes before the start"),
        ({"length": "", "starts_at": "16:00", "ends_at": "16:00"}, "to", "The end comes before the start"),
        ({"length": "", "starts_at": "16:00", "ends_at": "16:03"}, "to", "five minutes or more"),
        ({"length": "3:00", "starts_at": "16:00", "ends_at": "17:00"}, "length", "not the time from start to end"),
        ({"length": "", "starts_at": "noon", "ends_at": "17:00"}, "from", "Give a time such as 4:30 pm"),
        ({"length": "", "starts_at": "09:30", "ends_at": "10:30"}, "from", "You have logged 9:00"),
        ({"did": "  "}, "did", "Say in a few words what you did"),
        ({"did": "x" * 501}, "did", "Use at most 500 characters"),
        ({"skill": "999"}, "skill", "Choose a skill from the list"),
    ],
)
def test_bad_input_has_a_sentence_of_its_own_at_its_field_and_is_kept(client, cast, more, field, sentence):
    placement = made(cast)
    logged(placement, minutes=90, starts_at="09:00", ends_at="10:30")
    days = {"tomorrow's": str(today() + DAY), "long ago": str(today() - 21 * DAY)}
    more = {key: days.get(value, value) for key, value in more.items()}
    maya = client(cast.maya)
    assert log(maya, placement, **more).status_code == 422
    at_field = words(by_id(maya.page, f"hours-{field}-error"))
    assert sentence in at_field.replace("\u202f", " "), at_field
    assert by_id(maya.page, "errors") is not None
    for key, name in (("length", "length"), ("did", "did"), ("worked_on", "day")):
        if key in more and key != "did":
            assert by_id(maya.page, f"hours-{name}").get("value") == more[key]
    assert HoursEntry.select().count() == 1


def test_a_day_is_counted_over_all_of_a_students_projects_and_not_over_others(client, cast):
    placement, other = made(cast), made(cast)
    theirs = made(cast, student=factories.make_student())
    logged(other, minutes=60, starts_at="16:00", ends_at="17:00")
    logged(theirs, minutes=23 * 60, starts_at="00:30", ends_at="23:30")
    maya = client(cast.maya)
    assert log(maya, placement, length="", starts_at="16:30", ends_at="17:30").status_code == 422
    assert "You have logged 4:00" in words(by_id(maya.page, "hours-from-error")).replace("\u202f", " ")
    assert log(maya, placement, length="23:30").status_code == 422
    assert log(maya, placement, length="23:00").status_code == 303


def test_only_skills_of_the_project_are_offered_and_kept(client, cast):
    placement = made(cast)
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    options = {words(e): e.get("value") for e in by_id(maya.page, "hours-skill").iter("option")}
    assert list(options) == ["None in particular", "Canva", "Photography"]
    assert log(maya, placement, skill=options["Photography"]).status_code == 303
    assert HoursEntry.get().skill.name == "Photography"
    assert "Photography" in text_of(having(maya_page(maya, placement), "data-entry")[0])


def maya_page(browser, placement):
    browser.get(f"/placements/{placement.id}")
    return browser.page


def test_an_entry_is_changed_and_removed_until_it_is_confirmed(client, cast):
    placement = made(cast)
    entry, done = logged(placement), logged(placement, days=2, state="confirmed", confirmed_at=now())
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}?edit={entry.id}")
    form = having(maya.page, "data-form", "hours")[0]
    assert form.get("action") == f"/placements/{placement.id}/hours/{entry.id}"
    assert by_id(maya.page, "hours-length").get("value") == "1:30"
    assert log(maya, placement, entry, length="2:00", did="Three sketches").status_code == 303
    assert (fresh(entry).minutes, fresh(entry).did) == (120, "Three sketches")
    assert log(maya, placement, entry, length="24:00").status_code == 303  # its own time is not in its way
    assert log(maya, placement, done).status_code == 409
    assert maya.post(f"/placements/{placement.id}/hours/{done.id}/remove").status_code == 409
    assert maya.post(f"/placements/{placement.id}/hours/{entry.id}/remove").status_code == 303
    assert [one.id for one in HoursEntry.select()] == [done.id]
    assert last_step(placement) == "remove_hours"
    maya.get(f"/placements/{placement.id}?edit={done.id}")
    assert having(maya.page, "data-form", "hours")[0].get("action") == f"/placements/{placement.id}/hours"


def test_a_small_project_has_one_entry(client, cast):
    placement = made(cast, hours=6)
    maya = client(cast.maya)
    assert log(maya, placement, length="6").status_code == 303
    maya.get(f"/placements/{placement.id}")
    assert not having(maya.page, "data-form", "hours")
    assert log(maya, placement, length="1", worked_on=str(today() - 2 * DAY)).status_code == 422
    assert "one entry for all its hours" in words(by_id(maya.page, "errors"))
    assert log(maya, placement, HoursEntry.get(), length="5:30").status_code == 303
    assert HoursEntry.get().minutes == 330


@pytest.mark.parametrize("state", ["agreed", "completed", "ended_early"])
def test_nothing_is_logged_before_the_start_and_after_the_end(client, cast, state):
    placement = made(cast, state)
    maya, dana = client(cast.maya), client(cast.dana)
    assert log(maya, placement).status_code == 409
    entry = logged(placement)
    assert maya.post(f"/placements/{placement.id}/hours/{entry.id}/remove").status_code == 409
    # what was worked until it ended early is what is owed: that can still be confirmed
    assert confirm(dana, placement, entry).status_code == (303 if state == "ended_early" else 409)
    assert fresh(entry).state == ("confirmed" if state == "ended_early" else "logged")


def test_on_hold_hours_rest(client, cast):
    placement = made(cast, held_at=now())
    entry = logged(placement)
    maya, dana = client(cast.maya), client(cast.dana)
    for browser in (maya, dana):
        browser.get(f"/placements/{placement.id}")
        assert not list(by_id(browser.page, "hours").iter("form"))
    assert log(maya, placement).status_code == 409 and confirm(dana, placement, entry).status_code == 409
    with pytest.raises(TooLate):
        hours_actions.log(placement, cast.maya, Work(today(), "x", 60))


def test_what_was_worked_before_an_early_end_can_still_be_confirmed_and_no_more(client, cast):
    placement = made(cast, state="ended_early")
    entry = logged(placement)
    maya, dana = client(cast.maya), client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert "Confirm the hours" in text_of(dana.page) and having(dana.page, "data-move", "confirm-hours")
    assert log(maya, placement).status_code == 409
    assert dana.post(f"/placements/{placement.id}/hours/{entry.id}/query", data={"words": "Why?"}).status_code == 409
    assert confirm(dana, placement, entry).status_code == 303 and fresh(entry).state == "confirmed"


def test_hours_of_others_are_not_there(client, cast):
    placement, other = made(cast), made(cast, student=factories.make_student())
    entry = logged(placement)
    assert log(client(cast.leo), placement).status_code == 404
    assert log(client(cast.maya), other).status_code == 404
    assert confirm(client(cast.omar), placement, entry).status_code == 404
    assert (
        client(cast.dana).post(f"/placements/{other.id}/hours/{entry.id}/query", data={"words": "?"}).status_code == 404
    )
    assert fresh(entry).state == "logged"


# -- confirming


def test_the_employer_confirms_one_or_a_week_at_once(client, cast):
    placement = made(cast)
    first, second, third = (logged(placement, days=days) for days in (1, 8, 8))
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert "3 entries wait for you" in words(having(dana.page, "class", "next-step")[0])
    week = having(dana.page, "data-move", "confirm-week")
    assert len(week) == 1
    data = {"entry": [e.get("value") for e in week[0].iter("input") if e.get("name") == "entry"]}
    assert dana.post(f"/placements/{placement.id}/hours/confirm", data=data).status_code == 303
    assert [fresh(one).state for one in (first, second, third)] == ["logged", "confirmed", "confirmed"]
    assert fresh(second).confirmed_by == cast.dana and fresh(second).confirmed_at
    assert Step.of(placement).order_by(Step.id.desc()).first().facts == {"count": 2, "minutes": 180}
    assert confirm(dana, placement, first).status_code == 303
    assert confirm(dana, placement, first).status_code == 409


@pytest.mark.parametrize(
    "data", [{}, {"entry": "nothing"}, {"entry": ["1-", "²-x"]}, {"entry": "999-abc"}, {"entry": "9" * 40}]
)
def test_confirming_nothing_is_said_and_changes_nothing(client, cast, data):
    placement = made(cast)
    logged(placement)
    assert client(cast.dana).post(f"/placements/{placement.id}/hours/confirm", data=data).status_code == 409
    assert HoursEntry.get().state == "logged"


def test_what_has_changed_since_it_was_seen_is_not_confirmed_nor_what_came_with_it(client, cast):
    placement = made(cast)
    one, other = logged(placement, days=1), logged(placement, days=1)
    hours_actions.change(one, placement, cast.maya, Work(today() - DAY, "Much more", 300))
    dana = client(cast.dana)
    assert confirm(dana, placement, one, other).status_code == 409
    assert {e.state for e in HoursEntry.select()} == {"logged"}
    assert confirm(dana, placement, fresh(one), other).status_code == 303


def test_a_question_is_answered_by_changing_the_entry(client, cast):
    placement = made(cast)
    entry = logged(placement)
    maya, dana = client(cast.maya), client(cast.dana)
    at = f"/placements/{placement.id}/hours/{entry.id}/query"
    assert dana.post(at, data={"words": " "}).status_code == 422
    assert "Say what you would like to know" in words(by_id(dana.page, f"query-{entry.id}-error"))
    assert dana.post(at, data={"words": "Was that Tuesday?"}).status_code == 303
    assert dana.post(at, data={"words": "Again?"}).status_code == 409
    assert (fresh(entry).state, fresh(entry).query) == ("queried", "Was that Tuesday?")
    maya.get(f"/placements/{placement.id}")
    assert "Answer about your hours" in words(having(maya.page, "class", "next-step")[0])
    assert "Was that Tuesday?" in text_of(having(maya.page, "data-entry")[0])
    assert "Was that Tuesday?" not in text_of(by_id(maya.page, "history"))
    assert log(maya, placement, entry, worked_on=str(today() - 2 * DAY)).status_code == 303
    assert (fresh(entry).state, fresh(entry).query) == ("logged", "")
    assert last_step(placement) == "answer_hours"


def test_an_answer_by_other_means_lets_the_employer_confirm_what_they_asked_about(client, cast):
    placement = made(cast)
    entry = logged(placement, state="queried", query="Was that Tuesday?")
    assert confirm(client(cast.dana), placement, entry).status_code == 303
    assert (fresh(entry).state, fresh(entry).query) == ("confirmed", "")


@pytest.mark.parametrize("name", ["maya", "okafor", "ruiz"])
def test_nobody_but_the_employer_confirms(client, cast, name):
    placement = made(cast)
    entry = logged(placement)
    assert confirm(client(getattr(cast, name)), placement, entry).status_code == 403
    assert client(cast.okafor).post(f"/placements/{placement.id}/hours").status_code == 403


# -- how it stands


def test_weeks_totals_and_the_estimate_are_shown_to_all_three(client, cast):
    placement = made(cast)
    logged(placement, days=1, minutes=90)
    logged(placement, days=9, minutes=120, state="confirmed", confirmed_at=now())
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        hours = by_id(browser.page, "hours")
        assert "3 h 30 min of about 10 hours · 2 h confirmed" in text_of(hours)
        assert [
            words(e).split("Week of ")[1].endswith(("1 h 30 min", "2 h", "to confirm"))
            for e in hours.iter("summary")
            if "Week of" in words(e)
        ] == [True, True]
        bar = next(hours.iter("progress"))
        assert (bar.get("max"), bar.get("value")) == ("600", "210")


def test_a_quarter_beyond_the_estimate_and_pay_below_the_minimum_are_said_to_all_three_once(client, cast):
    School.update(minimum_pay_cents=1500).execute()
    placement = made(cast)  # $200 for 10 hours
    for days in (1, 2, 3):
        logged(placement, days=days, minutes=240)
    maya = client(cast.maya)
    assert log(maya, placement, worked_on=str(today() - 4 * DAY), length="0:30").status_code == 303  # 12:30
    assert not Step.of(placement).where(Step.move.in_(["hours_over", "pay_low"])).exists()
    assert log(maya, placement, worked_on=str(today() - 5 * DAY), length="0:30").status_code == 303  # 13:00
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert "13 h are logged, more than a quarter beyond the estimate of 10 hours" in text_of(
            by_id(browser.page, "hours-over")
        )
        assert by_id(browser.page, "pay-low") is None
    assert log(maya, placement, worked_on=str(today() - 6 * DAY), length="1:00").status_code == 303  # 14:00
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert "$200 for 14 h would be $14.28 an hour, and the lowest allowed here is $15." in text_of(
            by_id(browser.page, "pay-low")
        )
    assert log(maya, placement, worked_on=str(today() - 7 * DAY), length="1:00").status_code == 303
    moves = [step.move for step in Step.of(placement)]
    assert moves.count("hours_over") == 1 and moves.count("pay_low") == 1


@pytest.mark.parametrize(
    ("changes", "least"),
    [
        ({}, 725),  # federal, and Texas asks no more: above what the school asks itself
        ({"own": 1500}, 1500),
        ({"kind": "contractor"}, 300),  # whom no law gives a minimum wage
        ({"minutes": 1700}, 425),  # less than $7.25, and the youth wage holds
        ({"minutes": 1700, "own": 500}, 500),
        ({"minutes": 1700, "born": 21}, 725),
        ({"minutes": 1700, "began": 84}, 425),
        ({"minutes": 1700, "began": 85}, 725),  # ninety days before it is due
        ({"minutes": 1700, "state": "CA"}, 1690),  # no youth wage there
    ],
)  # fmt: skip
def test_the_pay_for_hours_worked_is_measured_by_the_minimum_that_counts_for_who_works(cast, changes, least):
    case = {"own": 300, "state": "TX", "kind": "employee", "minutes": 600, "born": 16, "began": None} | changes
    School.update(minimum_pay_cents=1500).execute()
    placement = made(cast, student=factories.make_student(age=case["born"]))  # $200, due in five days
    if case["began"]:
        made(cast, student=placement.student, starts_on=today() - case["began"] * DAY)
    School.update(minimum_pay_cents=case["own"], state=case["state"]).execute()
    Posting.update(worker_kind=case["kind"]).execute()
    placement = Placement.get_by_id(placement.id)
    assert least_pay(placement, case["minutes"]) == least


def test_pay_below_the_law_is_said_where_the_school_asks_for_less(client, cast):
    placement = made(cast, starts_on=today() - 100 * DAY)
    School.update(minimum_pay_cents=100, state="TX").execute()
    for days in (1, 4):
        logged(placement, days=days, minutes=825)  # 27:30, $7.27
    maya = client(cast.maya)
    assert log(maya, placement, worked_on=str(today() - 2 * DAY), length="0:05").status_code == 303
    assert "pay_low" not in [step.move for step in Step.of(placement)]
    assert log(maya, placement, worked_on=str(today() - 3 * DAY), length="0:30").status_code == 303
    assert "pay_low" in [step.move for step in Step.of(placement)]
    maya.get(f"/placements/{placement.id}")
    assert "the lowest allowed here is $7.25" in text_of(by_id(maya.page, "pay-low"))


def test_a_goal_of_ones_own_is_the_students_alone(client, cast):
    placement = made(cast)
    logged(placement, minutes=90)
    maya, at = client(cast.maya), f"/placements/{placement.id}/hours/goal"
    assert maya.post(at, data={"goal": "12"}).status_code == 303
    assert Placement.get_by_id(placement.id).own_goal_minutes == 720
    maya.get(f"/placements/{placement.id}")
    assert "10 h 30 min to your own goal of 12 h" in text_of(by_id(maya.page, "hours"))
    for person in (cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert "own goal" not in text_of(browser.page)
        assert browser.post(at, data={"goal": "1"}).status_code == 403
    for goal in ("0", "201", "many"):
        assert maya.post(at, data={"goal": goal}).status_code == 422
        assert "Use a whole number from 1 to 200" in words(by_id(maya.page, "hours-goal-error"))
    assert maya.post(at, data={"goal": ""}).status_code == 303
    assert Placement.get_by_id(placement.id).own_goal_minutes is None


def test_one_entry_and_thirty_cost_the_same(client, cast):
    placement = made(cast, started=60)
    browsers = [client(person) for person in (cast.maya, cast.dana, cast.okafor)]
    logged(placement)

    def cost():
        found = []
        for browser in browsers:
            browser.get(f"/placements/{placement.id}")
            with count_queries() as counter:
                assert browser.get(f"/placements/{placement.id}").status_code == 200
            found.append(counter.count)
        return found

    few = cost()
    for days in range(2, 31):
        logged(placement, days=days, skill=placement.posting.skills.get().skill)
    assert cost() == few
