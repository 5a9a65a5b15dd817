"""Check-ins: due every seven days on longer projects, one click, and help that stands until somebody has looked."""

from datetime import date, timedelta
from itertools import product

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.moves import NotAllowed, Step, TooLate
from board.placements import check_in_actions
from board.placements.check_in_rules import due_day, has_check_ins, may_answer, may_read, may_settle
from board.placements.model import CheckIn, HoursEntry, Placement, State
from board.school.model import today
from board.worker.timetable import BY_NAME
from tests import factories
from tests.inspector import by_id, having, text_of, words
from tests.placements.test_plan_rules import PEOPLE, people, placement

DAY = timedelta(days=1)


def made(cast, started=8, lasts=30, hours=12, state="active", student=None, **more):
    begins = today() - started * DAY
    dates = {"starts_on": begins, "due_on": begins + lasts * DAY, "started_at": factories.days_ago(started)}
    posting = factories.make_posting(employer=cast.cedar, hours=hours)
    return factories.make_placement(state, posting, student or cast.maya, **dates | more)


def rows(placement):
    return [(one.due_on, one.party, one.well) for one in placement.check_ins.order_by(CheckIn.due_on, CheckIn.id)]


def moves(placement, *names):
    return [step.move for step in Step.of(placement) if step.move in names]


# -- which, when, who


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, True), ({"due_on": date(2026, 3, 15)}, False), ({"due_on": date(2026, 3, 16)}, True),  # 14 days, 15 days
        ({"hours": 9}, False), ({"hours": 10}, True), ({"due_on": None}, False), ({"starts_on": None}, False),
        ({"state": "agreed"}, False), ({"state": "delivered"}, False), ({"state": "completed"}, False),
    ],
)  # fmt: skip
def test_which_projects_have_check_ins(columns, expected):
    values = {"state": "active", "hours": 20, "starts_on": date(2026, 3, 1), "due_on": date(2026, 3, 31)} | columns
    assert has_check_ins(Placement(**values)) is expected


def test_one_is_due_every_seven_days_after_the_start():
    start = date(2026, 3, 2)
    days = {ahead: due_day(start, start + ahead * DAY) for ahead in (0, 6, 7, 13, 14, 30)}
    assert days == {
        0: None,
        6: None,
        7: start + 7 * DAY,
        13: start + 7 * DAY,
        14: start + 14 * DAY,
        30: start + 28 * DAY,
    }


ROWS = {  # what stands in it
    "open": {"well": None}, "well": {"well": True}, "help": {"well": False}, "settled": {"well": False, "settled_at": 1},
}  # fmt: skip


def test_every_person_with_every_check_in_in_every_state():
    tried = 0
    for state, name, party, (kind, values), held in product(
        State, PEOPLE, ("student", "employer"), ROWS.items(), (False, True)
    ):
        person, this, row = people()[name], placement(state, held), CheckIn(party=party, **values)
        staff = name in ("teacher", "coordinator")
        assert may_answer(person, this, row) == (
            name == party and kind == "open" and str(state) in ("active", "delivered") and not held
        )
        assert may_settle(person, this, row) == (staff and kind == "help" and not held)
        assert may_read(person, row) == (staff or name.endswith(party))
        tried += 1
    assert tried == len(State) * len(PEOPLE) * 2 * 4 * 2


# -- falling due


def test_both_sides_are_asked_once_a_week_however_often_the_job_runs(app, cast):
    placement, short = made(cast, started=8), made(cast, lasts=14, student=factories.make_student())
    first = today() - DAY
    for _run in range(3):
        BY_NAME["check-ins"].run()
    assert rows(placement) == [(first, "student", None), (first, "employer", None)] and rows(short) == []
    assert moves(placement, "check_in_due") == ["check_in_due"]
    assert check_in_actions.make_due(today() + 5 * DAY) == 0
    assert check_in_actions.make_due(today() + 6 * DAY) == 1
    assert len(rows(placement)) == 4


def test_a_board_that_stood_still_asks_once_and_not_for_every_week(app, cast):
    placement = made(cast, started=29, lasts=60)
    assert check_in_actions.make_due(today()) == 1
    assert [day for day, _party, _well in rows(placement)] == [today() - DAY] * 2


