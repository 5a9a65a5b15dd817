"""A suspension closes everything, tells everybody in it without a word of blame, and is lifted knowingly."""

import re
from datetime import timedelta

import pytest

from board import notices
from board.applications.model import Application
from board.db import now
from board.employers import actions, vetting_days
from board.employers.model import Employer
from board.guardians.model import Guardian, GuardianAsk
from board.mail.model import Mail
from board.moves import Refused, Step
from board.notices import Notice
from board.people import narrow, sessions
from board.people.model import Person, SignIn
from board.placements import ending_actions, guardian, hold_actions
from board.placements.model import Placement
from board.postings import actions as postings
from board.postings import followed
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.inspector import by_id, having, text_of

REASON = "Quarrel over the till, as Quimby told us."


def fresh(thing):
    return type(thing).get_by_id(thing.id)


@pytest.fixture
def running(cast):
    """An employer in the middle of everything."""
    cast.open = factories.make_posting("open", cast.cedar, seats=9)
    cast.waits = factories.make_application("submitted", cast.open, cast.leo)
    cast.liked = factories.make_application("shortlisted", cast.open)
    cast.offered = factories.make_application("offered", cast.open)
    cast.draft = factories.make_application("draft", cast.open, cast.noor) if cast.noor.birth_date else None
    cast.placed = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.maya)
    cast.proposed = factories.make_placement("proposed", factories.make_posting("open", cast.cedar))
    cast.done = factories.make_placement("completed", factories.make_posting("open", cast.cedar))
    cast.elsewhere = factories.make_application("submitted", factories.make_posting("open", cast.mill))
    notices.deliver()
    Notice.delete().execute()
    return cast


def suspend(cast) -> None:
    actions.move("suspend", cast.cedar, cast.ruiz, REASON)
    notices.deliver()


def heard(person) -> list[str]:
    return [notices.HEARS[one.step.noun, one.step.move].words for one in Notice.select().where(Notice.person == person)]


def test_everything_of_theirs_stops_and_nothing_of_anybody_elses(running):
    suspend(running)
    assert {posting.state for posting in Posting.select().where(Posting.employer == running.cedar)} <= {
        "paused",
        "filled",
    }
    assert [fresh(one).state for one in (running.waits, running.liked)] == ["not_selected"] * 2
    assert fresh(running.offered).state == "taken_back" and fresh(running.offered).seat is None
    assert all(fresh(one).held_at for one in (running.placed, running.proposed))
    assert not fresh(running.done).held_at
    assert fresh(running.elsewhere).state == "submitted"


def test_everybody_in_it_is_told_and_no_word_of_why_reaches_them(running, client):
    suspend(running)
    assert [word for word in heard(running.leo) if "ended without a place" in word]
    assert [word for word in heard(running.offered.student) if "has ended" in word]
    assert [word for word in heard(running.maya) if "has paused" in word]
    lead = Placement.get_by_id(running.placed.id).lead
    assert [word for word in heard(lead) if "Decide how it goes on" in word]
    assert not [word for word in heard(lead) if "has paused" in word]  # said once
    assert [word for word in heard(running.dana) if "has suspended" in word]
    for person, addresses in (
        (running.leo, ("/notices", "/applications", f"/applications/{running.waits.id}")),
        (running.maya, ("/notices", f"/placements/{running.placed.id}", f"/employers/{running.cedar.id}")),
        (running.offered.student, ("/notices", f"/applications/{running.offered.id}")),
    ):
        browser = client(person)
        for address in addresses:
            browser.get(address)
            assert "Quimby" not in text_of(browser.page) and "uspended" not in text_of(browser.page), address


def family_letters() -> list[tuple[str, str, str]]:
    rows = Mail.select().where(Mail.letter == "guardian_told").order_by(Mail.id)
    return [(mail.address, mail.language, mail.values.get("what")) for mail in rows]


def at_home(student, name: str, email: str | None, language: str = "en") -> Guardian:
    return Guardian.create(student=student, name=name, email=email, language=language)


