"""Where the checks are asked: at submit, at a teacher's yes, at an application, at the start, when hours come in, and
again when the rules change. Each keeps what was looked at."""

import json
from datetime import date, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions as applications
from board.applications import drafts, open_to
from board.applications.checking import barred_by_age, keep
from board.checks.model import Checked, Harmless
from board.checks.results import Stage
from board.checks.rules_of_school import rulebook, year
from board.db import now
from board.employers.vetting_model import SupervisorCheck
from board.moves import Refused, Step, TooLate
from board.people.model import Person
from board.placements import before_start, hours_actions, plan_actions
from board.placements.hours_rules import Work
from board.placements.model import HoursEntry, Placement
from board.postings import actions, again, checking, content, revisions
from board.postings.model import Posting, Revision, State
from board.postings.rules import NotReady
from board.school.model import Period, School, today
from tests import factories
from tests.inspector import by_id, having, text_of

DAY = timedelta(days=1)


def fresh(thing):
    return type(thing).get_by_id(thing.id)


def monday(weeks: int = 5) -> date:
    """A Monday so many weeks ahead: no holiday is entered on the board of a test."""
    return today() - today().weekday() * DAY + timedelta(weeks=weeks)


def on(day: date, days: int = 12, **more) -> dict:
    return {"starts_on": day.isoformat(), "due_on": (day + days * DAY).isoformat()} | more


def draft(cast, **changes) -> Posting:
    return factories.make_posting("draft", cast.cedar, **changes)


# -- submit


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"pay_cents": 14999}, "pay_cents"),
        ({"tasks": ["forklift"], "minimum_age": 17}, "tasks"),
        ({"hours": 41, "pay_cents": 90000}, "weeks"),
        ({"tasks": []}, "tasks"),
        ({"worker_kind": None}, "worker_kind"),
        (factories.ON_SITE | {"alone": "sometimes"}, "alone"),
        (factories.ON_SITE | {"sessions": [{"day": 1, "from": "16:00", "to": "19:30"}]}, "sessions"),
        ({"minimum_age": 14, "tasks": ["forklift", "driving"]}, "tasks"),
    ],
)  # fmt: skip
def test_what_the_checks_do_not_let_through_is_not_sent(cast, changes, key):
    posting = draft(cast, **changes)
    with pytest.raises(NotReady) as refused:
        actions.submit(posting, cast.dana)
    assert {problem.key for problem in refused.value.problems} == {key}
    assert fresh(posting).state == State.DRAFT and not Checked.select().exists()


def test_the_editor_says_what_to_change(client, cast):
    posting = draft(cast, pay_cents=10000)
    dana = client(cast.dana)
    assert dana.post(f"/employer/postings/{posting.id}/submit").status_code == 422
    assert "This works out at $10.00 an hour" in text_of(dana.page) and "Pay $150.00 or more" in text_of(dana.page)


def test_sending_keeps_what_was_checked_and_with_which_rules(cast):
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    row = Checked.last("posting", posting.id, Stage.SUBMIT)
    inputs = json.loads(row.inputs)
    assert (row.person_id, row.blocking, row.rules) == (cast.dana.id, 0, checking.rulebook().version)
    assert inputs["sessions"] == [[1, 960, 1080]] and inputs["tasks"] == ["drawing"] and inputs["address"] is True
    assert "Alder Street" not in row.inputs + row.results and "Lindqvist" not in row.inputs + row.results
    assert {"R1", "R9", "R12", "R18", "R19"} <= {one["rule"] for one in row.found}


# -- a teacher's yes


def test_nothing_is_approved_that_blocks_by_now(cast):
    posting = factories.make_posting("submitted", cast.cedar)
    School.update(minimum_pay_cents=2500).execute()
    with pytest.raises(Refused, match=r"the lowest this school allows is \$25\.00"):
        actions.approve(posting, cast.okafor)
    assert fresh(posting).state == State.SUBMITTED and not Checked.last("posting", posting.id, Stage.APPROVE)


def test_a_check_that_asks_for_a_reason_gets_one_and_it_is_kept(cast):
    posting = factories.make_posting("submitted", cast.cedar, tasks=["woodworking"], minimum_age=16)
    with pytest.raises(checking.NeedsReason) as asked:
        actions.approve(posting, cast.okafor)
    (mark,) = [one.mark for one in asked.value.results]
    with pytest.raises(checking.NeedsReason):
        actions.approve(posting, cast.okafor, {mark: "   ", "R8:forklift": "It is not this."})
    actions.approve(posting, cast.okafor, {mark: "A student learner of our own workshop, agreement on file."})
    row = Checked.last("posting", posting.id, Stage.APPROVE)
    assert [one["reason"] for one in row.found if one["mark"] == mark] == [
        "A student learner of our own workshop, agreement on file."
    ]
    assert [one.once for one in Harmless.select()] == [1]
    other = factories.make_posting("submitted", cast.cedar, tasks=["woodworking"], minimum_age=16)
    with pytest.raises(checking.NeedsReason):
        actions.approve(other, cast.okafor)


