"""One project from posting to a verified experience: three people in three windows, and a stranger with a phone.

Everybody starts from their front page and goes where it leads them, as people do.
"""

import re
from types import SimpleNamespace

import pytest
from openbadgeslib.ob3 import OB3Verifier
from playwright.sync_api import expect

from board.placements.model import Placement
from board.school.model import today
from tests import factories
from tests.browser.conftest import PHONE
from tests.browser.steps import fill, fits, go_to, move, nobody_named, press, told, unfold
from tests.experience.test_badge import pem_of

TITLE = "Poster series for the spring sale"
WHY = "I letter signs for the school play and would like to make something that stays on a wall."
SKETCH = "A first sketch"
QUOTE = "Kept every day we agreed on and asked when it counted."


@pytest.fixture
def windows_of(browse, cast):
    """Dana and Mr. Okafor at their desks, Maya with her phone."""
    factories.make_posting("draft", cast.cedar, title=TITLE, hours=12, milestones=[{"title": SKETCH, "week": 1}])
    # a phone's clipboard asks for a permission that a test's window has
    maya = browse(cast.maya, viewport=PHONE, scheme="dark")
    maya.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return SimpleNamespace(cast=cast, dana=browse(cast.dana), okafor=browse(cast.okafor), maya=maya)


def home(page) -> None:
    page.goto("/")
    fits(page)


def follow(page, words: str | re.Pattern) -> None:
    """The one next step on this page, which says these words."""
    step = page.locator(".next-step")
    expect(step).to_contain_text(words)
    if step.get_by_role("link").count():  # else it is done right below
        step.get_by_role("link").click()


def turn(page, at_home: str, here: str) -> None:
    """From the front page to the placement, and to its part that waits."""
    home(page)
    follow(page, at_home)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    follow(page, here)


def waits_for_others(page) -> None:
    """Back on the page there is nothing to do, and it says so."""
    expect(page.locator(".next-step")).to_have_count(0)
    expect(page.locator(".whose-turn")).to_be_visible()
    fits(page)


def test_from_posting_to_a_verified_experience_that_a_stranger_reads_on_a_phone(windows_of, browse, tmp_path):
    three = windows_of
    is_posted_and_approved(three)
    is_applied_for_and_offered(three)
    is_agreed_to_and_signed(three)
    is_worked_on(three)
    is_handed_in(three, tmp_path)
    is_paid_and_talked_about(three)
    address = is_kept_and_shared(three)
    is_read_by_a_stranger(browse, address)


def is_posted_and_approved(three) -> None:
    dana, okafor = three.dana, three.okafor
    dana.goto("/employer/postings")
    go_to(dana, TITLE)
    press(dana, "Send to the school")
    told(dana, "Sent.")
    home(okafor)
    okafor.get_by_role("navigation", name="Main").get_by_role("link", name="Review").click()
    go_to(okafor, TITLE)
    press(okafor, "Approve")
    told(okafor, "is open")


def is_applied_for_and_offered(three) -> None:
    dana, maya = three.dana, three.maya
    maya.goto("/projects")
    go_to(maya, TITLE)
    go_to(maya, "Apply")
    fill(maya, {"Why this project": WHY, "What do you like to draw?": "Letters."})
    maya.get_by_label("Where from").select_option("club")
    maya.get_by_label("What you did, in one sentence").fill("I made the posters for the chess club.")
    press(maya, "Send application")
    told(maya, "Your application is sent.")
    home(dana)
    follow(dana, re.compile("applica"))
    expect(dana.get_by_text(WHY)).to_be_visible()
    press(dana, "Offer the project")
    told(dana, "has your offer")
    home(maya)
    follow(maya, TITLE)
    move(maya, "accept")
    told(maya, "You said yes.")
    nobody_named(dana, three.cast.maya)


