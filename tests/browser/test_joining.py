"""A stranger with a phone, from the public page to a posting that is with the school: counted."""

import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from board.mail import sending
from board.postings.model import Posting
from board.school.model import today
from tests.browser.conftest import PHONE, no_sideways_scroll
from tests.browser.steps import told

# who they are (three fields), three things changed; each click leads somewhere
MOST_FIELDS, MOST_CLICKS, MOST_WORDS = 6, 8, 24


@dataclass
class Journey:
    """What somebody did on the way, counted as they would feel it."""

    page: Page
    fields: int = 0
    clicks: int = 0
    words: int = 0
    began: float = field(default_factory=time.monotonic)

    def type(self, label: str, words: str) -> None:
        self.page.get_by_role("main").get_by_label(label, exact=True).fill(words)
        self.fields += 1
        self.words += len(words.split())

    def follow(self, link: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=link).first.click()
        self.clicks += 1

    def click(self, button: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
        self.clicks += 1

    def __str__(self) -> str:
        seconds = time.monotonic() - self.began
        return f"{self.fields} fields, {self.clicks} clicks, {self.words} words typed, {seconds:.0f} s by the clock"


def link_in_the_mail(settings, address: str) -> str:
    """The one link to this board's pages in the letter that lies in the outbox; the worker posts it first."""
    while sending.has_more():
        sending.send_round()
    for path in sorted((settings.data / "outbox").glob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        if letter["To"] == address:
            words = letter.get_body(("plain",)).get_content().split()
            return next(urlsplit(word).path for word in words if "/confirm/" in word)
    raise AssertionError(f"no letter to {address}")


def test_a_stranger_begins_with_a_starter_confirms_and_sends_it_from_a_phone(
    browse, cast, settings, axe, record_property
):
    page = browse(viewport=PHONE)
    way, main = Journey(page), page.get_by_role("main")
    page.goto("/")
    way.follow("Offer a project")
    axe(page)
    no_sideways_scroll(page)
    main.locator("summary", has_text="Design & Media").click()
    way.clicks += 1
    way.follow("Make a one-page price list")
    expect(page.get_by_label("What do you need done?", exact=True)).to_have_value("Make a one-page price list")
    axe(page)
    no_sideways_scroll(page)
    way.type("Name of the organization", "Alder Bakery")
    way.type("Your name", "Ines Vale")
    way.type("Your mail address", "ines@alderbakery.example")
    way.click("Go on writing")
    told(page, "Welcome, Ines.")
    expect(page.locator("#three-things")).to_be_visible()
    expect(page.locator("#confirm")).to_contain_text("ines@alderbakery.example")
    editor = page.url.split("#")[0]
    way.type("What the student hands over at the end", "The list for our counter, printed, and its file.")
    way.type("Pay for the whole project", "250")
    way.type("Last day to apply", (today() + timedelta(days=20)).isoformat())

    expect(page.locator("#save-state")).to_have_text(
        re.compile(r"^\s*Saved \d")
    )  # kept while they look into the mailbox
    page.goto(link_in_the_mail(settings, "ines@alderbakery.example"))
    way.clicks += 1
    axe(page)
    way.click("Yes, this is my address")
    told(page, "Your address is confirmed.")
    assert page.url.split("#")[0] == editor, "back to the draft"
    expect(page.get_by_label("Pay for the whole project")).to_have_value("250")
    expect(page.locator("#confirm")).to_have_count(0)
    way.click("Send to the school")
    told(page, "Sent.")
    no_sideways_scroll(page)
    posting = Posting.get(Posting.title == "Make a one-page price list")
    assert (posting.state, posting.employer.state, posting.contact.email, posting.pay_cents) == (
        "submitted", "unverified", "ines@alderbakery.example", 25000,
    )  # fmt: skip
    print(f"A stranger's phone, from the public page to a posting that was sent: {way}")  # noqa: T201 (read with pytest -s)
    record_property("a stranger's phone, with a starter", str(way))
    assert way.fields <= MOST_FIELDS and way.clicks <= MOST_CLICKS and way.words <= MOST_WORDS, str(way)