def test_a_reason_that_is_remembered_holds_for_this_employer_and_for_no_other(cast):
    def sent(employer):
        return factories.make_posting("submitted", employer, **factories.ON_SITE | {"premises": "home"})

    actions.approve(
        sent(cast.cedar), cast.okafor, {"R18:premises": "The owner's studio, with two others."}, {"R18:premises"}
    )
    actions.approve(sent(cast.cedar), cast.okafor)
    with pytest.raises(checking.NeedsReason):
        actions.approve(sent(cast.mill), cast.okafor)


def test_a_reason_settles_nothing_that_blocks(cast):
    posting = factories.make_posting("submitted", cast.cedar)
    Posting.update(tasks='["forklift"]').where(Posting.id == posting.id).execute()
    with pytest.raises(Refused, match="hazardous order 7"):
        actions.approve(posting, cast.okafor, {"R8:forklift": "They are careful people."})


def test_a_change_is_checked_as_new_work_is(cast):
    posting = factories.make_posting("open", cast.cedar)
    with pytest.raises(NotReady):
        revisions.propose(posting, cast.dana, {"tasks": ["forklift"]})
    revision = revisions.propose(posting, cast.dana, {"tasks": ["woodworking"], "minimum_age": 16})
    with pytest.raises(checking.NeedsReason):
        revisions.approve_revision(revision, cast.okafor)
    assert fresh(revision).state == "proposed" and content.read(fresh(posting))["tasks"] == ["drawing"]
    revisions.approve_revision(
        Revision.get_by_id(revision.id), cast.okafor, {"R8:woodworking": "Learner, agreement on file."}
    )
    assert content.read(fresh(posting))["tasks"] == ["woodworking"]
    assert json.loads(Checked.last("posting", posting.id, Stage.APPROVE).inputs)["tasks"] == ["woodworking"]


def test_the_second_of_two_teachers_is_too_late_and_not_refused(cast):
    posting = factories.make_posting("submitted", cast.cedar, tasks=["woodworking"], minimum_age=16)
    actions.approve(fresh(posting), cast.okafor, {"R8:woodworking": "Learner, agreement on file."})
    with pytest.raises(TooLate):
        actions.approve(posting, cast.ruiz)


def test_what_came_from_a_list_is_looked_at_and_not_refused_for_what_nobody_was_asked(client, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    Posting.update(
        tasks=None, sessions=None, worker_kind=None, starts_on=None, due_on=None, minimum_age=None, place="on-site",
        address="", supervisor=None, hours=40, pay_cents=80000,
    ).where(Posting.id == posting.id).execute()  # fmt: skip
    found = checking.results(content.read(fresh(posting)), cast.cedar, Stage.APPROVE, posting.id)
    assert {str(one.level) for one in found} == {"warns", "passed"}
    okafor = client(cast.okafor)
    okafor.get(f"/review/{posting.id}")
    assert "Nobody has said yet what the student does" in text_of(okafor.page)
    actions.approve(fresh(posting), cast.okafor)
    assert fresh(posting).state == State.OPEN


# -- an application


def test_a_student_with_other_work_for_the_same_employer_is_told_why_not(cast):
    first = factories.make_posting(
        "open", cast.cedar, **on(monday()), hours=36, pay_cents=72000
    )  # all of two school weeks
    factories.make_placement("agreed", first, cast.leo)
    second = factories.make_posting("open", cast.cedar, **on(monday()), hours=2, pay_cents=4000)
    barred = drafts.barred_from(second, cast.leo)
    assert barred is not None and "14–15" in str(barred) and "14 " not in str(barred)
    elsewhere = factories.make_posting("open", cast.mill, **on(monday()), hours=2, pay_cents=4000)
    assert drafts.barred_from(elsewhere, cast.leo) is None
    assert drafts.barred_from(second, cast.maya) is None  # 16: no limit
    later = factories.make_posting("open", cast.cedar, **on(monday(8)), hours=2, pay_cents=4000)
    assert drafts.barred_from(later, cast.leo) is None


def test_the_youth_wage_is_not_paid_to_whoever_began_with_this_employer_long_ago(cast):
    School.update(minimum_pay_cents=100, state="TX").execute()  # pays no more than federal law asks
    days = on(monday())
    posting = factories.make_posting("open", cast.cedar, **days, hours=12, pay_cents=6000)
    assert drafts.barred_from(posting, cast.maya) is None
    earlier = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.maya)
    for first, expected in ((posting.due_on - 89 * DAY, False), (posting.due_on - 90 * DAY, True)):
        Placement.update(starts_on=first).where(Placement.id == earlier.id).execute()
        barred = drafts.barred_from(posting, cast.maya)
        assert (barred is not None and "90 days" in str(barred)) is expected, first
        assert (posting.id in open_to.closed_to(cast.maya)) is expected, "the search says the same"
        assert drafts.barred_from(posting, cast.leo) is None
        keep(earlier.application, posting, cast.maya)  # what decides it can be read afterwards
        row = Checked.last("application", earlier.application_id, Stage.APPLY)
        assert json.loads(row.inputs)["began"] == first.isoformat()
    Placement.update(state="completed", ended_at=now()).where(Placement.id == earlier.id).execute()
    for years in (16, 18):
        Person.update(birth_date=today().replace(day=1) - timedelta(366 * years)).where(
            Person.id == cast.maya.id
        ).execute()
        maya = Person.get_by_id(cast.maya.id)
        assert drafts.barred_from(posting, maya) is not None and posting.id in open_to.closed_to(maya), years
    fair = factories.make_posting("open", cast.cedar, **days, hours=12, pay_cents=24000)
    assert drafts.barred_from(fair, cast.maya) is None