@pytest.mark.parametrize("columns", [{"held_at": now()}, {"state": "delivered"}, {"state": "completed"}, {"hours": 6}])
def test_what_rests_or_is_done_or_small_is_not_asked(app, cast, columns):
    placement = made(cast, **columns)
    check_in_actions.daily(today())
    assert rows(placement) == []


def test_what_is_killed_between_two_placements_is_made_up_for(app, cast, monkeypatch):
    one, other = made(cast), made(cast, student=factories.make_student())
    real, done = check_in_actions.note, []

    def dies(placement, *arguments, **more):
        if done:
            raise RuntimeError("the power went")
        done.append(real(placement, *arguments, **more))

    with monkeypatch.context() as patch:
        patch.setattr(check_in_actions, "note", dies)
        with pytest.raises(RuntimeError):
            check_in_actions.make_due(today())
    assert (len(rows(one)), len(rows(other))) == (2, 0)
    assert check_in_actions.make_due(today()) == 1
    assert [moves(p, "check_in_due") for p in (one, other)] == [["check_in_due"]] * 2


def test_who_does_not_answer_within_three_days_is_reminded_once(app, cast):
    placement = made(cast, started=7)
    check_in_actions.make_due(today())
    check_in_actions.answer(placement, cast.dana, True)
    assert check_in_actions.nudge(today() + 2 * DAY) == 0
    assert check_in_actions.nudge(today() + 3 * DAY) == 1
    assert check_in_actions.nudge(today() + 4 * DAY) == 0
    step = Step.of(placement).where(Step.move == "check_in_nudge").get()
    assert step.facts["party"] == "student" and step.person is None
    assert check_in_actions.nudge(today() + 8 * DAY) == 0  # by then it is the teacher's to ask


def test_an_employer_hears_once_a_week_of_hours_of_a_week_that_is_over(app, cast):
    placement = made(cast, started=20)
    sunday = today() + (6 - today().weekday()) * DAY  # the next one
    HoursEntry.create(placement=placement, worked_on=sunday, minutes=60, did="This week")
    assert check_in_actions.hours_wait(sunday + DAY) == 0
    HoursEntry.create(placement=placement, worked_on=sunday - DAY, minutes=60, did="The week before")
    assert check_in_actions.hours_wait(sunday - DAY) == 0
    assert check_in_actions.hours_wait(sunday) == 1
    assert [check_in_actions.hours_wait(sunday + n * DAY) for n in (1, 6)] == [0, 0]
    assert check_in_actions.hours_wait(sunday + 7 * DAY) == 1
    HoursEntry.update(state="confirmed", confirmed_at=now()).execute()
    assert check_in_actions.hours_wait(sunday + 14 * DAY) == 0


def test_the_job_asks_no_more_of_the_database_the_more_there_is_to_look_at(app, cast):
    made(cast)
    check_in_actions.daily(today())
    with count_queries() as few:
        check_in_actions.nudge(today() + 3 * DAY)
        check_in_actions.hours_wait(today())
    for _ in range(5):
        made(cast, student=factories.make_student())
    check_in_actions.daily(today())
    check_in_actions.nudge(today() + 3 * DAY)
    with count_queries() as many:
        check_in_actions.nudge(today() + 3 * DAY)
        check_in_actions.hours_wait(today())
    assert many.count <= few.count


# -- answering


def answered(browser, placement, well="yes", words=""):
    return browser.post(f"/placements/{placement.id}/check-in", data={"well": well, "words": words})


@pytest.mark.parametrize("name", ["maya", "dana"])
def test_one_click_says_that_all_is_well(client, cast, name):
    placement = made(cast)
    check_in_actions.make_due(today())
    browser = client(getattr(cast, name))
    browser.get(f"/placements/{placement.id}")
    assert "Time to check in" in words(having(browser.page, "class", "next-step")[0])
    assert answered(browser, placement).status_code == 303
    side = "student" if name == "maya" else "employer"
    assert [(one.party, one.well) for one in placement.check_ins] == [
        (p, True if p == side else None) for p in ("student", "employer")
    ]
    assert moves(placement, "check_in_well") == ["check_in_well"]
    assert answered(browser, placement).status_code == 409
    browser.get(f"/placements/{placement.id}")
    assert not having(browser.page, "data-form", "check-in")