def test_families_hear_that_it_rests_and_how_it_goes_on_and_no_word_of_why(running, settings):
    at_home(running.maya, "Ana", "ana@example.net", "es")
    at_home(running.maya, "Rosa", None)
    gone = at_home(running.maya, "Tío", "tio@example.net")
    gone.gone_at = now()
    gone.save()
    at_home(running.leo, "Kim", "kim@example.net")  # the school has not asked them: they know of no application
    asked = at_home(running.liked.student, "Pat", "pat@example.net")
    GuardianAsk.create(application=running.liked, guardian=asked, way="mail", secret_hash="a" * 64)
    at_home(running.done.application.student, "Old", "old@example.net")  # that work is done
    of_age = factories.make_placement(
        "active", factories.make_posting("open", running.cedar), factories.make_student(age=18)
    )
    at_home(of_age.application.student, "Eve", "eve@example.net")
    suspend(running)
    assert family_letters() == [("ana@example.net", "es", "rests"), ("pat@example.net", "en", "over")]
    letters = {str(letter["To"]): letter for letter in factories.letters(settings)}
    for address, words in (("ana@example.net", "Maya"), ("pat@example.net", "application has ended")):
        text = letters[address]["Subject"] + str(letters[address])
        assert words in text and "Quimby" not in text and "uspended" not in text
    hold_actions.lift(fresh(running.placed), running.ruiz)
    hold_actions.hold(fresh(running.placed), running.okafor, "Something else.")
    hold_actions.lift(fresh(running.placed), running.ruiz)  # this hold they never heard of
    assert family_letters()[2:] == [("ana@example.net", "es", "goes_on")]


def test_a_family_that_was_told_it_rests_is_told_when_it_ends(running):
    at_home(running.maya, "Ana", "ana@example.net", "es")
    suspend(running)
    ending_actions.end_early(fresh(running.placed), running.okafor, "fit", "Too low.")
    assert [what for _to, _language, what in family_letters()] == ["rests", "ended"]


def test_teachers_of_its_students_and_the_other_coordinators_hear_of_it(running):
    adviser = factories.make_person("teacher")
    Person.update(adviser=adviser).where(Person.id.in_([running.leo.id, running.maya.id])).execute()
    other = factories.make_person("coordinator")
    suspend(running)
    assert [word for word in heard(adviser) if "Students you look after" in word]
    assert [word for word in heard(other) if "has suspended" in word]
    assert not [word for word in heard(running.ruiz) if "has suspended" in word]  # they did it


def test_the_page_before_it_names_the_families_nobody_can_write_to(running, client):
    at_home(running.maya, "Ana", "ana@example.net")
    ruiz = client(running.ruiz)
    ruiz.get(f"/employers/{running.cedar.id}/suspend")
    (line,) = re.findall(r"no mail address of theirs: ([^.]*?) Links in", text_of(ruiz.page))
    assert running.proposed.application.student.name in line and running.maya.name not in line


def test_one_whose_check_has_lapsed_is_suspended_too_and_nothing_opens_by_itself_afterwards(running):
    Employer.update(verified_until=today() - timedelta(days=1)).where(Employer.id == running.cedar.id).execute()
    vetting_days.daily(today())
    assert fresh(running.open).held_at is None
    suspend(running)
    assert fresh(running.open).held_at and fresh(running.waits).state == "not_selected"
    actions.move("verify", fresh(running.cedar), running.ruiz, "We have talked; a new manager.")
    assert fresh(running.open).state == "paused" and followed.resting(running.cedar) == []


def test_letters_of_it_name_no_reason(running, settings):
    suspend(running)
    texts = "\n".join(str(letter) for letter in factories.letters(settings))
    assert "has paused" in texts and "Quimby" not in texts


def test_contact_is_not_shared_any_more(running):
    placement = fresh(running.placed)
    suspend(running)
    placement = fresh(placement)
    assert not guardian.shares_contact(placement, guardian.asked(placement))


def test_links_in_their_mails_are_dead_and_who_came_by_one_is_out(running, client):
    path = f"/employer/postings/{running.open.id}/applicants"
    link = f"/m/{narrow.sign(running.dana, path)}"
    visitor = client()
    assert visitor.get(link).status_code == 200
    sessions.begin(running.dana, "Mail", f"applicants {running.open.id}")
    sessions.begin(running.dana, "Whole")
    sessions.begin(running.omar, "Mail", "applicants 1")
    suspend(running)
    assert visitor.get(link).status_code == 404
    assert "stopped working with your organization for now" in text_of(visitor.page)
    assert visitor.post(link).status_code == 404
    living = {(row.person_id, row.browser) for row in SignIn.select().where(SignIn.ended_at.is_null())}
    assert (running.dana.id, "Whole") in living and (running.omar.id, "Mail") in living
    assert (running.dana.id, "Mail") not in living