def test_however_many_projects_nobody_was_asked_about_a_students_other_work_is_asked_once(cast):
    School.update(minimum_pay_cents=100, state="TX").execute()  # the youth wage asks when somebody began, too
    days = on(monday())
    factories.make_placement("active", factories.make_posting("open", cast.cedar, **days, hours=12), cast.leo)

    def add(number: int) -> None:
        for _ in range(number):
            posting = factories.make_posting("open", cast.mill, **days, hours=12, pay_cents=6000)
            Posting.update(tasks=None, hours=60, pay_cents=30000).where(Posting.id == posting.id).execute()

    def asked() -> int:
        rulebook(), year()  # kept until something is written
        with count_queries() as counter:
            closed = open_to.closed_to(cast.leo)
        assert len(closed) == Posting.select().where(Posting.tasks.is_null()).count()
        return counter.count

    add(1)
    few = asked()
    add(4)
    assert asked() == few


def test_fixed_times_that_are_over_are_no_hours_to_come_of_a_project_that_has_begun(cast):
    weekend = [{"day": day, "from": "10:00", "to": "14:00"} for day in (5, 6)]
    posting = factories.make_posting(
        "open", cast.cedar, **on(monday(), 41), hours=48, weeks=6, pay_cents=96000, sessions=weekend
    )
    week = {"starts_on": today() - 35 * DAY, "due_on": today() + 6 * DAY}  # five of six weekends are over
    Posting.update(week).where(Posting.id == posting.id).execute()
    posting = fresh(posting)
    assert barred_by_age(posting, cast.leo) is None
    application = factories.make_application("draft", posting, cast.leo)
    keep(application, posting, cast.leo)
    row = Checked.last("application", application.id, Stage.APPLY)
    assert json.loads(row.inputs)["passed"] == 5 * 8 * 60
    assert not [one for one in row.found if one["rule"] in ("R3", "R5", "R21") and one["level"] != "passed"]
    assert posting.id not in open_to.closed_to(cast.leo)
    Posting.update(sessions=None).where(Posting.id == posting.id).execute()  # at any time: all of it may be to come
    assert barred_by_age(fresh(posting), cast.leo) is not None
    assert posting.id in open_to.closed_to(cast.leo), "the search says the same"


def test_an_application_keeps_what_was_checked_and_no_birth_date(cast):
    posting = factories.make_posting("open", cast.cedar)
    application = factories.make_application("submitted", posting, cast.leo)
    row = Checked.last("application", application.id, Stage.APPLY)
    assert json.loads(row.inputs)["age"] == cast.leo.age_on(posting.starts_on)
    assert str(cast.leo.birth_date) not in row.inputs + row.results and cast.leo.name not in row.inputs + row.results


def test_rules_that_changed_while_a_student_wrote_are_asked_when_it_is_sent(cast):
    posting = factories.make_posting("open", cast.cedar)
    application = factories.make_application("draft", posting, cast.leo)
    Posting.update(tasks='["cooking"]').where(Posting.id == posting.id).execute()
    with pytest.raises(Refused, match="federal list"):
        applications.submit(application, cast.leo)


