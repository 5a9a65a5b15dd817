"""What only a coordinator does, in the browser: checking an employer, settling what somebody reported."""

import pytest
from playwright.sync_api import expect

from board.employers.model import Employer
from board.employers.vetting_model import SupervisorCheck
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.browser.steps import WAYS, fits, go_to, move, press, told, unfold


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_checks_a_new_employer_and_its_posting_can_be_approved(browse, cast, axe, script):
    posting = factories.make_posting("submitted", employer=cast.newcomer)
    page = browse(cast.ruiz, script=script, viewport=WAYS[script])
    page.goto(f"/review/{posting.id}")
    expect(page.locator("form[data-move=approve]")).to_have_count(0)
    go_to(page, "Check this employer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Newcomer Farm")
    fits(page)
    if script:
        axe(page)
    go_to(page, "Check this employer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check of Newcomer Farm")
    fits(page)
    if script:
        axe(page)
    exists = page.locator("#item-exists")
    unfold(exists, "Write down")
    exists.get_by_text("Fine", exact=True).click()
    exists.get_by_label("How you know").fill("In the registry of farms.")
    exists.get_by_role("button", name="Keep it").click()
    told(page, "Written down: The organization exists.")
    expect(page.locator("#missing li")).to_have_count(4)
    move(page, "verify")
    expect(page.locator("#errors")).to_contain_text("Not everything is looked at")
    page.get_by_label("Why you verify them without what is missing").fill("Ms. Ortega has known them for years.")
    move(page, "verify")
    told(page, "Newcomer Farm is checked.")
    assert Employer.get_by_id(cast.newcomer.id).state == "verified"
    page.goto(f"/review/{posting.id}")
    move(page, "approve", "Approve")
    told(page, "is open")
    assert Posting.get_by_id(posting.id).state == "open"


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_checks_a_supervisor_and_the_posting_that_waits_can_be_approved(browse, cast, script):
    posting = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    SupervisorCheck.delete().execute()
    page = browse(cast.ruiz, script=script, viewport=WAYS[script])
    page.goto(f"/review/{posting.id}")
    expect(page.locator("#unchecked")).to_contain_text("Pat Lindqvist")
    expect(page.locator("form[data-move=approve]")).to_have_count(0)
    go_to(page, "Check them")
    person = page.locator(f"#supervisor-{posting.supervisor_id}")
    unfold(person, "Check this person")
    person.get_by_label("Reached at work on").fill(today().isoformat())
    person.get_by_label("Background check").select_option("clear")
    trust = person.get_by_role("button", name="Students may work with them")
    trust.click()
    expect(person.locator("#errors")).to_contain_text("Give the day of the answer.")
    person.get_by_label("Day of the answer").fill(today().isoformat())
    trust.click()
    told(page, "Students may work with Pat Lindqvist.")
    page.goto(f"/review/{posting.id}")
    move(page, "approve", "Approve")
    told(page, "is open")


@pytest.mark.parametrize("script", [True, False])
def test_something_felt_wrong_to_a_student_with_one_press_and_the_school_looks_after_it(browse, cast, axe, script):
    posting = factories.make_posting("open", employer=cast.cedar)
    student = browse(cast.maya, script=script, viewport=WAYS[script])
    student.goto(f"/projects/{posting.id}")
    go_to(student, "Something felt wrong with this project")
    if script:
        axe(student)
    press(student, "Tell the school now")
    expect(student.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    fits(student)
    student.goto("/projects")
    expect(student.locator("article[data-posting]")).to_have_count(0)

    page = browse(cast.ruiz, script=script, viewport=WAYS[script])
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Student safety").click()
    page.locator("article[data-report] a").click()
    fits(page)
    if script:
        axe(page)
    unfold(page.locator("section[aria-labelledby=do]"), "Close the case")
    page.get_by_text("Looked into it; nothing was wrong").click()
    page.get_by_label("Words for whoever said it").last.fill("It is their shop, upstairs.")
    page.get_by_label("Let everything that stands still go on").check()
    press(page, "Close it now")
    told(page, "The case is closed.")
    assert Posting.get_by_id(posting.id).state == "open"
    student.goto("/report")
    expect(student.get_by_role("main")).to_contain_text("It is their shop, upstairs.")
