"""What a family reads on the page of their link as time goes on: whom the school has checked, other words, the end."""

import pytest

from board.applications import actions as applications
from board.applications.model import Application
from board.db import database, now
from board.employers import vetting_actions
from board.employers.model import Employer, Supervisor
from board.guardians import actions, text
from board.guardians.asking import LETTERS
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk
from board.guardians.rules import PAGE_STAYS
from board.guardians.standing import came_back
from board.mail.model import Mail
from board.placements.guardian import asked
from board.placements.model import Placement
from board.school.model import School
from tests import factories
from tests.guardians.conftest import YES, sign
from tests.inspector import by_id, having, text_of, words


def read(browser, link: str, status: int = 200) -> str:
    assert browser.get(link + "?language=en").status_code == status
    return text_of(browser.page)


def moves_on(page) -> set[str]:
    return {form.get("data-move") for form in having(page, "data-move")}


def test_it_says_who_sends_it_and_whom_the_school_has_checked_and_nothing_more_than_is_true(client, cast, matched, link):  # fmt: skip
    page = read(client(), link)
    assert f"{School.here().name} sends you this page" in page and "has checked this organization" in page
    assert "has checked this person" in page
    vetting_actions.SupervisorCheck.delete().execute()
    Employer.update(state="lapsed").where(Employer.id == cast.cedar.id).execute()
    page = read(client(), link)
    assert "has checked" not in page and "A teacher has read and approved" in page and Supervisor.get().name in page


@pytest.mark.parametrize("how", ["turned down", "not agreed"])
def test_what_comes_to_nothing_says_so_and_asks_for_nothing(client, cast, ana, link_of, how):
    School.update(guardian_asked_when="apply").execute()
    made = factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
    link = link_of()
    if how == "turned down":
        applications.turn_down(made, cast.maya)
    else:
        applications.accept(made, cast.maya)
        Placement.update(state="not_agreed", ended_at=now()).execute()
    browser = client()
    assert "did not work out" in read(browser, link) and moves_on(browser.page) == set()
    assert "Maya is not doing this project" in text_of(browser.page) and by_id(browser.page, "answered") is None


def test_half_a_year_after_the_end_the_page_closes_and_the_way_to_tell_the_school_stays(client, cast, matched, link):
    browser = client()
    sign(browser, link)
    ended = now() - PAGE_STAYS
    Placement.update(
        state="completed", agreed_at=ended, started_at=ended, ended_at=ended.replace(year=ended.year + 1)
    ).execute()
    assert "How it goes" in read(browser, link)
    Placement.update(ended_at=ended).execute()
    page = read(browser, link, 410)
    assert "This page is closed" in page and "Maya" not in page and "Cedar" not in page
    assert sign(browser, link).status_code in (409, 410) and GuardianAnswer.select().count() == 1
    assert read(browser, link + "/report")


def test_an_application_that_nobody_follows_up_closes_its_page_too(client, cast, ana, link_of):
    School.update(guardian_asked_when="apply").execute()
    made = factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    link = link_of()
    Application.update(updated_at=now() - PAGE_STAYS).execute()
    assert "May Maya" in read(client(), link), "it waits"
    Application.update(state="withdrawn").where(Application.id == made.id).execute()
    assert "This page is closed" in read(client(), link, 410)


@pytest.fixture
def newer(monkeypatch):
    monkeypatch.setitem(text.VERSIONS, 2, (*text.VERSIONS[1], "A newer sentence."))

    def come() -> None:
        monkeypatch.setattr(text, "CURRENT", 2)

    return come


def test_a_yes_to_older_words_counts_shows_those_words_and_can_be_given_to_the_new_ones(client, cast, matched, link, newer):  # fmt: skip
    browser, okafor, here = client(), client(cast.okafor), f"/placements/{matched.id}"
    sign(browser, link)
    assert "The school has a new text" not in read(browser, link)
    newer()
    assert not asked(matched).is_missing, "other words take no yes back"
    page = read(browser, link)
    assert (
        page.index("What you said yes to") < page.index("The school has a new text") < page.index("A newer sentence.")
    )
    okafor.get(here)
    assert "to an earlier text" in text_of(okafor.page) and "letter" in moves_on(okafor.page)
    letters = GuardianAsk.select().count()
    assert actions.ask(matched.application) == 0, "by itself the board asks nobody twice"
    okafor.post(f"/applications/{matched.application_id}/guardians/letter")
    assert GuardianAsk.select().count() == letters + 1
    sign(browser, link)
    last = GuardianAnswer.select().order_by(GuardianAnswer.id.desc()).get()
    assert (last.text_version, last.text_digest) == (2, text.digest(2))
    assert "The school has a new text" not in read(browser, link) and "A newer sentence." in text_of(browser.page)
    okafor.get(here)
    assert "to an earlier text" not in text_of(okafor.page)


def test_two_without_an_address_each_have_a_slip_of_their_own(client, cast, matched):
    okafor, here = client(cast.okafor), f"/applications/{matched.application_id}/guardians/slip"
    both = [actions.add(cast.maya, cast.okafor, {"name": name, "language": "es"}) for name in ("Rosa", "Tom")]
    okafor.get(f"/placements/{matched.id}")
    assert {f"slip-for-{one.id}" for one in both} <= moves_on(okafor.page)
    links = {}
    for one in (*both, both[0]):
        assert okafor.post(here, data={"guardian": one.id, "language": "es"}).status_code == 200
        assert f"Para {one.name}" in text_of(okafor.page) or f"For {one.name}" in text_of(okafor.page)
        links.setdefault(one.id, []).append("/g/" + text_of(okafor.page).split("/g/")[1].split()[0])
    rosa, tom = links[both[0].id], links[both[1].id]
    assert [client().get(one).status_code for one in (*rosa, *tom)] == [404, 200, 200]
    assert client().post(tom[0], data={"answer": "no"}).status_code == 303
    sign(client(), rosa[1], name="Rosa")
    assert asked(matched).no.guardian == both[1]
    leo = Guardian.create(student=cast.leo, name="Somebody else's")
    assert okafor.post(here, data={"guardian": leo.id}).status_code == 404


@pytest.mark.parametrize("letter", LETTERS)  # the question, news of what they agreed to, or that it rests
def test_a_letter_that_could_not_be_delivered_is_said_beside_it(client, cast, matched, letter):
    okafor = client(cast.okafor)
    Mail.update(state="sent", sent_at=now(), letter=letter).execute()
    for address in (f"/placements/{matched.id}", f"/students/{cast.maya.id}"):
        okafor.get(address)
        assert not having(okafor.page, "data-came-back")
    Mail.update(state="failed", sent_at=None).where(Mail.address == "ana@example.net").execute()
    for address in (f"/placements/{matched.id}", f"/students/{cast.maya.id}"):
        okafor.get(address)
        assert words(having(okafor.page, "data-came-back")[0]).startswith("It could not be delivered"), address  # fmt: skip


def test_whether_a_letter_came_back_is_found_by_its_address(app):
    sql, values = Guardian.select(came_back()).sql()
    plan = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    assert any("INDEX mail_address (address=?)" in row[3] for row in plan), plan


def test_on_a_slip_each_types_their_own_name(client, cast, matched):
    link = f"/g/{actions.print_slip(matched.application, cast.okafor, 'en')}"
    browser = client()
    browser.post(link, data=YES)
    browser.post(link + "/withdraw")
    read(browser, link)
    assert not by_id(browser.page, "guardian-name").get("value"), "the next hand would sign as the one before"