# -- the start


def agreed(cast, student, **changes) -> Placement:
    posting = factories.make_posting("open", cast.cedar, **changes)
    placement = factories.make_placement("agreed", posting, student)
    return factories.sign_all(placement)


def test_a_start_asks_the_law_again_with_its_own_days(client, cast):
    placement = agreed(cast, cast.leo, **on(monday()), hours=12, pay_cents=24000)
    assert before_start.missing(placement) == []
    Placement.update(due_on=placement.starts_on + DAY).where(
        Placement.id == placement.id
    ).execute()  # twelve hours in two days
    with pytest.raises(plan_actions.NotYet) as refused:
        plan_actions.start(fresh(placement), cast.dana)
    assert [said for said in refused.value.missing if "14–15" in str(said)]
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert "At 14–15 this may run at most 3 hours on a school day" in text_of(dana.page)


def test_nobody_starts_with_a_supervisor_the_school_has_not_checked(cast):
    first = monday()
    placement = agreed(cast, cast.leo, **factories.ON_SITE | on(first))
    assert before_start.missing(placement) == []
    SupervisorCheck.update(vetted_until=today() - DAY).execute()  # ended since it was approved
    with pytest.raises(plan_actions.NotYet) as refused:
        plan_actions.start(fresh(placement), cast.dana)
    (said,) = refused.value.missing
    assert "Pat Lindqvist, the worksite supervisor, does not stand" in str(said)
    SupervisorCheck.update(vetted_until=today()).execute()
    plan_actions.start(fresh(placement), cast.dana)
    inputs = json.loads(Checked.last("placement", placement.id, Stage.START).inputs)
    assert inputs["supervisor_stands"] is True


def test_a_start_keeps_what_was_checked(cast):
    placement = agreed(cast, cast.leo, **on(monday()))
    plan_actions.start(placement, cast.dana)
    row = Checked.last("placement", placement.id, Stage.START)
    inputs = json.loads(row.inputs)
    assert row.blocking == 0 and inputs["guardian"] is True and inputs["starts_on"] == placement.starts_on.isoformat()
    assert str(cast.leo.birth_date) not in row.inputs + row.results


# -- hours that were worked


def running(cast, student) -> Placement:
    placement = factories.make_placement(
        "active", factories.make_posting("open", cast.cedar, hours=20, pay_cents=40000), student
    )
    Placement.update(started_at=factories.days_ago(20)).where(Placement.id == placement.id).execute()
    return fresh(placement)


def school_day() -> date:
    """The last weekday but today's."""
    return next(day for day in (today() - number * DAY for number in range(1, 5)) if day.weekday() < 5)


def flagged(placement) -> list[Step]:
    return list(Step.of(placement).where(Step.move == "hours_law"))


@pytest.mark.parametrize(("minutes", "times"), [(180, 0), (181, 1)])
def test_hours_beyond_the_law_are_kept_and_said(cast, minutes, times):
    placement = running(cast, cast.leo)
    entry = hours_actions.log(placement, cast.leo, Work(school_day(), "Sketches", minutes))
    assert HoursEntry.get_by_id(entry.id).minutes == minutes
    assert len(flagged(placement)) == times
    assert Checked.last("hours", entry.id, Stage.HOURS).blocking == times


def test_the_one_entry_of_a_small_project_is_not_taken_for_one_day(cast):
    placement = running(cast, cast.leo)
    Placement.update(hours=9).where(Placement.id == placement.id).execute()
    hours_actions.log(fresh(placement), cast.leo, Work(school_day(), "All of it", 500))
    assert not flagged(placement)


def test_late_hours_and_too_much_in_a_day_in_parts_are_said_too(cast):
    placement = running(cast, cast.leo)
    hours_actions.log(placement, cast.leo, Work(school_day(), "Late", 60, "20:30", "21:30"))
    assert len(flagged(placement)) == 1
    hours_actions.log(placement, cast.leo, Work(school_day(), "More", 120, "15:30", "17:30"))
    assert len(flagged(placement)) == 1
    hours_actions.log(placement, cast.leo, Work(school_day(), "And more", 30, "18:00", "18:30"))
    assert len(flagged(placement)) == 2


def test_whoever_is_sixteen_is_held_to_no_hours_and_whoever_is_eighteen_leaves_no_row(cast):
    placement = running(cast, cast.maya)
    entry = hours_actions.log(placement, cast.maya, Work(school_day(), "Sketches", 500))
    assert not flagged(placement) and Checked.last("hours", entry.id).blocking == 0
    grown = factories.make_student(age=19)
    placement = running(cast, grown)
    entry = hours_actions.log(placement, grown, Work(school_day(), "Sketches", 500))
    assert Checked.last("hours", entry.id) is None


