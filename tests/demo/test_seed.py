"""The demo school looks alive, and keeps every rule a real board keeps."""

from collections import Counter
from datetime import UTC, timedelta
from itertools import pairwise

import pytest

from board import contact
from board.applications.model import Answer, Application, Evidence
from board.applications.model import State as ApplicationState
from board.db import database, now
from board.demo import seed
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.experience.model import Experience
from board.guardians.model import GuardianAnswer, GuardianAsk
from board.mail.model import Mail
from board.moves import Step
from board.people.actions import check_sign_in
from board.people.model import Person
from board.people.rules import password_problem
from board.placements import waiting
from board.placements.guardian import asked
from board.placements.hours_actions import begins_on
from board.placements.model import (
    OPEN,
    Agreement,
    CheckIn,
    Delivery,
    EmployerFeedback,
    GuardianYes,
    HoursEntry,
    HoursState,
    Message,
    Payment,
    Placement,
    PlacementMilestone,
    Signature,
    StudentFeedback,
)
from board.placements.model import State as PlacementState
from board.placements.turns import turn
from board.postings import checking, content
from board.postings.model import Posting, State
from board.postings.texts import last_approved
from board.privacy.model import Disclosure, What
from board.school.model import Field, Period, PeriodKind, School, day_of, today
from board.search import index
from tests.conftest import SECRET, start


@pytest.fixture(scope="module")
def demo(empty_database, tmp_path_factory):
    """One demo board for all that is asked of it here."""
    from board.config import Settings

    folder = tmp_path_factory.mktemp("demo")
    settings = Settings(data=folder, index=folder / "index", secret_key=SECRET)
    app = start(settings, empty_database)
    seed.seed()
    yield app
    database.close()


def test_the_demo_has_the_size_of_a_real_board(demo):
    roles = Counter(person.role for person in Person.select())
    states = Counter(posting.state for posting in Posting.select())
    assert roles["student"] == 40 and roles["teacher"] + roles["coordinator"] == 6
    assert Employer.select().count() == 25
    assert 75 <= sum(states.values()) <= 90 and 48 <= states["open"] <= 52
    fields = {posting.field.slug for posting in Posting.select().where(Posting.state == State.OPEN)}
    assert fields == {field.slug for field in Field.shown()}
    assert len({employer.size for employer in Employer.select()}) == 5


def test_everything_stands_in_every_state_somewhere(demo):
    assert {posting.state for posting in Posting.select()} == set(map(str, State))
    states = {application.state for application in Application.select()}
    assert states == set(map(str, ApplicationState)) - {"taken_back"}
    assert {employer.state for employer in Employer.select()} == set(map(str, EmployerState)) - {"lapsed"}
    assert Posting.select().where(Posting.apply_by == today() + timedelta(days=1), Posting.state == State.OPEN).count()
    assert Placement.select().count() == Application.select().where(Application.state == "accepted").count()


def test_every_open_project_could_be_sent_today(demo):
    school = School.here()
    for posting in Posting.select().where(Posting.state == State.OPEN):
        values = content.read(posting)
        assert checking.problems(values, posting.employer, school.today(), posting.id) == [], posting.title
        assert last_approved(posting).values == values


def test_no_two_projects_are_alike(demo):
    told = [posting.description for posting in Posting.select() if posting.description]
    titles = [posting.title for posting in Posting.select()]
    assert len(set(told)) == len(told) and len(set(titles)) == len(titles)
    assert not any("lorem" in text.lower() for text in told)


def test_no_application_gives_its_student_away(demo):
    for application in Application.select():
        texts = [application.why]
        texts += [row.words for row in Answer.select().where(Answer.application == application)]
        texts += [row.words for row in Evidence.select().where(Evidence.application == application)]
        assert [contact.found(text, application.student.name) for text in texts if text] == [[]] * len(
            [text for text in texts if text]
        )


def test_the_past_lies_in_order_behind_today(demo):
    assert Step.select().where(Step.at > now()).count() == 0
    for posting in Posting.select():
        times = [step.at for step in Step.of(posting)]
        assert times == sorted(times), posting.title
    for application in Application.select():
        times = [step.at for step in Step.of(application)]
        assert times == sorted(times) and len(times) > 0
    assert Step.select().where(Step.at > now() - timedelta(days=1)).count() < Step.select().count() / 5


