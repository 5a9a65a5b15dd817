"""A parent or guardian who asks: what is held of them, and erasing it, to the last byte and not while it carries something."""

import pytest

from board import notices
from board.db import database, now, open_at
from board.guardians import actions as homes
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk, Word
from board.mail.model import Mail
from board.moves import Refused, Step
from board.placements.model import Placement
from board.postings.model import Comment
from board.privacy import cleaning
from board.privacy import homes as privacy
from board.privacy.erase import erase as erase_person
from board.privacy.ledger import remembered
from board.privacy.model import HomeErasure
from board.reports import actions as reports
from board.reports.model import Report
from tests import factories
from tests.inspector import having, text_of
from tests.privacy.test_erase import bytes_with, settled

NAME, MAIL = "Gwendolyn Quillmother", "gwen.quill@home.example"
SECRETS = ("Quillmother", "gwen.quill", "before we move")


@pytest.fixture
def match(cast):
    return factories.make_placement("agreed", factories.make_posting("open", cast.cedar, title="Door signs"), cast.maya)


@pytest.fixture
def gwen(cast, match, settings):
    """Asked by letter about Maya's match; wanted to talk first, then said yes; others wrote of her."""
    made = homes.add(cast.maya, cast.okafor, {"name": NAME, "email": MAIL, "language": "en", "relation": "aunt"})
    homes.ask(match.application, cast.okafor)
    link = GuardianAsk.select().first()
    homes.answer(link, Word.QUESTION, "", "en", "Can it end before we move?")
    homes.answer(link, Word.YES, NAME, "en")
    Comment.create(posting=match.posting, author=cast.okafor, words=f"{NAME} asked, {MAIL}. Gwendolyn is kind.")
    notices.deliver()
    factories.letters(settings)
    return Guardian.get_by_id(made.id)


def end(match) -> None:
    Placement.update(state="ended_early", ended_at=now(), end_reason="plans").where(Placement.id == match.id).execute()


def test_no_byte_of_them_is_left_and_that_somebody_answered_stays(app, cast, match, gwen, settings):
    end(match)
    settled(settings)
    assert {one for _file, one in bytes_with(settings.data, SECRETS)} == set(SECRETS), "the test would find them"
    answers = GuardianAnswer.select().count()
    assert privacy.erase(gwen, cast.ruiz, settings.data) > 3
    assert cleaning.waits() and cleaning.clean() == 1 and not cleaning.waits()
    assert bytes_with(settings.data, SECRETS) == []
    row = Guardian.get_by_id(gwen.id)
    assert (row.name, row.email, row.relation) == ("Erased person", None, "") and row.gone_at
    assert [one.answer for one in GuardianAnswer.select()] == ["question", "yes"] and answers == 2
    assert homes.find("nothing") is None and not GuardianAsk.select().where(GuardianAsk.ended_at.is_null()).exists()
    assert Comment.select().order_by(Comment.id.desc()).first().words == "[name] asked, [name]. Gwendolyn is kind."
    assert Step.select().where(Step.move == "erase_guardian", Step.noun_id == cast.maya.id).count() == 1
    assert privacy.erase(row, cast.ruiz, settings.data) == 0 and HomeErasure.select().count() == 1


def test_it_is_refused_while_something_stands_on_them(app, cast, match, gwen, settings):
    with pytest.raises(Refused, match="stands on their yes"):
        privacy.erase(gwen, cast.ruiz, settings.data)
    case = reports.report_by_guardian(match, gwen.id, "Odd.", False, "")
    end(match)
    with pytest.raises(Refused, match="as it is for now"):
        privacy.erase(gwen, cast.ruiz, settings.data)
    factories.close_report(Report.get_by_id(case.id), cast.ruiz)
    for person in (cast.okafor, cast.maya, cast.dana):
        with pytest.raises(Refused, match="Only a coordinator"):
            privacy.erase(gwen, person, settings.data)
    assert Guardian.get_by_id(gwen.id).name == NAME and privacy.erase(gwen, cast.ruiz, settings.data)


def test_the_same_address_is_the_same_person_for_every_child_and_a_shared_name_stays(app, cast, match, gwen, settings):
    end(match)
    second = homes.add(cast.leo, cast.okafor, {"name": NAME, "email": MAIL})
    other = homes.add(cast.noor, cast.okafor, {"name": NAME, "email": "another@home.example"})
    privacy.erase(gwen, cast.ruiz, settings.data)
    assert Guardian.get_by_id(second.id).email is None and HomeErasure.select().count() == 2
    assert Guardian.get_by_id(other.id).name == NAME
    assert Comment.select().order_by(Comment.id.desc()).first().words.startswith(f"{NAME} asked, [name].")


def test_with_a_student_goes_who_is_written_down_for_nobody_else(app, cast, match, gwen, settings):
    end(match)
    stays = {"name": "Hal Quillfather", "email": "hal@home.example"}
    for student in (cast.maya, cast.leo):
        homes.add(student, cast.okafor, stays)
    erase_person(cast.maya, cast.ruiz, settings.data)
    cleaning.clean()
    assert bytes_with(settings.data, SECRETS) == [] and not Mail.select().where(Mail.address == MAIL).exists()
    assert [row.name for row in Guardian.select()] == ["Hal Quillfather"] and bytes_with(settings.data, ["Quillfather"])


def test_who_was_erased_does_not_come_back_with_a_backup(app, cast, match, gwen, settings):
    from board.backups import backup

    end(match)
    backup(settings.database, settings.data / "backups" / "old.sqlite3")
    privacy.erase(gwen, cast.ruiz, settings.data)
    ledger = remembered(settings.data, "guardian")
    assert privacy.come_back(ledger) == [] and remembered(settings.data, "person") == set()
    database.close()
    open_at(settings.data / "backups" / "old.sqlite3")
    database.connect()
    assert [one.name for one in privacy.come_back(ledger)] == [NAME]


def test_a_coordinator_reads_hands_over_and_erases_on_one_page(client, cast, match, gwen):
    browser, page = client(cast.ruiz), f"/students/{cast.maya.id}/guardians/{gwen.id}"
    browser.get(f"/students/{cast.maya.id}")
    assert having(browser.page, "href", page)
    assert browser.get(page).status_code == 200
    text = text_of(browser.page)
    assert [
        one
        for one in (NAME, MAIL, "Can it end before we move?", "Letter", "aunt", "stands on their yes")
        if one not in text
    ] == []
    held = browser.get(f"{page}/file").json["held"]
    assert {name: len(rows) for name, rows in held.items()} == {
        "guardian": 1,
        "guardian_ask": 2,
        "guardian_answer": 2,
        "mail": 2,
    }
    assert "secret_hash" not in str(held)
    refused = browser.post(f"{page}/erase", data={"name": NAME})
    assert refused.status_code == 422 and "stands on their yes" in refused.text
    end(match)
    wrong = browser.post(f"{page}/erase", data={"name": "Somebody Else"})
    assert wrong.status_code == 422 and "This is not the name" in wrong.text and "Somebody Else" in wrong.text
    assert browser.post(f"{page}/erase", data={"name": NAME.lower()}).status_code == 303
    browser.get(page)
    assert "This person is erased" in text_of(browser.page) and MAIL not in text_of(browser.page)
    browser.get(f"/students/{cast.maya.id}")
    assert having(browser.page, "data-gone-guardian") and NAME not in text_of(browser.page)
    for person in (cast.okafor, cast.dana, cast.maya):
        assert client(person).get(page).status_code == 403
    assert browser.get(f"/students/{cast.leo.id}/guardians/{gwen.id}").status_code == 404
