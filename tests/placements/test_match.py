"""A teacher's answer to a match: what it needs, what it writes, and who was first."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from board.applications import actions as applications
from board.applications.model import Application
from board.employers import actions as employers
from board.employers.model import Supervisor
from board.moves import NotAllowed, Refused, Step, TooLate, make
from board.people import accounts
from board.people.model import Person
from board.placements import hold_actions, match_actions, terms
from board.placements.match_rules import Choice, Unsound, wrong_with
from board.placements.model import Agreement, Placement, Signature
from board.placements.rules import MOVES
from board.postings.model import Posting
from board.school.model import Period, today
from tests import factories
from tests.placements.at_once import at_once, fresh, kinds

WORDS = "The shop is too far to walk to after school."


@pytest.fixture
def placement(app, cast):
    posting = factories.make_posting(employer=cast.cedar, **factories.ON_SITE)
    return factories.make_placement("proposed", posting, cast.maya)


@pytest.fixture
def choice(cast, placement):
    return Choice(cast.okafor, cast.ruiz, placement.supervisor, placement.starts_on, placement.due_on)


def but(choice: Choice, **changes) -> Choice:
    return Choice(**({name: getattr(choice, name) for name in Choice.__dataclass_fields__} | changes))


# -- what it needs

TODAY = date(2027, 3, 1)
SUMMER = Period(kind="summer", first_on=date(2027, 6, 12), last_on=date(2027, 8, 30))
FINALS = Period(kind="finals", first_on=date(2027, 5, 20), last_on=date(2027, 5, 28))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, None, ""),
        ({"starts_on": TODAY, "due_on": TODAY}, None, ""),
        ({"starts_on": date(2027, 5, 25)}, None, ""),  # finals are marked, and stop nothing
        ({"lead": None}, "lead", "Name the teacher"),
        ({"cover": None}, "cover", "with no cover nothing starts"),
        ({"cover": "lead"}, "cover", "two different people"),
        ({"lead": "ended"}, "lead", "account is open"),
        ({"cover": "ended"}, "cover", "account is open"),
        ({"lead": "student"}, "lead", "account is open"),
        ({"cover": "employer"}, "cover", "account is open"),
        ({"supervisor": None}, "supervisor", "choose the adult"),
        ({"supervisor": "other"}, "supervisor", "this employer has named"),
        ({"starts_on": None}, "starts_on", "Give the first day"),
        ({"starts_on": date(2027, 2, 28)}, "starts_on", "has passed"),
        ({"starts_on": date(2027, 6, 11), "due_on": date(2027, 6, 20)}, None, ""),
        ({"starts_on": date(2027, 6, 12), "due_on": date(2027, 6, 20)}, "starts_on", "summer break"),
        ({"starts_on": date(2027, 8, 30), "due_on": date(2027, 9, 20)}, "starts_on", "summer break"),
        ({"starts_on": date(2027, 8, 31), "due_on": date(2027, 9, 20)}, None, ""),
        ({"due_on": None}, "due_on", "handed in"),
        ({"due_on": date(2027, 3, 31)}, "due_on", "before the first day"),
        ({"due_on": date(2028, 4, 2)}, "due_on", "more than a year"),
    ],
)  # fmt: skip
def test_what_a_teacher_must_name_before_they_agree(changes, field, words):
    def teacher(number, **more):
        return Person(id=number, role="teacher", name="T", **more)

    people = {
        "lead": teacher(1), "ended": teacher(3, ended_at=TODAY), "student": Person(id=4, role="student", name="S"),
        "employer": Person(id=5, role="employer", name="E"), "other": Supervisor(id=2, employer=8),
    }  # fmt: skip
    placement = SimpleNamespace(
        posting=SimpleNamespace(employer_id=7, place="on-site", minimum_age=15), started_at=None, agreed_at=None,
        starts_on=date(2027, 4, 1), student=Person(role="student", birth_date=date(2011, 3, 1)),
    )  # fmt: skip
    values = {"lead": people["lead"], "cover": teacher(2), "supervisor": Supervisor(id=1, employer=7),
              "starts_on": date(2027, 4, 1), "due_on": date(2027, 6, 20)}  # fmt: skip
    values |= {key: people.get(value, value) if isinstance(value, str) else value for key, value in changes.items()}
    found = wrong_with(placement, Choice(**values), TODAY, [FINALS, SUMMER], 14)
    assert set(found) == ({field} if field else set())
    assert words in str(found.get(field, ""))


def test_age_counts_on_the_first_day_and_nobody_named_is_needed_at_home(app, cast):
    posting = factories.make_posting(employer=cast.cedar, minimum_age=15)
    born = today().replace(year=today().year - 15) + timedelta(days=20)  # 15 in twenty days
    student = factories.make_person("student", grade=9, birth_date=born)
    placement = factories.make_placement("proposed", posting, student)
    choice = Choice(cast.okafor, cast.ruiz, None, placement.starts_on, placement.due_on)
    assert "supervisor" not in wrong_with(placement, choice, today(), [], 14)
    assert not wrong_with(placement, choice, today(), [], 14)
    early = but(choice, starts_on=today() + timedelta(days=19))
    assert "15 and older" in str(wrong_with(placement, early, today(), [], 14)["starts_on"])
    assert "16 and older" in str(wrong_with(placement, choice, today(), [], 16)["starts_on"])


# -- what it writes


def test_agreeing_names_who_looks_after_it_and_signs_for_the_teacher(cast, placement, choice):
    version = terms.of(placement).version
    match_actions.agree(placement, cast.okafor, choice, version)
    placement = fresh(placement)
    assert (placement.state, placement.lead, placement.cover) == ("agreed", cast.okafor, cast.ruiz)
    assert placement.agreed_at and placement.supervisor
    signature = Signature.get()
    assert (signature.party, signature.version, signature.person) == ("teacher", version, cast.okafor)
    kept = Agreement.get()
    assert (kept.place, kept.times, kept.pay_how) == (
        "12 Alder Street, Old Town", "Tuesdays, 4 to 6 pm. Tuesdays 4 to 6 pm",
        "We pay by check in the week after. The student is taken on as an employee.",
    )  # fmt: skip
    assert [step.move for step in Step.of(placement)] == ["propose", "agree", "name_staff"]


def test_what_is_agreed_stays_when_the_posting_changes(cast, placement, choice):
    match_actions.agree(placement, cast.okafor, choice, 1)
    Posting.update(deliverable="Something else", paid_how="Never").execute()
    assert terms.of(fresh(placement)).what == "One printed page and its file."


def test_a_refused_match_changes_nothing(cast, placement, choice):
    with pytest.raises(Unsound) as problem:
        match_actions.agree(placement, cast.okafor, but(choice, cover=cast.okafor, due_on=None), 1)
    assert set(problem.value.problems) == {"cover", "due_on"}
    with pytest.raises(TooLate):  # the agreement that was read is not the one that stands
        match_actions.agree(placement, cast.okafor, choice, 7)
    for person in (cast.maya, cast.dana, cast.omar):
        with pytest.raises(NotAllowed):
            match_actions.agree(placement, person, choice, 1)
    employers.move("suspend", cast.cedar, cast.ruiz, "We could not reach anybody.")
    with pytest.raises(TooLate):  # that put it on hold
        match_actions.agree(placement, cast.okafor, choice, 1)
    hold_actions.lift(fresh(placement), cast.ruiz)
    with pytest.raises(Refused, match="check of this employer"):
        match_actions.agree(fresh(placement), cast.okafor, choice, 1)
    assert fresh(placement).state == "proposed" and not Agreement.select().exists() and not Signature.select().exists()


def test_nobody_agrees_for_a_student_who_has_left(cast, placement, choice):
    accounts.end_account(cast.maya, cast.ruiz)
    with pytest.raises(Refused, match="account of this student"):
        match_actions.agree(placement, cast.okafor, choice, 1)


def test_a_start_in_the_summer_is_refused_by_the_board(cast, placement, choice):
    Period.create(kind="summer", first_on=placement.starts_on, last_on=placement.starts_on + timedelta(days=70))
    with pytest.raises(Unsound, match="summer break"):
        match_actions.agree(placement, cast.okafor, choice, 1)
    later = placement.starts_on + timedelta(days=71)
    match_actions.agree(placement, cast.okafor, but(choice, starts_on=later, due_on=later), 1)
    assert fresh(placement).starts_on == later


def test_on_hold_nobody_agrees(cast, placement, choice):
    Placement.update(held_at=today()).execute()
    with pytest.raises(NotAllowed):
        match_actions.agree(fresh(placement), cast.okafor, choice, 1)


def test_not_agreed_keeps_the_words_and_names_no_student(cast, placement):
    with pytest.raises(Refused, match="Please say why"):
        match_actions.not_agree(placement, cast.okafor, "  ")
    with pytest.raises(Refused, match="Take out “Maya”"):
        match_actions.not_agree(placement, cast.okafor, "It is too far for Maya.")
    match_actions.not_agree(placement, cast.okafor, WORDS)
    assert fresh(placement).state == "not_agreed" and fresh(placement).ended_at and not fresh(placement).agreed_at
    assert Step.of(placement).order_by(Step.id.desc()).first().reason == WORDS


# -- afterwards


def test_other_people_may_look_after_it_at_any_time_and_nobody_signs_anew(cast, placement, choice):
    other = factories.make_person("teacher", "Ines Park")
    match_actions.agree(placement, cast.okafor, choice, 1)
    for state in ("agreed", "active", "delivered"):
        Placement.update(state=state, started_at=today()).execute()
        now_is = fresh(placement)
        lead = other if now_is.lead_id == cast.okafor.id else cast.okafor
        assert match_actions.name(now_is, cast.ruiz, but(choice, lead=lead))
        assert (fresh(placement).lead_id, Agreement.get().version) == (lead.id, 1)
    assert not match_actions.name(fresh(placement), cast.ruiz, but(choice, lead=fresh(placement).lead))  # the same
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            match_actions.name(fresh(placement), person, choice)
    Placement.update(state="completed", ended_at=today()).execute()
    with pytest.raises(TooLate):
        match_actions.name(fresh(placement), cast.ruiz, choice)


def test_other_days_or_another_supervisor_are_another_agreement(cast, placement, choice):
    match_actions.agree(placement, cast.okafor, choice, 1)
    new = Supervisor.create(employer=cast.cedar, name="Ana Flor")
    match_actions.name(fresh(placement), cast.ruiz, but(choice, supervisor=new))
    assert (Agreement.get().version, fresh(placement).supervisor) == (2, new)
    later = placement.due_on + timedelta(days=3)
    match_actions.name(fresh(placement), cast.ruiz, but(choice, supervisor=new, due_on=later))
    assert (Agreement.get().version, fresh(placement).due_on) == (3, later)


def test_what_has_begun_keeps_its_first_day(cast, placement, choice):
    match_actions.agree(placement, cast.okafor, choice, 1)
    long_ago = today() - timedelta(days=9)
    Placement.update(state="active", started_at=today(), starts_on=long_ago).execute()
    match_actions.name(fresh(placement), cast.ruiz, but(choice, lead=cast.ruiz, cover=cast.okafor, starts_on=today()))
    assert (fresh(placement).starts_on, fresh(placement).lead) == (long_ago, cast.ruiz)


def test_when_a_named_teacher_leaves_each_placement_that_is_open_says_so(cast, placement, choice):
    match_actions.agree(placement, cast.okafor, choice, 1)
    done = factories.make_placement("completed", student=cast.leo, lead=cast.okafor)
    accounts.end_account(cast.okafor, cast.ruiz)
    steps = list(Step.select().where(Step.move == "lose_teacher"))
    assert [(step.noun_id, step.person, step.facts["who"]) for step in steps] == [(placement.id, None, "lead")]
    assert fresh(done).lead == cast.okafor


# -- who was first


def test_two_teachers_agree_at_once_and_one_has(cast, placement, choice):
    for _round in range(4):
        made = factories.make_placement("proposed", student=factories.make_student())
        its = but(choice, supervisor=None, starts_on=made.starts_on, due_on=made.due_on)
        results = at_once(*[
            lambda who=who, its=its, made=made: match_actions.agree(fresh(made), who, its, 1)
            for who in (cast.okafor, cast.ruiz)
        ])  # fmt: skip
        assert kinds(results) == ["Step", "TooLate"]
        assert Signature.select().where(Signature.placement == made).count() == 1
        assert Step.of(made).where(Step.move == "agree").count() == 1


def test_one_agrees_and_one_does_not_at_once_and_one_answer_stands(cast, placement, choice):
    for _round in range(4):
        posting = factories.make_posting(employer=cast.cedar)
        made = factories.make_placement("proposed", posting, factories.make_student())
        its = but(choice, supervisor=None, starts_on=made.starts_on, due_on=made.due_on)
        results = at_once(
            lambda its=its, made=made: match_actions.agree(fresh(made), cast.okafor, its, 1),
            lambda made=made: match_actions.not_agree(fresh(made), cast.ruiz, WORDS),
        )
        assert kinds(results) == ["Step", "TooLate"]
        state = fresh(made).state
        assert Posting.get_by_id(posting.id).state == {"agreed": "filled", "not_agreed": "open"}[state]
        assert Signature.select().where(Signature.placement == made).exists() == (state == "agreed")


# -- the place


def not_agreed(cast, posting, student) -> Placement:
    placement = factories.make_placement("proposed", posting, student)
    match_actions.not_agree(placement, cast.okafor, WORDS)
    return fresh(placement)


def test_a_match_that_is_not_agreed_leaves_its_place_to_somebody_else(app, cast):
    posting = factories.make_posting(employer=cast.cedar)
    gone = not_agreed(cast, posting, cast.maya)
    posting = Posting.get_by_id(posting.id)
    assert posting.state == "open" and applications.seats_taken(posting) == 0
    again = factories.make_application("accepted", posting, cast.leo)
    assert (gone.application.seat, again.seat) == (1, 2)  # the number stays, the place does not
    assert Posting.get_by_id(posting.id).state == "filled"


@pytest.mark.parametrize(("started", "state"), [(False, "open"), (True, "filled")])
def test_what_ends_before_it_begins_frees_its_place_and_what_has_begun_does_not(app, cast, started, state):
    posting = factories.make_posting(employer=cast.cedar)
    placement = factories.make_placement("active" if started else "agreed", posting, cast.maya)
    make(MOVES["end_early"], placement, cast.maya, ended_at=today(), end_reason="plans")
    assert Posting.get_by_id(posting.id).state == state


def test_one_place_came_free_and_two_are_offered_it_at_once(app, cast):
    for _round in range(4):
        posting = factories.make_posting(employer=cast.cedar)
        placement = factories.make_placement("proposed", posting, factories.make_student())
        assert Posting.get_by_id(posting.id).state == "filled"
        match_actions.not_agree(placement, cast.okafor, WORDS)
        waiting = [factories.make_application("submitted", Posting.get_by_id(posting.id)) for _ in range(2)]
        results = at_once(*[
            lambda one=one: applications.offer(Application.get_by_id(one.id), cast.dana, today() + timedelta(days=3))
            for one in waiting
        ])  # fmt: skip
        assert kinds(results) == ["Refused", "Step"]
        assert applications.seats_taken(posting) == 1


def test_a_place_that_comes_free_while_others_are_offered_is_counted_once(app, cast):
    """Two places: one accepted and about to be refused, one free; three offers and the refusal at once."""
    for _round in range(4):
        posting = factories.make_posting(employer=cast.cedar, seats=2)
        placement = factories.make_placement("proposed", posting, factories.make_student())
        waiting = [factories.make_application("submitted", posting) for _ in range(3)]
        results = at_once(
            lambda placement=placement: match_actions.not_agree(fresh(placement), cast.okafor, WORDS),
            *[lambda one=one: applications.offer(Application.get_by_id(one.id), cast.dana, today() + timedelta(days=3))
              for one in waiting],
        )  # fmt: skip
        offered = sum(isinstance(result, Step) for result in results[1:])
        assert isinstance(results[0], Step) and offered in (1, 2)
        assert applications.seats_taken(posting) == offered
        seats = [one.seat for one in Application.select().where(Application.seat.is_null(False), Application.posting == posting)]  # fmt: skip
        assert len(seats) == len(set(seats)) == offered + 1


def test_a_hold_that_comes_between_the_page_and_the_answer_stops_it(cast, placement, choice):
    seen = fresh(placement)
    hold_actions.hold(placement, cast.ruiz, "The address is no shop.")
    with pytest.raises(TooLate):
        match_actions.agree(seen, cast.okafor, choice, 1)
    with pytest.raises(TooLate):
        match_actions.not_agree(seen, cast.okafor, WORDS)
    assert fresh(placement).state == "proposed"


@pytest.mark.parametrize("far", [date(9999, 12, 31), date(2999, 1, 1)])
def test_a_first_day_in_another_century_is_a_slip(cast, placement, choice, far):
    with pytest.raises(Unsound, match="Look at the year"):
        match_actions.agree(placement, cast.okafor, but(choice, starts_on=far, due_on=far), 1)
