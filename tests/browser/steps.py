"""What every journey does again and again: press a move's button, read the answer, look at the page as a whole."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, no_sideways_scroll

# with script at a desk, without it on a phone: both ways in both sizes would double the time and find little more
WAYS = {True: DESK, False: PHONE}


def told(page: Page, words: str) -> None:
    """The line on top of the page says what was done."""
    expect(page.locator("#flash")).to_contain_text(words)


def move(page: Page | Locator, name: str, button: str | None = None) -> None:
    """Press the button of a move: its only one, or the one that says `button`."""
    form = page.locator(f"form[data-move={name}]").first
    (form.get_by_role("button", name=button, exact=True) if button else form.get_by_role("button")).first.click()


def unfold(page: Page | Locator, words: str) -> None:
    """Open what stands folded behind these words."""
    page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(words)}")).first.click()


def go_to(page: Page, name: str) -> None:
    """Follow a link to another page, and be there."""
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields by their label."""
    for label, words in values.items():
        page.get_by_role("main").get_by_label(label, exact=True).fill(words)


def errors_lead_to_fields(page: Page) -> list[str]:
    """Follow every line of the error summary; each puts the focus where it says. Returns the lines."""
    links = page.locator("#errors a")
    expect(links.first).to_be_visible()
    for link in links.all():
        link.click()
        expect(page.locator(link.get_attribute("href"))).to_be_focused()
    return links.all_inner_texts()


def nobody_named(page: Page, *people) -> None:
    """Neither the page nor its source says who somebody is."""
    source = page.content()
    for person in people:
        for word in (*person.name.split(), person.email, str(person.birth_date)):
            assert word not in source, f"{page.url} says {word}"


def fits(page: Page) -> None:
    no_sideways_scroll(page)
