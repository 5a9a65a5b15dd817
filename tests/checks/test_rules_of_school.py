"""The rules of a school: what is shipped for its state, what somebody here changed or looked up, and who may."""

from datetime import date, timedelta

import pytest

from board.checks import rule_actions as actions
from board.checks.model import Rule
from board.checks.rulebook import Limits
from board.checks.rules_of_school import rulebook, year
from board.checks.states import KEYS, LIMITS, STATE_KEYS, minutes, read, shipped
from board.moves import NotAllowed, Step
from board.school import periods
from board.school.actions import change_settings
from board.school.holidays import of_state
from board.school.model import STATES, Period, PeriodKind, School, Term, today
from tests.inspector import by_id, text_of, words

PAGE = "/settings/rules"
FORM = {"source": "BOLI", "address": "https://www.oregon.gov/boli"}


@pytest.mark.parametrize("state", STATES)
def test_every_state_makes_a_sound_rulebook(app, state):
    assert set(read()[state]) <= {*STATE_KEYS, "checked"}
    change_settings(School.here(), None, {"state": state})
    rules = rulebook()
    assert rules.state == state and rules.lowest_pay_cents >= 725
    assert 725 <= rules.state_minimum_cents <= 2500
    assert rules.permit_until is None or 14 <= rules.permit_until <= 18
    for limits in (rules.limits_14_15, rules.limits_16_17):
        hours = (limits.school_day, limits.free_day, limits.school_week, limits.free_week)
        assert all(one is None or 60 <= one <= 60 * 60 for one in hours)
        assert all(
            one is None or 0 <= one <= 24 * 60 for one in (limits.earliest, limits.latest_before_school, limits.latest)
        )
    for key in STATE_KEYS:
        assert shipped(state, key).source and shipped(state, key).address.startswith("https://")


def test_a_time_and_hours_are_minutes():
    assert (minutes("22:30"), minutes("24:00"), minutes(4)) == (1350, 1440, 240)


def test_what_is_from_memory_warns_until_somebody_has_looked_it_up(app, cast):
    school = School.here()
    change_settings(school, None, {"state": "NY"})
    assert "limits_16_17" in rulebook().unsure and not rulebook().limits_16_17.hard
    before = rulebook().version
    actions.confirm(School.here(), "limits_16_17", cast.ruiz)
    assert "limits_16_17" not in rulebook().unsure and rulebook().limits_16_17.hard
    assert rulebook().version != before
    change_settings(School.here(), None, {"state": "AL"})  # looked up before it was shipped
    assert rulebook().limits_16_17 == Limits(earliest=300, latest_before_school=1320, hard=True)


def test_what_was_looked_up_before_it_came_is_sure_again_once_it_is_put_back(cast):
    change_settings(School.here(), None, {"state": "WA"})
    assert "state_minimum_cents" not in rulebook().unsure
    actions.change(School.here(), "state_minimum_cents", 1600, cast.ruiz)
    actions.put_back(School.here(), "state_minimum_cents", cast.ruiz)
    assert rulebook().law_pay_cents == 1713 and "state_minimum_cents" not in rulebook().unsure
    assert not actions.line(School.here(), "state_minimum_cents").is_unsure


def test_pages_say_which_minimum_counts_and_why(client, cast):
    """The highest of the school's own, the law's, and with a warning what is from memory."""
    coordinator, employer = client(cast.ruiz), client(cast.dana)
    for own, looked_up, lowest, why in (
        (1500, True, "$15.05", "The minimum wage in Oregon, $15.05, counts here: it is higher than the school's own lowest, $15."),
        (1800, True, "$18.00", "The school's own lowest counts: it is higher than the minimum wage that holds, $15.05."),
        (1500, False, "$15.00", "The school's own lowest counts: it is higher than the minimum wage that holds, $7.25. From memory, Oregon asks for $15.05. Until somebody has looked that up, less than it only warns."),
        (725, False, "$7.25", "From memory, Oregon asks for $15.05."),
        (1505, True, "$15.05", ""),
    ):  # fmt: skip
        Rule.delete().execute()
        if looked_up:
            actions.confirm(School.here(), "state_minimum_cents", cast.ruiz)
        change_settings(School.here(), cast.ruiz, {"minimum_pay_cents": own})
        coordinator.get("/settings")
        assert f"From 14 years on, at least {lowest} an hour. {why}" in text_of(coordinator.page), (own, looked_up)
        for address in ("", "/minimum_pay_cents", "/state_minimum_cents"):
            coordinator.get(f"{PAGE}{address}")
            assert why in text_of(coordinator.page), (own, looked_up, address)
        employer.get("/employer/postings/hourly?pay_cents=50&hours=10")
        assert f"allows is {lowest.removesuffix('.00')} an hour" in text_of(employer.page)


