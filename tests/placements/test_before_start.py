"""What has to be done before a project starts, and how contact is shared: written out a second time."""

from datetime import timedelta

import pytest

from board.db import now
from board.employers.model import Employer
from board.guardians.model import GuardianAnswer
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people import accounts
from board.people.model import Person
from board.placements import agreement_actions as agreements
from board.placements import before_start, guardian, match_actions, plan_actions
from board.placements.before_start import missing
from board.placements.model import Placement, State
from board.placements.waiting import facts_of
from board.school.model import Period, School, today
from tests import factories
from tests.placements.at_once import at_once, fresh, kinds
from tests.placements.test_agreement import agreed


def ready(cast, student=None) -> Placement:
    placement = agreed(cast, student)
    for person in (placement.application.student, cast.dana):
        agreements.sign(placement, person, 2)
    match_actions.record_yes(placement, cast.okafor, today())
    return fresh(placement)


def summer(first: int, last: int) -> None:
    Period.create(kind="summer", first_on=today() + timedelta(days=first), last_on=today() + timedelta(days=last))


def close(person: Person) -> None:
    Person.update(ended_at=now()).where(Person.id == person.id).execute()


def set_to(placement: Placement, **columns) -> None:
    Placement.update(**columns).where(Placement.id == placement.id).execute()