def test_the_page_before_it_says_what_happens_and_what_comes_back(running, client):
    ruiz = client(running.ruiz)
    ruiz.get(f"/employers/{running.cedar.id}/suspend")
    text = text_of(ruiz.page)
    for words in ("One open posting goes off the board", "2 students wait for an answer", "One offer has no answer yet",
                  "2 placements are not finished", "put back one by one"):  # fmt: skip
        assert words in text, words
    assert ruiz.post(f"/employers/{running.cedar.id}/suspend", data={"suspend-reason": "  "}).status_code == 422
    assert fresh(running.cedar).is_verified
    assert ruiz.post(f"/employers/{running.cedar.id}/suspend", data={"suspend-reason": REASON}).status_code == 303
    assert fresh(running.cedar).state == "suspended"
    assert ruiz.get(f"/employers/{running.cedar.id}/suspend").status_code == 303  # nothing to suspend


@pytest.mark.parametrize("who", ["okafor", "dana", "maya"])
def test_nobody_but_a_coordinator_suspends(cast, client, who):
    browser = client(getattr(cast, who))
    for verb in (browser.get, browser.post):
        assert verb(f"/employers/{cast.cedar.id}/suspend", data={"suspend-reason": "x"}).status_code == 403


def test_lifting_it_asks_why_and_brings_back_what_it_said(running, client):
    suspend(running)
    ruiz = client(running.ruiz)
    ruiz.get(f"/employers/{running.cedar.id}/vetting")
    assert "What does not: applications that were answered" in text_of(ruiz.page)
    with pytest.raises(Refused):
        actions.move("verify", fresh(running.cedar), running.ruiz)
    actions.move("verify", fresh(running.cedar), running.ruiz, "We have talked; a new manager.")
    assert fresh(running.open).held_at and fresh(running.open).state == "paused"
    assert followed.resting(running.cedar) == []  # these are put back one by one
    postings.put_back(fresh(running.open), running.okafor)
    assert fresh(running.open).is_live
    assert fresh(running.placed).held_at
    hold_actions.lift(fresh(running.placed), running.ruiz)
    assert not fresh(running.placed).held_at and not hold_actions.asks_for_decision(fresh(running.placed))
    assert Application.get_by_id(running.waits.id).state == "not_selected"


def test_who_was_answered_by_a_suspension_can_apply_anew_and_who_the_employer_answered_can_not(running):
    refused = factories.make_application("not_selected", running.open)
    suspend(running)
    actions.move("verify", fresh(running.cedar), running.ruiz, "We have talked; a new manager.")
    postings.put_back(fresh(running.open), running.okafor)
    for application in (running.waits, running.offered):
        again = factories.make_application("submitted", fresh(running.open), application.student)
        assert again.id != application.id and fresh(application).state in ("not_selected", "taken_back")
    with pytest.raises(Refused, match="the employer has answered"):
        factories.make_application("submitted", fresh(running.open), refused.student)


def test_a_placement_that_was_on_hold_already_stays_so_and_says_it_once(running):
    hold_actions.hold(fresh(running.placed), running.okafor, "A parent has called.")
    suspend(running)
    assert [step.move for step in Step.of(running.placed)].count("hold") == 1


def test_the_school_reads_on_the_placement_why_it_is_on_hold(running, client):
    suspend(running)
    okafor = client(running.okafor)
    okafor.get(f"/placements/{running.placed.id}")
    assert "The employer was suspended." in text_of(okafor.page)
    maya = client(running.maya)
    maya.get(f"/placements/{running.placed.id}")
    assert by_id(maya.page, "holding") is not None


def test_who_is_refused_loses_the_links_as_well(cast, client):
    link = f"/m/{narrow.sign(cast.nia, '/employer/postings/1')}"
    actions.move("refuse", cast.newcomer, cast.ruiz, "No such farm.")
    assert client().get(link).status_code == 404


def test_who_never_was_on_the_board_is_not_suspended(cast, client):
    for state in ("unverified", "refused"):
        Employer.update(state=state).where(Employer.id == cast.newcomer.id).execute()
        ruiz = client(cast.ruiz)
        assert ruiz.post(f"/employers/{cast.newcomer.id}/suspend", data={"suspend-reason": "x"}).status_code == 303
        assert fresh(cast.newcomer).state == state
        ruiz.get(f"/employers/{cast.newcomer.id}")
        assert not [a for a in having(ruiz.page, "href") if a.get("href").endswith("/suspend")]