def test_neither_button_is_no_answer_and_long_words_have_their_sentence(client, cast):
    placement = made(cast)
    check_in_actions.make_due(today())
    maya = client(cast.maya)
    assert answered(maya, placement, well="perhaps").status_code == 422
    assert "Choose one of the two buttons" in words(by_id(maya.page, "check-in-words-error"))
    assert answered(maya, placement, words="x" * 1001).status_code == 422
    assert "Use at most 1000 characters" in words(by_id(maya.page, "check-in-words-error"))
    assert CheckIn.get(CheckIn.party == "student").well is None


def test_an_older_one_that_nobody_answered_is_answered_with_the_newest(app, cast):
    placement = made(cast)
    check_in_actions.make_due(today())
    check_in_actions.make_due(today() + 7 * DAY)
    check_in_actions.answer(placement, cast.maya, False, "I am stuck.")
    mine = [
        (one.well, one.words) for one in placement.check_ins.where(CheckIn.party == "student").order_by(CheckIn.due_on)
    ]
    assert mine == [(True, ""), (False, "I am stuck.")]


def test_a_call_for_help_stands_for_its_side_and_the_school_until_it_is_settled(client, cast):
    placement = made(cast)
    check_in_actions.make_due(today())
    maya, dana, okafor = client(cast.maya), client(cast.dana), client(cast.okafor)
    assert answered(maya, placement, "no", "Nobody answers me.").status_code == 303
    assert moves(placement, "check_in_help") == ["check_in_help"]
    maya.get(f"/placements/{placement.id}")
    assert "You asked for help" in text_of(maya.page) and "Nobody answers me." in text_of(maya.page)
    okafor.get(f"/placements/{placement.id}")
    assert "Maya Rivera needs help" in text_of(okafor.page) and "Nobody answers me." in text_of(okafor.page)
    assert "Somebody needs help" in words(having(okafor.page, "class", "next-step")[0])
    dana.get(f"/placements/{placement.id}")
    for said in ("Nobody answers me.", "Maya needs help", "asked for help"):
        assert said not in text_of(dana.page)
    help_row = CheckIn.get(CheckIn.party == "student")
    at = f"/placements/{placement.id}/check-ins/{help_row.id}/settle"
    assert okafor.post(at, data={"words": ""}).status_code == 422
    assert "Say in a sentence what was done" in words(by_id(okafor.page, f"settle-{help_row.id}-error"))
    assert maya.post(at, data={"words": "x"}).status_code == 403
    assert okafor.post(at, data={"words": "I called Dana."}).status_code == 303
    assert CheckIn.get_by_id(help_row.id).settled_at
    assert okafor.post(at, data={"words": "Again."}).status_code == 409
    okafor.get(f"/placements/{placement.id}")
    assert "I called Dana." in text_of(okafor.page) and not having(okafor.page, "data-help")
    for browser in (maya, dana):
        browser.get(f"/placements/{placement.id}")
        assert "I called Dana." not in text_of(browser.page)
    unanswered = CheckIn.get(CheckIn.party == "employer")
    assert (
        okafor.post(f"/placements/{placement.id}/check-ins/{unanswered.id}/settle", data={"words": "x"}).status_code
        == 409
    )
    assert okafor.post(f"/placements/{placement.id}/check-ins/999/settle", data={"words": "x"}).status_code == 404


def test_a_call_for_help_can_be_settled_after_the_end_and_nothing_else_is_answered_then(app, cast):
    placement = made(cast)
    check_in_actions.make_due(today())
    check_in_actions.answer(placement, cast.maya, False)
    ended = {"state": "ended_early", "ended_at": now(), "end_reason": "plans"}
    Placement.update(**ended).where(Placement.id == placement.id).execute()
    placement = Placement.get_by_id(placement.id)
    with pytest.raises(TooLate):
        check_in_actions.answer(placement, cast.dana, True)
    check_in_actions.settle(CheckIn.get(CheckIn.party == "student"), placement, cast.okafor, "We talked.")
    assert CheckIn.get(CheckIn.party == "student").settled_at


def test_a_teacher_answers_for_nobody(client, cast):
    placement = made(cast)
    check_in_actions.make_due(today())
    assert answered(client(cast.okafor), placement).status_code == 403
    assert answered(client(cast.omar), placement).status_code == 404
    with pytest.raises(NotAllowed):
        check_in_actions.answer(placement, cast.okafor, True)