def is_agreed_to_and_signed(three) -> None:
    dana, okafor, maya = three.dana, three.okafor, three.maya
    home(maya)
    turn(okafor, "Look at the match", "This match waits for a teacher")
    okafor.get_by_label("Cover", exact=True).select_option(label="Elena Ruiz")
    press(okafor, "Agree to the match")
    told(okafor, "You agreed")
    follow(okafor, "A parent or guardian has to say yes")
    unfold(okafor, "Record a yes on paper")
    okafor.locator("#guardian").get_by_label("Name, if it is somebody else").first.fill("Ana Rivera")
    okafor.locator("#guardian").get_by_label("Signed on").fill(today().isoformat())
    press(okafor, "I have seen the paper")
    told(okafor, "yes")
    waits_for_others(okafor)

    turn(dana, "Fill in the training agreement", "The training agreement is not filled in yet")
    fill(dana, {
        "What the student does and hands over": "Letters three posters and hands over the files.",
        "Days and hours": "Tuesdays and Thursdays, 4 to 6 pm", "Paid how": "By check",
        "Paid by": today().isoformat(), "Whom to call": "Dana, 503 555 0134",
    })  # fmt: skip
    dana.locator("[name=worker_kind][value=employee]").check()
    press(dana, "Save the agreement")
    told(dana, "The training agreement is saved.")
    follow(dana, "Read and sign the training agreement")
    press(dana, "I sign this agreement")
    told(dana, "You have signed")
    waits_for_others(dana)

    for page in (maya, okafor):
        turn(page, "ign the training agreement", "Read and sign the training agreement")
        press(page, "I sign this agreement")
        told(page, "You have signed")
        waits_for_others(page)

    turn(dana, "Start the project", "Start the project")
    unfold(dana, "Start early")
    press(dana, "Start today")
    told(dana, "started")
    expect(dana.locator(".pill[data-state=active]")).to_be_visible()
    expect(dana.get_by_role("main")).to_contain_text("Maya")
    expect(dana.get_by_role("main")).not_to_contain_text("Rivera")


def is_worked_on(three) -> None:
    dana, okafor, maya = three.dana, three.okafor, three.maya
    turn(maya, "Make it, then hand it in", "Make it, then hand it in")
    maya.get_by_role("button", name=re.compile(f"^Done.*{SKETCH}")).click()
    told(maya, "done")
    for length, did in (("1:30", "Looked at posters in the shop."), ("2", "Drew three sketches.")):
        if not maya.get_by_label("What you did", exact=True).is_visible():
            unfold(maya, "Log hours")
        fill(maya, {"Or how long": length, "What you did": did})
        press(maya, "Log")
        told(maya, "are logged.")
        expect(maya.locator("[data-entry]", has_text=did)).to_be_visible()
    fits(maya)

    turn(dana, "Confirm hours", "Look at what is done")
    dana.get_by_role("button", name=re.compile(f"^Accept.*{SKETCH}")).click()
    told(dana, "ccepted")
    follow(dana, "Confirm the hours")
    asked = dana.locator("[data-entry]", has_text="Drew three sketches.")
    unfold(asked, "Ask about it")
    asked.get_by_label("What you would like to know").fill("Two hours for all three?")
    asked.get_by_role("button", name="Ask the student").click()
    told(dana, "The student is asked.")

    turn(maya, "Your employer asks about your hours", "Answer about your hours")
    expect(maya.locator("#hours")).to_contain_text("Two hours for all three?")
    maya.locator("[data-state=queried]").get_by_role("link", name="Change").click()
    fill(maya, {"What you did": "Drew three sketches, each in two sizes."})
    press(maya, "Save the entry")
    told(maya, "The entry is changed")

    maya.get_by_label("Your message").fill("The sketches are done. Call me: 503-555-0142.")
    press(maya, "Send")
    told(maya, "Sam Okafor")
    dana.reload()
    expect(dana.get_by_role("main")).not_to_contain_text("503-555-0142")
    turn(okafor, "Look at a message that is held", "A message waits for you to look at it")
    press(okafor, "Let it pass")
    told(okafor, "The message is passed on.")
    home(dana)
    dana.goto("/messages")
    go_to(dana, TITLE)
    expect(dana.locator("#messages")).to_contain_text("503-555-0142")
    dana.get_by_label("Your message").fill("They look good: take the second.")
    press(dana, "Send")
    told(dana, "Your message is sent.")