def test_what_the_school_has_set_was_set_by_its_coordinator_some_day(demo):
    steps = list(Step.select().where(Step.noun == "school", Step.move == "change_settings"))
    told = {name: step for step in steps for name in step.facts["changed"]}
    assert {"guardian_call", "safety_person", "safety_backup", "safety_phone"} <= set(told)
    assert all(step.person.role == "coordinator" and step.at < now() - timedelta(days=30) for step in told.values())
    assert School.here().guardian_call and School.here().safety_person


def test_the_accounts_it_names_open_and_its_password_keeps_the_rules(demo):
    assert {check_sign_in(name, seed.PASSWORD)[0].role for name, _ in seed.ACCOUNTS} == {
        "student", "teacher", "coordinator", "employer",
    }  # fmt: skip
    assert not any(password_problem(seed.PASSWORD, person.name, person.email or "") for person in Person.select())


def test_its_index_holds_what_is_open(demo):
    assert len(index.held()) == Posting.select().where(Posting.state == State.OPEN).count()


def test_it_goes_into_an_empty_board_only(demo):
    with pytest.raises(seed.NotEmpty):
        seed.seed()


def test_everybody_has_heard_of_what_happened_and_read_what_is_old(demo):
    assert Step.select().where(Step.told_at.is_null()).count() == 0
    maya = Person.get(Person.username == "student")
    unread = [notice for notice in maya.notices if notice.read_at is None]
    assert maya.notices.count() > len(unread) >= 1
    assert all(notice.created_at > now() - seed.READ_AFTER for notice in unread)


def test_steps_are_numbered_as_they_happened_and_nobody_works_at_night(demo):
    times = [step.at for step in Step.select().order_by(Step.id)]
    assert times == sorted(times)
    zone = School.here().zone
    hours = {time.replace(tzinfo=UTC).astimezone(zone).hour for time in times if time < now() - timedelta(days=1)}
    assert min(hours) >= 7 and max(hours) <= 21  # an hour either way on the days the clocks change


# -- matches


def test_matches_stand_in_every_state_and_in_every_kind_of_trouble(demo):
    assert {placement.state for placement in Placement.select()} == set(map(str, PlacementState))
    assert {entry.state for entry in HoursEntry.select()} == set(map(str, HoursState))
    assert {message.state for message in Message.select()} == {"sent", "held"}
    assert {delivery.accepted for delivery in Delivery.select()} == {None, True, False}
    assert CheckIn.select().where(~CheckIn.well, CheckIn.settled_at.is_null()).count() == 1
    assert any(placement.is_small and placement.state == "delivered" for placement in Placement.select())


def test_time_worked_lies_between_the_start_and_today(demo):
    for entry in HoursEntry.select():
        assert begins_on(entry.placement) <= entry.worked_on <= today(), entry.did
        assert entry.worked_on <= day_of(entry.created_at)
        assert entry.confirmed_at is None or entry.created_at <= entry.confirmed_at


def test_what_was_dated_lies_in_the_order_in_which_it_happens(demo):
    for one in Placement.select():
        moments = [one.created_at, one.agreed_at, one.started_at, one.ended_at, now()]
        assert all(first <= then for first, then in pairwise([at for at in moments if at])), one.student.name
        days = [one.starts_on, one.due_on]
        days += [row.due_on for row in PlacementMilestone.select().where(PlacementMilestone.placement == one)]
        assert all(one.starts_on <= day <= one.due_on for day in days if day)
        if one.started_at:
            assert abs((one.starts_on - begins_on(one)).days) <= 1
            signed = Signature.select(Signature.signed_on).where(Signature.placement == one).tuples()
            assert max(day for (day,) in signed) <= begins_on(one)
        agreement = Agreement.get_or_none(Agreement.placement == one)
        assert (agreement is None) == (one.agreed_at is None)
        assert agreement is None or one.starts_on <= agreement.pay_by
        steps = [step.at for step in Step.of(one)]
        assert steps == sorted(steps)


MOMENTS = (
    GuardianYes.created_at, Agreement.updated_at, Signature.created_at, PlacementMilestone.done_at,
    PlacementMilestone.accepted_at, CheckIn.answered_at, CheckIn.settled_at, Delivery.delivered_at,
    Delivery.answered_at, Message.created_at, Message.held_at, Payment.created_at, EmployerFeedback.given_at,
    StudentFeedback.given_at,
)  # fmt: skip


@pytest.mark.parametrize("column", MOMENTS, ids=str)
def test_no_moment_is_that_of_the_filling(demo, column):
    """Each is the moment of a Step of its placement: it was moved with the rest of what happened then."""
    written = [(getattr(row, column.name), row.placement) for row in column.model.select() if getattr(row, column.name)]
    assert written
    for at, placement in written:
        assert at in {step.at for step in Step.of(placement)}


