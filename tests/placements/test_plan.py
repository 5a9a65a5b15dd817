"""The plan on the page: made when a teacher agrees, changed by all until the start, then ticked off and accepted."""

import re
from datetime import timedelta

import pytest

from board.db import now
from board.moves import Refused, Step, TooLate, make
from board.placements import before_start, plan_actions
from board.placements.model import Agreement, Placement, PlacementMilestone
from board.placements.plan_actions import milestones_of, stamp_of
from board.placements.plan_rules import Planned
from board.placements.rules import MOVES
from board.school.model import Period, today
from tests import factories
from tests.inspector import by_id, having, text_of, words

DAY = timedelta(days=1)
THREE = [
    {"title": "A first sketch", "week": 1},
    {"title": "Real prices", "week": 2},
    {"title": "Some day", "week": None},
]


def made(cast, state="agreed", hours=12, begins=5, due=30, **more):
    posting = factories.make_posting(employer=cast.cedar, milestones=THREE, hours=hours, weeks=4)
    dates = {"starts_on": today() + begins * DAY, "due_on": today() + due * DAY}
    placement = factories.make_placement(state, posting, cast.maya, **dates | more)
    plan_actions.plan_from_posting(placement, None)
    return placement


def ready(placement):
    """With everything that has to come before the start."""
    return factories.sign_all(placement)


def fresh(placement):
    return Placement.get_by_id(placement.id)


def titles(placement):
    return [one.title for one in milestones_of(placement)]


def sent(placement, rows=None, **more):
    """The plan form as a browser sends it."""
    stored = milestones_of(placement)
    rows = [(one.title, one.due_on or "") for one in stored] if rows is None else rows
    data = {"stamp": stamp_of(fresh(placement), stored), "hand_in": str(placement.due_on or "")}
    for number, (title, due_on) in enumerate(rows):
        data |= {f"milestones-{number}-title": title, f"milestones-{number}-due_on": str(due_on)}
    return data | more


def send(browser, placement, data, what="plan"):
    return browser.post(f"/placements/{placement.id}/{what}", data=data)


def errors_of(page) -> list[str]:
    return [words(e) for e in by_id(page, "errors").iter("li")]


# -- what it begins with


def test_a_teachers_yes_makes_the_plan_of_the_posting(app, cast):
    posting = factories.make_posting(employer=cast.cedar, milestones=THREE, hours=12, weeks=4)
    placement = factories.make_placement("proposed", posting, cast.maya, lead=cast.okafor, cover=cast.ruiz)
    make(MOVES["agree"], placement, cast.okafor, agreed_at=now())
    begins = placement.starts_on
    assert [(one.position, one.title, one.due_on) for one in milestones_of(placement)] == [
        (1, "A first sketch", begins + 6 * DAY), (2, "Real prices", begins + 13 * DAY), (3, "Some day", None),
    ]  # fmt: skip


def test_a_no_makes_none(app, cast):
    placement = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    make(MOVES["not_agree"], placement, cast.okafor, "Too many hours.", ended_at=now())
    assert titles(placement) == []


def test_a_small_project_has_the_hand_in_and_it_follows_the_work(app, cast, client):
    placement = made(cast, "active", hours=6)
    (one,) = milestones_of(placement)
    assert (one.title, one.due_on) == ("Hand in the work", placement.due_on)
    make(MOVES["deliver"], placement, cast.maya)
    assert milestones_of(placement)[0].done_at
    make(MOVES["send_back"], placement, cast.dana, "The title is missing.")
    assert milestones_of(placement)[0].done_at is None
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert text_of(by_id(maya.page, "plan")).count("Hand in the work") == 1
    assert maya.post(f"/placements/{placement.id}/milestones/{one.id}/done").status_code == 403


@pytest.mark.parametrize("state", ["proposed", "not_agreed"])
def test_there_is_no_plan_before_a_teacher_has_agreed(client, cast, state):
    placement = factories.make_placement(state, factories.make_posting(employer=cast.cedar), cast.maya)
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        assert browser.get(f"/placements/{placement.id}").status_code == 200
        assert by_id(browser.page, "plan") is None and by_id(browser.page, "hours") is None
        assert send(browser, placement, sent(placement)).status_code == 409


# -- changed until the start


