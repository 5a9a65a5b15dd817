"""A student's way in the browser: finding a project while typing, keeping it, applying without giving a name away."""

import re

import pytest
from playwright.sync_api import expect

from board.applications.model import Application
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import WAYS, errors_lead_to_fields, fits, go_to, move, press, told, unfold

POSTERS, PRICES, CHAIRS = "Poster series for the spring sale", "Price list for the counter", "Photograph sixty chairs"
CARET = "document.activeElement.id + ':' + document.activeElement.selectionStart"


@pytest.fixture
def projects(cast):
    return [
        factories.make_posting("open", employer=cast.cedar, title=POSTERS, summary="Three posters.", must=["Canva"]),
        factories.make_posting("open", employer=cast.cedar, title=PRICES, summary="One page.", must=["Excel"],
                               field="business-operations"),
        factories.make_posting("open", employer=cast.mill, title=CHAIRS, summary="For a shop.", must=["Photography"]),
    ]  # fmt: skip


def facet(page, name: str):
    """A filter; on a phone its group is opened first."""
    link = page.locator(f"[data-facet='{name}']")
    if not link.is_visible():
        page.locator(f"#facets-{name.split(':')[0]} summary").click()
    return link


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_results_follow_the_typing_and_focus_caret_and_history_stay(browse, cast, projects, axe, viewport):
    page = browse(cast.maya, viewport=viewport)
    page.goto("/projects")
    shown, box = page.locator("article[data-posting]"), page.locator("#q")
    expect(shown).to_have_count(3)
    count = page.locator("[data-facet='field:design-media']")
    expect(count).to_have_attribute("data-count", "2")
    box.press_sequentially("poster")
    expect(shown).to_have_count(1)
    expect(page.locator("#count")).to_have_attribute("data-total", "1")
    expect(count).to_have_attribute("data-count", "1")
    expect(page).to_have_url(re.compile(r"/projects\?q=poster$"))
    expect(page.locator("#announce")).to_have_text("1 project")
    assert page.evaluate(CARET) == "q:6"

    box.press("Home")
    box.press_sequentially("spring ")  # in the middle of what stands there, while answers come in
    expect(page).to_have_url(re.compile(r"q=spring(\+|%20)poster$"))
    expect(shown).to_have_count(1)
    assert page.evaluate(CARET) == "q:7"
    fits(page)
    axe(page)

    page.go_back()
    expect(page).to_have_url(re.compile(r"/projects\?q=poster$"))
    expect(box).to_have_value("poster")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/projects$"))
    expect(box).to_have_value("")
    expect(shown).to_have_count(3)
    page.go_forward()
    expect(box).to_have_value("poster")
    expect(shown).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_words_and_filters_narrow_the_list_and_come_off_again(browse, cast, projects, script):
    page = browse(cast.maya, script=script, viewport=WAYS[script])
    page.goto("/projects")
    shown = page.locator("article[data-posting]")
    page.locator("#q").fill("poster")
    press(page, "Search")
    expect(shown).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/projects\?q=poster"))
    page.locator("#q").fill("")
    press(page, "Search")
    expect(shown).to_have_count(3)
    facet(page, "field:business-operations").click()
    expect(shown).to_have_count(1)
    expect(page).to_have_url(re.compile(r"field=business-operations"))
    expect(shown).to_contain_text(PRICES)
    fits(page)
    page.locator("a.chip-remove").click()
    expect(shown).to_have_count(3)
    page.go_back()
    expect(shown).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_student_keeps_a_project_writes_a_draft_sends_it_and_withdraws(browse, cast, projects, axe, script):
    page = browse(cast.maya, script=script, viewport=WAYS[script])
    page.goto("/projects")
    page.get_by_role("link", name=POSTERS).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(POSTERS)
    heart = page.locator(f"#save-{projects[0].id}")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text(POSTERS)
    fits(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Saved").click()
    go_to(page, POSTERS)
    go_to(page, "Apply")

    why = "I letter signs for the school play and would like to make something that stays on a wall."
    page.get_by_label("Why this project").fill(f"{why} Call me: 503-555-0142.")
    if script:
        expect(page.locator("#save-state")).to_contain_text("Saved")
        page.reload()
    else:
        press(page, "Save draft")
        told(page, "Your draft is saved.")
    expect(page.get_by_label("Why this project")).to_have_value(f"{why} Call me: 503-555-0142.")
    expect(page.get_by_label("Teacher", exact=True)).to_have_value(str(cast.okafor.id))  # her adviser
    press(page, "Save and ask")
    told(page, "Sam Okafor is asked to read it")

    page.get_by_label("What do you like to draw?").fill("Letters.")
    page.get_by_label("Where from").select_option("club")
    page.get_by_label("What you did, in one sentence").fill("I made the posters for the chess club.")
    press(page, "Send application")
    lines = errors_lead_to_fields(page)
    assert len(lines) == 1 and "503-555-0142" in lines[0]
    expect(page.locator("#why-error")).to_contain_text("Take out a phone number")
    fits(page)
    if script:
        axe(page)
    page.get_by_label("Why this project").fill(why)
    press(page, "Preview")
    expect(page.get_by_role("heading", name="This is what Cedar Print will read")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Maya")
    press(page, "Send application")
    told(page, "Your application is sent.")
    application = Application.get(Application.student == cast.maya)
    assert (application.state, application.why) == ("submitted", why)
    fits(page)
    unfold(page, "Withdraw")
    press(page, "Yes, withdraw")
    told(page, "You have withdrawn this application.")
    assert Application.get_by_id(application.id).state == "withdrawn"


@pytest.mark.parametrize("script", [True, False])
def test_a_student_answers_an_offer_from_the_list_of_their_applications(browse, cast, projects, script):
    application = factories.make_application("offered", posting=projects[0], student=cast.maya)
    page = browse(cast.maya, script=script, viewport=WAYS[script])
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="My applications").click()
    expect(page).to_have_url(re.compile("/applications$"))
    fits(page)
    go_to(page, "Answer the offer")
    move(page, "accept")
    told(page, "You said yes.")
    expect(page.locator(".pill[data-state=accepted]")).to_be_visible()
    assert Application.get_by_id(application.id).state == "accepted"
