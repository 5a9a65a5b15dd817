"""Who is asked at home, when, and by which letter; the reminder, and the student's own turn at 18."""

from datetime import date, timedelta

import pytest

from board.applications import actions as applications
from board.db import now
from board.guardians import actions
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, Word
from board.mail.model import Mail
from board.moves import NotAllowed, Refused, Step
from board.people.model import Person
from board.placements import guardian, guardian_actions
from board.placements.model import Placement
from board.school.model import School, today
from tests import factories
from tests.doors.letters import body, letters

WORDS = {"name": "Jorge Rivera", "email": "jorge@example.net", "language": "en", "relation": "father"}


def asked_letters() -> list[Mail]:
    return [mail for mail in letters() if mail.letter == "guardian_ask"]


def test_once_matched_each_guardian_with_an_address_gets_a_letter_in_their_language(app, cast, ana, settings):
    actions.add(cast.maya, cast.okafor, WORDS)
    actions.add(cast.maya, cast.okafor, WORDS | {"name": "Rosa", "email": None})
    posting = factories.make_posting("open", cast.cedar)
    application = factories.make_application("submitted", posting, cast.maya)
    assert asked_letters() == []
    factories.make_application("offered", factories.make_posting("open", cast.mill), cast.leo)
    applications.offer(application, cast.dana, today() + timedelta(days=3))
    applications.accept(application, cast.maya)
    assert [(mail.address, mail.language) for mail in asked_letters()] == [("ana@example.net", "es"), ("jorge@example.net", "en")]  # fmt: skip
    sent = {one["To"]: one for one in factories.letters(settings)}["jorge@example.net"]
    text = sent["Subject"] + body(sent)
    assert "Maya" in text and "Price list for the counter" in text and "Cedar Print" in text
    assert not [word for word in ("Rivera", cast.maya.email, str(cast.maya.birth_date), "grade") if word in (text + body(sent, "html")).replace("Jorge Rivera", "")]  # fmt: skip
    assert all(mail.content == "" for mail in asked_letters()), "the link is in no row once it is sent"


def test_the_token_is_kept_as_a_hash_alone_and_is_long_enough(app, link):
    token = link.removeprefix("/g/")
    assert len(token) >= 32  # of 64 letters: 192 bits
    kept = [value for row in GuardianAsk.select().tuples() for value in row]
    assert token not in kept and actions.find(token) and actions.find(token + "x") is None


def test_where_the_school_wants_it_the_first_application_asks_and_the_next_one_only_its_match(app, cast, ana):
    School.update(guardian_asked_when="apply").execute()
    first = factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    assert [mail.values["matched"] for mail in asked_letters()] == [False]
    factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    assert len(asked_letters()) == 1
    factories.make_application("accepted", factories.make_posting("open", cast.cedar), cast.maya)
    assert [mail.values["matched"] for mail in asked_letters()] == [False, True]
    assert GuardianAsk.select().where(GuardianAsk.application == first).count() == 1


def test_nobody_is_asked_about_an_adult_nor_where_the_school_asks_nobody(app, cast, ana):
    grown = factories.make_student(age=18)
    actions.add(grown, cast.okafor, WORDS)
    factories.make_application("accepted", factories.make_posting("open", cast.cedar), grown)
    School.update(guardian_not_asked=True).execute()
    factories.make_application("accepted", factories.make_posting("open", cast.cedar), cast.maya)
    assert asked_letters() == []


def test_where_the_family_gives_no_directory_information_home_is_asked_all_the_same(app, cast, ana):
    School.update(guardian_not_asked=True).execute()
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    maya = Person.get_by_id(cast.maya.id)
    made = factories.make_placement("proposed", factories.make_posting("open", cast.cedar), maya)
    assert len(asked_letters()) == 1 and guardian.asked(Placement.get_by_id(made.id)).is_missing


def test_an_address_that_comes_later_is_asked_about_what_waits(app, cast):
    factories.make_placement("proposed", factories.make_posting("open", cast.cedar), cast.maya)
    over = factories.make_placement("ended_early", factories.make_posting("open", cast.cedar), cast.maya)
    assert asked_letters() == []
    actions.add(cast.maya, cast.okafor, WORDS)
    assert len(asked_letters()) == 1
    assert not GuardianAsk.select().where(GuardianAsk.application == over.application_id).exists()