@pytest.mark.parametrize("name", ["maya", "dana", "okafor", "ruiz"])
def test_everybody_of_it_changes_titles_days_and_order(client, cast, name):
    placement = made(cast)
    day = placement.starts_on + 2 * DAY
    rows = [("Real prices", day), ("Sketches, three of them", ""), ("", ""), ("A printed page", placement.due_on)]
    assert send(client(getattr(cast, name)), placement, sent(placement, rows)).status_code == 303
    assert [(m.position, m.title, m.due_on) for m in milestones_of(placement)] == [
        (1, "Real prices", day), (2, "Sketches, three of them", None), (3, "A printed page", placement.due_on),
    ]  # fmt: skip
    step = Step.of(placement).where(Step.move == "change_plan").get()
    assert step.person == getattr(cast, name)


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("up-1", ["Real prices", "A first sketch", "Some day"]), ("down-1", ["A first sketch", "Some day", "Real prices"]),
        ("remove-0", ["Real prices", "Some day"]), ("add", ["A first sketch", "Real prices", "Some day", ""]),
        ("up-0", ["A first sketch", "Real prices", "Some day"]), ("down-2", ["A first sketch", "Real prices", "Some day"]),
        ("up-99", ["A first sketch", "Real prices", "Some day"]), ("nonsense", ["A first sketch", "Real prices", "Some day"]),
    ],
)  # fmt: skip
def test_buttons_within_the_form_move_rows_and_save_nothing(client, cast, do, expected):
    placement = made(cast)
    maya = client(cast.maya)
    assert send(maya, placement, sent(placement, do=do)).status_code == 200
    shown = [e for e in maya.page.iter("input") if re.fullmatch(r"milestones-\d-title", e.get("name") or "")]
    assert [e.get("value") for e in shown] == expected
    assert titles(placement) == ["A first sketch", "Real prices", "Some day"]
    details = next(e for e in maya.page.iter("details") if shown[0] in list(e.iter()))
    assert details.get("open") is not None


def test_what_was_typed_is_kept_while_rows_move_and_eight_are_the_most(client, cast):
    placement = made(cast)
    rows = [(f"Part {n}", "no day") for n in range(8)]
    maya = client(cast.maya)
    send(maya, placement, sent(placement, rows, do="add"))
    shown = [e.get("value") for e in maya.page.iter("input") if (e.get("name") or "").startswith("milestones-")]
    assert shown == [part for row in rows for part in row]
    assert not having(maya.page, "value", "add")


@pytest.mark.parametrize(
    ("row", "field", "sentence"),
    [
        (("A sketch", "before"), "due_on", "This is before the project starts"),
        (("A sketch", "after"), "due_on", "This is after the work is handed in"),
        (("A sketch", "2026-13-40"), "due_on", "Give a date as year-month-day"),
        (("A sketch", "soon"), "due_on", "Give a date as year-month-day"),
        (("", "within"), "title", "Say what is shown by then"),
        (("x" * 201, "within"), "title", "Use at most 200 characters"),
    ],
)
def test_bad_input_has_its_sentence_at_its_field_and_is_kept(client, cast, row, field, sentence):
    placement = made(cast)
    days = {"before": placement.starts_on - DAY, "after": placement.due_on + DAY, "within": placement.starts_on}
    title, day = row[0], str(days.get(row[1], row[1]))
    dana = client(cast.dana)
    response = send(dana, placement, sent(placement, [("A first sketch", ""), (title, day)]))
    assert response.status_code == 422
    assert sentence in words(by_id(dana.page, f"milestones-1-{field}-error"))
    assert any(sentence in line for line in errors_of(dana.page))
    assert by_id(dana.page, "milestones-1-due_on").get("value") == day
    assert by_id(dana.page, "milestones-0-title").get("aria-invalid") is None
    assert titles(placement) == ["A first sketch", "Real prices", "Some day"]


def test_a_milestone_is_measured_against_the_hand_in_as_it_is_typed(client, cast):
    placement = made(cast)
    later = placement.due_on + 7 * DAY
    rows = [("A sketch", placement.due_on + DAY)]
    assert send(client(cast.dana), placement, sent(placement, rows, hand_in=str(later))).status_code == 303
    assert fresh(placement).due_on == later
    # a student sets no day to hand in, whatever is sent
    assert send(client(cast.maya), placement, sent(placement, hand_in=str(later + 7 * DAY))).status_code == 303
    assert fresh(placement).due_on == later


def test_another_day_to_hand_in_before_the_start_asks_for_new_signatures(app, cast):
    placement = made(cast)
    Agreement.create(placement=placement)
    stamp = stamp_of(placement, milestones_of(placement))
    plan_actions.save_plan(placement, cast.dana, [Planned("All", None)], placement.due_on, stamp)
    assert Agreement.get().version == 1
    stamp = stamp_of(fresh(placement), milestones_of(placement))
    plan_actions.save_plan(placement, cast.dana, [Planned("All", None)], placement.due_on + DAY, stamp)
    assert Agreement.get().version == 2


