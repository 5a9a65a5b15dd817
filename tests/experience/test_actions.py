"""A sign-off makes an experience in the same transaction; what the employer says comes once it is open."""

from datetime import date, datetime, timedelta

import pytest

from board.db import database, now
from board.experience import actions, portfolio
from board.experience.model import Experience, ExperienceSkill, Portfolio
from board.moves import NotAllowed, Refused, Step, make
from board.people.model import Person
from board.placements.actions import note
from board.placements.model import EmployerFeedback, GuardianYes, HoursEntry, Placement, SkillRating, StudentFeedback
from board.placements.rules import MOVES
from board.postings.model import Posting
from board.school.model import Skill, today
from board.worker.timetable import BY_NAME
from tests import factories


def steps(experience: Experience) -> list[str]:
    """What happened to it, without how it came about."""
    moves = [
        step.move for step in Step.select().where(Step.noun == "placement", Step.noun_id == experience.placement_id)
    ]
    return moves[moves.index("complete") + 1 :]


# -- the day it is completed


def test_the_sign_off_keeps_what_was_done(app, cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE, resume_title="Design Intern")
    placement = factories.make_placement(
        "delivered", posting, cast.maya, supervisor=posting.supervisor_id, started_at=datetime(2026, 3, 4, 3, 0)
    )
    for state, minutes in (("confirmed", 90), ("confirmed", 60), ("logged", 30), ("queried", 600)):
        HoursEntry.create(
            placement=placement, worked_on=today(), minutes=minutes, did="Drew.", state=state,
            confirmed_at=now() if state == "confirmed" else None,
        )  # fmt: skip
    make(MOVES["complete"], placement, cast.okafor, ended_at=datetime(2026, 4, 2, 20, 0))
    kept = Experience.get()
    assert (kept.student_id, kept.title, kept.organization, kept.place) == (
        cast.maya.id,
        "Design Intern",
        "Cedar Print",
        "Old Town",
    )
    assert kept.began_on == date(2026, 3, 3), "it was still the day before at the school"
    assert (kept.ended_on, kept.minutes) == (date(2026, 4, 2), 150)
    assert (kept.supervisor, kept.supervisor_title) == ("Pat Lindqvist", "Owner")
    assert kept.delivered == "One printed page and its file."
    assert [(row.name, row.level, row.vouched_by) for row in kept.skills] == [
        ("Canva", None, ""),
        ("Photography", None, ""),
    ]
    assert (kept.token, kept.shows_quote, kept.quote) == (None, False, "")
    assert steps(kept) == ["keep"]


def test_nothing_that_changes_later_changes_it(app, cast):
    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya)
    Posting.update(resume_title="Chief", deliverable="Nothing", location="Mars").execute()
    Skill.update(name="Something else").where(Skill.name == "Canva").execute()
    actions.refresh(kept)
    again = Experience.get()
    assert (again.title, again.delivered) == ("Design Intern", "One printed page and its file.")
    assert "Canva" in [row.name for row in again.skills]


@pytest.mark.parametrize(
    ("changes", "title", "place"),
    [
        ({"resume_title": "", "place": "remote"}, "Design & Media Intern", "Remote"),
        ({"resume_title": "Sign Painter"} | factories.ON_SITE | {"location": ""}, "Sign Painter", "Alder Falls"),
    ],
)
def test_the_title_comes_from_the_field_and_the_place_from_the_employer_where_the_posting_says_none(app, cast, changes, title, place):  # fmt: skip
    posting = factories.make_posting("open", cast.cedar)
    Posting.update(
        {getattr(Posting, key): value for key, value in changes.items() if key not in ("supervisor", "sessions")}
    ).execute()
    kept = factories.make_experience(posting, cast.maya)
    assert (kept.title, kept.place) == (title, place)


@pytest.mark.parametrize("state", ["proposed", "agreed", "active", "delivered", "ended_early", "not_agreed"])
def test_nothing_but_a_sign_off_makes_an_experience(app, cast, state):
    factories.make_placement(state, student=cast.maya)
    assert Experience.select().count() == 0


