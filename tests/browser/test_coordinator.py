"""What only a coordinator does, in the browser: checking an employer, settling what somebody reported."""

import pytest
from playwright.sync_api import expect

from board.employers.model import Employer
from board.postings.model import Posting
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
    move(page, "verify")
    told(page, "Newcomer Farm is checked.")
    assert Employer.get_by_id(cast.newcomer.id).state == "verified"
    page.goto(f"/review/{posting.id}")
    move(page, "approve", "Approve")
    told(page, "is open")
    assert Posting.get_by_id(posting.id).state == "open"


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