def test_who_has_not_seen_the_last_change_does_not_overwrite_it(client, cast):
    placement = made(cast)
    seen = sent(placement)
    assert send(client(cast.dana), placement, sent(placement, [("Dana's", "")])).status_code == 303
    maya = client(cast.maya)
    assert send(maya, placement, seen).status_code == 409
    assert "changed in the meantime" in words(by_id(maya.page, "errors")) and titles(placement) == ["Dana's"]
    assert "Dana's" in text_of(by_id(maya.page, "plan"))
    assert by_id(maya.page, "milestones-0-title").get("value") == "A first sketch"  # what was typed is not lost
    again = sent(placement, [("Both of ours", "")]) | {"stamp": by_id(maya.page, "plan-stamp").get("value")}
    assert send(maya, placement, again).status_code == 303 and titles(placement) == ["Both of ours"]


def test_nobody_else_reaches_a_plan(client, cast):
    placement = made(cast)
    for person in (cast.leo, cast.omar):
        assert send(client(person), placement, sent(placement)).status_code == 404


def test_days_in_finals_are_flagged_beside_them_for_everybody(client, cast):
    placement = made(cast)
    Period.create(
        kind="finals",
        name="Semester finals",
        first_on=placement.starts_on + 6 * DAY,
        last_on=placement.starts_on + 8 * DAY,
    )
    Period.create(kind="testing", first_on=placement.due_on, last_on=placement.due_on)
    Period.create(kind="holiday", first_on=placement.starts_on + 7 * DAY, last_on=placement.starts_on + 8 * DAY)
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        shown = next(by_id(browser.page, "plan").iter("ol"))
        assert [e.get("data-flag") for e in having(shown, "data-flag")] == ["finals", "testing"]
        assert "Finals: Semester finals" in text_of(by_id(browser.page, "plan"))


def test_a_day_is_flagged_while_it_is_being_typed(client, cast):
    placement = made(cast)
    day = placement.starts_on + 3 * DAY
    Period.create(kind="testing", first_on=day, last_on=day)
    maya = client(cast.maya)
    for typed, expected in ((day, ["testing"]), (day + DAY, []), ("soon", [])):
        send(maya, placement, sent(placement, [("A first sketch", typed)], do="add"))
        row = next(e for e in maya.page.iter("fieldset") if by_id(e, "milestones-0-due_on") is not None)
        assert [e.get("data-flag") for e in having(row, "data-flag")] == expected


# -- start


def test_the_start_asks_for_what_is_missing(client, cast):
    placement = made(cast, begins=0)
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert "once everything that has to come before it is done" in text_of(by_id(dana.page, "start"))
    assert not having(dana.page, "data-move", "start")
    assert dana.post(f"/placements/{placement.id}/start").status_code == 422
    said = words(by_id(dana.page, "errors"))
    assert all(str(one) in said for one in before_start.missing(placement))
    assert fresh(placement).state == "agreed"
    ready(placement)
    dana.get(f"/placements/{placement.id}")
    assert "Start the project" in words(having(dana.page, "class", "next-step")[0])
    assert dana.post(f"/placements/{placement.id}/start").status_code == 303
    started = fresh(placement)
    assert started.state == "active" and started.started_at
    assert Step.of(placement).order_by(Step.id.desc()).first().move == "start"


@pytest.mark.parametrize("name", ["dana", "okafor", "ruiz"])
def test_employer_and_staff_start_early_with_a_sentence_about_the_day(client, cast, name):
    placement = ready(made(cast, begins=5))
    browser = client(getattr(cast, name))
    browser.get(f"/placements/{placement.id}")
    assert "It is planned to begin on" in text_of(by_id(browser.page, "start"))
    assert browser.post(f"/placements/{placement.id}/start").status_code == 303
    assert fresh(placement).state == "active"


def test_a_student_starts_nothing(client, cast):
    placement = ready(made(cast, begins=0))
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert not having(maya.page, "data-move", "start") and "Work begins when" in text_of(by_id(maya.page, "start"))
    assert maya.post(f"/placements/{placement.id}/start").status_code == 403