def is_handed_in(three, folder) -> None:
    dana, maya = three.dana, three.maya
    turn(maya, "Make it, then hand it in", "Make it, then hand it in")
    expect(maya.locator("#messages")).to_contain_text("take the second")
    file = folder / "posters.pdf"
    maya.pdf(path=file)
    maya.get_by_label("Files").set_input_files(file)
    press(maya, "Add the files")
    told(maya, "Added: posters.pdf")
    maya.get_by_label("What you made").fill("Three posters, ready to print.")
    press(maya, "Hand in")
    told(maya, "anded in")
    waits_for_others(maya)

    turn(dana, "Look at the work that was handed in", "Look at what Maya handed in")
    with dana.expect_download() as loaded:
        dana.get_by_role("link", name="posters.pdf").first.click()
    assert loaded.value.path().read_bytes() == file.read_bytes()
    unfold(dana, "Send it back")
    fill(dana, {"What should be different": "The date is missing on the third."})
    press(dana, "Send it back")
    told(dana, "back")

    turn(maya, "Hand in again", "It came back: have another go")
    expect(maya.locator("#handing_in")).to_contain_text("The date is missing on the third.")
    maya.get_by_label("What you made").fill("The date stands on all three now.")
    press(maya, "Hand in")
    told(maya, "anded in")

    turn(dana, "Look at the work that was handed in", "Look at what Maya handed in")
    press(dana, "Accept the work")
    told(dana, "ccepted")


def is_paid_and_talked_about(three) -> None:
    dana, okafor, maya = three.dana, three.okafor, three.maya
    follow(dana, "Confirm the hours")
    press(dana, "Confirm this week's 2 entries")
    told(dana, "onfirmed")
    follow(dana, "Pay Maya $200")
    press(dana, "It is paid")
    told(dana, "Written down.")
    follow(dana, "Say how the work was")
    for field in dana.locator("fieldset.choices").all():
        field.get_by_role("radio").nth(3).check()
    dana.get_by_label("Words the student may quote").fill(QUOTE)
    press(dana, "Give feedback")
    told(dana, "Thank you.")
    waits_for_others(dana)

    turn(maya, "Say whether your pay has come", "Has your pay come?")
    press(maya, "It has come")
    told(maya, "your pay has come")
    follow(maya, "Say how it was")
    for field in maya.locator("fieldset.choices").all():
        field.get_by_role("radio").nth(3).check()
    maya.get_by_label("What did you learn, and what would you do differently?").fill("To ask earlier.")
    press(maya, "Give feedback")
    told(maya, "Thank you.")
    waits_for_others(maya)

    turn(okafor, "Sign off", "Sign it off")
    press(okafor, "Sign off")
    told(okafor, "Signed off.")


def is_kept_and_shared(three) -> str:
    """Returns the address of the public page."""
    okafor, maya = three.okafor, three.maya
    home(maya)
    maya.get_by_role("main").get_by_role("link", name=re.compile("experience")).first.click()
    expect(maya.get_by_role("heading", level=1)).to_contain_text("Intern")
    maya.get_by_label("What you handed over").uncheck()
    expect(maya.locator("#seen")).not_to_contain_text("One printed page")
    maya.get_by_label("What Cedar Print wrote").check()
    expect(maya.locator("#seen")).to_contain_text(QUOTE)
    maya.get_by_role("button", name="Copy One line").click()
    expect(maya.get_by_role("button", name="Copied")).to_be_visible()
    line = maya.evaluate("navigator.clipboard.readText()")
    assert "Cedar Print" in line and "3.5 hours" in line
    expect(maya.locator("[data-obstacle]")).to_be_visible()

    okafor.goto(f"/placements/{Placement.get().id}")
    go_to(okafor, "What is kept, and who may read it")
    fill(okafor, {"Signed on": today().isoformat()})
    press(okafor, "I have seen the signature")
    told(okafor, "Maya can share")

    maya.reload()
    press(maya, "Make a public page")
    told(maya, "There is a public page now.")
    fits(maya)
    return maya.get_by_label("Address of the public page").input_value()


def is_read_by_a_stranger(browse, address: str) -> None:
    stranger = browse(viewport=PHONE, script=False)
    stranger.goto(re.sub(r"^https?://[^/]+", "", address))
    page = stranger.get_by_role("main")
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Maya R.")
    for words in ("3.5 hours", "Canva", "Lincoln High School", "Cedar Print", QUOTE):
        expect(page).to_contain_text(words)
    assert "Rivera" not in stranger.content()
    fits(stranger)
    with stranger.expect_download() as loaded:
        page.get_by_role("link", name="the credential, signed by the school").click()
    credential = loaded.value.path().read_text()
    (key,) = stranger.request.get("/issuer/keys").json()["keys"]
    found = OB3Verifier(pem_of(key)).verify(credential)
    assert found.issuer.name == "Lincoln High School" and found.achievement.tags == ["Canva", "Photography"]
    assert "Rivera" not in str(found)
