"""The page of a placement in a browser: what is done there keeps its place, by keyboard, on a phone, without script."""

import pytest

from board.placements import messages_actions as actions
from board.placements.model import Message
from tests import factories
from tests.browser.conftest import NARROW, PHONE, no_sideways_scroll
from tests.browser.test_focus import FOCUSED, SAID, by_keyboard

IN_MESSAGES = "() => document.activeElement.closest('#messages') !== null"
AT_ERRORS = "() => document.activeElement.id === 'errors'"
PHONE_NUMBER = "Call me at 555-014-2233."


@pytest.fixture
def placement(cast):
    posting = factories.make_posting("open", cast.cedar, title="Window lettering", **factories.ON_SITE)
    made = factories.make_placement("active", posting, cast.maya, lead=cast.okafor, cover=cast.ruiz)
    factories.say_yes(made)
    return made


def test_a_message_by_keyboard_keeps_the_place_and_the_next_can_be_written(browse, cast, placement):
    page = browse(cast.maya)
    page.goto(f"/placements/{placement.id}")
    title = page.title()
    page.locator("#message-words").focus()
    page.keyboard.type("I begin on Monday.")
    by_keyboard(page, "#send-message")
    page.locator(".message").get_by_text("I begin on Monday.").wait_for()
    page.wait_for_function(SAID, arg="up to date")
    assert page.evaluate(FOCUSED) == "send-message"
    assert page.locator("#message-words").input_value() == ""
    assert page.locator("#flash").inner_text() == "Your message is sent."
    assert page.locator("#flash").count() == 1 and page.title() == title
    page.locator("#message-words").focus()
    page.keyboard.type("And I bring a ruler.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".message").get_by_text("And I bring a ruler.").wait_for()
    assert page.locator(".message").count() == 2


def test_a_mistake_leads_to_its_sentence_and_back(browse, cast, placement, axe):
    page = browse(cast.maya)
    page.goto(f"/placements/{placement.id}")
    by_keyboard(page, "#send-message")
    page.locator("#errors").wait_for()
    page.wait_for_function(AT_ERRORS)
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "message-words"


def test_a_decision_whose_button_goes_away_leaves_the_focus_in_the_conversation(browse, cast, placement, axe):
    first = actions.write(placement, cast.maya, PHONE_NUMBER)
    second = actions.write(placement, cast.dana, PHONE_NUMBER)
    page = browse(cast.okafor)
    page.goto(f"/placements/{placement.id}")
    by_keyboard(page, f"form[action$='/{first.id}/pass'] button")
    page.locator("[data-message=passed]").wait_for()
    page.wait_for_function(SAID, arg="up to date")
    page.wait_for_function(IN_MESSAGES)
    form = f"form[action$='/{second.id}/stop']"
    by_keyboard(page, f"details:has({form}) summary")
    by_keyboard(page, f"{form} button")
    page.wait_for_function(AT_ERRORS)
    axe(page)
    page.locator(f"{form} textarea").fill("Use this page, please.")
    by_keyboard(page, f"{form} button")
    page.locator("[data-message=stopped]").wait_for()
    page.wait_for_function(IN_MESSAGES)
    assert {one.state for one in Message.select()} == {"passed", "stopped"}


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["phone", "narrow"])
def test_on_a_phone_each_part_is_a_link_away_and_nothing_scrolls_sideways(browse, cast, placement, viewport):
    actions.write(placement, cast.dana, "Look: " + "w" * 300)
    page = browse(cast.maya, viewport=viewport)
    page.goto(f"/placements/{placement.id}")
    no_sideways_scroll(page)
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    led_to = {link.get_attribute("href") for link in links.all()}
    parts = page.locator("#placement section.panel[id]").evaluate_all("all => all.map(one => `#${one.id}`)")
    assert {"#plan", "#hours", "#messages"} <= set(parts) <= led_to
    for link in links.all():
        link.click()
        part = page.url.partition("#")[2]
        assert page.locator(f"#{part}").bounding_box()["y"] < viewport["height"]


def test_without_script_a_message_is_sent_and_the_page_comes_back_at_it(browse, cast, placement):
    page = browse(cast.maya, script=False)
    page.goto(f"/placements/{placement.id}")
    page.locator("#message-words").fill("I begin on Monday.")
    page.locator("#send-message").click()
    page.wait_for_url(f"**/placements/{placement.id}#messages")
    page.locator(".message").get_by_text("I begin on Monday.").wait_for()