def test_after_the_day_to_hand_in_the_start_is_refused_until_there_is_a_later_one(client, cast):
    placement = ready(made(cast, begins=5))
    Placement.update(starts_on=today() - 20 * DAY, due_on=today() - DAY).where(Placement.id == placement.id).execute()
    placement = fresh(placement)
    dana = client(cast.dana)
    assert dana.post(f"/placements/{placement.id}/start").status_code == 422
    assert "The day to hand in has passed" in words(by_id(dana.page, "errors"))
    rows = [(one.title, "") for one in milestones_of(placement)]
    assert send(dana, placement, sent(placement, rows, hand_in=str(today() + 9 * DAY))).status_code == 303
    ready(fresh(placement))  # another day is another version of the agreement
    assert dana.post(f"/placements/{placement.id}/start").status_code == 303


def test_starting_twice_is_said_in_words(client, cast):
    placement = ready(made(cast, begins=0))
    client(cast.okafor).post(f"/placements/{placement.id}/start")
    dana = client(cast.dana)
    assert dana.post(f"/placements/{placement.id}/start").status_code == 409
    assert "Sam Okafor was first: this is now “Under way”" in words(by_id(dana.page, "errors"))
    with pytest.raises(TooLate):
        plan_actions.start(placement, cast.dana)


def test_on_hold_nothing_of_it_can_be_changed(client, cast):
    placement = made(cast, begins=0, held_at=now())
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert not list(by_id(browser.page, "plan").iter("form"))
        assert send(browser, placement, sent(placement)).status_code == 409
        assert "on hold" in words(by_id(browser.page, "errors"))
    with pytest.raises(TooLate):
        plan_actions.start(placement, cast.dana)


# -- while it runs


def test_a_student_ticks_off_and_undoes_it_until_it_is_accepted(client, cast):
    placement = made(cast, "active", begins=-3)
    one = milestones_of(placement)[0]
    at = f"/placements/{placement.id}/milestones/{one.id}"
    maya, dana = client(cast.maya), client(cast.dana)
    for what in ("done", "undone", "done"):
        assert maya.post(f"{at}/{what}").status_code == 303
    dana.get(f"/placements/{placement.id}")
    assert "Look at what is done" in words(having(dana.page, "class", "next-step")[0])
    assert "1 of 3 done" in text_of(by_id(dana.page, "plan"))
    assert dana.post(f"{at}/accepted").status_code == 303
    assert maya.post(f"{at}/undone").status_code == 409
    assert dana.post(f"{at}/accepted").status_code == 409
    maya.get(f"/placements/{placement.id}")
    assert "1 accepted" in text_of(by_id(maya.page, "plan"))
    history = text_of(by_id(maya.page, "history"))
    assert "ticked “A first sketch” off as done" in history and "accepted “A first sketch”" in history


def test_only_the_employer_accepts_and_only_the_student_ticks(client, cast):
    placement = made(cast, "active", begins=-3)
    one = milestones_of(placement)[0]
    at = f"/placements/{placement.id}/milestones/{one.id}"
    assert client(cast.dana).post(f"{at}/done").status_code == 403
    assert client(cast.maya).post(f"{at}/accepted").status_code == 403
    assert client(cast.dana).post(f"{at}/accepted").status_code == 409  # not done yet
    assert client(cast.leo).post(f"{at}/done").status_code == 404
    other = made(cast, "active", begins=-3)
    wrong = f"/placements/{placement.id}/milestones/{milestones_of(other)[0].id}/done"
    assert client(cast.maya).post(wrong).status_code == 404


def test_after_the_start_days_alone_are_moved_by_employer_and_staff_and_remembered(client, cast):
    placement = made(cast, "active", begins=-3)
    first, second, third = milestones_of(placement)
    PlacementMilestone.update(done_at=now(), accepted_at=now()).where(PlacementMilestone.id == first.id).execute()
    open_ = [second, third]

    def days(*values, **more):
        data = {"stamp": stamp_of(fresh(placement), milestones_of(placement)), "hand_in": str(fresh(placement).due_on)}
        return data | {f"milestones-{n}-due_on": str(value) for n, value in enumerate(values)} | more

    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert [words(e) for e in by_id(dana.page, "plan").iter("legend")] == [one.title for one in open_]
    later = second.due_on + 3 * DAY
    assert send(dana, placement, days(later, ""), "dates").status_code == 303
    assert [one.due_on for one in milestones_of(placement)] == [first.due_on, later, None]
    assert titles(placement) == [first.title, second.title, third.title]
    step = Step.of(placement).where(Step.move == "move_dates").get()
    assert step.facts["titles"] == ["Real prices"]
    okafor = client(cast.okafor)
    hand_in = placement.due_on + 7 * DAY
    assert send(okafor, placement, days(hand_in, "", hand_in=str(hand_in)), "dates").status_code == 303
    assert fresh(placement).due_on == hand_in
    dana.get(f"/placements/{placement.id}")
    assert "moved days of the plan: Real prices" in text_of(by_id(dana.page, "history"))
    assert "set another day to hand in" in text_of(by_id(dana.page, "history"))
    assert send(dana, placement, days(placement.starts_on - DAY, ""), "dates").status_code == 422
    assert "before the project starts" in words(by_id(dana.page, "milestones-0-due_on-error"))
    assert send(dana, placement, days("", "", hand_in=str(today() - DAY)), "dates").status_code == 422
    assert "This day has passed" in words(by_id(dana.page, "hand_in-error"))
    assert client(cast.maya).post(f"/placements/{placement.id}/dates", data=days("", "")).status_code == 403
    assert send(client(cast.maya), placement, sent(placement)).status_code == 409  # titles are fixed by now


