"""What two people do at the same moment: one of them gets there first, and nothing is lost or done twice."""

from datetime import timedelta

from board.db import now
from board.moves import Step
from board.placements import check_in_actions, hours_actions, plan_actions
from board.placements.hours_actions import stamp_of
from board.placements.hours_rules import Work
from board.placements.model import CheckIn, HoursEntry, Placement
from board.school.model import today
from tests import factories
from tests.at_once import at_once

DAY = timedelta(days=1)
ROUNDS = 4


def names(results):
    return sorted(type(one).__name__ for one in results if isinstance(one, Exception))


def made(cast, state="active", started=8, **more):
    dates = {"starts_on": today() - started * DAY, "due_on": today() + 30 * DAY}
    if state != "agreed":
        dates["started_at"] = now() - started * DAY
    return factories.make_placement(
        state, factories.make_posting(employer=cast.cedar, hours=12), cast.maya, **dates | more
    )


def fresh(row):
    return type(row).get_by_id(row.id)


def test_an_entry_is_confirmed_or_changed_never_confirmed_as_nobody_saw_it(app, cast):
    placement = made(cast)
    for _round in range(ROUNDS):
        entry = hours_actions.log(placement, cast.maya, Work(today() - DAY, "Sketches", 30))
        seen = [(entry.id, stamp_of(entry))]
        longer = Work(today() - DAY, "Sketches", 60)
        results = at_once(
            lambda seen=seen: hours_actions.confirm(fresh(placement), cast.dana, seen),
            lambda entry=entry, work=longer: hours_actions.change(fresh(entry), fresh(placement), cast.maya, work),
        )
        assert names(results) == ["TooLate"]
        stored = fresh(entry)
        assert (stored.state, stored.minutes) in (("confirmed", 30), ("logged", 60))
        HoursEntry.delete().execute()


def test_two_starts_at_once_start_it_once(app, cast):
    for _round in range(ROUNDS):
        placement = factories.sign_all(made(cast, "agreed", started=0))
        results = at_once(
            lambda p=placement: plan_actions.start(fresh(p), cast.dana),
            lambda p=placement: plan_actions.start(fresh(p), cast.okafor),
        )
        assert names(results) in (["TooLate"], ["NotAllowed"])
        assert Step.of(placement).where(Step.move == "start").count() == 1
        assert fresh(placement).state == "active"


def test_the_same_hour_logged_in_two_browsers_is_logged_once(app, cast):
    placement = made(cast)
    work = Work(today() - DAY, "Sketches", 60, "16:00", "17:00")
    results = at_once(*[lambda: hours_actions.log(fresh(placement), cast.maya, work) for _ in range(3)])
    assert names(results) == ["Wrong", "Wrong"] and HoursEntry.select().count() == 1


def test_two_confirms_of_one_week_confirm_it_once(app, cast):
    placement = made(cast)
    entries = [hours_actions.log(placement, cast.maya, Work(today() - n * DAY, "Sketches", 60)) for n in (1, 2)]
    seen = [(one.id, stamp_of(one)) for one in entries]
    results = at_once(*[lambda: hours_actions.confirm(fresh(placement), cast.dana, seen) for _ in range(2)])
    assert names(results) == ["TooLate"]
    assert Step.of(placement).where(Step.move == "confirm_hours").count() == 1


def test_two_workers_ask_once_and_two_plans_do_not_overwrite_each_other(app, cast):
    placement = made(cast)
    assert sorted(map(str, at_once(*[lambda: check_in_actions.make_due(today()) for _ in range(2)]))) == ["1", "done"]
    assert CheckIn.select().where(CheckIn.placement == placement).count() == 2
    agreed = made(cast, "agreed")
    stamp = plan_actions.stamp_of(agreed, [])
    plans = [[plan_actions.Planned(words, None)] for words in ("Dana's", "Maya's")]
    results = at_once(*[
        lambda person=person, plan=plan: plan_actions.save_plan(Placement.get_by_id(agreed.id), person, plan, None, stamp)
        for person, plan in zip((cast.dana, cast.maya), plans, strict=True)
    ])  # fmt: skip
    assert names(results) == ["TooLate"]
    assert len(plan_actions.milestones_of(agreed)) == 1
