"""The button on every page of a running placement, of every posting, application and organization."""

from datetime import timedelta

from board.db import now
from board.people.model import Person
from board.placements.model import Placement
from board.school.model import today
from tests import factories


def flags(page) -> set[str]:
    return {one.get("href") for one in page.iter("a") if (one.get("href") or "").startswith("/report/")}


def test_the_button_stands_on_every_page_of_a_project_for_everybody_in_it(client, school):
    of_age, matched = today() - timedelta(days=18 * 366), now() - timedelta(days=500)  # of age since the match
    Placement.update(state="delivered", created_at=matched).where(Placement.id == school.placement.id).execute()
    Person.update(birth_date=of_age).where(Person.id == school.maya.id).execute()
    small = factories.make_placement("active", factories.make_posting(employer=school.cedar, hours=6), school.maya)
    one, posting, application = school.placement.id, school.posting.id, school.placement.application_id
    parts = [f"/placements/{one}{part}" for part in ("", "/agreement", "/feedback")]
    end, desk = f"/placements/{small.id}/end", f"/employer/postings/{posting}"
    pages = {
        school.maya: [*parts, end, f"/placements/{one}/own-yes", f"/projects/{posting}", f"/applications/{application}",
                      f"/employers/{school.cedar.id}"],
        school.leo: [f"/projects/{posting}/apply"],
        school.dana: [*parts, end, f"/employer/applicants/{application}", desk,
                      f"{desk}/preview", f"{desk}/applicants", f"{desk}/close", f"/employers/{school.mill.id}"],
        school.okafor: [*parts[:2], end, f"/review/{posting}", f"/students/{school.maya.id}", f"/applications/{application}"],
    }  # fmt: skip
    for person, addresses in pages.items():
        browser = client(person)
        for address in addresses:
            assert browser.get(address).status_code == 200, (person.name, address)
            assert flags(browser.page), (person.name, address)
            for way in flags(browser.page):
                assert browser.get(way).status_code == 200, (person.name, way)