def test_another_value_holds_at_once_and_has_a_history(client, cast):
    browser = client(cast.ruiz)
    assert browser.post(f"{PAGE}/state_minimum_cents", data=FORM | {"value": "15.95"}).status_code == 303
    assert rulebook().state_minimum_cents == 1595
    assert rulebook().sources["state_minimum_cents"].name == "BOLI"
    browser.post(f"{PAGE}/state_minimum_cents", data=FORM | {"value": "16.30"})
    browser.get(f"{PAGE}/state_minimum_cents")
    assert "from $15.95 an hour to $16.30 an hour" in text_of(browser.page)
    browser.get(PAGE)
    assert "came with the board" in text_of(browser.page) and "Elena Ruiz" in text_of(browser.page)
    browser.post(f"{PAGE}/state_minimum_cents", data=FORM | {"value": "16.30"})
    browser.get(f"{PAGE}/state_minimum_cents")
    assert "looked it up: it is so" in text_of(browser.page), "the same again is no change"
    browser.post(f"{PAGE}/state_minimum_cents/put-back")
    assert rulebook().state_minimum_cents == shipped("OR", "state_minimum_cents").value
    assert [step.move for step in Step.select().where(Step.noun == "rule")] == [
        "change", "change", "confirm", "put_back",
    ]  # fmt: skip


def test_another_state_keeps_what_the_school_had_for_the_first(app, cast):
    actions.change(School.here(), "permit_until", 16, cast.ruiz, "Asked the office")
    actions.change(School.here(), "most_hours_week", 12, cast.ruiz)
    change_settings(School.here(), cast.ruiz, {"state": "TX"})
    assert rulebook().permit_until is None and rulebook().most_hours_week == 12
    change_settings(School.here(), cast.ruiz, {"state": "OR"})
    assert rulebook().permit_until == 16


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("youth_rate", {"value": "no"}, False),
        ("permit_until", {"value": "0"}, None),
        ("permit_until", {"value": "18"}, 18),
        ("minimum_age", {"value": "16"}, 16),
        ("minimum_pay_cents", {"value": "20"}, 2000),
        ("most_hours_week", {"value": ""}, None),
        ("most_hours_week", {"value": "10"}, 10),
        ("excluded", {"value": ["roof", "baking"]}, ("baking", "roof")),
        ("excluded", {}, ()),
    ],
)
def test_each_kind_of_rule_is_kept(client, cast, key, typed, value):
    assert client(cast.ruiz).post(f"{PAGE}/{key}", data=FORM | typed).status_code == 303
    assert getattr(rulebook(), key) == value


def test_limits_are_kept_with_what_is_left_empty_unlimited(client, cast):
    typed = dict.fromkeys(LIMITS, "") | {"school_day": "4", "earliest": "06:00", "latest": "24:00"}
    assert client(cast.ruiz).post(f"{PAGE}/limits_16_17", data=FORM | typed).status_code == 303
    assert rulebook().limits_16_17 == Limits(school_day=240, earliest=360, latest=1440, hard=True)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("state_minimum_cents", {"value": "7"}),
        ("state_minimum_cents", {"value": ""}),
        ("permit_until", {"value": "19"}),
        ("minimum_age", {"value": "13"}),
        ("minimum_age", {"value": "9" * 40}),
        ("minimum_pay_cents", {"value": "7.24"}),
        ("minimum_pay_cents", {"value": "200.01"}),
        ("minimum_pay_cents", {"value": "lots"}),
        ("most_hours_week", {"value": "61"}),
        ("excluded", {"value": ["no-such-task"]}),
        ("limits_16_17", {"school_day": "25"}),
        ("limits_16_17", {"earliest": "25:00"}),
        ("limits_16_17", {"earliest": "22:00", "latest": "21:00"}),
        ("youth_rate", {"value": "maybe"}),
        ("permit_until", {"value": "16", "address": "javascript:alert(1)"}),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client, cast, key, wrong):
    assert client(cast.ruiz).post(f"{PAGE}/{key}", data=FORM | wrong).status_code == 422
    assert not Rule.select().exists()


def test_the_page_says_what_is_from_memory_and_every_rule_has_its_own(client, cast):
    browser = client(cast.ruiz)
    browser.get(PAGE)
    assert "from memory" in text_of(browser.page) and "29 CFR 570.35" in text_of(browser.page)
    for key in KEYS:
        assert browser.get(f"{PAGE}/{key}").status_code == 200
    for address in (f"{PAGE}/no-such-rule", f"{PAGE}/no-such-rule/confirm"):
        assert browser.post(address).status_code == 404
    for key in STATE_KEYS:
        assert browser.post(f"{PAGE}/{key}/confirm").status_code == 303
    browser.get(PAGE)
    assert "from memory" not in text_of(browser.page)


