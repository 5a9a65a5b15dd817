"""Ending early by any side and without blame; on hold and off it; when somebody is gone."""

from itertools import product

import pytest

from board.db import database, now
from board.employers import actions as employers
from board.home.lines import lines
from board.moves import NotAllowed, Refused, Step, TooLate
from board.notices import Notice, deliver
from board.people import accounts
from board.people.model import Person
from board.placements import hold_actions, hours_actions, payment_actions
from board.placements.ending_actions import end_early
from board.placements.hold_actions import hold, keep_going, lift
from board.placements.model import ENDED, EndReason, HoursEntry, Payment, Placement, State
from board.placements.rules import MOVES, may_hold, may_lift
from board.school.model import today
from tests import factories
from tests.inspector import by_id, having, text_of, words

SECRET = "They shouted at me on Tuesday."


@pytest.fixture
def make(cast):
    def make(state="active", **more) -> Placement:
        posting = factories.make_posting("open", cast.cedar, title="Price list")
        return factories.make_placement(state, posting, cast.maya, **more)

    return make


# -- ending early


def test_who_ends_what_early(cast, make):
    """The table: each side and the school, before the work is handed in; also on hold."""
    made = make()
    for who, state, held in product(("maya", "dana", "okafor", "ruiz", "leo", "omar"), State, (True, False)):
        with database.atomic() as kept:
            ended = now() if state in ENDED else None
            Placement.update(state=str(state), held_at=now() if held else None, ended_at=ended).execute()
            stands, person = Placement.get_by_id(made.id), getattr(cast, who)
            may = who not in ("leo", "omar") and state in (State.PROPOSED, State.AGREED, State.ACTIVE)
            assert MOVES["end_early"].allows(person, stands) == may, (who, state, held)
            if may:
                end_early(stands, person, EndReason.PLANS)
                row = Placement.get_by_id(made.id)
                assert (row.state, row.end_reason, row.ended_at is not None) == ("ended_early", "plans", True)
            else:
                with pytest.raises((NotAllowed, TooLate)):
                    end_early(stands, person, EndReason.PLANS)
                assert Placement.get_by_id(made.id).state == state
            kept.rollback()


def test_one_reason_and_no_words_are_enough(client, cast, make):
    made = make()
    maya = client(cast.maya)
    maya.get(f"/placements/{made.id}/end")
    assert "You need not write anything." in text_of(maya.page)
    answer = maya.post(f"/placements/{made.id}/end", data={"reason": "fit"})
    assert answer.location == f"/placements/{made.id}#ending"
    assert Placement.get().end_reason == "fit"


def test_without_a_reason_it_goes_on_and_the_words_are_kept(client, cast, make):
    made = make()
    for data in ({"words": SECRET}, {"words": SECRET, "reason": "their fault"}):
        maya = client(cast.maya)
        assert maya.post(f"/placements/{made.id}/end", data=data).status_code == 422
        assert "Choose what comes nearest" in words(by_id(maya.page, "errors"))
        assert words(by_id(maya.page, "end-words")) == SECRET
    with pytest.raises(Refused):
        end_early(made, cast.maya, "their fault")
    assert Placement.get().state == "active"


@pytest.mark.parametrize(("by", "other"), [("maya", "dana"), ("dana", "maya"), ("okafor", "maya"), ("okafor", "dana")])
def test_the_record_blames_nobody_and_the_words_are_for_the_school(client, cast, make, by, other):
    made = make()
    end_early(made, getattr(cast, by), EndReason.PLANS, SECRET)
    deliver()
    person = getattr(cast, other)
    browser = client(person)
    browser.get(f"/placements/{made.id}")
    assert SECRET not in text_of(browser.page)
    (line,) = [words(e) for e in by_id(browser.page, "history").iter("li") if "ended early" in words(e)]
    assert line.endswith("ended early: plans changed")
    assert getattr(cast, by).first_name not in line and "Cedar" not in line and "school" not in line
    browser.get("/notices")
    assert SECRET not in text_of(browser.page) and "“Price list” ended early" in text_of(browser.page)
    for staff in (cast.okafor, cast.ruiz):
        reader = client(staff)
        reader.get(f"/placements/{made.id}")
        assert SECRET in words(by_id(reader.page, "history"))


def test_everybody_in_it_is_told(cast, make):
    end_early(make(), cast.dana, EndReason.TIME)
    deliver()
    step = Step.get(Step.move == "end_early")
    told = {notice.person.name for notice in Notice.select().where(Notice.step == step)}
    assert told == {"Maya Rivera", "Sam Okafor", "Elena Ruiz"}  # lead and cover
    for notice in Notice.select().where(Notice.step == step):
        (line,) = lines([notice], notice.person)
        assert "time" not in line.words % line.values