def test_when_the_experience_cannot_be_kept_the_sign_off_has_not_happened(app, cast, monkeypatch):
    placement = factories.make_placement("delivered", student=cast.maya)
    monkeypatch.setattr(actions, "refresh", lambda experience: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(MOVES["complete"], placement, cast.okafor, ended_at=now())
    assert Placement.get().state == "delivered" and Experience.select().count() == 0
    assert not Step.select().where(Step.move.in_(["complete", "keep"])).exists()


# -- what the employer says


@pytest.fixture
def kept(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    return factories.make_experience(posting, cast.maya, 600)


def employer_says(kept, cast, days_ago=0, level=3, **more):
    canva = Skill.get(Skill.name == "Canva")
    SkillRating.create(placement=kept.placement_id, skill=canva, level=level)
    values = {"quote": "Quick and kind.", "may_name_reference": True} | more
    at = now() - timedelta(days=days_ago)
    EmployerFeedback.create(placement=kept.placement_id, person=cast.dana, given_at=at, **values)
    note(Placement.get_by_id(kept.placement_id), "give_feedback", cast.dana)


def student_says(kept, cast):
    grades = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)
    StudentFeedback.create(placement=kept.placement_id, **grades)
    note(Placement.get_by_id(kept.placement_id), "give_feedback", cast.maya)


def words_of(kept) -> tuple:
    row = Experience.get_by_id(kept.id)
    return (
        row.quote,
        row.may_name_reference,
        [(s.name, s.level, s.vouched_by) for s in row.skills.order_by(ExperienceSkill.id)],
    )


SEALED = ("", False, [("Canva", None, ""), ("Photography", None, "")])
OPEN = ("Quick and kind.", True, [("Canva", 3, "Dana Whitlock, Cedar Print"), ("Photography", None, "")])


def test_sealed_feedback_is_in_no_experience(kept, cast):
    employer_says(kept, cast, days_ago=6)
    assert not actions.refresh(kept) and actions.daily() == 0
    assert words_of(kept) == SEALED


@pytest.mark.parametrize("first", [employer_says, student_says])
def test_the_second_of_the_two_opens_it(kept, cast, first):
    first(kept, cast)
    assert words_of(kept) == SEALED
    (student_says if first is employer_says else employer_says)(kept, cast)
    assert words_of(kept) == OPEN
    assert Experience.get_by_id(kept.id).shows_quote is False, "the student has not agreed to it yet"
    assert steps(kept).count("vouch") == 1


def test_a_week_opens_it_by_itself_and_once(kept, cast):
    employer_says(kept, cast, days_ago=7)
    Step.delete().where(Step.move == "vouch").execute()
    Experience.update(quote="", may_name_reference=False).execute()
    ExperienceSkill.update(level=None, vouched_by="").execute()
    assert BY_NAME["experience"].run() == {"taken": 1}
    assert words_of(kept) == OPEN
    assert actions.daily() == 0 and not actions.refresh(kept)
    assert steps(kept).count("vouch") == 1


def test_feedback_from_before_the_sign_off_is_there_at_once(app, cast):
    placement = factories.make_placement("delivered", factories.make_posting("open", cast.cedar), cast.maya)
    grades = dict.fromkeys(("clear_task", "answers", "respect", "learning", "again"), 4)
    StudentFeedback.create(placement=placement, **grades)
    EmployerFeedback.create(placement=placement, person=cast.dana, quote="Quick and kind.", may_name_reference=True)
    SkillRating.create(placement=placement, skill=Skill.get(Skill.name == "Canva"), level=3)
    make(MOVES["complete"], placement, cast.okafor, ended_at=now())
    assert words_of(Experience.get()) == OPEN


def test_ratings_that_are_written_after_the_step_are_taken_over_too(kept, cast):
    student_says(kept, cast)
    with database.atomic():
        EmployerFeedback.create(
            placement=kept.placement_id, person=cast.dana, quote="Quick and kind.", may_name_reference=True
        )
        note(Placement.get_by_id(kept.placement_id), "give_feedback", cast.dana)
        SkillRating.create(placement=kept.placement_id, skill=Skill.get(Skill.name == "Canva"), level=3)
        assert words_of(kept) == SEALED
    assert words_of(kept) == OPEN


@pytest.mark.parametrize(("level", "vouched"), [(1, False), (2, True), (3, True), (4, True)])
def test_nobody_vouches_for_what_was_only_begun_with(kept, cast, level, vouched):
    student_says(kept, cast)
    employer_says(kept, cast, level=level)
    _quote, _reference, skills = words_of(kept)
    assert skills[0] == ("Canva", level, "Dana Whitlock, Cedar Print" if vouched else "")


# -- sharing

YEARS = 365.25


def aged(student: Person, years: int) -> Person:
    born = today() - timedelta(days=int(years * YEARS) + 30)
    Person.update(birth_date=born).where(Person.id == student.id).execute()
    return Person.get_by_id(student.id)


def test_under_18_nothing_is_shared_without_a_yes(kept, cast):
    with pytest.raises(Refused, match="guardian"):
        actions.share(kept, cast.maya)
    assert Experience.get().token is None and "share" not in steps(kept)
    actions.record_yes(kept, cast.okafor, today())
    actions.share(kept, cast.maya)
    assert len(Experience.get().token) >= 40 and Experience.get().shared_at
    assert steps(kept) == ["keep", "sharing_yes", "share"]


def test_what_the_school_has_written_down_since_counts(kept, cast):
    """The student's session began before."""
    actions.record_yes(kept, cast.okafor, today())
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    with pytest.raises(Refused, match="nothing about you"):
        actions.share(kept, cast.maya)


def test_at_18_the_student_decides_alone(kept, cast):
    actions.share(kept, aged(cast.maya, 18))
    assert Experience.get().token


def test_an_address_is_never_used_again(kept, cast):
    student = aged(cast.maya, 18)
    addresses = set()
    for _time in range(3):
        actions.share(kept, student)
        addresses.add(Experience.get().token)
        actions.stop_sharing(kept, student)
        assert Experience.get().token is None and Experience.get().shared_at is None
    assert len(addresses) == 3
    actions.stop_sharing(kept, student)
    assert steps(kept).count("stop_sharing") == 3


def test_sharing_once_more_keeps_the_address(kept, cast):
    student = aged(cast.maya, 18)
    actions.share(kept, student)
    token = Experience.get().token
    Experience.update(shared_at=datetime(2020, 1, 1)).execute()
    actions.share(kept, student)
    assert Experience.get().token == token and Experience.get().shared_at.year > 2020


def test_nobody_shares_for_somebody_else(kept, cast):
    for person in (cast.leo, cast.okafor, cast.dana):
        for act in (actions.share, actions.stop_sharing):
            with pytest.raises(NotAllowed):
                act(kept, person)
        with pytest.raises(NotAllowed):
            actions.choose(kept, person, {}, set())


def test_a_yes_is_written_down_by_staff_alone_and_once(kept, cast):
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            actions.record_yes(kept, person, today())
        with pytest.raises(NotAllowed):
            actions.withdraw_yes(kept, person)
    actions.record_yes(kept, cast.okafor, today())
    actions.record_yes(kept, cast.ruiz, today())
    assert GuardianYes.get().recorded_by_id == cast.okafor.id
    assert steps(kept).count("sharing_yes") == 1


def test_a_yes_is_not_of_a_day_to_come_nor_for_an_adult(kept, cast):
    with pytest.raises(Refused, match="more than a year ago"):
        actions.record_yes(kept, cast.okafor, today() - timedelta(days=400))
    with pytest.raises(Refused, match="has not come yet"):
        actions.record_yes(kept, cast.okafor, today() + timedelta(days=1))
    aged(cast.maya, 18)
    with pytest.raises(Refused, match="decides alone"):
        actions.record_yes(Experience.get(), cast.okafor, today())


def test_a_yes_that_is_withdrawn_takes_the_address_with_it_for_good(kept, cast):
    actions.record_yes(kept, cast.okafor, today())
    actions.share(kept, cast.maya)
    actions.withdraw_yes(kept, cast.ruiz)
    assert Experience.get().token is None and not actions.has_yes(kept)
    actions.record_yes(kept, cast.okafor, today())
    assert Experience.get().token is None, "the student decides anew"
    assert steps(kept) == ["keep", "sharing_yes", "share", "sharing_no", "sharing_yes"]


def test_a_yes_to_the_match_is_none_to_sharing(kept, cast):
    factories.say_yes(kept.placement)
    with pytest.raises(Refused):
        actions.share(kept, cast.maya)


def test_the_student_chooses_what_shows_and_cannot_tick_what_is_another_s(kept, cast):
    other = factories.make_experience(student=cast.leo)
    mine, theirs = kept.skills.first(), other.skills.first()
    actions.choose(kept, cast.maya, {"shows_hours": False, "title": "CEO", "in_portfolio": False}, {mine.id, theirs.id})
    row = Experience.get_by_id(kept.id)
    assert (row.shows_hours, row.in_portfolio, row.shows_supervisor, row.title) == (False, False, True, "Design Intern")
    assert [skill.shown for skill in row.skills.order_by(ExperienceSkill.id)] == [True, False]
    assert all(skill.shown for skill in Experience.get_by_id(other.id).skills)
    actions.choose(kept, cast.maya, {}, set())
    assert Experience.get_by_id(kept.id).shows_skills is False


# -- the portfolio


def test_a_portfolio_is_private_until_it_is_shared(kept, cast):
    student = aged(cast.maya, 18)
    portfolio.say_about(student, "I like paper.")
    assert (Portfolio.get().about, Portfolio.get().token) == ("I like paper.", None)
    portfolio.share_portfolio(student)
    assert len(Portfolio.get().token) >= 40
    portfolio.stop_sharing_portfolio(student)
    assert Portfolio.get().token is None
    moves = [step.move for step in Step.select().where(Step.noun == "portfolio")]
    assert moves == ["say", "share", "stop_sharing"]


def test_an_empty_portfolio_is_not_shared(kept, cast):
    student = aged(cast.maya, 18)
    actions.choose(kept, student, {"in_portfolio": False}, set())
    with pytest.raises(Refused, match="at least one"):
        portfolio.share_portfolio(student)


def test_under_18_a_portfolio_needs_a_yes_to_something_in_it(kept, cast):
    with pytest.raises(Refused, match="guardian"):
        portfolio.share_portfolio(cast.maya)
    actions.record_yes(kept, cast.okafor, today())
    portfolio.share_portfolio(cast.maya)
    assert Portfolio.get().token