@pytest.mark.parametrize("who", ["okafor", "maya", "dana"])
def test_only_coordinators_change_rules(cast, who):
    for act in (
        lambda person: actions.change(School.here(), "permit_until", 16, person),
        lambda person: actions.confirm(School.here(), "permit_until", person),
        lambda person: actions.put_back(School.here(), "permit_until", person),
    ):
        with pytest.raises(NotAllowed):
            act(getattr(cast, who))


# -- the calendar

MONDAY = date(2026, 9, 7)


@pytest.fixture
def terms(cast):
    periods.add_term("Fall", date(2026, 9, 8), date(2026, 12, 18), cast.ruiz)
    periods.add(PeriodKind.HOLIDAY, "Thanksgiving", date(2026, 11, 26), date(2026, 11, 27), cast.ruiz)
    periods.add(PeriodKind.FINALS, "Finals", date(2026, 12, 14), date(2026, 12, 18), cast.ruiz)


@pytest.mark.parametrize(
    ("day", "school"),
    [
        (date(2026, 9, 7), False),  # the day before the semester
        (date(2026, 9, 8), True),
        (date(2026, 9, 12), False),  # a Saturday
        (date(2026, 11, 26), False),
        (date(2026, 11, 30), True),
        (date(2026, 12, 18), True),  # finals are school
        (date(2026, 12, 21), False),
    ],
)
def test_a_school_day_lies_in_a_semester_on_a_weekday_without_a_break(app, terms, day, school):
    assert year().is_school_day(day) is school


def test_without_a_semester_every_weekday_is_a_school_day(app):
    assert year().is_school_day(MONDAY) and not year().is_school_day(MONDAY - timedelta(days=1))
    assert year().bell == (480, 900)


def test_semesters_and_hours_are_kept_and_what_cannot_be_is_said(client, cast):
    browser = client(cast.ruiz)
    base = "/settings/school-year"
    fall = {"name": "Fall", "first_on": "2026-09-08", "last_on": "2026-12-18"}
    assert browser.post(f"{base}/terms", data=fall).status_code == 303
    assert (
        browser.post(f"{base}/terms", data=fall | {"first_on": "2026-12-18", "last_on": "2027-02-01"}).status_code
        == 422
    )
    assert browser.post(f"{base}/terms", data=fall | {"last_on": "2026-01-18"}).status_code == 422
    assert browser.post(f"{base}/terms", data=fall | {"name": " "}).status_code == 422
    assert Term.select().count() == 1
    for wrong in ({"starts": "8:00", "ends": ""}, {"starts": "15:00", "ends": "8:00"}, {"starts": "8", "ends": "9"}):
        assert browser.post(f"{base}/bell", data=wrong).status_code == 422
        assert wrong["starts"] != "15:00" or "The last bell is not after the first" in text_of(browser.page)
    assert browser.post(f"{base}/bell", data={"starts": "7:45", "ends": "14:30"}).status_code == 303
    assert year().bell == (465, 870)
    assert browser.post(f"{base}/bell", data={"starts": "", "ends": ""}).status_code == 303
    assert School.here().bell is None
    assert browser.post(f"{base}/terms/{Term.get().id}/remove").status_code == 303
    assert not Term.select().exists()


@pytest.mark.parametrize("state", ["OR", "TX", "PR", "DC", "HI"])
def test_holidays_of_a_state_lie_ahead_on_weekdays(state):
    found = of_state(state, MONDAY)
    assert len(found) > 8 and any(one.federal for one in found)
    assert all(one.day >= MONDAY and one.day.weekday() < 5 for one in found)
    assert "Thanksgiving" in " ".join(one.name for one in found)


def test_holidays_that_are_ticked_become_days_without_school_once(client, cast):
    browser = client(cast.ruiz)
    days = [one.day.isoformat() for one in of_state("OR", today())[:3]]
    browser.get("/settings/school-year/holidays")
    told = []
    for ticked in ([days[0], "1999-01-01", "x"], days, days, []):
        browser.get(browser.post("/settings/school-year/holidays", data={"day": ticked}).location)
        told.append(words(by_id(browser.page, "flash")))
    assert ["One day without" in told[0], "2 days without" in told[1], "Nothing new to add" in told[2]] == [True] * 3
    assert told[2] == told[3]
    assert [row.first_on.isoformat() for row in Period.select().order_by(Period.first_on)] == days
    browser.get("/settings/school-year/holidays")
    assert "in the school year already" in text_of(browser.page)
