"""An employer writes a posting in the browser, with script and without; axe on each of the desk's pages."""

import re

import pytest

from board.postings import content
from board.postings.model import Posting
from tests import factories
from tests.browser.conftest import PHONE, no_sideways_scroll
from tests.browser.steps import unfold

MINE = "/employer/postings"


def only() -> Posting:
    return Posting.select().order_by(Posting.id.desc()).get()


def test_a_posting_saves_itself_while_it_is_written_and_keeps_the_focus(browse, cast, axe):
    page = browse(cast.dana)
    page.goto(f"{MINE}/new/blank")
    page.fill("#title", "Price cards")
    page.wait_for_url(re.compile(rf"{MINE}/\d+$"))  # the page has saved itself
    assert page.evaluate("document.activeElement.id") == "title"
    page.select_option("#field", "design-media")
    assert page.input_value("#resume_title") == "Design & Media Intern"
    page.click("#must")
    page.keyboard.type("canv")
    page.locator("#must-options [role=option]").first.wait_for()
    axe(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Letterpress,")
    assert page.locator(".chip-input").first.locator(".chip").count() == 2
    page.get_by_label("Remove Letterpress").click()
    assert page.input_value("[name=must]") == "Canva"
    assert page.is_hidden("#address")
    page.get_by_label("On site").check()
    assert page.is_visible("#address")
    page.fill("#pay_cents", "120")
    page.fill("#hours", "ten")
    page.locator("#hours-not-kept").wait_for()
    assert page.get_attribute("#hours", "aria-invalid") == "true"
    axe(page)
    page.fill("#hours", "10")
    page.locator("#hourly", has_text="$12 an hour").wait_for()
    page.locator("#hours-not-kept").wait_for(state="detached")
    page.locator("#save-state.htmx-request").wait_for(state="detached")
    posting = only()
    assert Posting.select().count() == 1
    assert (posting.title, posting.hours, posting.pay_cents, posting.place) == ("Price cards", 10, 12000, "on-site")
    assert content.read(posting)["must"] == ["Canva"]
    page.get_by_role("button", name="Send to the school").click()
    page.locator("#errors").wait_for()
    assert page.evaluate("document.activeElement.id") == "errors"
    axe(page)
    page.locator("#errors a").first.click()
    assert page.evaluate("document.activeElement.id") == "summary"


@pytest.mark.parametrize("script", [True, False])
def test_a_full_posting_is_written_sent_and_taken_back(browse, cast, script):
    page = browse(cast.dana, script=script)
    page.goto(f"{MINE}/new/blank")
    values = factories.full_content()
    unfold(page, "Fixed times and a weekly rhythm")
    for key in ("title", "summary", "description", "deliverable", "hours", "weeks", "rhythm", "starts_on", "due_on",
                "paid_how", "apply_by", "decide_by"):  # fmt: skip
        page.fill(f"#{key}", str(values[key]))
    page.select_option("#field", values["field"])
    page.fill("#pay_cents", "200")
    page.fill("#must", "Canva, Photography")
    page.get_by_label("Remote").check()
    page.get_by_label("AI tools are fine").check()
    page.get_by_label("As an employee").check()
    group = page.locator("details", has=page.locator("input[value=drawing]"))
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()
    group.locator("input[value=drawing]").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name=values["title"]).wait_for()
    page.get_by_role("button", name="Send to the school").click()
    page.locator("[data-state=submitted]").wait_for()
    posting = only()
    assert (posting.state, Posting.select().count()) == ("submitted", 1)
    assert content.read(posting)["must"] == ["Canva", "Photography"]
    page.get_by_role("button", name="Take back").click()
    page.locator("[data-state=draft]").wait_for()


@pytest.mark.parametrize(("viewport", "scheme"), [(None, "light"), (PHONE, "dark")])
def test_the_desk_and_the_employers_pages_are_clean(browse, cast, axe, viewport, scheme):
    for state in ("draft", "changes_requested", "submitted", "open", "closed"):
        factories.make_posting(state, cast.cedar, **factories.ON_SITE)
    posting = Posting.get(Posting.state == "open")
    factories.make_application("submitted", posting, cast.maya)
    more = {"viewport": viewport} if viewport else {}
    pages = {
        None: ["/join"],
        "dana": [MINE, f"{MINE}/fit?thing=yes&short=no&doable=no&fair=yes", "/employer", f"{MINE}/{posting.id}/close",
                 *(f"{MINE}/{row.id}" for row in Posting.select()), f"{MINE}/{posting.id}/preview"],
        "ruiz": ["/employers", f"/employers/{cast.newcomer.id}", f"/employers/{cast.cedar.id}"],
        "maya": [f"/employers/{cast.cedar.id}"],
    }  # fmt: skip
    for name, addresses in pages.items():
        page = browse(getattr(cast, name) if name else None, scheme=scheme, **more)
        for address in addresses:
            page.goto(address)
            axe(page)
            no_sideways_scroll(page)
