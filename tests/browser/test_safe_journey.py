"""What keeps a student safe, from end to end: a posting that breaks seven rules is put right by its employer and approved
by a teacher, a mother says yes on her phone in her language, and one press of the student's makes everything stand still.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from board.employers.vetting_model import SupervisorCheck
from board.placements import match_actions, messages_actions, plan_actions
from board.placements.match_rules import Choice
from board.placements.model import Placement
from board.postings.model import Posting
from board.reports.model import Report
from board.school.model import School, Term, today
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.steps import errors_lead_to_fields, fill, fits, go_to, nobody_named, press, told, unfold
from tests.doors.letters import body

TITLE = "Shelves for the reading corner"
SAFE = "They oil the boards and put the shelves together. Nobody but us goes near the table saw."
BROKEN = {
    "title": TITLE, "description": "The student cuts boards on the table saw. Questions? Call 503 555 0142.",
    "tasks": ["power-saws", "drawing"], "minimum_age": 14, "sessions": [{"day": 1, "from": "17:30", "to": "21:30"}],
    "hours": 5, "pay_cents": 4000, "paid_how": "By check, less a registration fee of $10.", "premises": "home",
    "alone": "sometimes", "times": "", "rhythm": "", "seats": 2, "summary": "Help us build a corner to read in.",
    "deliverable": "Three shelves, oiled and put together.",
}  # fmt: skip
WRONG = (  # the part of the page it stands beside, its rule, and words of its sentence
    ("work", "R8", "federal hazardous order 14"),
    ("work", "R22", "503 555 0142"),
    ("time", "R2", "At 14 nobody may work before 7 am"),
    ("time", "R3", "At 14 this may run at most 3 hours on a school day"),
    ("pay", "R12", "$8.00 an hour"),
    ("pay", "R23", "registration fee"),
    ("place", "R18", "alone with one adult"),
)
MENDED = (  # one after the other, all but the last
    ("work", "R22", {"#description": SAFE}),
    ("work", "R8", {"[name=tasks][value=power-saws]": ""}),
    ("time", "R2", {"#sessions-0-starts": "15:30", "#sessions-0-ends": "19:00"}),
    ("time", "R3", {"#sessions-0-ends": "17:30"}),
    ("pay", "R12", {"#pay_cents": "100"}),
    ("pay", "R23", {"#paid_how": "By check in the week after."}),
)
SECRET = "He locked the shop door while I was in it."


@pytest.fixture
def people(cast):
    """The cast on days of school, with Ms. Park for student safety, and Dana's draft."""
    day = today()
    Term.create(name="All year", first_on=day, last_on=day + timedelta(days=200))
    cast.park = factories.make_person("teacher", "Ida Park")
    School.update(safety_person=cast.park.id, open_to_visitors=True).execute()
    cast.posting = factories.make_posting("draft", cast.cedar, **factories.ON_SITE | BROKEN)
    SupervisorCheck.delete().execute()  # nobody at school knows Pat Lindqvist yet
    return cast


def test_from_seven_broken_rules_to_a_report_that_makes_everything_stand_still(people, browse, axe, settings):
    windows = SimpleNamespace(people=people, browse=browse, axe=axe, dana=browse(people.dana))
    is_put_right(windows)
    is_approved(windows)
    is_matched(windows)
    is_agreed_to_at_home(windows, settings)
    is_begun(windows)
    stands_still(windows)
    is_looked_after(windows)


def beside(page, part: str, rule: str):
    return page.locator(f"#live-{part} [data-rule={rule}][data-level=blocks]")


