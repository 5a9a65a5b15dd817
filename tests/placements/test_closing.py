"""A small project is closed on one page: everything or nothing, and only what was read."""

import threading
from datetime import timedelta
from itertools import product

import pytest

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate
from board.placements import closing_actions, feedback_actions, handing_actions, hours_actions, payment_actions
from board.placements.closing_actions import Closing, close
from board.placements.completing_actions import sign_off
from board.placements.ending_actions import end_early
from board.placements.feedback_actions import give_employer
from board.placements.model import (
    ENDED,
    Attachment,
    Delivery,
    EmployerFeedback,
    HoursEntry,
    Payment,
    Placement,
    SkillRating,
    State,
)
from board.school.model import today
from tests import factories
from tests.inspector import by_id, having, text_of, words

BRIEF = {"quality": 4, "reliability": 3, "communication": 4}
QUOTE = "Maya set our prices on one page in an afternoon."
FORM = {**{name: str(step) for name, step in BRIEF.items()}, "quote": QUOTE, "hours_right": "y"}
NOTHING = {"deliveries": None, "hours": "logged", "payments": 0, "feedback": 0, "steps": ["propose"]}


@pytest.fixture
def placement(cast) -> Placement:
    """Six hours of Maya's, handed in with the hours logged."""
    posting = factories.make_posting("open", cast.cedar, title="Price list", hours=6)
    made = factories.make_placement("delivered", posting, cast.maya)
    Delivery.create(placement=made, number=1, words="The list, as a PDF.")
    HoursEntry.create(placement=made, worked_on=today(), minutes=330, did="Read the old list and set the new one.")
    return made


def mark(placement: Placement) -> str:
    return Closing.of(placement).mark


def written() -> dict:
    return {
        "deliveries": Delivery.get().accepted, "hours": HoursEntry.get().state, "payments": Payment.select().count(),
        "feedback": EmployerFeedback.select().count() + SkillRating.select().count(),
        "steps": [step.move for step in Step.select().where(Step.noun == "placement").order_by(Step.id)],
    }  # fmt: skip


def test_one_page_does_all_of_it_with_a_step_for_each(cast, placement):
    close(placement, cast.dana, mark(placement), today(), BRIEF, QUOTE)
    assert written() == {
        "deliveries": True, "hours": "confirmed", "payments": 1, "feedback": 1,
        "steps": ["propose", "accept_work", "confirm_hours", "say_paid", "give_feedback"],
    }  # fmt: skip
    delivery, entry, payment, feedback = Delivery.get(), HoursEntry.get(), Payment.get(), EmployerFeedback.get()
    assert delivery.answered_by == entry.confirmed_by == cast.dana
    assert (payment.cents, payment.paid_on, payment.received_on) == (20000, today(), None)
    assert [getattr(feedback, name) for name in ("quality", "reliability", "communication")] == [4, 3, 4]
    assert (feedback.independence, feedback.learning, feedback.quote) == (None, None, QUOTE)
    sign_off(placement, cast.okafor)
    assert Placement.get().state == "completed"


def test_pay_that_has_not_gone_out_is_left_for_later(cast, placement):
    close(placement, cast.dana, mark(placement), None, BRIEF)
    assert written()["payments"] == 0 and "say_paid" not in written()["steps"]
    assert Closing.of(Placement.get()).is_done


def test_a_day_that_has_not_come_is_refused_and_nothing_is_done(client, cast, placement):
    with pytest.raises(Refused):
        close(placement, cast.dana, mark(placement), today() + timedelta(days=1), BRIEF)
    assert written() == NOTHING
    dana = client(cast.dana)
    later = (today() + timedelta(days=1)).isoformat()
    for typed in (later, "the day before yesterday"):
        answer = dana.post(f"/placements/{placement.id}/close", data=FORM | {"paid_on": typed, "seen": mark(placement)})
        assert answer.status_code == 422
        assert "Paid on" in words(by_id(dana.page, "errors"))
    assert written() == NOTHING


def test_what_is_done_already_is_not_done_again(cast, placement):
    Delivery.update(accepted=True, answered_at=now()).execute()
    Payment.create(placement=placement, cents=18000, paid_on=today() - timedelta(days=2))
    give_employer(placement, cast.dana, dict.fromkeys(BRIEF, 2), {}, "Good.")
    before = Step.of(placement).count()
    close(placement, cast.dana, mark(placement), today(), {})
    assert [step.move for step in Step.of(placement).offset(before).limit(9)] == ["confirm_hours"]
    assert EmployerFeedback.get().quality == 2 and Payment.get().cents == 18000


