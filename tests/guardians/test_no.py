"""What a no stops: the student's own yes to an offer, a teacher's yes to the match, the start, also in the same moment."""

import pytest

from board.applications import actions as applications
from board.applications.model import Application
from board.db import now
from board.guardians import actions
from board.guardians.model import GuardianAnswer, GuardianAsk, How, Word
from board.moves import Refused
from board.people.model import Person
from board.placements import guardian_actions, match_actions, plan_actions
from board.placements.guardian import asked, shares_contact
from board.placements.match_rules import Choice
from board.placements.model import Placement
from board.school.model import School, today
from tests import factories
from tests.at_once import at_once
from tests.guardians.conftest import YES, sign
from tests.inspector import by_id, having, text_of, words


@pytest.fixture
def offered(cast, ana):
    """Asked at the application, Maya's mother has a link when Dana offers the place."""
    School.update(guardian_asked_when="apply").execute()
    return factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)


def moves_on(page) -> set[str]:
    return {form.get("data-move") for form in having(page, "data-move")}


def test_an_early_no_stops_the_match_and_only_the_student_reads_why(client, cast, offered, link_of):
    link, maya, here = link_of(), client(cast.maya), f"/applications/{offered.id}"
    maya.get(here)
    assert "accept" in moves_on(maya.page)
    assert client().post(link, data={"answer": "no"}).status_code == 303
    maya.get(here)
    assert moves_on(maya.page) >= {"turn_down"} and "accept" not in moves_on(maya.page)
    assert "said no to this project" in words(by_id(maya.page, "obstacle"))
    assert maya.post(here + "/accept").status_code == 409
    assert "said no to this project" in words(by_id(maya.page, "problem")) and by_id(maya.page, "obstacle") is None
    assert Application.get_by_id(offered.id).state == "offered" and not Placement.select().exists()
    dana = client(cast.dana)
    for address in (f"/employer/applicants/{offered.id}", f"/employer/postings/{offered.posting_id}/applicants?state=offered", "/notices", "/"):  # fmt: skip
        assert dana.get(address).status_code == 200
        page = text_of(dana.page).lower()
        assert "guardian" not in page and "parent" not in page and "said no" not in page, address
    sign(client(), link)
    maya.get(here)
    assert "accept" in moves_on(maya.page) and maya.post(here + "/accept").status_code == 303
    assert not asked(Placement.get()).is_missing, "the early yes holds for the match"


def test_a_yes_taken_back_before_the_match_stops_it_and_a_question_or_silence_does_not(app, cast, offered):
    link = GuardianAsk.get()
    actions.answer(link, Word.YES, "Ana Rivera", "es")
    actions.withdraw(link)
    with pytest.raises(Refused, match="said no"):
        applications.accept(offered, cast.maya)
    actions.answer(link, Word.QUESTION, "", "es")
    applications.accept(offered, cast.maya)
    assert asked(Placement.get()).is_missing


def test_from_18_on_an_early_no_of_home_stops_nothing(app, cast, offered):
    actions.answer(GuardianAsk.get(), Word.NO, "", "es")
    born = cast.maya.birth_date
    Person.update(birth_date=born.replace(year=born.year - 2)).where(Person.id == cast.maya.id).execute()
    applications.accept(Application.get_by_id(offered.id), Person.get_by_id(cast.maya.id))
    assert not asked(Placement.get()).needed


def choice_of(made: Placement, cast) -> Choice:
    return Choice(cast.okafor, cast.ruiz, made.supervisor, made.starts_on, made.due_on)


def test_no_teacher_agrees_to_a_match_while_somebody_s_no_stands(client, cast, matched, link):
    client().post(link, data={"answer": "no"})
    made = Placement.get_by_id(matched.id)
    with pytest.raises(Refused, match="said no to this match"):
        match_actions.agree(made, cast.okafor, choice_of(made, cast), 1)
    assert "Maya" not in client(cast.dana).get(f"/placements/{made.id}").text
    okafor, maya = client(cast.okafor), client(cast.maya)
    okafor.get(f"/placements/{made.id}")
    assert "not_agree" in moves_on(okafor.page) and not {"agree", "letter", "guardian-school"} & moves_on(okafor.page)
    assert "Don't repeat what the family has said" in text_of(okafor.page)
    for browser in (okafor, maya):
        browser.get(f"/placements/{made.id}")
        assert words(by_id(browser.page, "next")) == "A parent or guardian has said no"
    sign(client(), link)
    match_actions.agree(made, cast.okafor, choice_of(made, cast), 1)
    assert Placement.get_by_id(made.id).state == "agreed"


