"""What is owed, paid and received: said by whom it is for, seen by all three, and overdue when it is."""

from datetime import UTC, date, timedelta

import pytest

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, make
from board.people.model import Person
from board.placements import agreement_actions as agreements
from board.placements import payment_actions as payments
from board.placements import payment_rules as rules
from board.placements import plan_actions
from board.placements.model import Agreement, Delivery, Payment, Placement, State
from board.placements.reminders import owing
from board.placements.rules import MOVES
from board.school.model import School, today
from tests import factories
from tests.at_once import at_once
from tests.inspector import by_id, having, text_of

AGO = 20  # days since it began


@pytest.fixture
def rosa(cast):
    return factories.make_person("employer", "Rosa Vega", employer=cast.cedar)


def running(cast, state="active", student=None, **columns):
    """A placement with its payment of $200, begun some days ago."""
    began = {"started_at": now() - timedelta(days=AGO), "starts_on": today() - timedelta(days=AGO), "due_on": today()}
    made = factories.make_placement(
        state, factories.make_posting(employer=cast.cedar), student or cast.maya, **began | columns
    )
    payments.take_terms(made)
    return Placement.get_by_id(made.id)


def of(placement) -> Payment:
    return Payment.get(Payment.placement == placement)


def change(placement, **columns):
    Payment.update(columns).where(Payment.placement == placement).execute()


# -- from the agreement


def test_when_a_teacher_agrees_what_is_agreed_is_owed(app, cast):
    made = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    assert Payment.select().count() == 0
    make(MOVES["agree"], made, cast.okafor, agreed_at=now())
    row = of(made)
    assert (row.cents, row.due_on) == (20000, made.due_on + timedelta(days=14))
    assert row.how == "We pay by check in the week after." and not row.paid_on and not row.received_on


def test_the_training_agreement_says_the_day_and_the_way_and_the_start_takes_the_last_of_it(app, cast):
    made = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    agreement = Agreement.create(placement=made, pay_by=made.due_on, pay_how="Cash in an envelope")
    make(MOVES["agree"], made, cast.okafor, agreed_at=now())
    assert (of(made).due_on, of(made).how) == (made.due_on, "Cash in an envelope")
    Agreement.update(pay_how="By check").where(Agreement.id == agreement.id).execute()
    make(MOVES["start"], made, cast.dana, started_at=now())
    assert of(made).how == "By check" and Payment.select().count() == 1


