"""A teacher signs off: what is there, what is missing, who is reminded; one sign-off and no second."""

import threading
from datetime import date, timedelta

import pytest

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate
from board.placements import completing_actions
from board.placements.completing_actions import NotReady, nudge, sign_off
from board.placements.completing_rules import Ready, problem
from board.placements.model import Delivery, HoursEntry, Party, Payment, Placement
from board.school.model import today
from tests import factories
from tests.inspector import by_id, having, text_of, words

DAY = date(2026, 3, 20)
LATELY, LONG_AGO = date(2026, 3, 10), date(2026, 3, 6)  # ten days and two weeks before
WHY = "I have seen it hang in the shop."


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("handed_in", [None, LATELY, LONG_AGO])
@pytest.mark.parametrize("waiting", [0, 2])
@pytest.mark.parametrize("ticks", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("said", ["", " ", WHY])
def test_when_a_teacher_may_sign_off(accepted, handed_in, waiting, ticks, said):
    """The table: the work accepted or its employer silent, the hours confirmed, or a tick and words for each."""
    without_answer, without_hours = ticks
    found = problem(Ready(accepted, handed_in, waiting), DAY, without_answer, without_hours, said)
    silent = handed_in == LONG_AGO
    needs = []
    if not accepted:
        needs += [silent, without_answer]
    if waiting:
        needs += [without_hours]
    if not accepted or waiting:
        needs += [bool(said.strip())]
    assert (found is None) == all(needs)
    if found:
        expected = (
            "" if not accepted and not silent
            else "without_answer" if not accepted and not without_answer
            else "without_hours" if waiting and not without_hours else "words"
        )  # fmt: skip
        assert found[0] == expected


def test_the_fourteenth_day_is_the_first_of_silence():
    assert not Ready(False, DAY - timedelta(days=13), 0).is_silent(DAY)
    assert Ready(False, DAY - timedelta(days=14), 0).is_silent(DAY)
    assert not Ready(True, DAY - timedelta(days=40), 0).is_silent(DAY)
    assert not Ready(False, None, 0).is_silent(DAY)


@pytest.fixture
def placement(cast) -> Placement:
    made = factories.make_placement(
        "delivered", factories.make_posting("open", cast.cedar, title="Price list"), cast.maya
    )
    Delivery.create(placement=made, number=1, accepted=False, answer="Larger.", answered_at=now())
    return made


def hand_in(placement: Placement, accepted: bool | None = True, days: int = 0) -> Delivery:
    at = now() - timedelta(days=days)
    return Delivery.create(
        placement=placement, number=2, delivered_at=at, accepted=accepted, answered_at=at if accepted else None
    )


def log(placement: Placement, state: str = "logged", minutes: int = 90) -> HoursEntry:
    confirmed = now() if state == "confirmed" else None
    return HoursEntry.create(
        placement=placement, worked_on=today(), minutes=minutes, did="Drew.", state=state, confirmed_at=confirmed
    )


def test_a_sign_off_completes_it_and_keeps_the_day(cast, placement):
    hand_in(placement)
    log(placement, "confirmed")
    step = sign_off(placement, cast.okafor, words="Not asked for.")
    row = Placement.get_by_id(placement.id)
    assert row.state == "completed" and row.ended_at is not None
    assert (step.move, step.reason, step.facts) == ("complete", "", {})


@pytest.mark.parametrize("state", ["logged", "queried"])
def test_hours_that_wait_are_left_out_only_with_words(cast, placement, state):
    hand_in(placement)
    log(placement, state)
    for ticked, said, field in ((False, WHY, "without_hours"), (True, "", "words")):
        with pytest.raises(NotReady) as missing:
            sign_off(placement, cast.okafor, without_hours=ticked, words=said)
        assert missing.value.field == field
    step = sign_off(placement, cast.okafor, without_hours=True, words=WHY)
    assert (step.reason, step.facts) == (WHY, {"without": ["hours"]})
    assert HoursEntry.get().state == state


def test_the_last_hand_in_counts_not_one_before(cast, placement):
    Delivery.update(accepted=True).execute()
    hand_in(placement, accepted=None)
    with pytest.raises(NotReady):
        sign_off(placement, cast.okafor, True, True, WHY)


def test_a_silent_employer_is_not_waited_for(cast, placement):
    hand_in(placement, accepted=None, days=15)
    with pytest.raises(NotReady) as missing:
        sign_off(placement, cast.okafor, words=WHY)
    assert missing.value.field == "without_answer"
    step = sign_off(placement, cast.okafor, without_answer=True, words=WHY)
    assert (step.reason, step.facts) == (WHY, {"without": ["answer"]})


@pytest.mark.parametrize("state", ["proposed", "agreed", "not_agreed", "active", "completed", "ended_early"])
def test_nothing_else_is_signed_off(cast, state):
    made = factories.make_placement(state, factories.make_posting("open", cast.cedar), cast.maya)
    hand_in(made)
    with pytest.raises(TooLate):
        sign_off(made, cast.okafor)
    assert Placement.get_by_id(made.id).state == state


def test_only_the_school_signs_off_and_nobody_on_hold(cast, placement):
    hand_in(placement)
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            sign_off(placement, person)
    Placement.update(held_at=now()).where(Placement.id == placement.id).execute()
    with pytest.raises(Refused):  # also with a page that was opened before
        sign_off(placement, cast.okafor)
    assert Placement.get_by_id(placement.id).state == "delivered"


def test_two_teachers_at_once_sign_off_once(cast, placement):
    hand_in(placement)
    start, results = threading.Barrier(2), []

    def go(person):
        with database.connection_context():
            mine = Placement.get_by_id(placement.id)
            start.wait()
            try:
                sign_off(mine, person)
                results.append("done")
            except TooLate as late:
                results.append(str(late))

    threads = [threading.Thread(target=go, args=(person,)) for person in (cast.okafor, cast.ruiz)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("done") == 1
    assert any("was first" in words and "Completed" in words for words in results)
    assert [step.move for step in Step.of(placement)].count("complete") == 1


def test_a_break_within_the_sign_off_leaves_it_unsigned(cast, placement, monkeypatch):
    hand_in(placement)
    monkeypatch.setattr("board.moves.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign_off(placement, cast.okafor)
    row = Placement.get_by_id(placement.id)
    assert (row.state, row.ended_at) == ("delivered", None)


# -- reminding


def test_who_is_waited_for_is_reminded_once_a_day(cast, placement):
    nudge(placement, cast.okafor, Party.EMPLOYER)
    nudge(placement, cast.okafor, Party.STUDENT)
    with pytest.raises(Refused):
        nudge(placement, cast.ruiz, Party.EMPLOYER)
    Step.update(at=now() - timedelta(days=2)).where(Step.move == "nudge").execute()
    nudge(placement, cast.ruiz, Party.EMPLOYER)
    for person, side in ((cast.dana, Party.STUDENT), (cast.okafor, Party.TEACHER), (cast.okafor, Party.GUARDIAN)):
        with pytest.raises(NotAllowed):
            nudge(placement, person, side)


# -- the page


def list_of(page) -> dict[str, str]:
    """Sentences of the list and their level."""
    return {words(e): e.get("data-level") for e in by_id(page, "completing").iter("li")}


def test_the_list_says_what_is_missing_and_who_can_settle_it(client, cast, placement):
    hand_in(placement, accepted=None, days=3)
    log(placement, "confirmed", 150)
    log(placement, "queried")
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    found = list_of(okafor.page)
    assert list(found.values()) == ["passed", "blocks", "blocks", "look", "look", "look"]
    text = " | ".join(found)
    for said in (
        "Cedar Print has not accepted it yet.", "Waits for 3 days.", "Maya Rivera is asked about one entry of hours.",
        "2 h 30 min confirmed, of 10 h estimated.", "$200 not paid yet", "Cedar Print has not given feedback.",
        "Remind Cedar Print", "Remind Maya Rivera",
    ):  # fmt: skip
        assert said in text
    assert "dana" in words(by_id(okafor.page, "completing"))
    assert not having(okafor.page, "data-move", "complete")  # not yet, and it says when
    assert "You can sign off once the work is accepted." in text_of(okafor.page)


def test_with_everything_there_the_next_step_is_to_sign_off(client, cast, placement):
    hand_in(placement)
    log(placement, "confirmed")
    Payment.create(placement=placement, cents=20000, paid_on=today(), received_on=today())
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    assert "Sign it off" in words(by_id(okafor.page, "next"))
    assert okafor.post(f"/placements/{placement.id}/complete").status_code == 303
    assert Placement.get_by_id(placement.id).state == "completed"
    okafor.get(f"/placements/{placement.id}")
    assert "Still missing" in text_of(okafor.page) and set(list_of(okafor.page).values()) == {"look"}
    assert okafor.post(f"/placements/{placement.id}/complete").status_code == 409
    assert "Sam Okafor was first" in text_of(okafor.page)


def test_a_silent_employer_is_said_and_the_reason_is_read_by_both(client, cast, placement):
    hand_in(placement, accepted=None, days=14)
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    assert words(by_id(okafor.page, "next")) == "The employer is silent"
    typed = {"without_answer": "y", "words": ""}
    assert okafor.post(f"/placements/{placement.id}/complete", data=typed).status_code == 422
    assert "Say in a sentence why" in words(by_id(okafor.page, "errors"))
    assert by_id(okafor.page, "without-answer").get("checked") is not None
    assert okafor.post(f"/placements/{placement.id}/complete", data=typed | {"words": WHY}).status_code == 303
    for person in (cast.maya, cast.dana):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert WHY in words(by_id(browser.page, "history"))


def test_what_nobody_may_do_yet_is_said_in_words(client, cast, placement):
    hand_in(placement, accepted=None, days=2)
    okafor = client(cast.okafor)
    assert okafor.post(f"/placements/{placement.id}/complete", data={"words": WHY}).status_code == 422
    assert "you can sign off without their answer" in words(by_id(okafor.page, "errors"))


def test_the_list_is_for_the_school_alone(client, cast, placement):
    hand_in(placement)
    for person in (cast.maya, cast.dana):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert by_id(browser.page, "completing") is None and not having(browser.page, "data-move", "complete")
        assert browser.post(f"/placements/{placement.id}/complete").status_code == 403
        assert browser.post(f"/placements/{placement.id}/nudge/student").status_code == 403


def test_a_reminder_from_the_list(client, cast, placement):
    hand_in(placement, accepted=None)
    okafor = client(cast.okafor)
    assert okafor.post(f"/placements/{placement.id}/nudge/employer").status_code == 303
    assert okafor.post(f"/placements/{placement.id}/nudge/employer").status_code == 409
    assert "They have been reminded today" in text_of(okafor.page)
    assert okafor.post(f"/placements/{placement.id}/nudge/teacher").status_code == 404
    assert completing_actions.Step.select().where(Step.move == "nudge").count() == 1


def test_with_htmx_the_page_is_redrawn_in_place(client, cast, placement):
    hand_in(placement)
    log(placement, "logged")
    okafor, here = client(cast.okafor), {"HX-Request": "true"}
    address = f"/placements/{placement.id}/complete"
    answer = okafor.post(address, headers=here)
    assert answer.status_code == 422 and "<html" not in answer.text and 'id="errors"' in answer.text
    answer = okafor.post(address, headers=here, data={"without_hours": "y", "words": WHY})
    assert answer.status_code == 200 and "<html" not in answer.text
    assert 'id="placement"' in answer.text and "Signed off." in answer.text and 'data-state="completed"' in answer.text