def test_what_it_means_is_said_before(client, cast, make):
    running, agreed = make("active"), make("agreed")
    for person, made, said in (
        (cast.maya, running, "what they are worth is owed to you"), (cast.dana, running, "write down what you owe"),
        (cast.okafor, running, "Both sides can still say how it was."), (cast.maya, agreed, "Nothing has been worked yet"),
        (cast.dana, agreed, "copy the posting"),
    ):  # fmt: skip
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert [e for e in browser.page.iter("a") if e.get("href") == f"/placements/{made.id}/end"]
        browser.get(f"/placements/{made.id}/end")
        assert said in text_of(browser.page)


def test_too_late_is_said_in_words(client, cast, make):
    made = make("delivered")
    maya = client(cast.maya)
    assert maya.get(f"/placements/{made.id}/end").status_code == 303
    assert maya.post(f"/placements/{made.id}/end", data={"reason": "fit"}).status_code == 409
    assert "can't be ended early" in words(by_id(maya.page, "errors"))
    stale = make("active")
    Placement.update(state="delivered").where(Placement.id == stale.id).execute()
    with pytest.raises(TooLate):
        end_early(stale, cast.maya, EndReason.FIT)


def test_a_stranger_ends_nothing(client, cast, make):
    made = make()
    for person in (cast.leo, cast.omar):
        browser = client(person)
        assert browser.get(f"/placements/{made.id}/end").status_code == 404
        assert browser.post(f"/placements/{made.id}/end", data={"reason": "fit"}).status_code == 404


def test_what_is_left_to_settle_is_listed(client, cast, make):
    made = make()
    HoursEntry.create(placement=made, worked_on=today(), minutes=90, did="Drew.")
    end_early(made, cast.maya, EndReason.TIME)
    maya = client(cast.maya)
    maya.get(f"/placements/{made.id}")
    left = words(by_id(maya.page, "ending"))
    assert "One entry of hours waits to be confirmed." in left and "is not written down yet" in left
    assert "Feedback from the student: not given yet." in left and "of the employer" not in left
    HoursEntry.update(state="confirmed", confirmed_at=now()).execute()
    Payment.create(placement=made, cents=4500, why="For the sketch.")
    dana = client(cast.dana)
    dana.get(f"/placements/{made.id}")
    left = words(by_id(dana.page, "ending"))
    assert "Hours confirmed: 1 h 30 min." in left and "Owed for what was done: $45." in left
    assert [e for e in dana.page.iter("a") if e.get("href") == f"/placements/{made.id}/feedback"]


def test_until_somebody_says_so_nothing_is_settled_though_nobody_logged_hours(client, cast, make):
    made = make()
    payment_actions.take_terms(made)
    end_early(made, cast.maya, EndReason.TIME)
    dana = client(cast.dana)
    dana.get(f"/placements/{made.id}")
    left = words(by_id(dana.page, "ending"))
    assert "is not written down yet" in left and "Nothing is owed" not in left
    payment_actions.settle(made, cast.dana, 0, "Nothing was begun.")
    dana.get(f"/placements/{made.id}")
    assert "Nothing is owed." in words(by_id(dana.page, "ending"))


def test_hours_that_wait_can_be_confirmed_after_it_ended_early_and_nothing_else(client, cast, make):
    made = make()
    entry = HoursEntry.create(placement=made, worked_on=today(), minutes=90, did="Drew.")
    end_early(made, cast.maya, EndReason.TIME)
    with pytest.raises(TooLate):
        hours_actions.query(entry, made, cast.dana, "When?")
    with pytest.raises(TooLate):
        hours_actions.remove(entry, made, cast.maya)
    dana = client(cast.dana)
    dana.get(f"/placements/{made.id}")
    assert "Confirm the hours" in text_of(dana.page)
    data = {"entry": f"{entry.id}-{hours_actions.stamp_of(entry)}"}
    assert dana.post(f"/placements/{made.id}/hours/confirm", data=data).status_code == 303
    assert HoursEntry.get().state == "confirmed"


def test_before_the_start_nothing_is_left(client, cast, make):
    made = make("agreed")
    end_early(made, cast.dana, EndReason.PLANS)
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert "there is nothing left to settle" in words(by_id(browser.page, "ending"))
        assert by_id(browser.page, "feedback") is None


