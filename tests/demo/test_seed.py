"""The demo school looks alive, and keeps every rule a real board keeps."""

from collections import Counter
from datetime import UTC, timedelta

import pytest

from board import contact
from board.applications.model import Answer, Application, Evidence
from board.applications.model import State as ApplicationState
from board.db import database, now
from board.demo import seed
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.moves import Step
from board.people.actions import check_sign_in
from board.people.model import Person
from board.people.rules import password_problem
from board.placements.model import Placement
from board.postings import content
from board.postings.model import Posting, State
from board.postings.rules import problems
from board.postings.texts import last_approved
from board.school.model import Field, School, today
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
        assert problems(values, school.today(), school.minimum_pay_cents, school.minimum_age) == [], posting.title
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