CASES = {
    "nothing": (lambda cast, made: None, []),
    "a new version": (
        lambda cast, made: agreements.change(made, cast.okafor, {"times": "Mondays"}, 2),
        ["The student has not signed", "The employer has not signed", "No teacher has signed"],
    ),
    "a term is missing": (
        lambda cast, made: agreements.change(made, cast.okafor, {"call": ""}, 2),
        ["not filled in yet", "The student has not", "The employer has not", "No teacher has"],
    ),
    "the yes was taken back": (
        lambda cast, made: match_actions.withdraw_yes(made, cast.okafor), ["or taken their yes back"],
    ),
    "the cover has left": (lambda cast, made: close(cast.ruiz), ["The account of Elena Ruiz is closed"]),
    "there is no lead": (lambda cast, made: set_to(made, lead=None), ["names a lead teacher and a cover"]),
    "there is no cover": (lambda cast, made: set_to(made, cover=None), ["names a lead teacher and a cover"]),
    "one is both": (lambda cast, made: set_to(made, cover=cast.okafor), ["names a lead teacher and a cover"]),
    "nobody at the worksite": (lambda cast, made: set_to(made, supervisor=None), ["No worksite supervisor"]),
    "no last day": (lambda cast, made: set_to(made, due_on=None), ["The first day or the last day is missing"]),
    "no first day": (lambda cast, made: set_to(made, starts_on=None), ["The first day or the last day is missing"]),
    "the last day has passed": (
        lambda cast, made: set_to(made, starts_on=None, due_on=today() - timedelta(days=1)), ["is missing"],
    ),
    "all its days have passed": (
        lambda cast, made: set_to(made, starts_on=today() - timedelta(days=9), due_on=today() - timedelta(days=1)),
        ["The day to hand in has passed"],
    ),
    "a permit is needed": (lambda cast, made: agreements.set_permit(made, cast.okafor, True, "", None), ["work permit"]),
    "the permit is there": (lambda cast, made: agreements.set_permit(made, cast.okafor, True, "7", today()), []),
    "it is summer": (lambda cast, made: summer(-1, 1), ["It is summer break"]),
    "it would start in summer": (lambda cast, made: summer(30, 60), ["It is summer break"]),
    "summer comes later": (lambda cast, made: summer(31, 60), []),
    "summer comes before it": (lambda cast, made: summer(1, 29), []),
    "it has begun": (lambda cast, made: set_to(made, state="active", started_at=now()), ["not one that waits"]),
    "finals": (lambda cast, made: Period.create(kind="finals", first_on=today(), last_on=today()), []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_missing_before_the_start(app, cast, case):
    make, words = CASES[case]
    placement = ready(cast)
    make(cast, placement)
    found = [str(said) for said in missing(fresh(placement))]
    assert len(found) == len(words), found
    assert all(some in said for some, said in zip(words, found, strict=True)), found


@pytest.mark.parametrize("case", sorted(set(CASES) - {"nothing", "finals", "it has begun"}))
def test_each_thing_that_is_missing_has_a_turn(app, cast, case):
    make, words = CASES[case]
    placement = ready(cast)
    make(cast, placement)
    placement = fresh(placement)
    left = [item for item in before_start.items(placement, before_start.look(placement)) if not item.done]
    people = (cast.maya, cast.dana, cast.okafor)
    assert bool(left) == bool(words)
    assert not left or any(item.is_turn_of(person) for item in left for person in people)
    assert not any(item.is_turn_of(cast.ruiz) != item.is_turn_of(cast.okafor) for item in left)


def test_whoever_may_start_it_hears_once_that_nothing_is_missing(app, cast):
    placement = ready(cast)
    readies = Step.of(placement).where(Step.move == "ready")
    assert [step.facts["version"] for step in readies] == [2]
    match_actions.withdraw_yes(placement, cast.okafor)
    match_actions.record_yes(placement, cast.okafor, today())
    assert readies.count() == 1
    agreements.change(placement, cast.okafor, {"times": "Mondays"}, 2)
    for person in (cast.maya, cast.dana, cast.okafor):
        agreements.sign(placement, person, 3)
    assert [step.facts["version"] for step in readies.clone()] == [2, 3]


# -- the yes of a parent or guardian


def test_a_yes_is_recorded_with_its_day_and_can_be_taken_back(app, cast):
    placement = agreed(cast)
    for day, words in (
        (today() + timedelta(days=1), "has not come yet"), (None, "Give the day"),
        (today() - timedelta(days=367), "a year ago"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            match_actions.record_yes(placement, cast.okafor, day)
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            match_actions.record_yes(placement, person, today())
        with pytest.raises(NotAllowed):
            match_actions.withdraw_yes(placement, person)
    match_actions.record_yes(placement, cast.okafor, today())
    with pytest.raises(TooLate):
        match_actions.record_yes(placement, cast.ruiz, today())
    match_actions.withdraw_yes(placement, cast.ruiz)
    with pytest.raises(TooLate):
        match_actions.withdraw_yes(placement, cast.ruiz)
    match_actions.record_yes(placement, cast.ruiz, today())
    assert GuardianAnswer.select().count() == 2
    moves = [step.move for step in Step.of(placement) if step.move.startswith("guardian")]
    assert moves == ["guardian_yes", "guardian_no", "guardian_yes"]


def test_two_record_the_yes_at_once_and_there_is_one(app, cast):
    placement = agreed(cast)
    results = at_once(*[
        lambda who=who: match_actions.record_yes(fresh(placement), who, today()) for who in (cast.okafor, cast.ruiz)
    ])  # fmt: skip
    assert kinds(results) == ["Step", "TooLate"] and GuardianAnswer.select().count() == 1


@pytest.mark.parametrize(
    ("born", "asked", "yes", "shared"),
    [
        (16, True, False, False), (16, True, True, True), (16, False, False, True),
        (18, True, False, True), (17, True, False, False), (None, True, False, False), (None, False, False, True),
    ],
)  # fmt: skip
def test_contact_is_shared_at_18_or_with_a_yes_or_where_the_school_asks_for_none(app, cast, born, asked, yes, shared):
    School.update(guardian_not_asked=not asked).execute()
    placement = agreed(cast, factories.make_student(age=born or 16))
    if born is None:
        Person.update(birth_date=None).where(Person.id == placement.application.student_id).execute()
    if yes:
        match_actions.record_yes(placement, cast.okafor, today())
    for state in State:
        set_to(placement, state=state, started_at=now(), ended_at=now() if state in ENDED else None)
        now_is = fresh(placement)
        found = guardian.asked(now_is)
        is_open = state in ("agreed", "active", "delivered")
        assert guardian.reaches_student(now_is, found) == (shared and is_open), state
        assert guardian.shares_contact(now_is, found) == (shared and state not in ("proposed", "not_agreed")), state
        set_to(placement, held_at=now())
        assert not guardian.shares_contact(fresh(placement), found)
        set_to(placement, held_at=None)


ENDED = ("not_agreed", "completed", "ended_early")


def test_whoever_turns_18_is_asked_themself_from_that_day_on(app, cast):
    day = today()
    born = day.replace(year=day.year - 18) + timedelta(days=3)
    placement = agreed(cast, factories.make_student())
    Person.update(birth_date=born).where(Person.id == placement.application.student_id).execute()
    placement = fresh(placement)
    assert guardian.asked(placement, day + timedelta(days=2)).is_missing
    found = guardian.asked(placement, day + timedelta(days=3))
    assert found.is_missing and found.of_student, "nobody at home had agreed: it waits for the student"
    match_actions.record_yes(placement, cast.okafor, day)
    found = guardian.asked(placement, day + timedelta(days=3))
    assert not found.is_missing and found.of_student, "what was agreed goes on until they answer"


def test_closing_the_account_of_somebody_named_is_seen_before_the_start(app, cast):
    placement = ready(cast)
    accounts.end_account(cast.okafor, cast.ruiz)
    assert ["Sam Okafor" in str(said) for said in missing(fresh(placement))] == [True]


# -- somebody is gone


def test_nothing_starts_and_no_contact_is_shared_with_an_employer_the_school_has_suspended(app, cast):
    placement = ready(cast)
    Employer.update(state="suspended").where(Employer.id == cast.cedar.id).execute()
    placement = fresh(placement)
    assert any("check of this employer" in str(one) for one in missing(placement))
    assert not guardian.shares_contact(placement, guardian.asked(placement))
    with pytest.raises(Refused):
        plan_actions.start(placement, cast.okafor)


def test_nothing_starts_for_a_student_whose_account_is_closed(app, cast):
    placement = ready(cast)
    close(placement.student)
    assert any("account of the student is closed" in str(one) for one in missing(fresh(placement)))


def test_the_list_asks_for_a_yes_by_the_same_rule_as_the_page(app, cast):
    """17 today and 18 on the first day: contact is shared before that, so the yes is asked."""
    placement = agreed(cast)
    day = today()
    Person.update(birth_date=day - timedelta(days=18 * 365 + 2)).where(Person.id == cast.maya.id).execute()
    set_to(placement, starts_on=day + timedelta(days=3), due_on=day + timedelta(days=30))
    made = fresh(placement)
    assert guardian.asked(made).is_missing
    assert facts_of([made], True, day)[made.id].needs_guardian
