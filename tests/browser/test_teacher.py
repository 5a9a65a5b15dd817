"""A teacher's desk in the browser: reading the oldest posting, asking for changes, deciding, being second."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from board.db import now
from board.postings import revisions
from board.postings.model import Posting, Revision
from tests import factories
from tests.browser.conftest import DESK
from tests.browser.steps import WAYS, fits, go_to, move, press, told, unfold

ASKED = "Please say in which week the check comes."


def sent_in(cast, title: str, days_ago: int) -> Posting:
    posting = factories.make_posting("submitted", employer=cast.cedar, title=title)
    Posting.update(submitted_at=now() - timedelta(days=days_ago)).where(Posting.id == posting.id).execute()
    return posting


@pytest.mark.parametrize("script", [True, False])
def test_a_posting_goes_to_its_employer_for_a_change_comes_back_and_is_approved(browse, cast, axe, script):
    sent_in(cast, "Second in line", days_ago=1)
    oldest = sent_in(cast, "Price list for the counter", days_ago=9)
    teacher = browse(cast.okafor, script=script, viewport=WAYS[script])
    teacher.goto("/")
    teacher.get_by_role("navigation", name="Main").get_by_role("link", name="Review").click()
    rows = teacher.locator("tr[data-posting]")
    expect(rows).to_have_count(2)
    fits(teacher)
    rows.first.get_by_role("link").first.click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Price list for the counter")
    unfold(teacher.locator("#section-pay"), "Ask for a change here")
    teacher.locator("#ask-pay").fill(ASKED)
    fits(teacher)
    if script:
        axe(teacher)
    unfold(teacher.locator("#decision"), "Ask for changes")
    press(teacher, "Send and ask for changes")
    told(teacher, "reads what you asked for")
    expect(rows).to_have_count(1)

    employer = browse(cast.dana, script=script, viewport=DESK)
    employer.goto("/employer/postings")
    go_to(employer, "Price list for the counter")
    beside = employer.locator(".with-note").filter(has=employer.locator("#part-pay"))
    note = beside.locator(".reviewer-note")
    expect(note).to_contain_text(ASKED)
    expect(employer.locator(".reviewer-note")).to_have_count(1)
    left, right = beside.locator("#part-pay").bounding_box(), note.bounding_box()
    assert right["x"] >= left["x"] + left["width"], "the words stand beside their section"
    assert left["y"] <= right["y"] <= left["y"] + left["height"]
    employer.get_by_label("Who pays, how and when").fill("We pay by check on the Friday after the work is done.")
    if script:
        axe(employer)
    press(employer, "Send to the school")
    told(employer, "Sent.")

    teacher.goto("/review")
    expect(rows).to_have_count(2)
    go_to(teacher, "Price list for the counter")
    expect(teacher.locator("#difference")).to_contain_text("on the Friday after")
    press(teacher, "Approve and next")
    told(teacher, "“Price list for the counter” is open.")
    expect(teacher.get_by_role("heading", level=1)).to_have_text("Second in line")
    assert Posting.get_by_id(oldest.id).state == "open"


@pytest.mark.parametrize("script", [True, False])
def test_the_second_teacher_is_told_who_was_first_and_keeps_their_words(browse, cast, script):
    posting = sent_in(cast, "Price list for the counter", days_ago=1)
    novak = factories.make_person("teacher", "Ines Novak")
    first, second = browse(cast.okafor, script=script), browse(novak, script=script, viewport=WAYS[script])
    for page in (first, second):
        page.goto(f"/review/{posting.id}")
    expect(second.locator("#viewers")).to_contain_text("Sam Okafor has this open.")
    unfold(second.locator("#decision"), "Decline")
    second.get_by_label("Why", exact=True).select_option("unclear")
    second.get_by_label("Say it in your own words").fill("We can't see what is handed over.")
    move(first, "approve", "Approve")
    told(first, "is open")
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(second, "Decline this posting")
    assert answer.value.status == 409
    summary = second.locator("#errors")
    expect(summary).to_contain_text("Sam Okafor was first")
    expect(summary).to_contain_text("We can't see what is handed over.")
    assert Posting.get_by_id(posting.id).state == "open"
    fits(second)
    if script:
        expect(summary).to_be_focused()


@pytest.mark.parametrize("script", [True, False])
def test_a_posting_is_taken_off_the_board_with_a_reason_its_employer_reads(browse, cast, script):
    posting = factories.make_posting("open", employer=cast.cedar)
    teacher = browse(cast.okafor, script=script, viewport=WAYS[script])
    teacher.goto(f"/review/{posting.id}")
    unfold(teacher.locator("#decision"), "Take off the board")
    move(teacher, "pull")
    expect(teacher.locator("#errors")).to_contain_text("Say why")
    expect(teacher.locator("#pull-words")).to_be_visible()  # unfolded again, at the empty field
    teacher.locator("#pull-words").fill("The address is not the one you gave us.")
    move(teacher, "pull")
    told(teacher, "is off the board")
    teacher.goto("/projects")
    expect(teacher.locator("article[data-posting]")).to_have_count(0)
    employer = browse(cast.dana, script=script)
    employer.goto(f"/employer/postings/{posting.id}")
    expect(employer.get_by_role("main")).to_contain_text("The address is not the one you gave us.")
    expect(employer.locator("form[data-move=resume]")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_a_change_to_an_open_posting_is_read_as_a_difference_and_approved(browse, cast, script):
    posting = factories.make_posting("open", employer=cast.cedar)
    revisions.propose(posting, cast.dana, factories.full_content(pay_cents=26000))
    teacher = browse(cast.okafor, script=script, viewport=WAYS[script])
    teacher.goto("/review")
    expect(teacher.locator(f"tr[data-posting='{posting.id}']")).to_contain_text("A change")
    go_to(teacher, posting.title)
    difference = teacher.locator("#difference")
    expect(difference.locator("del")).to_have_text(re.compile(r"\$200"))
    expect(difference.locator("ins")).to_have_text(re.compile(r"\$260"))
    fits(teacher)
    press(teacher, "Approve the change")
    told(teacher, "is on the board")
    assert Posting.get_by_id(posting.id).pay_cents == 26000
    assert Revision.select().where(Revision.posting == posting, Revision.state == "proposed").count() == 0
