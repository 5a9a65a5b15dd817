"""Something felt wrong to a parent or guardian: one press on a page of their link, with no account and no cookie."""

from board.guardians import actions as guardians
from board.people.model import SignIn
from board.placements.model import Placement
from board.postings.model import Posting
from board.reports.model import By, Report
from board.school.model import School
from tests.inspector import having, text_of


def test_the_page_of_the_link_leads_there_and_one_press_is_enough(client, cast, link, matched):
    School.update(safety_person=cast.ruiz.id, safety_phone="503 555 0101").execute()
    browser = client()
    for address in (link, f"{link}/report", "/g/nothing"):
        browser.get(f"{address}?language=es")
        (foot,) = having(browser.page, "class", "site-footer")
        assert "Elena Ruiz" in text_of(foot) and "503 555 0101" in text_of(foot), address
    browser.get(link + "?language=en")
    assert f"{link}/report?language=en" in [one.get("href") for one in browser.page.iter("a")]
    browser.get(f"{link}/report?language=en")
    page = text_of(browser.page)
    for said in ("911", "988", "Elena Ruiz", "You need not say what or why"):
        assert said in page
    assert not Report.select().exists() and "Rivera" not in page
    assert browser.post(f"{link}/report?language=en").status_code == 303
    case = Report.get()
    assert (case.by, case.words, case.placement_id, case.person_id) == (By.GUARDIAN, "", matched.id, None)
    assert Placement.get_by_id(matched.id).held_at and Posting.get_by_id(matched.posting.id).held_at
    browser.get(f"{link}/report?language=en")
    assert "It has arrived" in text_of(browser.page)
    assert not SignIn.select().where(SignIn.person == cast.maya).exists()


def test_saying_it_again_adds_to_the_first_and_who_is_named_never_reads_it(client, cast, link):
    browser = client()
    browser.post(f"{link}/report", data={"words": "He asked for her number."})
    browser.post(f"{link}/report", data={"words": "And he came to our house.", "in_danger": "y"})
    case = Report.get()
    assert case.in_danger and "house" in case.words and Report.select().count() == 1
    okafor, ruiz = client(cast.okafor), client(cast.ruiz)
    browser.get(f"{link}/report")
    assert [text_of(one) for one in having(browser.page, "class", "choice")] == ["Elena Ruiz"]
    assert okafor.get(f"/safety/{case.id}").status_code == 404
    assert ruiz.get(f"/safety/{case.id}").status_code == 200
    assert "Ana Rivera (a parent or guardian)" in text_of(ruiz.page)


def test_whoever_holds_a_slip_says_so_the_same_way(client, cast, matched):
    token = guardians.print_slip(matched.application, cast.okafor, "en")
    browser, here = client(), f"/g/{token}/report"
    browser.get(f"/g/{token}")
    assert f"{here}?language=en" in [one.get("href") for one in browser.page.iter("a")]
    assert browser.get(here).status_code == 200
    assert [browser.post(here, data={"words": words}).status_code for words in ("She came home late.", "Twice.")] == [303, 303]  # fmt: skip
    case = Report.get()
    assert (case.by, case.guardian_id, Report.select().count()) == (By.GUARDIAN, None, 1)
    ruiz = client(cast.ruiz)
    assert ruiz.get(f"/safety/{case.id}").status_code == 200 and "Twice." in text_of(ruiz.page)
    browser.get(f"{here}?sent=1")
    assert "It has arrived." in text_of(browser.page)
    for later in (token, guardians.print_slip(matched.application, cast.okafor, "en")):
        holder = client()
        holder.get(f"/g/{later}/report")
        said = text_of(holder.page)
        assert "arrived" not in said and "was opened" not in said, "the next hand learns of no case"


def test_a_wrong_link_and_the_student_themself_say_nothing(client, cast, link):
    assert client().get("/g/nothing/report").status_code == 404
    assert client().post("/g/nothing/report").status_code == 404
    maya = client(cast.maya)
    assert maya.get(f"{link}/report").status_code == 404
    assert maya.post(f"{link}/report").status_code == 404
    assert not Report.select().exists()


def test_too_many_words_are_refused_in_words(client, link):
    browser = client()
    assert browser.post(f"{link}/report", data={"words": "x" * 2001}).status_code == 422
    assert not Report.select().exists()