def is_put_right(windows) -> None:
    page = windows.dana
    page.goto("/employer/postings")
    go_to(page, TITLE)
    for part, rule, words in WRONG:
        expect(beside(page, part, rule)).to_contain_text(words)
    press(page, "Send to the school")
    lines = errors_lead_to_fields(page)
    for _part, _rule, words in WRONG:
        assert any(words in line for line in lines), words
    assert len(lines) == len(WRONG)
    expect(page.locator("#posting-form [data-rule][data-level=blocks]")).to_have_count(
        0
    )  # all of it stands at its field
    windows.axe(page)
    fits(page)
    page.locator("#rhythm").fill("Tuesdays")
    for part, rule, _words in WRONG:
        expect(beside(page, part, rule)).to_have_count(1)
    expect(page.locator("#posting-form .field-error")).to_have_count(0)

    for part, rule, typed in MENDED:
        expect(beside(page, part, rule)).to_have_count(1)
        for field, words in typed.items():
            page.locator(field).fill(words) if words else page.locator(field).uncheck()
        expect(beside(page, part, rule)).to_have_count(0)
    press(page, "Send to the school")
    assert len(errors_lead_to_fields(page)) == 1
    expect(page.locator("#alone-error")).to_contain_text("alone with one adult")
    page.locator("[name=alone][value=never]").check()
    page.locator("[name=premises][value=workplace]").check()
    expect(beside(page, "place", "R18")).to_have_count(0)
    windows.axe(page)
    press(page, "Send to the school")
    told(page, "Sent.")


def is_approved(windows) -> None:
    """The adult is checked first, and why the words "table saw" may stand there is said."""
    people, day = windows.people, today().isoformat()
    teacher, coordinator = windows.browse(people.okafor), windows.browse(people.ruiz)
    teacher.goto("/review")
    go_to(teacher, TITLE)
    expect(teacher.locator("#unchecked")).to_contain_text("Pat Lindqvist")
    expect(teacher.locator("#yes")).to_have_count(0)
    coordinator.goto(f"/review/{people.posting.id}")
    go_to(coordinator, "Check them")
    unfold(coordinator, "Check this person")
    fill(coordinator, {"Reached at work on (optional)": day, "Day of the answer (optional)": day})
    coordinator.get_by_label("Background check").select_option("clear")
    press(coordinator, "Students may work with them")
    told(coordinator, "Pat Lindqvist")
    teacher.reload()
    press(teacher, "Approve")
    expect(teacher.locator("#errors")).to_contain_text("Say why it is all right")
    (asked,) = teacher.locator("[data-asks=open]").all()
    expect(asked).to_contain_text("table saw")
    assert len(errors_lead_to_fields(teacher)) == 1
    asked.get_by_label("Why it is all right here").fill("They say themselves that nobody but them uses it.")
    press(teacher, "Approve")
    told(teacher, "is open")
    windows.okafor = teacher


def is_matched(windows) -> None:
    """Staff write Maya's mother down; Maya applies, Dana offers, Maya accepts."""
    people, teacher = windows.people, windows.okafor
    teacher.goto(f"/students/{people.maya.id}")
    unfold(teacher, "Add a parent or guardian")
    home = teacher.locator("[data-move=add-guardian]")
    home.locator("#guardian-name").fill("Ana Rivera")
    home.locator("#guardian-email").fill("ana@example.net")
    home.locator("#guardian-language").select_option("es")
    home.get_by_role("button", name="Add", exact=True).click()
    told(teacher, "Ana Rivera is written down")
    leo = windows.browse(people.leo)
    leo.goto(f"/projects/{people.posting.id}")
    expect(leo.get_by_role("heading", level=1)).to_have_text(TITLE)
    windows.leo = leo
    windows.placement = factories.make_placement("proposed", Posting.get_by_id(people.posting.id), people.maya)


def is_agreed_to_at_home(windows, settings) -> None:
    """A phone in the dark, in Spanish: what is asked, a yes without the name, the yes, and from then on how it goes."""
    (letter,) = [one for one in factories.letters(settings) if one["To"] == "ana@example.net"]
    phone = windows.browse(viewport=PHONE, scheme="dark")
    phone.goto(re.search(r"/g/[\w-]+", body(letter))[0])
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Maya")
    maya = windows.people.maya
    nobody_named(phone, SimpleNamespace(name="Rivera", email=maya.email, birth_date=maya.birth_date))
    fits(phone)
    expect(phone.locator("#project + p + dl")).to_contain_text("15:30")  # on Tuesdays
    windows.axe(phone)
    yes = phone.locator("[name=answer][value=yes]")
    yes.click()
    expect(phone.locator("#errors a[href='#guardian-sure']")).to_be_visible()
    windows.axe(phone)
    phone.locator("#guardian-name").fill("Ana Rivera")
    phone.locator("#guardian-sure").check()
    yes.click()
    expect(phone.locator("#answered")).to_have_attribute("data-answer", "yes")
    expect(phone.locator("#progress [data-state=proposed]")).to_be_visible()
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    expect(phone.locator("form[data-move=answer]")).to_have_count(0)
    fits(phone)
    windows.axe(phone)
    windows.ana = phone