def test_an_address_never_comes_from_a_student_and_never_is_a_student_s(app, cast, ana):
    for person in (cast.maya, cast.leo, cast.dana):
        with pytest.raises(NotAllowed):
            actions.add(cast.maya, person, WORDS)
    for email, words in ((cast.maya.email, "of a student"), (cast.leo.email.upper(), "of a student"), ("ANA@example.net", "already")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            actions.add(cast.maya, cast.okafor, WORDS | {"email": email})
    assert Guardian.select().count() == 1
    actions.add(cast.leo, cast.okafor, WORDS | {"email": "ana@example.net"})  # she has two children here


def test_a_letter_is_sent_again_by_a_teacher_a_few_times_a_day_until_there_is_an_answer(app, cast, matched):
    application = matched.application
    assert actions.ask(application) == 0, "by itself the board writes once"
    assert [actions.ask(application, cast.okafor) for _ in range(2)] == [1, 1]
    with pytest.raises(Refused, match="3 letters"):
        actions.ask(application, cast.okafor)
    GuardianAsk.update(created_at=now() - timedelta(days=2)).execute()
    assert actions.ask(application, cast.okafor) == 1
    actions.answer(GuardianAsk.get(), Word.NO, "", "es")
    assert actions.ask(application, cast.okafor) == 0
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            actions.ask(application, person)


def test_a_slip_that_was_printed_for_somebody_is_no_letter_to_them(app, cast, ana):
    application = factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
    for _ in range(3):
        actions.print_slip(application, cast.okafor, "es", ana)
    applications.accept(application, cast.maya)
    assert [mail.address for mail in asked_letters()] == ["ana@example.net"]
    assert [actions.ask(application, cast.okafor) for _ in range(2)] == [1, 1], "three a day, and the slips are none"


def test_without_an_answer_there_is_one_reminder_after_some_days(app, cast, matched):
    day = today()
    assert actions.daily(day)["reminded"] == 0
    GuardianAsk.update(created_at=now() - timedelta(days=5)).execute()
    assert [actions.daily(day)["reminded"] for _ in range(2)] == [1, 0]
    assert [mail.values["again"] for mail in asked_letters()] == [False, True]
    GuardianAsk.update(created_at=now() - timedelta(days=9)).execute()
    assert actions.daily(day)["reminded"] == 0


def test_who_has_answered_is_reminded_of_nothing(app, cast, matched):
    GuardianAsk.update(created_at=now() - timedelta(days=5)).execute()
    actions.answer(GuardianAsk.get(), Word.QUESTION, "", "es")
    assert actions.daily(today())["reminded"] == 0


# -- at 18


def turn_18(student) -> None:
    day = today()
    Person.update(birth_date=date(day.year - 18, 1, 1)).where(Person.id == student.id).execute()


def test_on_the_birthday_the_student_is_asked_once_and_what_was_agreed_goes_on(app, cast, ana):
    made = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.maya)
    Placement.update(created_at=now() - timedelta(days=800)).execute()
    actions.answer(GuardianAsk.get(), Word.YES, "Ana Rivera", "es")
    assert actions.daily(today())["of_age"] == 0
    turn_18(cast.maya)
    assert [actions.daily(today())["of_age"] for _ in range(2)] == [1, 0]
    assert Step.select().where(Step.move == "of_age", Step.noun == "placement", Step.noun_id == made.id).count() == 1
    fresh = Placement.get_by_id(made.id)
    found = guardian.asked(fresh)
    assert found.of_student and not found.is_missing and guardian.shares_contact(fresh, found)
    maya = Person.get_by_id(cast.maya.id)
    actions.say_oneself(fresh.application, maya, False, "en")
    fresh = Placement.get_by_id(made.id)
    assert guardian.asked(fresh).is_missing and fresh.held_at, "their own no counts at once"
    actions.say_oneself(fresh.application, maya, True, "en")
    assert not guardian.asked(Placement.get_by_id(made.id)).is_missing


def test_nobody_says_it_for_somebody_else_or_before_18(app, cast, matched):
    for person in (cast.maya, cast.leo, cast.okafor):
        with pytest.raises(NotAllowed):
            actions.say_oneself(matched.application, person, True, "en")


def test_whoever_was_18_when_matched_is_asked_for_nothing(app, cast):
    factories.make_placement("active", factories.make_posting("open", cast.cedar), factories.make_student(age=18))
    assert actions.daily(today())["of_age"] == 0


# -- the school's own consent


def test_only_a_coordinator_consents_for_the_school_and_says_who_and_why(app, cast, matched):
    with pytest.raises(NotAllowed):
        guardian_actions.record_school(matched, cast.okafor, "Elena Ruiz", "Lives on their own.")
    for name, why in (("", "Lives on their own."), ("Elena Ruiz", "  ")):
        with pytest.raises(Refused, match="why"):
            guardian_actions.record_school(matched, cast.ruiz, name, why)
    step = guardian_actions.record_school(matched, cast.ruiz, "Elena Ruiz", "Lives on their own.")
    made = GuardianAnswer.get()
    assert (made.how, made.name, made.why, made.recorded_by) == ("school", "Elena Ruiz", "Lives on their own.", cast.ruiz)  # fmt: skip
    assert not guardian.asked(matched).is_missing
    assert step.move == "guardian_yes" and "own" not in step.detail, "what the employer may read is the same as of any yes"  # fmt: skip
