"""Finding projects in the browser: typing, filters, the way back, a phone, and no script at all."""

import re

from playwright.sync_api import expect

from board.postings import watch
from board.search import index
from tests import factories
from tests.browser.conftest import PHONE, no_sideways_scroll


def three(cast) -> None:
    index.rebuild()
    factories.make_posting(employer=cast.cedar, title="Poster for the fair", field="design-media")
    factories.make_posting(employer=cast.cedar, title="Poster for the shop", field="marketing")
    factories.make_posting(employer=cast.mill, title="Menu on one page", field="marketing")


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_typing_finds_keeps_the_focus_and_the_way_back(browse, cast, axe):
    three(cast)
    page = browse(cast.maya)
    page.goto("/projects")
    page.locator("#q").press_sequentially("poster")
    page.wait_for_url(re.compile(r"\?q=poster$"))
    page.get_by_role("heading", name="2 projects").wait_for()
    assert focused(page) == "q"
    assert "poster" in page.title()
    page.locator("#announce").get_by_text("2 projects").wait_for()
    expect(page.locator("#results mark")).to_have_count(2)
    link = page.locator("[data-facet='field:marketing']")
    link.focus()
    link.press("Enter")
    page.wait_for_url(re.compile("field=marketing"))
    page.locator("#count[data-total='1']").wait_for()
    assert focused(page) == "facet-field-marketing"
    axe(page)
    page.go_back()
    page.locator("#count[data-total='2']").wait_for()
    page.go_back()
    page.locator("#count[data-total='3']").wait_for()
    page.go_forward()
    page.locator("#count[data-total='2']").wait_for()
    assert page.locator("#q").input_value() == "poster"


def test_a_filter_opens_as_a_sheet_on_a_phone_and_stays_while_one_picks(browse, cast, axe):
    three(cast)
    page = browse(cast.maya, viewport=PHONE)
    page.goto("/projects")
    no_sideways_scroll(page)
    page.locator("#facets-field summary").click()
    page.locator("[data-facet='field:marketing']").click()
    page.wait_for_url(re.compile("field=marketing"))
    page.locator("#count[data-total='2']").wait_for()
    assert page.locator("#facets-field").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator("#facets-field").get_attribute("open") is None
    axe(page)


def test_the_heart_swaps_alone(browse, cast, axe):
    three(cast)
    page = browse(cast.maya)
    page.goto("/projects")
    heart = page.locator(".card-save button").first
    heart.click()
    page.locator(".card-save button[aria-pressed=true]").wait_for()
    assert page.url.endswith("/projects")
    page.goto("/saved")
    expect(page.locator("[data-posting]")).to_have_count(1)
    axe(page)
    page.locator(".card-title a").first.click()
    page.get_by_role("link", name="Apply").wait_for()
    axe(page)


def test_without_script_the_form_the_filters_and_the_heart_work(browse, cast):
    three(cast)
    page = browse(cast.maya, script=False)
    page.goto("/projects?field=marketing")
    page.locator("#q").fill("poster")
    page.get_by_role("button", name="Search", exact=True).click()
    page.wait_for_url(re.compile(r"q=poster.*field=marketing"))
    expect(page.locator("#count")).to_have_attribute("data-total", "1")
    page.locator(".card-save button").click()
    expect(page.locator(".card-save button")).to_have_attribute("aria-pressed", "true")
    assert "q=poster" in page.url


def test_a_skill_is_looked_for_among_the_filters(browse, cast, axe):
    three(cast)
    factories.make_posting(
        employer=cast.cedar, must=[f"Skill {number}" for number in range(12)], nice=["Zither tuning"]
    )
    page = browse(cast.maya)
    page.goto("/projects")
    page.locator("#skills-like").press_sequentially("zither")
    page.locator("[data-facet='skill:zither-tuning']").wait_for()
    page.locator("#announce").get_by_text("1 skill listed").wait_for()
    assert (focused(page), page.locator("#skills-like").input_value()) == ("skills-like", "zither")
    assert page.url.endswith("/projects")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("skill=zither-tuning$"))
    page.locator("#count[data-total='1']").wait_for()
    assert page.locator("#skills-like").input_value() == ""


def test_words_put_right_can_be_had_as_typed(browse, cast, axe):
    three(cast)
    page = browse(cast.maya, viewport=PHONE)
    page.goto("/projects")
    page.locator("#q").press_sequentially("psoter")
    page.locator("#announce").get_by_text("Showing results for poster. 2 projects").wait_for()
    assert page.locator("#q").input_value() == "psoter"
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")  # what is suggested lies over what is said
    no_sideways_scroll(page)
    axe(page)
    page.locator("#as-typed").click()
    page.locator("#count[data-total='0']").wait_for()
    assert "verbatim=1" in page.url
    axe(page)
    page.locator("[data-did-you-mean=poster]").click()
    page.locator("#count[data-total='2']").wait_for()
    assert page.locator("#q").input_value() == "poster", "the box says what was looked for"


def test_a_search_is_saved_where_one_is_and_told_of_under_saved(browse, cast, axe):
    three(cast)
    page = browse(cast.maya, viewport=PHONE)
    page.goto("/projects?q=trombone")
    page.get_by_role("button", name="Tell me when there is one").press("Enter")
    page.get_by_role("link", name="Your saved searches").wait_for()
    page.locator("#announce").get_by_text("A notice tells you").wait_for()
    assert focused(page) == "keep-search-button"
    factories.make_posting(employer=cast.cedar, title="Clean a trombone")
    watch.watch()
    page.get_by_role("link", name="Your saved searches").press("Enter")
    page.get_by_role("heading", name="Saved searches").wait_for()
    no_sideways_scroll(page)
    axe(page)
    page.get_by_role("link", name=re.compile("“trombone”.*1 new")).click()
    page.wait_for_url(re.compile(r"q=trombone&sort=new$"))
    page.get_by_role("link", name="Clean a trombone").wait_for()
    page.goto("/saved")
    page.get_by_role("button", name=re.compile("Remove")).click()
    page.get_by_text("The search is removed").wait_for()
