"""From an empty board to its first students: the coordinator's first hour, in the browser."""

import pytest
from playwright.sync_api import expect

from board import console
from board.employers.model import Employer
from board.people.model import Person
from board.school.model import School
from tests.browser.steps import WAYS, fill, fits, go_to, press, told

PASSWORD = "three quiet marigolds"
CLASS = "Name,Username,Grade,Birth date\nAda Lund,alund,10,2010-03-05\nBen Ortiz,bortiz,11,5/31/2009"


@pytest.fixture
def app(empty_app):
    """This journey begins before set-up."""
    return empty_app


def header(page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_opens_the_board_and_brings_in_an_employer_and_two_students(browse, axe, script):
    page = browse(script=script, viewport=WAYS[script])
    page.goto("/")
    fits(page)
    address = f"/set-up/{console.set_up_key()}"
    page.goto(address)
    fill(page, {
        "Name of the school": "Alder Falls High School", "Your name": "Elena Ruiz",
        "Your mail address": "ruiz@alderfalls.example", "Choose a password": PASSWORD,
    })  # fmt: skip
    page.get_by_label("State", exact=True).select_option("OR")
    page.get_by_label("Time zone").select_option("America/Los_Angeles")
    fits(page)
    if script:
        axe(page)
    press(page, "Open the board")
    told(page, "Your board is ready.")
    fits(page)
    assert page.request.get(address).status == 404, "the link opens once"

    header(page, "Settings")
    expect(page.get_by_label("Name of the school")).to_have_value("Alder Falls High School")
    go_to(page, "All rules, with their sources")
    go_to(page, "Change Lowest pay an hour")
    fill(page, {"Dollars an hour": "5"})
    press(page, "Save the rule")
    expect(page.locator("#errors")).to_contain_text("federal minimum wage")
    fill(page, {"Dollars an hour": "16.50"})
    press(page, "Save the rule")
    expect(page.locator("#errors")).to_have_count(0)
    assert School.here().minimum_pay_cents == 1650

    header(page, "People")
    go_to(page, "Invite somebody")
    page.get_by_label("Somebody who works for an employer").check()
    fill(page, {"Name": "Dana Whitlock", "Mail address": "dana@cedarprint.example",
                "or the name of a new employer": "Cedar Print"})  # fmt: skip
    press(page, "Make the link")
    link = page.get_by_label("Link", exact=True)
    expect(link).not_to_have_value("")
    if script:
        axe(page)
    guest = browse(script=script)
    guest.goto("/welcome/" + link.input_value().rpartition("/")[2])
    guest.get_by_label("Choose a password").fill(PASSWORD)
    press(guest, "Save and go on")
    guest.get_by_role("navigation", name="Main").get_by_role("link", name="My postings").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("My postings")
    assert Employer.get(Employer.name == "Cedar Print").state == "unverified"

    header(page, "Students")
    go_to(page, "Paste a class list")
    page.get_by_label("The list").fill(CLASS)
    press(page, "Check the list")
    expect(page.locator("tr[data-kind=add]")).to_have_count(2)
    assert not Person.select().where(Person.role == "student").exists(), "nothing happens before it is confirmed"
    fits(page)
    press(page, "Add 2 students")
    told(page, "2 students added.")
    press(page, "Slips for all 2")
    slips = page.locator("[data-slip]")
    expect(slips).to_have_count(2)
    expect(page.locator("[data-print]")).to_be_visible(visible=script)
    expect(slips.first).to_contain_text("alund")
    fits(page)
    if script:
        axe(page)

    student = browse(script=script, viewport=WAYS[script])
    student.goto("/sign-in")
    student.get_by_label("Mail address or username").fill("alund")
    student.get_by_label("Password or sign-in code").fill(slips.first.locator(".slip-code").inner_text())
    press(student, "Sign in")
    student.get_by_label("New password").fill(PASSWORD)
    press(student, "Save and go on")
    expect(student.get_by_text("Welcome, Ada")).to_be_visible()
