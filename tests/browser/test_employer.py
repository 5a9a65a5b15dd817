"""An organization's way in the browser: joining, writing a posting, changing it, and choosing among applicants."""

import re

import pytest
from playwright.sync_api import expect

from board.people.model import MailLink
from board.postings import joining
from board.postings.model import Posting
from tests import factories
from tests.browser.steps import WAYS, errors_lead_to_fields, fill, fits, go_to, move, nobody_named, press, told, unfold

TITLE = "Poster series for the spring sale"


def join(page) -> None:
    """From the public page into the editor; the mail address is confirmed in another browser."""
    page.goto("/join")
    fill(page, {
        "What do you need done?": "Posters", "Name of the organization": "Alder Books",
        "Your name": "Ines Vale", "Your mail address": "ines@alderbooks.example",
    })  # fmt: skip
    press(page, "Go on writing")
    told(page, "Welcome, Ines.")
    joining.confirm(MailLink.get())


def complete(page, script: bool) -> None:
    """Everything a posting must say, typed as an employer types it."""
    full = factories.full_content()
    unfold(page, "Fixed times and a weekly rhythm")
    unfold(page, "Making and teaching")
    for key in ("summary", "description", "deliverable", "rhythm", "paid_how", "starts_on", "due_on", "apply_by",
                "decide_by"):  # fmt: skip
        page.locator(f"#{key}").fill(full[key])
    fill(page, {"Hours in all": "10", "Over how many weeks": "2", "Pay for the whole project": "200"})
    page.get_by_label("Kind of work").select_option("design-media")
    skills = page.locator("#must")
    if script:
        expect(page.locator("#resume_title")).not_to_have_value("")
        skills.press_sequentially("Canva,")
        expect(page.locator(".chip", has_text="Canva")).to_be_visible()
    else:
        skills.fill("Canva")
    page.get_by_label("Ask first").or_(page.locator("[name=ai_tools][value=ask]")).first.check()
    page.locator("[name=place][value=on-site]").check()
    expect(page.locator("#address")).to_be_visible()
    page.locator("[name=place][value=remote]").check()
    expect(page.locator("#address")).to_be_visible(visible=not script)
    if script:
        expect(page.locator("#hourly")).to_contain_text("$20")
    page.locator("[name=tasks][value=drawing]").check()
    page.locator("[name=worker_kind][value=employee]").check()