def test_when_agreeing_breaks_nothing_is_owed(app, cast, monkeypatch):
    made = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)

    def broken(*_args, **_more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(Payment, "get_or_create", broken)
    with pytest.raises(RuntimeError):
        make(MOVES["agree"], made, cast.okafor, agreed_at=now())
    assert Placement.get().state == "proposed" and Payment.select().count() == 0


# -- who may say what, when

BEGUN = {"active", "delivered", "completed", "ended_early"}
AGREED = BEGUN | {"agreed"}
STAFF = {"okafor", "ruiz"}
ACTS = {
    "paid": ({"dana", "rosa"}, BEGUN, lambda p, person: payments.say_paid(p, person, today())),
    "received": ({"maya"}, BEGUN, lambda p, person: payments.say_received(p, person, today())),
    "more": (
        {"dana", "rosa"} | STAFF,
        AGREED,
        lambda p, person: payments.change_sum(p, person, 20000, 25000, "A bonus."),
    ),
    "less": (STAFF, AGREED, lambda p, person: payments.change_sum(p, person, 20000, 15000, "Half was done.")),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_table_of_act_and_person_and_state(app, cast, rosa, act):
    by, states, do = ACTS[act]
    people = {name: person for name, person in (vars(cast) | {"rosa": rosa}).items() if isinstance(person, Person)}
    made = running(cast)
    change(made, why="As agreed.")  # an early end is settled
    tried = 0
    for state in State:
        for held in (False, True):
            for name, person in people.items():
                with database.atomic() as undo:
                    begun = made.started_at if state in BEGUN else None
                    columns = {
                        "state": state, "started_at": begun, "agreed_at": None if state in ("proposed", "not_agreed") else now(),
                        "ended_at": now() if state in ("not_agreed", "completed", "ended_early") else None,
                        "held_at": now() if held else None,
                    }  # fmt: skip
                    Placement.update(columns).execute()
                    try:
                        do(Placement.get_by_id(made.id), person)
                        done = True
                    except (NotAllowed, Refused, TooLate):
                        done = False
                    assert done == (name in by and state in states and not held), (state, held, name)
                    undo.rollback()
                    tried += 1
    assert tried == len(State) * 2 * len(people) and len(people) == 9


def test_either_corrects_what_they_said_until_the_other_has_confirmed(app, cast):
    made, yesterday = running(cast), today() - timedelta(days=1)
    payments.say_paid(made, cast.dana, yesterday)
    payments.say_paid(made, cast.dana, today())
    payments.say_paid(made, cast.dana, None)
    assert of(made).paid_on is None
    payments.say_received(made, cast.maya, today())  # who has it may say so first
    payments.say_received(made, cast.maya, yesterday)
    assert (of(made).received_on, rules.standing(of(made), made, today())) == (yesterday, "received")
    payments.say_paid(made, cast.dana, yesterday)
    for again in (
        lambda: payments.say_paid(made, cast.dana, today()),
        lambda: payments.say_received(made, cast.maya, None),
    ):
        with pytest.raises(TooLate):
            again()
    assert (of(made).paid_on, of(made).received_on) == (yesterday, yesterday)
    moves = [step.move for step in Step.of(made)][1:]
    assert moves == ["say_paid", "say_paid", "unpay", "say_received", "say_received", "say_paid"]


def test_what_is_paid_cannot_be_changed_in_its_sum_and_a_sum_that_was_not_read_neither(app, cast):
    made = running(cast)
    payments.change_sum(made, cast.dana, 20000, 22000, "A bonus.")
    with pytest.raises(TooLate):
        payments.change_sum(made, cast.okafor, 20000, 15000, "I read $200.")
    for person, cents, words in (
        (cast.dana, 21000, "only the school"), (cast.dana, 22000, "already the amount"), (cast.okafor, -1, "from 0 up to"),
        (cast.okafor, 1_000_001, "from 0 up to"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            payments.change_sum(made, person, 22000, cents, "Because.")
        assert words in str(refused.value)
    with pytest.raises(Refused, match="Say why"):
        payments.change_sum(made, cast.okafor, 22000, 100, "  ")
    payments.say_paid(made, cast.dana, today())
    with pytest.raises(TooLate):
        payments.change_sum(made, cast.okafor, 22000, 15000, "Half was done.")
    step = Step.of(made).where(Step.move == "change_pay").get()
    assert (step.facts, step.reason, of(made).why) == ({"cents": 22000, "before": 20000}, "A bonus.", "A bonus.")


@pytest.mark.parametrize(
    ("days", "words"), [(1, "lies ahead"), (-AGO - 1, "before the start"), (0, ""), (-AGO, "")], ids=["tomorrow", "before", "today", "first day"]
)  # fmt: skip
def test_a_day_ahead_or_before_the_start_gets_its_sentence(app, cast, days, words):
    made, day = running(cast), today() + timedelta(days=days)
    for say, person in ((payments.say_paid, cast.dana), (payments.say_received, cast.maya)):
        if words:
            with pytest.raises(Refused, match=words):
                say(made, person, day)
        else:
            say(made, person, day)
    assert bool(of(made).paid_on) == bool(of(made).received_on) == (not words)


def test_the_first_day_is_the_schools_day_and_not_londons(app, cast):
    School.update(time_zone="Pacific/Honolulu").execute()
    made = running(cast, starts_on=None, started_at=date(2026, 3, 2).strftime("%Y-%m-%d 05:00:00"))
    assert made.started_at.replace(tzinfo=UTC).date() == date(2026, 3, 2)
    assert payments.first_day(made) == date(2026, 3, 1)


def test_two_say_so_at_the_same_moment_and_the_sum_changes_once(app, cast, rosa):
    made = running(cast)
    results = at_once(
        lambda: payments.change_sum(made, cast.dana, 20000, 25000, "A bonus."),
        lambda: payments.change_sum(made, rosa, 20000, 24000, "A bonus."),
    )
    assert sorted(type(one).__name__ for one in results) == ["Step", "TooLate"]
    assert Step.select().where(Step.move == "change_pay").count() == 1
    results = at_once(
        lambda: payments.say_paid(made, cast.dana, today()),
        lambda: payments.change_sum(made, cast.okafor, of(made).cents, 100, "Less."),
    )
    assert isinstance(results[0], Step)
    assert not (isinstance(results[1], Step) and Step.of(made).order_by(Step.id.desc()).get().move == "change_pay")


@pytest.mark.parametrize("act", ACTS)
def test_a_break_between_two_writes_leaves_everything_as_it_was(app, cast, monkeypatch, act):
    made = running(cast)
    before = [list(model.select().dicts()) for model in (Payment, Step)]

    def broken(*_args, **_more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(payments, "note", broken)
    with pytest.raises(RuntimeError):
        ACTS[act][2](made, {"paid": cast.dana, "received": cast.maya}.get(act, cast.okafor))
    assert [list(model.select().dicts()) for model in (Payment, Step)] == before


# -- ended early


def ended(cast, **columns):
    made = running(cast, **columns)
    make(MOVES["end_early"], made, cast.maya, ended_at=now(), end_reason="plans")
    return Placement.get_by_id(made.id)


def test_what_is_owed_after_an_early_end_is_written_down_by_staff_or_the_employer(app, cast, client):
    made = ended(cast)
    assert rules.standing(of(made), made, today() + timedelta(days=99)) == "open"  # and so not overdue
    with pytest.raises(NotAllowed):
        payments.settle(made, cast.maya, 10000, "I did half.")
    with pytest.raises(TooLate):
        payments.say_paid(made, cast.dana, today())
    payments.settle(made, cast.dana, 8000, "Two of five hours were done.")
    with pytest.raises(TooLate):
        payments.settle(made, cast.okafor, 100, "Another view.")
    with pytest.raises(Refused, match="only the school"):
        payments.change_sum(made, cast.dana, 8000, 0, "No.")
    payments.change_sum(made, cast.okafor, 8000, 10000, "It was half.")
    assert (of(made).cents, rules.standing(of(made), made, today())) == (10000, "owed")
    payments.say_paid(made, cast.dana, today())
    payments.say_received(made, cast.maya, today())


def test_nothing_owed_is_an_answer_with_its_reason(app, cast, client):
    made, browser = ended(cast), client(cast.okafor)
    browser.get(f"/placements/{made.id}")
    assert "Write down what is owed" in text_of(browser.page)
    address = f"/placements/{made.id}/owed"
    for amount, why, words in (
        ("-5", "x", "can't be below 0"), ("lots", "x", "Give an amount in dollars"), ("", "x", "Give an amount in dollars"),
        ("0.00", " ", "Say why"), ("12000", "x", "up to $10,000"),
    ):  # fmt: skip
        answer = browser.post(address, data={"amount": amount, "why": why})
        assert answer.status_code == 422 and words in text_of(by_id(browser.page, "errors")), amount
        assert by_id(browser.page, "owed-amount").get("value") == amount
    assert browser.post(address, data={"amount": "0.00", "why": "Nothing was begun."}).status_code == 303
    browser.get(f"/placements/{made.id}")
    section = by_id(browser.page, "payment")
    assert "$0.00" in text_of(section) and "Nothing was begun." in text_of(section)
    assert having(section, "data-pay", "nothing") and not having(section, "data-move", "settle_pay")


def test_what_was_never_begun_is_not_owed(app, cast, client):
    made = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    make(MOVES["agree"], made, cast.okafor, agreed_at=now())
    make(MOVES["end_early"], made, cast.dana, ended_at=now(), end_reason="plans")
    assert Payment.select().count() == 0
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert by_id(browser.page, "payment") is None


def test_a_reason_for_more_is_none_for_what_is_owed_in_the_end(app, cast):
    made = running(cast)
    payments.change_sum(made, cast.dana, 20000, 25000, "A bonus.")
    make(MOVES["end_early"], made, cast.maya, ended_at=now(), end_reason="plans")
    assert rules.standing(of(made), Placement.get_by_id(made.id), today()) == "open"


# -- overdue


@pytest.mark.parametrize(
    ("state", "columns", "expected"),
    [
        ("active", {"due_on": 0}, "owed"), ("active", {"due_on": -1}, "late"), ("completed", {"due_on": -1}, "late"),
        ("agreed", {"due_on": -1}, "owed"), ("ended_early", {"due_on": -1, "why": ""}, "open"),
        ("ended_early", {"due_on": -1, "why": "Half."}, "late"), ("ended_early", {"due_on": -1, "why": "No.", "cents": 0}, "nothing"),
        ("delivered", {"due_on": -1, "paid_on": -6}, "paid"), ("delivered", {"due_on": -1, "paid_on": -7}, "unconfirmed"),
        ("delivered", {"due_on": -1, "received_on": 0}, "received"), ("delivered", {"paid_on": -9, "received_on": 0}, "received"),
    ],
)  # fmt: skip
def test_how_a_payment_stands_on_a_day_and_the_count_agrees(app, cast, state, columns, expected):
    made = running(cast, state, **({"started_at": None} if state == "agreed" else {}))
    columns = {k: today() + timedelta(days=v) if isinstance(v, int) and k != "cents" else v for k, v in columns.items()}
    change(made, **columns)
    assert rules.standing(of(made), made, today()) == expected
    assert owing(cast.cedar.id, today()) == {
        "late": int(expected == "late"),
        "unconfirmed": int(expected == "unconfirmed"),
    }
    assert owing(cast.mill.id, today()) == {"late": 0, "unconfirmed": 0}


def test_overdue_pay_is_seen_by_all_three_and_where_a_teacher_reads_the_next_posting(app, cast, client):
    for student in (cast.maya, cast.leo):
        change(running(cast, "completed", student), due_on=today() - timedelta(days=3))
    third = running(cast, "completed", factories.make_student())
    change(third, paid_on=today() - timedelta(days=8))
    made = Placement.get()
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        assert having(browser.page, "data-pay", "late") and "Overdue" in text_of(by_id(browser.page, "payment"))
    posting = factories.make_posting("submitted", cast.cedar)
    teacher = client(cast.okafor)
    for address in (f"/review/{posting.id}", f"/employers/{cast.cedar.id}"):
        teacher.get(address)
        assert "2 payments overdue" in text_of(teacher.page) and having(teacher.page, "data-unconfirmed", "1")
    teacher.get(f"/employers/{cast.mill.id}")
    assert "overdue" not in text_of(teacher.page)
    for person in (cast.maya, cast.dana, cast.omar):  # for the school alone
        browser = client(person)
        browser.get(f"/employers/{cast.cedar.id}")
        assert "overdue" not in text_of(browser.page)


# -- the page


def test_an_employer_says_paid_and_the_student_received_each_with_its_errors(app, cast, client):
    made = running(cast, "completed")
    dana, maya = client(cast.dana), client(cast.maya)
    dana.get(f"/placements/{made.id}")
    assert "Pay Maya $200" in text_of(dana.page)
    for day, words in (
        ((today() + timedelta(days=1)).isoformat(), "lies ahead"), ((today() - timedelta(days=99)).isoformat(), "before the start"),
        ("yesterday", "Give a day"), ("", "Give a day"),
    ):  # fmt: skip
        answer = dana.post(f"/placements/{made.id}/paid", data={"day": day})
        assert answer.status_code == 422 and words in text_of(by_id(dana.page, "errors")), day
        assert words in text_of(by_id(dana.page, "paid-on-error")) and by_id(dana.page, "paid-on").get("value") == day
    assert dana.post(f"/placements/{made.id}/paid", data={"day": today().isoformat()}).status_code == 303
    maya.get(f"/placements/{made.id}")
    assert "Has your pay come?" in text_of(maya.page) and "says the employer" in text_of(by_id(maya.page, "payment"))
    done = maya.post(
        f"/placements/{made.id}/received", data={"day": today().isoformat()}, headers={"HX-Request": "true"}
    )
    assert done.status_code == 200 and having(maya.page, "data-pay", "received")
    late = dana.post(f"/placements/{made.id}/paid", data={"not_yet": "1"})
    assert late.status_code == 409
    for browser in (dana, maya, client(cast.okafor)):
        browser.get(f"/placements/{made.id}")
        page = text_of(browser.page)
        assert "wrote down that the pay was paid on" in page and "wrote down that the pay came on" in page
        assert not having(by_id(browser.page, "payment"), "action")


def test_a_day_that_was_wrong_is_taken_back(app, cast, client):
    made, dana = running(cast, "completed"), client(cast.dana)
    dana.post(f"/placements/{made.id}/paid", data={"day": today().isoformat()})
    assert dana.post(f"/placements/{made.id}/paid", data={"not_yet": "1", "day": ""}).status_code == 303
    assert of(made).paid_on is None


def test_more_by_the_employer_and_less_by_the_school_with_words_that_all_read(app, cast, client):
    made, dana, teacher = running(cast), client(cast.dana), client(cast.okafor)
    typed = {"before": "20000", "amount": "150", "why": "Half was done."}
    answer = dana.post(f"/placements/{made.id}/sum", data=typed)
    assert answer.status_code == 422 and "only the school can write that down" in text_of(
        by_id(dana.page, "sum-amount-error")
    )
    assert by_id(dana.page, "sum-amount").get("value") == "150" and "Half was done." in text_of(
        by_id(dana.page, "sum-why")
    )
    assert dana.post(f"/placements/{made.id}/sum", data=typed | {"before": ""}).status_code == 409
    assert (
        dana.post(f"/placements/{made.id}/sum", data=typed | {"amount": "$250", "why": "A bonus."}).status_code == 303
    )
    assert teacher.post(f"/placements/{made.id}/sum", data=typed | {"before": "25000"}).status_code == 303
    maya = client(cast.maya)
    maya.get(f"/placements/{made.id}")
    assert "changed the pay from $250 to $150: “Half was done.”" in text_of(maya.page)
    assert maya.post(f"/placements/{made.id}/sum", data=typed).status_code == 403


def test_nobody_else_meets_any_of_it(app, cast, client):
    made = running(cast)
    for person in (cast.omar, cast.nia):
        for address, data in (
            ("paid", {"day": today().isoformat()}),
            ("sum", {"amount": "1"}),
            ("owed", {"amount": "1"}),
        ):
            assert client(person).post(f"/placements/{made.id}/{address}", data=data).status_code == 404
    assert (
        client(cast.leo).post(f"/placements/{made.id}/received", data={"day": today().isoformat()}).status_code == 404
    )


def test_on_hold_nothing_is_said_of_the_pay(app, cast, client):
    made = running(cast, "completed", held_at=now())
    dana = client(cast.dana)
    dana.get(f"/placements/{made.id}")
    assert not having(by_id(dana.page, "payment"), "action")
    answer = dana.post(f"/placements/{made.id}/paid", data={"day": today().isoformat()})
    assert answer.status_code == 409 and "on hold" in text_of(by_id(dana.page, "errors"))
    assert of(made).paid_on is None


def test_pay_is_next_once_the_work_is_accepted_or_it_is_overdue(app, cast, client):
    made = running(cast, "delivered")
    row = Delivery.create(placement=made, number=1, words="Here.", accepted=True, answered_at=now())

    def next_of(person):
        browser = client(person)
        browser.get(f"/placements/{made.id}")
        found = by_id(browser.page, "next")
        return "" if found is None else text_of(found)

    assert (next_of(cast.dana), next_of(cast.maya)) == ("Pay Maya $200", "Say how it was")
    Delivery.update(accepted=None, answered_at=None).where(Delivery.id == row.id).execute()
    assert next_of(cast.dana) == "Look at what Maya handed in"
    Placement.update(state="active").execute()
    assert next_of(cast.dana) == ""
    change(made, due_on=today() - timedelta(days=1))
    assert next_of(cast.dana) == "Pay Maya $200"
    change(made, paid_on=today())
    assert (next_of(cast.dana), next_of(cast.okafor)) == ("", "")


# -- what is owed follows the training agreement


def test_other_terms_and_other_days_are_what_is_owed_from_then_on(app, cast):
    made = factories.make_placement("agreed", factories.make_posting(employer=cast.cedar), cast.maya)
    payments.take_terms(made)
    later = today() + timedelta(days=40)
    agreements.change(made, cast.dana, {"pay_by": later, "pay_how": "By check"}, 1)
    assert (of(made).due_on, of(made).how, of(made).cents) == (later, "By check", 20000)


def test_another_day_to_hand_in_moves_the_day_of_the_pay_that_hangs_on_it(app, cast):
    made = running(cast, "active", due_on=today() + timedelta(days=10))
    day = today() + timedelta(days=20)
    plan_actions.move_dates(made, cast.dana, {}, day, plan_actions.stamp_of(made, []))
    assert of(made).due_on == day + rules.PAY_WITHIN


def test_terms_that_are_written_before_a_teacher_agreed_owe_nothing_yet(app, cast):
    made = factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.maya)
    agreements.change(made, cast.dana, {"pay_how": "By check"}, 1)
    assert Payment.select().count() == 0