@pytest.mark.parametrize("order", [("no", "yes"), ("yes", "no")])
def test_of_two_guardians_the_no_wins_in_any_order_and_a_later_yes_of_the_same_one_ends_it(client, cast, matched, link, link_of, order):  # fmt: skip
    actions.add(cast.maya, cast.okafor, {"name": "Jorge Rivera", "email": "jorge@example.net", "language": "en"})
    jorge = {"no": link_of("jorge@example.net"), "yes": link}
    for word in order:
        assert client().post(jorge[word], data=YES | {"answer": word}).status_code == 303
    assert asked(matched).no.guardian.name == "Jorge Rivera"
    sign(client(), link)
    assert asked(matched).is_missing, "hers a second time changes nothing of his"
    sign(client(), jorge["no"], name="Jorge Rivera")
    assert asked(matched).yes and not asked(matched).no


def test_what_one_answers_many_times_keeps_the_other_from_nothing(client, cast, matched, link, link_of):
    actions.add(cast.maya, cast.okafor, {"name": "Jorge Rivera", "email": "jorge@example.net", "language": "en"})
    for _ in range(10):
        sign(client(), link)
    assert sign(client(), link).status_code == 429
    assert client().post(link_of("jorge@example.net"), data={"answer": "no"}).status_code == 303
    assert asked(matched).no


def test_two_papers_of_people_the_school_does_not_know_are_two_answers(app, cast):
    made = factories.make_placement("proposed", factories.make_posting("open", cast.cedar), cast.maya)
    guardian_actions.record_no(made, cast.okafor, today(), "Jorge Rivera")
    guardian_actions.record_yes(made, cast.okafor, today(), "Rosa Rivera")
    assert asked(made).no.name == "Jorge Rivera" and asked(made).is_missing
    guardian_actions.record_yes(made, cast.okafor, today(), "jorge  rivera")
    assert asked(made).yes


def test_a_paper_with_a_known_name_is_that_person_s_answer(client, cast, ana, matched, link):
    client().post(link, data={"answer": "no"})
    guardian_actions.record_yes(matched, cast.okafor, today(), " ana  rivera")
    assert GuardianAnswer.select().order_by(GuardianAnswer.id.desc()).get().guardian == ana and asked(matched).yes


def test_the_school_s_own_consent_taken_back_leaves_the_answer_to_home(app, cast, ana, matched):
    guardian_actions.record_school(matched, cast.ruiz, "Elena Ruiz", "Lives on their own.")
    guardian_actions.withdraw_yes(matched, cast.okafor)
    assert asked(matched).is_missing and not asked(matched).no
    actions.answer(GuardianAsk.get(), Word.YES, "Ana Rivera", "es")
    assert asked(matched).yes.how == How.LINK


def test_a_no_and_the_start_in_the_same_moment_never_leave_work_running(app, cast, ana):
    """Whichever is first: it does not start, or it rests before anybody reads how to reach the other."""
    for _ in range(4):
        made = factories.make_placement("agreed", factories.make_posting("open", cast.cedar, hours=6), cast.maya)
        link = GuardianAsk.get(GuardianAsk.application == made.application_id)
        actions.answer(link, Word.YES, "Ana Rivera", "es")
        made = factories.sign_all(made)
        results = at_once(
            lambda link=link: actions.answer(link, Word.NO, "", "es"),
            lambda made=made: plan_actions.start(Placement.get_by_id(made.id), cast.dana),
        )
        fresh = Placement.get_by_id(made.id)
        assert asked(fresh).no and not shares_contact(fresh, asked(fresh))
        assert (fresh.state, fresh.held_at is not None) in {("agreed", False), ("active", True)}, results
        assert isinstance(results[1], plan_actions.NotYet) == (fresh.state == "agreed"), results
        Placement.update(state="ended_early", ended_at=now()).where(Placement.id == made.id).execute()