@pytest.mark.parametrize("script", [True, False])
def test_an_organization_joins_writes_its_first_posting_and_sends_it(browse, cast, axe, script):
    page = browse(script=script, viewport=WAYS[script])
    join(page)
    page.locator("#title").fill(TITLE)
    if script:
        expect(page.locator("#save-state")).to_have_text(re.compile(r"^\s*Saved \d"))
        page.reload()
    else:
        press(page, "Save draft")
        told(page, "Your draft is saved.")
    expect(page.locator("#title")).to_have_value(TITLE)
    press(page, "Preview")
    expect(page.get_by_text("This is how a student sees it.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    go_to(page, "Back to writing")

    press(page, "Send to the school")
    assert "Estimate how many hours it takes." in errors_lead_to_fields(page)
    expect(page.locator("#title")).to_have_value(TITLE)
    fits(page)
    if script:
        axe(page)
    complete(page, script)
    press(page, "Send to the school")
    told(page, "It waits until the school has checked your organization")
    move(page, "take_back")
    told(page, "It is a draft again")
    go_to(page, TITLE)
    press(page, "Send to the school")
    told(page, "Sent.")
    posting = Posting.get(Posting.title == TITLE)
    assert (posting.state, posting.pay_cents, posting.resume_title) == ("submitted", 20000, "Design & Media Intern")
    fits(page)


@pytest.mark.parametrize("script", [True, False])
def test_what_the_checks_say_stands_beside_what_is_typed(browse, cast, axe, script):
    posting = factories.make_posting("draft", employer=cast.cedar, title=TITLE)
    page = browse(cast.dana, script=script, viewport=WAYS[script])
    page.goto(f"/employer/postings/{posting.id}")
    expect(page.locator("#live-short")).to_contain_text("nothing against it")
    page.get_by_text("With machines, vehicles, heights, or hazards").click()
    page.locator("[name=tasks][value=driving]").check()
    page.locator("#sessions-0-day").select_option("1")
    page.locator("#sessions-0-starts").fill("16:00")
    page.locator("#sessions-0-ends").fill("20:30")
    if not script:
        press(page, "Check it")
        expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.locator("#live-time")).to_contain_text("At 14 nobody may work before 7 am or after 7 pm")
    expect(page.locator("#live-work")).to_contain_text("Nobody under 17 may drive for work")
    expect(page.locator("#who-can [data-allowed=no]")).to_contain_text("14–15")
    expect(page.locator("#live-short")).to_contain_text("things to look at")
    fits(page)
    if script:
        group = page.locator(".task-group", has_text="With machines")
        expect(group.locator(".count")).to_have_text(re.compile("1"))
        group.locator("summary").click()
        expect(group.locator(".task-picked")).to_contain_text("Driving a car or truck")
        axe(page)
        group.locator("summary").click()
    page.locator("[name=tasks][value=driving]").uncheck()
    page.locator("#sessions-0-starts").fill("16:00")
    page.locator("#sessions-0-ends").fill("18:00")
    if not script:
        press(page, "Check it")
    expect(page.locator("#live-short")).to_contain_text("nothing against it")


@pytest.mark.parametrize("script", [True, False])
def test_a_change_to_an_open_posting_waits_for_a_teacher_and_can_be_taken_back(browse, cast, script):
    posting = factories.make_posting("open", employer=cast.cedar, title=TITLE)
    page = browse(cast.dana, script=script, viewport=WAYS[script])
    page.goto("/employer/postings")
    go_to(page, TITLE)
    fill(page, {"Pay for the whole project": "260"})
    press(page, "Send the change")
    told(page, "A teacher reads your change.")
    change = page.locator("#change")
    expect(change.locator("del")).to_contain_text("$200")
    expect(change.locator("ins")).to_contain_text("$260")
    assert Posting.get_by_id(posting.id).pay_cents == 20000
    fits(page)
    move(page, "take_back_change")
    told(page, "The approved text stays as it is.")
    expect(change).to_have_count(0)
    expect(page.get_by_label("Pay for the whole project")).to_have_value(re.compile(r"^200"))


@pytest.mark.parametrize("script", [True, False])
def test_an_employer_shortlists_and_chooses_without_ever_reading_a_name(browse, cast, axe, script):
    posting = factories.make_posting("open", employer=cast.cedar, title=TITLE)
    application = factories.make_application(posting=posting, student=cast.maya)
    factories.make_application(posting=posting, student=cast.leo)
    page = browse(cast.dana, script=script, viewport=WAYS[script])
    page.goto("/employer/postings")
    nobody_named(page, cast.maya, cast.leo)
    go_to(page, "2 applicants wait")
    nobody_named(page, cast.maya, cast.leo)
    fits(page)
    go_to(page, f"Student {application.code}")
    expect(page.get_by_text(factories.WHY)).to_be_visible()
    nobody_named(page, cast.maya, cast.leo)
    if script:
        axe(page)
    press(page, "Put on the shortlist")
    told(page, "is on your shortlist")
    nobody_named(page, cast.maya, cast.leo)
    press(page, "Offer the project")
    told(page, "has your offer")
    expect(page.locator(".pill[data-state=offered]")).to_be_visible()
    nobody_named(page, cast.maya, cast.leo)
    fits(page)


def test_a_page_that_saves_itself_stops_once_its_form_is_on_the_way(browse, cast):
    """Else a slow answer to the first save would leave two drafts."""
    page = browse(cast.dana)
    page.goto("/employer/postings/new/blank")
    page.evaluate("window.addEventListener('submit', (event) => event.preventDefault())")  # an answer that takes long
    page.get_by_label("Title", exact=True).fill(TITLE)
    press(page, "Save draft")
    page.evaluate("htmx.ajax('POST', '/employer/postings/save', {source: '#save-state'}); 0")
    page.goto("/employer/postings")
    expect(page.get_by_role("heading", name="No postings yet")).to_be_visible()


def test_a_form_sent_while_its_page_saves_itself_ends_in_one_draft(browse, cast):
    page = browse(cast.dana)
    page.goto("/employer/postings/new/blank")
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.evaluate(
        """htmx.ajax('POST', '/employer/postings/save', {source: '#save-state', target: '#save-state', swap: 'innerHTML'});
        document.querySelector('button[value=save]').click()"""
    )
    told(page, "Your draft is saved.")
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    assert Posting.select().count() == 1
