"""What teachers hand to families, in the browser: a poster is one sheet whatever stands on it, and words are copied."""

import re

import pytest
from playwright.sync_api import expect

from board.employers.model import Employer
from board.postings.model import Posting
from board.school.model import Field, School
from tests import factories

LONG = ("A very long way to say what this is about and for whom it was made, in a town with a name ") * 3
# what Letter (the narrower height) and A4 (the narrower width) leave between margins of 12 mm, at 96 dots an inch
SHEET = {"width": 703, "height": 964}


@pytest.fixture
def long_words(cast):
    """As much as every column takes."""
    School.update(name=LONG[:120]).execute()
    Field.update(name=LONG[:60], hint=LONG[:200]).where(Field.slug == "design-media").execute()
    Employer.update(name=LONG[:120]).where(Employer.id == cast.cedar.id).execute()
    made = [factories.make_posting("open", cast.cedar, title=f"{n} {LONG}"[:160], summary=LONG[:200]) for n in range(9)]
    return made[0]


def test_a_poster_is_one_sheet_with_everything_on_it_however_long_the_words(browse, cast, long_words):
    page = browse(cast.okafor, viewport=SHEET)
    for address in (
        f"/projects/{long_words.id}/poster", f"/projects/{long_words.id}/poster?language=es",
        "/share/poster?field=design-media", "/share/poster?new=1&language=es",
    ):  # fmt: skip
        page.goto(address)
        page.emulate_media(media="print")
        poster = page.locator(".poster")
        assert poster.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth"), (
            address
        )
        code = page.locator(".poster-code svg").bounding_box()
        assert min(code["width"], code["height"]) > 150, "large enough to scan from an arm's length"
        for paper in ("Letter", "A4"):
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, (address, paper)
        page.emulate_media(media="screen")


@pytest.mark.parametrize("script", [True, False])
def test_the_words_are_copied_with_a_button_or_selected(browse, cast, script):
    posting = factories.make_posting("open", cast.cedar, title="A sign")
    page = browse(cast.okafor, script=script)
    page.goto(f"/projects/{posting.id}/share")
    text = page.locator("#remind-en")
    expect(text).to_have_value(re.compile("^Paid project: A sign, "))
    button = page.locator("[data-copy='#remind-en']")
    expect(button).to_be_visible(visible=script)
    if script:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button.click()
        expect(button).to_contain_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == text.input_value()
    assert Posting.select().count() == 1
