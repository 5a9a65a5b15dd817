"""The search box as a combobox: keys, pointer, the last searches, and answers that come too late."""

import re

from playwright.sync_api import expect

from board.search import index
from tests import factories
from tests.browser.conftest import PHONE, no_sideways_scroll

LAST_SEARCHES = "recent searches"


def a_few(cast):
    index.rebuild()
    factories.make_posting(employer=cast.cedar, title="Poster for the fair", must=["Canva"])
    factories.make_posting(employer=cast.cedar, title="Poster for the shop", must=["Photography"], nice=[])
    return factories.make_posting(employer=cast.mill, title="Photos of every cake", must=["Photography"], nice=[])


def box(page):
    return page.get_by_role("combobox", name="Search projects")


def options(page):
    return page.locator("#suggestions [role=option]")


def pointed_at(page) -> str:
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.dataset.label || ''"
    )


def kept(page):
    return page.evaluate("key => sessionStorage.getItem(key)", LAST_SEARCHES)


def test_keys_point_choose_and_shut_and_nothing_is_chosen_by_itself(browse, cast, axe):
    photos = a_few(cast)
    page = browse(cast.maya)
    page.goto("/projects")
    box(page).press_sequentially("pho")
    expect(options(page)).to_have_text(["Photography", "Photos of every cake Mill Cafe"])
    expect(page.locator("#suggestions mark").first).to_have_text("Pho")
    expect(page.locator("#suggested")).to_have_text("Suggestions: 2")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert pointed_at(page) == ""
    axe(page)
    page.keyboard.press("ArrowDown")
    assert pointed_at(page) == "Photography"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert pointed_at(page) == "Photos of every cake"
    page.keyboard.press("Home")
    assert pointed_at(page) == "" and page.evaluate("document.activeElement.selectionStart") == 0
    page.keyboard.press("Escape")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("pho")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")
    page.wait_for_url(re.compile(r"/projects$"))
    box(page).press_sequentially("shop pho")
    expect(options(page).first).to_have_text("Photography with “shop”")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q=shop&skill=photography$"))
    page.locator("#count[data-total='1']").wait_for()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("shop")
    expect(options(page)).to_have_count(0)
    box(page).fill("cake")
    options(page).get_by_text("Photos of every").click()
    page.wait_for_url(re.compile(rf"/projects/{photos.id}"))


def test_last_searches_are_offered_cleared_and_gone_with_the_sign_out(browse, cast, axe):
    a_few(cast)
    page = browse(cast.maya, viewport=PHONE, scheme="dark")
    page.goto("/projects")
    box(page).click()
    expect(options(page)).to_have_count(0)
    for words in ("poster", "fair"):
        box(page).fill(words)
        box(page).press("Enter")
        page.wait_for_url(re.compile(words))
        page.locator("#count[data-total='2'], #count[data-total='1']").wait_for()
    box(page).press_sequentially("half ty")
    page.reload()
    box(page).fill("")
    box(page).focus()
    expect(options(page)).to_have_text(["fair", "poster", "Clear recent searches"])
    axe(page)
    no_sideways_scroll(page)
    box(page).fill("pos")
    expect(options(page).first).to_have_text("poster")
    expect(options(page).nth(1)).to_contain_text("Poster for the")
    options(page).first.click()
    page.wait_for_url(re.compile("q=poster"))
    assert kept(page)
    other = page.context.new_page()
    other.goto("/projects")
    other.get_by_role("button", name="Sign out").click()
    other.get_by_text("You are signed out").wait_for()
    box(page).fill("")
    assert not kept(page)
    expect(options(page)).to_have_count(0)


def test_what_another_sign_in_left_in_the_tab_is_thrown_away(browse, cast):
    page = browse(cast.leo)
    page.goto("/projects")
    page.evaluate(
        "key => sessionStorage.setItem(key, JSON.stringify({whose: 'another', words: ['secret']}))", LAST_SEARCHES
    )
    page.reload()
    box(page).click()
    assert not kept(page)
    expect(options(page)).to_have_count(0)


def test_a_late_answer_changes_neither_results_nor_suggestions(browse, cast):
    a_few(cast)
    page = browse(cast.maya)
    page.goto("/projects")
    late, results, suggestions = [], re.compile(r"/projects\?q=pho\b"), re.compile(r"/suggest\?q=pho\b")
    page.route(results, lambda route: late.append(route))
    page.route(suggestions, lambda route: late.append(route))
    with page.expect_request(results), page.expect_request(suggestions):
        box(page).press_sequentially("pho")
    box(page).fill("poster")
    page.locator("#count[data-total='2']").wait_for()
    newer = ["Poster for the shop Cedar Print", "Poster for the fair Cedar Print"]
    expect(options(page)).to_have_text(newer)
    with page.expect_response(suggestions):  # the last that is let go, of a server that answers one by one
        for route in sorted(late, key=lambda route: "suggest" in route.request.url):
            route.continue_()
    page.evaluate("new Promise(done => setTimeout(done, 100))")  # what it would draw, it has drawn
    expect(page.locator("#count")).to_have_attribute("data-total", "2", timeout=1)
    expect(options(page)).to_have_text(newer, timeout=1)
    assert page.url.endswith("q=poster")


def test_keys_that_shut_the_list_keep_it_shut_while_suggestions_are_on_their_way(browse, cast):
    a_few(cast)
    page = browse(cast.maya)
    page.goto("/projects")

    def shut_by(key: str, words: str, typed: str) -> None:
        late, suggestions = [], re.compile(rf"/suggest\?q={typed}\b")
        page.route(suggestions, lambda route: late.append(route))
        with page.expect_request(suggestions):
            box(page).press_sequentially(words)
        page.keyboard.press(key)
        expect(box(page)).to_have_value(typed)
        page.locator("#count[data-total='2']").wait_for()
        with page.expect_response(suggestions):
            late[0].continue_()
        page.evaluate("new Promise(done => setTimeout(done, 100))")  # what it would draw, it has drawn
        expect(options(page)).to_have_count(0, timeout=1)
        expect(box(page)).to_be_focused()

    shut_by("Enter", "poste", "poste")
    box(page).press_sequentially("r")
    options(page).first.wait_for()
    shut_by("Escape", "s", "posters")
