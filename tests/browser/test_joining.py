"""A stranger with a phone, from the public page to a posting that is with the school: counted."""

import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from board.mail import sending
from board.postings.model import Posting
from tests import factories
from tests.browser.conftest import PHONE, no_sideways_scroll
from tests.browser.steps import told

NEED = "Photos of 60 chairs for our online shop"
MOST_FIELDS, MOST_CLICKS, MOST_WORDS = 24, 12, 120  # a generous bound: without a starter, every field is typed


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

    def pick(self, label: str, value: str) -> None:
        self.page.get_by_role("main").get_by_label(label, exact=True).select_option(value)
        self.fields += 1

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}][value={value}]").check()
        self.fields += 1

    def click(self, button: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()
        self.clicks += 1

    def __str__(self) -> str:
        seconds = time.monotonic() - self.began
        return f"{self.fields} fields, {self.clicks} clicks, {self.words} words typed, {seconds:.0f} s by the clock"


def link_in_the_mail(settings, address: str) -> str:
    """The one link to this board's pages in the letter that lies in the outbox; the worker posts it first."""
    while sending.send_due():
        pass
    for path in sorted((settings.data / "outbox").glob("*.eml")):
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        if letter["To"] == address:
            words = letter.get_body(("plain",)).get_content().split()
            return next(urlsplit(word).path for word in words if "/confirm/" in word)
    raise AssertionError(f"no letter to {address}")


def test_a_stranger_joins_confirms_and_sends_a_first_posting_from_a_phone(browse, cast, settings, axe, record_property):
    page = browse(viewport=PHONE)
    way, full = Journey(page), factories.full_content()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Offer a project").click()
    way.clicks += 1
    axe(page)
    no_sideways_scroll(page)
    for label, words in (
        ("What do you need done?", NEED), ("Name of the organization", "Alder Books"), ("Your name", "Ines Vale"),
        ("Your mail address", "ines@alderbooks.example"),
    ):  # fmt: skip
        way.type(label, words)
    way.click("Go on writing")
    told(page, "Welcome, Ines.")
    expect(page.get_by_label("Title", exact=True)).to_have_value(NEED)
    expect(page.locator("#confirm")).to_contain_text("ines@alderbooks.example")
    editor = page.url

    way.type("One sentence that says it all", "Photograph 60 chairs, one by one.")
    way.pick("Kind of work", "design-media")
    way.type("What the student will do", "We set the chairs up in a row. You take three photos of each.")
    way.type("What the student hands over at the end", "180 photos as files.")
    page.locator("#must").press_sequentially("Photography,")
    way.fields, way.words = way.fields + 1, way.words + 1
    way.tick("ai_tools", "ask")
    way.type("Hours in all", "10")
    way.type("Over how many weeks", "2")
    way.type("Pay for the whole project", "200")
    way.type("Who pays, how and when", "Alder Books pays by check, within a week.")
    way.tick("place", "remote")
    for label, key in (
        ("Starts on", "starts_on"),
        ("Due on", "due_on"),
        ("Last day to apply", "apply_by"),
        ("You decide by", "decide_by"),
    ):
        way.type(label, full[key])
    expect(page.locator("#resume_title")).not_to_have_value("")  # comes with the kind of work
    way.click("Send to the school")
    expect(page.locator("#errors")).to_contain_text("Confirm your mail address first")
    no_sideways_scroll(page)
    axe(page)

    page.goto(link_in_the_mail(settings, "ines@alderbooks.example"))
    way.clicks += 1
    axe(page)
    way.click("Yes, this is my address")
    told(page, "Your address is confirmed.")
    assert page.url == editor, "back to the draft"
    expect(page.get_by_label("Pay for the whole project")).to_have_value("200")
    expect(page.locator("#confirm")).to_have_count(0)
    way.click("Send to the school")
    told(page, "Sent.")
    no_sideways_scroll(page)
    posting = Posting.get(Posting.title == NEED)
    assert (posting.state, posting.employer.state, posting.contact.email) == (
        "submitted", "unverified", "ines@alderbooks.example",
    )  # fmt: skip
    record_property("a stranger's phone, without a starter", str(way))
    assert way.fields <= MOST_FIELDS and way.clicks <= MOST_CLICKS and way.words <= MOST_WORDS, str(way)