def test_a_break_within_the_end_leaves_it_going(cast, make, monkeypatch):
    made = make()
    monkeypatch.setattr("board.moves.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        end_early(made, cast.maya, EndReason.FIT)
    assert (Placement.get().state, Placement.get().end_reason) == ("active", None)


# -- hold


def test_who_holds_and_who_lifts(cast, make):
    made = make()
    for state, held in product(State, (True, False)):
        made.state, made.held_at = str(state), now() if held else None
        goes_on = state in (State.PROPOSED, State.AGREED, State.ACTIVE, State.DELIVERED)
        for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
            assert may_hold(person, made) == (person.is_teacher and goes_on and not held), (state, held, person.name)
            assert may_lift(person, made) == (person is cast.ruiz and held), (state, held, person.name)


def test_on_hold_every_move_but_ending_is_refused(cast, make):
    made = make()
    for state in State:
        made.state, made.held_at = str(state), now()
        for move in MOVES.values():
            for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
                assert not move.allows(person, made) or move.name == "end_early"


def test_a_hold_says_a_sentence_to_all_and_why_to_the_school_alone(client, cast, make):
    made = make()
    okafor = client(cast.okafor)
    assert okafor.post(f"/placements/{made.id}/hold", data={"hold-words": " "}).status_code == 422
    assert okafor.post(f"/placements/{made.id}/hold", data={"hold-words": SECRET}).status_code == 303
    assert okafor.post(f"/placements/{made.id}/hold", data={"hold-words": SECRET}).status_code == 409
    deliver()
    for person in (cast.maya, cast.dana):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert "The school has paused it for now." in words(by_id(browser.page, "holding"))
        assert SECRET not in text_of(browser.page)
        assert {e.get("data-move") for e in having(browser.page, "data-move")} == set()
        browser.get("/notices")
        assert "paused" in text_of(browser.page) and SECRET not in text_of(browser.page)
    okafor.get(f"/placements/{made.id}")
    assert SECRET in words(by_id(okafor.page, "holding")) and not having(okafor.page, "data-move", "lift")
    assert okafor.post(f"/placements/{made.id}/lift").status_code == 403
    ruiz = client(cast.ruiz)
    ruiz.get(f"/placements/{made.id}")
    assert "Look into it, and lift the hold" in words(by_id(ruiz.page, "next"))
    assert ruiz.post(f"/placements/{made.id}/lift", data={"lift-words": "We talked."}).status_code == 303
    assert ruiz.post(f"/placements/{made.id}/lift").status_code == 409
    assert Placement.get().held_at is None
    maya = client(cast.maya)
    maya.get(f"/placements/{made.id}")
    assert "lifted the hold" in words(by_id(maya.page, "history")) and "We talked." not in text_of(maya.page)


def test_held_work_can_still_be_ended_by_the_student(client, cast, make):
    made = make(held_at=now())
    maya = client(cast.maya)
    maya.get(f"/placements/{made.id}/end")
    assert maya.post(f"/placements/{made.id}/end", data={"reason": "fit"}).status_code == 303
    assert Placement.get().state == "ended_early"


def test_the_actions_ask_for_themselves(cast, make):
    made = make()
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            hold(made, person, "Because.")
        with pytest.raises(NotAllowed):
            lift(made, person)
        with pytest.raises(NotAllowed):
            keep_going(made, person, "Because.")
    with pytest.raises(NotAllowed):
        lift(made, cast.okafor)
    with pytest.raises(Refused):
        hold(made, cast.okafor, "  ")


# -- somebody is gone


def gone(cast, who: str) -> None:
    if who == "student":
        accounts.end_account(cast.maya, cast.ruiz)
    else:
        employers.move("suspend", cast.cedar, cast.ruiz, "Until we have talked.")


@pytest.mark.parametrize("who", ["student", "employer"])
def test_what_is_unfinished_needs_a_decision_when_somebody_is_gone(client, cast, make, who):
    made, done = make(), make("completed")
    gone(cast, who)
    move = {"student": "student_left", "employer": "employer_suspended"}[who]
    assert [step.move for step in Step.of(made)][-1] == move
    assert move not in [step.move for step in Step.of(done)]
    if who == "employer":  # that puts it on hold as well; see tests/employers/test_suspension.py
        lift(Placement.get_by_id(made.id), cast.ruiz)
    deliver()
    step = Step.get(Step.move == move)
    assert {n.person.name for n in Notice.select().where(Notice.step == step)} == {"Sam Okafor", "Elena Ruiz"}
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{made.id}")
    assert "Decide how this goes on" in words(by_id(okafor.page, "next"))
    assert okafor.post(f"/placements/{made.id}/keep", data={"keep-words": ""}).status_code == 422
    assert okafor.post(f"/placements/{made.id}/keep", data={"keep-words": SECRET}).status_code == 303
    okafor.get(f"/placements/{made.id}")
    assert by_id(okafor.page, "holding") is None and SECRET in words(by_id(okafor.page, "history"))
    assert okafor.post(f"/placements/{made.id}/keep", data={"keep-words": SECRET}).status_code == 409
    if who == "employer":
        maya = client(cast.maya)
        maya.get(f"/placements/{made.id}")
        assert SECRET not in text_of(maya.page) and by_id(maya.page, "holding") is None


def test_a_second_time_it_is_asked_again(cast, make, client):
    made = make()
    gone(cast, "employer")
    keep_going(Placement.get_by_id(made.id), cast.okafor, "We have a new contact.")
    employers.move("verify", cast.cedar, cast.ruiz, "We know them.")
    gone(cast, "employer")
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{made.id}")
    assert by_id(okafor.page, "holding") is not None


def test_closing_an_account_and_what_follows_are_one(cast, make, monkeypatch):
    make()
    monkeypatch.setattr(hold_actions, "note", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        accounts.end_account(cast.maya, cast.ruiz)
    assert Person.get_by_id(cast.maya.id).ended_at is None