def is_begun(windows) -> None:
    """A teacher agrees, all sign, the work starts, and the mother's page says so."""
    people, match = windows.people, Placement.get_by_id(windows.placement.id)
    who = Choice(people.okafor, people.ruiz, match.supervisor, match.starts_on, match.due_on)
    match_actions.agree(match, people.okafor, who, 1)
    plan_actions.start(factories.sign_all(Placement.get_by_id(match.id)), people.dana)
    messages_actions.write(Placement.get_by_id(match.id), people.dana, "Come to the back door tomorrow.")
    windows.ana.reload()
    expect(windows.ana.locator("#progress [data-state=active]")).to_be_visible()


def stands_still(windows) -> None:
    """One press on a phone, without script: from then on nobody writes, and the project is gone from the board."""
    people, dana = windows.people, windows.dana
    here, project = f"/placements/{windows.placement.id}", f"/projects/{people.posting.id}"
    dana.goto(here)
    dana.get_by_label("Your message").fill("And tell nobody.")
    stranger = windows.browse()
    assert [page.goto(project).status for page in (windows.leo, stranger)] == [200, 200]

    maya = windows.browse(people.maya, viewport=PHONE, script=False)
    maya.goto(here)
    go_to(maya, re.compile("Something felt wrong in this project"))
    maya.locator("#report-words").fill(SECRET)
    fits(maya)
    press(maya, "Tell the school now")
    expect(maya.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    expect(maya.get_by_role("main")).to_contain_text("Ida Park")
    fits(maya)

    press(dana, "Send")
    expect(dana.locator("#messages .notice")).to_contain_text("talk to the school")
    expect(dana.locator("#messages")).to_contain_text("And tell nobody.")
    windows.axe(dana)
    own = f"/employer/postings/{people.posting.id}"
    for address in ("/", here, "/messages", "/notices", "/placements", "/employer/postings", own):
        dana.goto(address)
        text = dana.content()
        for words in (SECRET, "said that something felt wrong", "reported", "/safety", "opened it", "a case"):
            assert words not in text, f"{address} says {words}"
    dana.goto(here)
    expect(dana.get_by_role("main")).to_contain_text("This project is on hold.")
    expect(dana.get_by_label("Your message")).to_have_count(0)
    assert [page.goto(project).status for page in (windows.leo, stranger)] == [404, 404]
    windows.leo.goto("/projects")
    expect(windows.leo.get_by_role("main")).not_to_contain_text(TITLE)
    windows.ana.reload()
    windows.axe(windows.ana)
    windows.maya = maya


def is_looked_after(windows) -> None:
    """Ms. Park is led to the case, answers Maya, closes it, and lets all go on."""
    people, park = windows.people, windows.browse(windows.people.park)
    park.goto("/")
    park.get_by_role("navigation", name="Main").get_by_role("link", name="safety").click()
    (case,) = Report.select()
    park.locator(f"main a[href='/safety/{case.id}']").click()
    expect(park.get_by_role("main")).to_contain_text(SECRET)
    expect(park.get_by_role("main")).to_contain_text("Come to the back door tomorrow.")
    windows.axe(park)
    fits(park)
    unfold(park, "Close the case")
    form = park.locator("[data-move=close]")
    form.locator("[name=close-outcome][value=settled]").check()
    form.locator("[name=close-said]").fill("We have talked to them: the door stays open.")
    form.locator("[name=close-let_go]").check()
    form.get_by_role("button").click()
    expect(park.locator("#still")).to_contain_text("Nothing stands still")
    windows.axe(park)
    windows.maya.reload()
    expect(windows.maya.get_by_role("main")).to_contain_text("the door stays open")
    windows.dana.reload()
    expect(windows.dana.get_by_label("Your message")).to_be_visible()
    assert windows.leo.goto(f"/projects/{people.posting.id}").status == 200