def test_a_payment_that_is_written_down_is_marked_as_paid(cast, placement):
    Payment.create(placement=placement, cents=18000)
    close(placement, cast.dana, mark(placement), today(), BRIEF)
    assert (Payment.get().cents, Payment.get().paid_on) == (18000, today())


@pytest.mark.parametrize("change", ["hours", "day", "delivery", "accepted", "feedback"])
def test_only_what_was_read_is_confirmed(client, cast, placement, change):
    """The student may change their hours until they are confirmed, and a colleague may have been first."""
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}/close")
    (seen,) = having(dana.page, "name", "seen")
    {
        "hours": lambda: HoursEntry.update(minutes=900).execute(),
        "day": lambda: HoursEntry.update(worked_on=today() - timedelta(days=3)).execute(),
        "delivery": lambda: Delivery.create(placement=placement, number=2, words="A better one."),
        "accepted": lambda: Delivery.update(accepted=True, answered_at=now()).execute(),
        "feedback": lambda: give_employer(placement, cast.dana, dict.fromkeys(BRIEF, 1), {}),
    }[change]()
    before = written()
    with pytest.raises(TooLate):
        close(placement, cast.dana, seen.get("value"), None, BRIEF)
    assert dana.post(f"/placements/{placement.id}/close", data=FORM | {"seen": seen.get("value")}).status_code == 409
    assert "Look once more" in words(by_id(dana.page, "errors"))
    assert written() == before
    if change == "hours":
        assert "15 h" in text_of(dana.page) and QUOTE in text_of(dana.page)
        assert by_id(dana.page, "hours-right").get("checked") is None
        assert by_id(dana.page, "quality-3").get("checked") is not None


@pytest.mark.parametrize("write", ["accept_work", "confirm_hours", "say_paid", "feedback"])
def test_a_break_between_any_two_writes_leaves_nothing_done(cast, placement, monkeypatch, write):
    """Before and after each of them."""

    def broken(*args, **more):
        raise RuntimeError("the power went")

    seen = mark(placement)
    for module, name in {
        "accept_work": ((handing_actions, "note"), (handing_actions, "accept")),
        "confirm_hours": ((hours_actions, "note"), (hours_actions, "confirm")),
        "say_paid": ((payment_actions, "note"), (payment_actions, "say_paid")),
        "feedback": ((closing_actions, "give_employer"), (feedback_actions, "note")),
    }[write]:
        with monkeypatch.context() as patch:
            patch.setattr(module, name, broken)
            with pytest.raises(RuntimeError):
                close(placement, cast.dana, seen, today(), BRIEF, QUOTE)
        assert written() == NOTHING


def test_who_closes_what(cast, placement):
    """The table: the employer, a small project that is handed in, not on hold; nobody else and nothing else."""
    closed = 0
    for hours, state, held, who in product((6, 10), State, (True, False), ("dana", "omar", "maya", "okafor")):
        with database.atomic() as kept:
            ended = now() if state in ENDED else None
            Placement.update(hours=hours, state=str(state), held_at=now() if held else None, ended_at=ended).execute()
            made = Placement.get()
            if who == "dana" and hours == 6 and state == State.DELIVERED and not held:
                close(made, cast.dana, mark(made), None, BRIEF)
                closed += 1
            else:
                with pytest.raises((NotAllowed, TooLate, Refused)):
                    close(made, getattr(cast, who), mark(made), None, BRIEF)
                assert written() == NOTHING, (hours, state, held, who)
            kept.rollback()
    assert closed == 1


def test_two_colleagues_at_once_close_it_once(cast, placement):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    start, results, seen = threading.Barrier(2), [], mark(placement)

    def go(person):
        with database.connection_context():
            start.wait()
            try:
                close(placement, person, seen, today(), BRIEF, QUOTE)
                results.append("done")
            except TooLate:
                results.append("late")

    threads = [threading.Thread(target=go, args=(person,)) for person in (cast.dana, rosa)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "late"]
    assert written()["steps"] == ["propose", "accept_work", "confirm_hours", "say_paid", "give_feedback"]


# -- the page