def test_nobody_can_be_reached_by_what_is_written_but_for_the_one_message_that_is_held(demo):
    held = [message for message in Message.select() if contact.found(message.words)]
    assert [message.state for message in held] == ["held"]
    texts = [step.reason for step in Step.select().where(Step.noun == "placement")]
    texts += [text for row in HoursEntry.select() for text in (row.did, row.query)]
    texts += [text for row in Delivery.select() for text in (row.words, row.answer)]
    texts += [row.words for row in CheckIn.select()] + [row.quote for row in EmployerFeedback.select()]
    texts += [row.reflection for row in StudentFeedback.select()]
    assert [text for text in texts if contact.found(text)] == []


def test_no_two_people_write_the_same_words(demo):
    said = [message.words for message in Message.select()] + [entry.did for entry in HoursEntry.select()]
    said += [delivery.words for delivery in Delivery.select()]
    assert len(said) == len(set(said)) > 60


def test_under_18_nothing_began_without_a_guardians_yes(demo):
    zone = School.here().zone
    for one in Placement.select().where(Placement.started_at.is_null(False)):
        age = one.student.age_on(one.started_at.replace(tzinfo=UTC).astimezone(zone).date())
        yes = one.application.guardian_answers.first()
        assert age >= 18 or yes.created_at <= one.started_at


def test_each_finished_match_is_kept_and_one_is_shared(demo):
    kept = {experience.placement: experience for experience in Experience.select()}
    done = list(Placement.select().where(Placement.state == PlacementState.COMPLETED))
    assert set(kept) == set(done)
    for placement, experience in kept.items():
        confirmed = placement.entries.where(HoursEntry.state == HoursState.CONFIRMED)
        assert experience.minutes == sum(entry.minutes for entry in confirmed) > 0
        assert experience.began_on == begins_on(placement) and experience.ended_on == day_of(placement.ended_at)
    shared = [experience for experience in kept.values() if experience.token]
    yes = GuardianYes.select().where(GuardianYes.about == "sharing")
    assert [one.placement for one in shared] == [one.placement for one in yes] and shared[0].shared_at < now()


def test_something_waits_in_a_match_for_each_account_it_names(demo):
    for name, label in seed.ACCOUNTS:
        person = check_sign_in(name, seed.PASSWORD)[0]
        own = list(Placement.seen_by(person))
        if label == "Teacher":
            own = [placement for placement in own if placement.lead_id == person.id]
        facts = waiting.facts_of(own, True, today())
        turns = [turn(facts[placement.id], person, today()) for placement in own]
        assert any(one and not one.calm for one in turns), label
        if label == "Student":
            running = [placement for placement in own if placement.state == PlacementState.ACTIVE]
            assert turn(facts[running[0].id], person, today())
        if label == "Teacher":
            assert any(one and one.urgent for one in turns)


def test_the_school_year_lies_around_today(demo):
    assert {period.kind for period in Period.select()} == set(map(str, PeriodKind))
    assert Period.select().where(Period.first_on <= today()).count()
    assert Period.select().where(Period.first_on > today()).count()


# -- at home


def test_homes_stand_at_every_stage_and_no_letter_of_an_invented_past_goes_out(demo):
    rows = list(GuardianAnswer.select())
    assert {(row.answer, row.how) for row in rows} >= {
        ("yes", "link"), ("no", "link"), ("question", "link"), ("yes", "paper"), ("yes", "school"),
    }  # fmt: skip
    found = [asked(placement) for placement in Placement.select().where(Placement.state.in_(OPEN))]
    stages = Counter(
        "of age" if one.of_student else "no" if one.no else "question" if one.question else "yes" if one.yes else "asked" for one in found if one.needed or one.of_student
    )  # fmt: skip
    assert min(stages[one] for one in ("of age", "no", "question", "yes", "asked")) >= 1, stages
    assert {ask.way for ask in GuardianAsk.select()} == {"mail", "slip"}
    assert GuardianAsk.select().join(Application).where(Application.state == "submitted").count() == 2, "asked early"
    assert not Mail.select().exists()
    for answer in rows:
        asks = [ask.created_at for ask in answer.application.guardian_asks if ask.guardian_id == answer.guardian_id]
        assert answer.guardian is None or not asks or min(asks) < answer.created_at < now()


def test_what_employers_were_shown_is_said_to_have_happened_when_it_did(demo):
    sent = list(Disclosure.select().where(Disclosure.what == What.APPLICATION))
    assert len(sent) > 20
    assert [one.id for one in sent if one.at != one.application.submitted_at] == []
