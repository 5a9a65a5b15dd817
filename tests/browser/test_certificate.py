"""What a student takes along, in the browser: a certificate is one sheet whatever stands on it, ticks show at once what
others see, and a page for strangers reads well on a phone."""

import re

import pytest
from playwright.sync_api import expect

from board.experience import actions
from board.experience.model import Experience, ExperienceSkill
from board.people.model import Person
from board.school.model import School, today
from tests import factories
from tests.browser.conftest import PHONE, no_sideways_scroll

LONG = ("A very long way to say what this is about and for whom it was made, in a town with a name ") * 8
# what Letter (the narrower height) and A4 (the narrower width) leave between margins of 12 mm, at 96 dots an inch
SHEET = {"width": 703, "height": 964}


@pytest.fixture
def kept(cast):
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE)
    made = factories.make_experience(posting, cast.maya, 840, supervisor=posting.supervisor_id)
    actions.record_yes(made, cast.okafor, today())
    actions.share(made, cast.maya)
    return Experience.get_by_id(made.id)


def as_much_as_every_column_takes(kept) -> None:
    School.update(name=LONG[:120]).execute()
    Person.update(name=f"Maximiliane {LONG}"[:120]).where(Person.id == kept.student_id).execute()
    Experience.update(
        title=LONG[:120], organization=LONG[:120], place=LONG[:160], supervisor=LONG[:120], supervisor_title=LONG[:80],
        delivered=LONG[:281], quote=LONG[:600], shows_quote=True,
    ).execute()  # fmt: skip
    ExperienceSkill.delete().execute()
    for number in range(12):
        name = f"{number} {LONG}"[:60]
        ExperienceSkill.create(experience=kept, name=name, level=3, vouched_by=LONG[:160] if number < 8 else "")


@pytest.mark.parametrize("long", [False, True])
def test_a_certificate_is_one_sheet_with_everything_on_it(browse, cast, kept, long):
    if long:
        as_much_as_every_column_takes(kept)
    page = browse(cast.maya, viewport=SHEET)
    page.goto(f"/experience/{kept.id}/certificate")
    page.emulate_media(media="print")
    sheet = page.locator(".certificate")
    assert sheet.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")
    code = page.locator(".certificate-code svg").bounding_box()
    assert min(code["width"], code["height"]) > 90, "large enough to scan from paper in the hand"
    for paper in ("Letter", "A4"):
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, paper


def test_what_lies_folded_on_a_long_page_stands_on_paper(browse, cast, kept):
    page = browse(cast.maya, viewport=SHEET)
    page.goto("/account/record")
    skill = page.locator("[data-part=experience_skill]")
    expect(skill.get_by_text("Photography")).to_be_hidden()
    page.emulate_media(media="print")
    expect(skill.get_by_text("Photography")).to_be_visible()
    page.emulate_media(media="screen")
    skill.locator("summary").press("Enter")
    expect(skill.get_by_text("Photography")).to_be_visible()


def test_a_tick_shows_at_once_what_others_see(browse, cast, kept):
    page = browse(cast.maya)
    page.goto(f"/experience/{kept.id}")
    seen = page.locator("#seen")
    expect(seen).to_contain_text("14 hours")
    page.get_by_label("Time worked").uncheck()
    expect(seen).not_to_contain_text("14 hours")
    expect(page.locator("#line-one")).not_to_have_value(re.compile("14 hours"))
    page.get_by_label("Canva").uncheck()
    expect(seen).not_to_contain_text("Canva")
    page.reload()
    expect(page.get_by_label("Time worked")).not_to_be_checked()
    expect(seen).to_contain_text("Photography")
    stranger = browse(viewport=PHONE)
    stranger.goto(f"/verify/{kept.token}")
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Maya R.")
    expect(stranger.locator("main")).not_to_contain_text("Canva")
    no_sideways_scroll(stranger)


def test_without_script_ticks_are_saved_with_the_button(browse, cast, kept):
    page = browse(cast.maya, script=False)
    page.goto(f"/experience/{kept.id}")
    page.get_by_label("Worksite supervisor").uncheck()
    page.get_by_role("button", name="Save what shows").click()
    expect(page.locator("#seen")).not_to_contain_text("Pat Lindqvist")
    expect(page.locator("#line-two")).to_have_value(re.compile("^Design Intern"))