def test_employer_and_teacher_read_what_an_entry_breaks_and_not_how_old_the_student_is(client, cast):
    placement = running(cast, cast.leo)
    entry = hours_actions.log(placement, cast.leo, Work(school_day(), "Sketches", 240))
    for person in (cast.dana, cast.okafor, cast.leo):
        reader = client(person)
        reader.get(f"/placements/{placement.id}")
        (line,) = [e for e in having(reader.page, "data-entry") if e.get("data-entry") == str(entry.id)]
        assert "At 14–15 this may run at most 3 hours on a school day" in text_of(line), person.name
        assert person == cast.leo or "14 years" not in text_of(reader.page)


def test_an_employer_is_not_told_of_work_elsewhere(client, cast):
    placement = running(cast, cast.leo)
    other = factories.make_placement(
        "active", factories.make_posting("open", cast.mill, hours=20, pay_cents=40000), cast.leo
    )
    Placement.update(started_at=factories.days_ago(20)).where(Placement.id == other.id).execute()
    hours_actions.log(fresh(other), cast.leo, Work(school_day(), "Counting", 120))
    hours_actions.log(placement, cast.leo, Work(school_day(), "Sketches", 120))
    assert not flagged(placement)
    pages = {}
    for person in (cast.dana, cast.okafor):
        pages[person] = client(person)
        pages[person].get(f"/placements/{placement.id}")
    assert "With this student's other projects" in text_of(pages[cast.okafor].page)
    assert "other projects" not in text_of(by_id(pages[cast.dana].page, "hours"))


def test_an_entry_that_is_put_right_is_no_longer_marked(client, cast):
    placement = running(cast, cast.leo)
    entry = hours_actions.log(placement, cast.leo, Work(school_day(), "Sketches", 240))
    hours_actions.change(fresh(entry), placement, cast.leo, Work(school_day(), "Sketches", 120))
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    assert "At 14–15" not in text_of(by_id(okafor.page, "hours"))


# -- again


def test_rules_that_change_hide_what_they_no_longer_let_through(client, cast):
    fine = factories.make_posting("open", cast.cedar, pay_cents=30000)
    low = factories.make_posting("open", cast.cedar, title="Badly paid by now")
    assert again.look() == {"looked": 2, "hidden": 0}
    assert again.look() == {"looked": 0, "hidden": 0}, "nothing has changed"
    School.update(minimum_pay_cents=2500).execute()
    assert again.look() == {"looked": 2, "hidden": 1}
    assert fresh(fine).is_live and not fresh(low).is_live and fresh(low).held_at
    dana, okafor = client(cast.dana), client(cast.okafor)
    dana.get(f"/employer/postings/{low.id}")
    assert "the lowest this school allows is $25.00" in text_of(by_id(dana.page, "look-again"))
    okafor.get("/review")
    assert "Badly paid by now" in text_of(by_id(okafor.page, "look-again"))
    with pytest.raises(Refused, match="the lowest this school allows"):
        actions.put_back(fresh(low), cast.okafor)
    change = revisions.propose(fresh(low), cast.dana, {"pay_cents": 25000})
    revisions.approve_revision(change, cast.okafor)
    actions.put_back(fresh(low), cast.okafor)
    assert fresh(low).is_live and again.hidden() == []


def test_a_calendar_that_changes_is_a_reason_to_look_again(cast):
    first = monday()
    Period.create(kind="holiday", first_on=first, last_on=first + 13 * DAY)
    whole_days = [{"day": day, "from": "09:00", "to": "13:00"} for day in (1, 3)]
    posting = factories.make_posting(
        "open", cast.cedar, **factories.ON_SITE | on(first) | {"sessions": whole_days, "hours": 16, "pay_cents": 40000}
    )
    assert again.look()["hidden"] == 0
    Period.delete().execute()
    assert again.look()["hidden"] == 1 and again.waits(fresh(posting))
    assert {one.rule for one in again.found_in(fresh(posting))} == {"R3", "R6"}


def test_what_came_from_a_list_and_what_is_not_live_is_left_alone(cast):
    imported = factories.make_posting("open", cast.cedar)
    Posting.update(tasks=None).where(Posting.id == imported.id).execute()
    paused, waiting = factories.make_posting("paused", cast.cedar), factories.make_posting("submitted", cast.cedar)
    School.update(minimum_pay_cents=2500).execute()
    assert again.look() == {"looked": 0, "hidden": 0}
    assert [fresh(one).state for one in (imported, paused, waiting)] == ["open", "paused", "submitted"]