@pytest.mark.parametrize("name", ["okafor", "dana"])
def test_before_the_start_the_form_for_days_alone_is_answered_with_the_plan_as_it_stands(client, cast, name):
    placement = made(cast)
    for rows in ((("", "no day"),), None):
        answer = send(client(getattr(cast, name)), placement, sent(placement, rows), "dates")
        assert answer.status_code == 409
    assert titles(placement) == [one["title"] for one in THREE]


def test_moving_nothing_leaves_no_trace(app, cast):
    placement = made(cast, "active", begins=-3)
    rows = milestones_of(placement)
    plan_actions.move_dates(
        placement, cast.dana, {one.id: one.due_on for one in rows}, placement.due_on, stamp_of(placement, rows)
    )
    assert not Step.of(placement).where(Step.move.in_(["move_dates", "move_hand_in"])).exists()


def test_the_day_of_a_small_project_is_that_of_its_hand_in(client, cast):
    placement = made(cast, "active", hours=6, begins=-3)
    day = placement.due_on + 2 * DAY
    data = {"stamp": stamp_of(placement, milestones_of(placement)), "hand_in": str(day)}
    assert send(client(cast.dana), placement, data, "dates").status_code == 303
    assert milestones_of(placement)[0].due_on == fresh(placement).due_on == day


def test_a_milestone_that_is_near_is_the_students_next_step(client, cast):
    placement = made(cast, "active", begins=-5)  # the first is due tomorrow
    maya = client(cast.maya)
    maya.get(f"/placements/{placement.id}")
    assert "A first sketch" in words(having(maya.page, "class", "next-step")[0])


def test_htmx_gets_the_page_as_it_stands_now(client, cast):
    placement = made(cast, "active", begins=-3)
    one = milestones_of(placement)[0]
    maya = client(cast.maya)
    response = maya.post(f"/placements/{placement.id}/milestones/{one.id}/done", headers={"HX-Request": "true"})
    assert response.status_code == 200 and "<html" not in response.text and 'id="placement"' in response.text
    assert "“A first sketch” is done" in response.text


def test_refusals_have_no_side_effects(app, cast):
    placement = made(cast, begins=0)
    before = Step.select().count()
    with pytest.raises(Refused):
        plan_actions.start(placement, cast.dana)
    assert Step.select().count() == before and fresh(placement).started_at is None


def test_a_hand_in_more_than_a_year_after_the_start_is_a_slip(client, cast):
    placement = made(cast)
    browser = client(cast.dana)
    assert send(browser, placement, sent(placement, hand_in="2099-12-31")).status_code == 422
    assert "Look at the year" in words(by_id(browser.page, "errors"))
    assert fresh(placement).due_on == placement.due_on


def test_another_day_to_hand_in_before_the_start_is_said_to_be_another_agreement(app, cast):
    placement = made(cast)
    Agreement.create(placement=placement)
    stamp = stamp_of(placement, milestones_of(placement))
    plan_actions.move_dates(placement, cast.dana, {}, placement.due_on + DAY, stamp)
    step = Step.of(placement).where(Step.move == "change_agreement").get()
    assert step.facts == {"version": 2, "changed": ["due_on"]} and Agreement.get().version == 2


def test_a_page_from_before_the_start_moves_days_and_asks_for_no_signatures(app, cast):
    seen = made(cast, begins=0)
    ready(seen)
    seen = fresh(seen)
    version = Agreement.get().version
    plan_actions.start(fresh(seen), cast.dana)
    plan_actions.move_dates(seen, cast.dana, {}, seen.due_on + DAY, stamp_of(seen, milestones_of(seen)))
    assert Agreement.get().version == version and fresh(seen).state == "active"
