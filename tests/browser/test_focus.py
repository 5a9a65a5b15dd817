"""The keyboard and the screen reader: where the focus is after something changed, what is announced, what is reachable."""

import pytest

from board.postings.model import Saved
from tests import factories
from tests.browser.conftest import DESK, NARROW, PHONE

FOCUSED = "document.activeElement.id"
# What is waited for is written as a function: the browser reads it once; an expression would be read again at each look,
# and the page's policy lets nobody do that.
SETTLED = "() => !document.querySelector('.htmx-added, .htmx-settling')"
SAID = "words => document.getElementById('announce').textContent.includes(words)"


@pytest.fixture
def projects(cast):
    return [
        factories.make_posting(title="Poster for the spring sale"),
        factories.make_posting(title="Menu in two languages", field="writing-languages"),
        factories.make_posting(title="Count the birds", field="research-data"),
    ]


def by_keyboard(page, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def test_typing_a_search_keeps_the_cursor_and_says_how_many_were_found(browse, cast, projects):
    page = browse(cast.maya)
    page.goto("/projects")
    page.locator("#q").focus()
    page.keyboard.type("poster")
    page.locator("#count[data-total='1']").wait_for()
    page.wait_for_function(SAID, arg="1 project")
    assert page.evaluate(FOCUSED) == "q"
    page.keyboard.type("s")
    assert page.locator("#q").input_value() == "posters"


def test_a_facet_picked_by_keyboard_keeps_the_focus_and_says_how_many_are_left(browse, cast, projects):
    page = browse(cast.maya)
    page.goto("/projects")
    by_keyboard(page, "[data-facet='field:design-media']")
    page.locator("#count[data-total='1']").wait_for()
    page.wait_for_function(SAID, arg="1 project")
    assert page.evaluate("document.activeElement.dataset.facet") == "field:design-media"
    by_keyboard(page, "[data-facet='field:design-media']")
    page.wait_for_function(SAID, arg="3 projects")
    assert page.evaluate("document.activeElement.dataset.facet") == "field:design-media"


def test_a_facet_that_goes_away_leaves_the_focus_in_the_page(browse, cast, projects):
    """The chip "remove" is gone once it has done its work."""
    page = browse(cast.maya)
    page.goto("/projects?field=design-media")
    by_keyboard(page, "#drop-field-design-media")
    page.wait_for_function(SAID, arg="3 projects")
    assert page.evaluate(FOCUSED) == "count"


def test_saving_a_project_keeps_the_focus_on_its_heart(browse, cast, projects):
    page = browse(cast.maya)
    page.goto("/projects")
    heart = f"#save-{projects[0].id}"
    assert page.locator(heart).get_attribute("aria-pressed") == "false"
    by_keyboard(page, heart)
    page.locator(f"{heart}[aria-pressed=true]").wait_for()
    page.wait_for_function("id => document.activeElement.id === id", arg=heart[1:])
    page.wait_for_function(SETTLED)  # a key within these milliseconds, and the browser sends the form by itself
    page.keyboard.press("Enter")
    page.locator(f"{heart}[aria-pressed=false]").wait_for()
    page.wait_for_function("id => document.activeElement.id === id", arg=heart[1:])
    assert not Saved.select().where(Saved.student == cast.maya).exists()


def test_a_message_that_was_sent_is_announced_and_the_next_can_be_written(browse, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    page = browse(cast.okafor)
    page.goto(f"/review/{posting.id}")
    page.locator("#talk textarea").focus()
    page.keyboard.type("May the student keep a copy?")
    by_keyboard(page, "#talk button")
    page.locator("#talk .message").get_by_text("May the student keep a copy?").wait_for()
    page.wait_for_function(SAID, arg="up to date")
    assert page.evaluate("document.activeElement.closest('#talk') !== null"), "the focus fell out of the conversation"
    assert page.locator("#talk textarea").input_value() == ""


def test_the_skip_link_comes_first_and_leads_to_the_content(browse, cast, projects):
    page = browse(cast.maya)
    page.goto("/projects")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    box = page.locator(".skip-link").bounding_box()
    assert box["y"] >= 0, "it is seen while it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


# what a person may use, in the order of the page; a closed details keeps what is in it
USABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))
    .map(one => one.id || one.textContent.trim() || one.name)"""
HERE = "(document.activeElement.id || document.activeElement.textContent.trim() || document.activeElement.name)"


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_tab_reaches_everything_on_the_search_page_in_the_order_of_the_page(browse, cast, projects, viewport):
    page = browse(cast.maya, viewport=viewport)
    page.goto("/projects")
    expected, met = page.evaluate(USABLE), []
    assert len(expected) > 15
    for _ in expected:
        page.keyboard.press("Tab")
        met.append(page.evaluate(HERE))
    assert met == expected


# is the middle of what has the focus, or any of its corners, really at the top there? (WCAG 2.4.11)
SEEN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const points = [[.5, .5], [.1, .1], [.9, .9], [.1, .9], [.9, .1]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
    return points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (one.contains(top) || top.contains(one) && !top.matches(".form-actions, .form-actions *") || top.closest("label")?.control === one);
    });
}"""


@pytest.mark.parametrize("viewport", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
def test_nothing_sticky_covers_what_has_the_focus_in_the_posting_editor(browse, cast, viewport):
    posting = factories.make_posting("draft", cast.cedar)
    page = browse(cast.dana, viewport=viewport)
    page.goto(f"/employer/postings/{posting.id}")
    covered, steps = [], len(page.evaluate(USABLE))
    assert steps > 30
    for key in ("Tab", "Shift+Tab"):
        for _ in range(steps):
            page.keyboard.press(key)
            if page.evaluate("document.activeElement !== document.body") and not page.evaluate(SEEN):
                covered.append((key, page.evaluate(HERE)))
    assert not covered, covered


def test_nothing_moves_for_ever_for_people_who_ask_for_less_motion(browse, cast, projects):
    page = browse(cast.maya)
    page.goto("/projects")
    page.evaluate("document.getElementById('searching').classList.add('htmx-request')")
    turning = "getComputedStyle(document.getElementById('searching'), '::before').animationIterationCount"
    endless = "document.getAnimations().filter(one => one.effect.getComputedTiming().iterations === Infinity).length"
    assert page.evaluate(turning) == "1"
    assert page.evaluate(endless) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(turning) == "infinite"
    assert page.evaluate(endless) == 1, "the measure sees what moves"
