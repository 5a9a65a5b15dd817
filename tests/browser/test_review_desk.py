"""The review desk in the browser: five postings by keyboard alone, and axe on what a decision may look like."""

import re

import pytest
from playwright.sync_api import expect

from board.postings import claims, second
from board.postings import content as texts
from board.postings.desk_model import Canned, ReviewField
from board.postings.model import Posting
from board.school.model import Field, School
from tests import factories
from tests.browser.conftest import DESK, PHONE, no_sideways_scroll

LINK = "Look at what they have at www.alderfallsmuseum.org first."


def press_until(page, name: str, most: int = 30) -> None:
    """Tab on until the button of this name has the focus."""
    for _time in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not within {most} steps of the keyboard")


def test_five_postings_by_keyboard_alone(browse, cast):
    for number in range(5):
        factories.make_posting("submitted", cast.cedar, title=f"Number {number}")
    teacher = browse(cast.okafor)
    teacher.goto("/review")
    teacher.locator("tr[data-posting] a").first.focus()
    teacher.keyboard.press("Enter")
    for number in range(5):
        expect(teacher.get_by_role("heading", level=1)).to_have_text(f"Number {number}")
        press_until(teacher, "To the checks and the decision", 40)
        teacher.keyboard.press("Enter")
        press_until(teacher, "Approve and next", 12)
        teacher.keyboard.press("Enter")
        teacher.locator("#flash", has_text=f"“Number {number}” is open.").wait_for()
    teacher.wait_for_url(re.compile("/review$"))
    assert Posting.select().where(Posting.state == "open").count() == 5


def test_words_kept_ready_go_into_the_field_with_one_choice(browse, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    row = Canned.get(Canned.section == "pay", Canned.language == "en")
    teacher = browse(cast.okafor)
    teacher.goto(f"/review/{posting.id}")
    teacher.locator("#section-pay summary").click()
    teacher.select_option("#ready-ask-pay", str(row.id))
    assert teacher.input_value("#ask-pay") == row.words
    assert teacher.input_value("#ready-ask-pay") == ""
    assert teacher.evaluate("document.activeElement.id") == "ask-pay"


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_what_a_decision_may_look_like_is_clean(browse, cast, axe, viewport, scheme):
    School.update(second_teacher=True).execute()
    blocked = factories.make_posting("submitted", cast.cedar)  # sent before the checks knew better
    Posting.update(description="Call 503 555 0142.").where(Posting.id == blocked.id).execute()
    asking = factories.make_posting("submitted", cast.cedar, description=LINK)
    two = factories.make_posting("submitted", cast.cedar, **factories.ON_SITE)
    second.agree_first(two, texts.read(two), cast.ruiz)
    factories.make_application("accepted", factories.make_posting("open", cast.cedar))
    taken = factories.make_posting("submitted", cast.mill)
    claims.take(taken, cast.ruiz)
    ReviewField.create(person=cast.okafor, field=Field.get(Field.slug == "design-media"))
    page = browse(cast.okafor, scheme=scheme, viewport=viewport)

    def clean(address: str) -> None:
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)

    for address in (*(f"/review/{one.id}" for one in (blocked, asking, two, taken)), "/review/words"):
        clean(address)
    for one, foot in (
        (blocked, "One check blocks it"),
        (asking, "One check asks for a reason"),
        (two, "look at one check"),
    ):
        page.goto(f"/review/{one.id}")
        bar = page.locator(".decide-bar")
        if viewport == DESK:
            expect(bar).to_be_hidden()
            continue
        expect(bar).to_be_in_viewport(ratio=1)
        expect(bar).to_contain_text(foot)
        expect(bar.get_by_role("button", name="Approve and next")).to_have_count(0 if one is blocked else 1)
    page.goto(f"/review/{asking.id}")
    page.locator("#yes button").first.click()
    page.locator("#errors").wait_for()
    axe(page)
    page.locator("#checks input[type=text], #checks input:not([type])").first.fill("It is the museum it is about.")
    page.locator("#yes button").first.click()
    page.locator("#undo").wait_for()
    page.locator("#own-fields summary").click()
    axe(page)
    no_sideways_scroll(page)
    page.locator("#undo button").click()
    page.locator("#flash", has_text="Taken back").wait_for()
    axe(page)