def test_the_employer_is_led_to_it_and_reads_what_they_confirm(client, cast, placement):
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}")
    assert words(by_id(dana.page, "next")) == "Close it on one page"
    dana.get(f"/placements/{placement.id}/close")
    text = text_of(dana.page)
    for said in (
        "The list, as a PDF.",
        "5 h 30 min",
        "Read the old list and set the new one.",
        "Agreed: $200.",
        "Maya is done",
    ):
        assert said in text
    assert "Rivera" not in text
    answer = dana.post(f"/placements/{placement.id}/close", data=FORM | {"seen": mark(placement), "paid_on": ""})
    assert answer.location == f"/placements/{placement.id}"
    dana.get(f"/placements/{placement.id}")
    assert by_id(dana.page, "next") is None
    assert "accepted the work" in words(by_id(dana.page, "history"))
    dana.get(f"/placements/{placement.id}/close")  # the pay alone is left
    assert "You have said how it was." in text_of(dana.page) and by_id(dana.page, "paid-on") is not None
    assert (
        dana.post(f"/placements/{placement.id}/close", data={"seen": mark(placement), "paid_on": today()}).status_code
        == 303
    )
    assert Payment.get().paid_on == today()
    assert dana.get(f"/placements/{placement.id}/close").status_code == 303
    okafor = client(cast.okafor)
    okafor.get(f"/placements/{placement.id}")
    assert words(by_id(okafor.page, "next")) == "Sign it off"


def test_what_is_missing_is_listed_and_what_was_typed_is_kept(client, cast, placement):
    dana = client(cast.dana)
    some = {"seen": mark(placement), "reliability": "2", "quote": "Call me on 555-201-0142.", "paid_on": "2026-01-05"}
    assert dana.post(f"/placements/{placement.id}/close", data=some).status_code == 422
    summary = words(by_id(dana.page, "errors"))
    assert summary.count("Choose one of the four.") == 2 and "Tick this if the hours are right" in summary
    assert by_id(dana.page, "reliability-1").get("checked") is not None
    assert by_id(dana.page, "paid-on").get("value") == "2026-01-05" and "555" in words(by_id(dana.page, "quote"))
    assert (
        dana.post(
            f"/placements/{placement.id}/close",
            data=FORM | some | {"quality": "4", "communication": "4", "paid_on": ""},
        ).status_code
        == 422
    )
    assert "Take out" in words(by_id(dana.page, "errors"))
    assert written() == NOTHING


def test_a_project_without_pay_or_hours_is_not_asked_for_them(client, cast, placement):
    Placement.update(pay_cents=None).execute()
    HoursEntry.delete().execute()
    dana = client(cast.dana)
    dana.get(f"/placements/{placement.id}/close")
    assert by_id(dana.page, "paid-on") is None and by_id(dana.page, "hours-right") is None
    assert "No hours were logged." in text_of(dana.page)
    data = {name: value for name, value in FORM.items() if name != "hours_right"} | {"seen": mark(Placement.get())}
    assert dana.post(f"/placements/{placement.id}/close", data=data).status_code == 303


def test_where_there_is_nothing_to_close_it_leads_back(client, cast, placement):
    dana = client(cast.dana)
    Placement.update(hours=12).execute()
    assert dana.get(f"/placements/{placement.id}/close").location == f"/placements/{placement.id}"
    assert dana.post(f"/placements/{placement.id}/close", data=FORM).status_code == 409
    Placement.update(hours=6, state="active").execute()
    end_early(Placement.get(), cast.maya, "fit")
    assert dana.post(f"/placements/{placement.id}/close", data=FORM).status_code == 409
    assert client(cast.omar).get(f"/placements/{placement.id}/close").status_code == 404
    assert written()["feedback"] == 0


def test_what_was_handed_in_opens_from_the_page_that_accepts_it(client, cast, placement):
    delivery, kind = Delivery.get(), "application/pdf"
    file = Attachment.create(
        placement=placement, delivery=delivery, name="list.pdf", stored="a" * 32, kind=kind, size=9
    )
    HoursEntry.update(starts_at="13:00", ends_at="18:30").execute()
    browser = client(cast.dana)
    browser.get(f"/placements/{placement.id}/close")
    links = {text_of(link): link.get("href") for link in browser.page.iter("a")}
    assert links["list.pdf"] == f"/placements/{placement.id}/files/{file.id}/list.pdf"
    assert "1:00 PM – 6:30 PM" in text_of(browser.page)
