"""Every number on a home page leads to exactly those rows: each is followed, and what is there is counted."""

from datetime import timedelta

import pytest

from board.applications import actions as applications
from board.applications import applicants
from board.mail import actions
from board.mail import views as mail_views
from board.mail.model import Mail
from board.people import roster
from board.postings import queue
from board.postings.model import Posting
from board.school import views as school
from board.school.actions import skills_named
from board.school.model import today
from board.suggestions import actions as suggestions
from board.worker import actions as worker
from board.worker.model import JobState
from tests import busy, factories
from tests.inspector import by_id, having

# what makes an element one row of a list
ROWS = (
    "data-posting", "data-person", "data-employer", "data-skill", "data-trouble", "data-applicant", "data-application",
    "data-reading", "data-mail-id", "data-suggestion", "data-placement",
)  # fmt: skip


@pytest.fixture
def full(app, cast, monkeypatch):
    """Something in every state, and more than a page of what is listed in pages."""
    for module, name in (
        (applicants, "PAGE"),
        (mail_views, "PAGE"),
        (roster, "PAGE"),
        (queue, "PER_PAGE"),
        (school, "PAGE"),
    ):
        monkeypatch.setattr(module, name, 2)
    made = busy.fill(cast)
    for state in ("submitted", "expired"):
        factories.make_posting(state, cast.cedar, title=f"Another {state}")
    Posting.update(decide_by=today() + timedelta(days=1)).where(Posting.id == made.open.id).execute()
    factories.make_application("submitted", made.open)
    for state in ("accepted", "draft"):
        read = factories.make_application(state, factories.make_posting("open", cast.mill), cast.maya)
    applications.answer_reading(applications.ask_to_read(read, cast.maya, cast.okafor), cast.okafor, "Good.")
    for number in range(3):
        factories.make_student(adviser=cast.okafor, name=f"Ana{number} Idle")
    skills_named([f"Skill {number}" for number in range(5)], cast.maya)
    worker.look()
    JobState.update(failures=2, problem="The disk is full.").where(JobState.name.in_(["index", "weigh"])).execute()
    for number in range(3):
        idea = {"organization": f"Harbor {number}", "why": "Near."}
        made_up = suggestions.suggest(factories.make_student(), idea)
    suggestions.decline(made_up, cast.ruiz, "They have closed.")
    for number in range(3):
        mail = actions.queue("test", f"s{number}@example.org", {"who": "Elena"})
        Mail.update(state="failed", error="550 no").where(Mail.id == mail.id).execute()
    return made


def numbers(page) -> dict[str, int]:
    """Address -> number, of every link on a page that shows one."""
    main = by_id(page, "main")
    links = [(a, e) for a in main.iter("a") for e in a.iter() if "count" in (e.get("class") or "").split()]
    found = {a.get("href"): int("".join(e.itertext())) for a, e in links}
    return found | {a.get("href"): int(a.get("data-number")) for a in having(main, "data-number")}


def header_numbers(page) -> dict[str, int]:
    (nav,) = having(page, "class", "site-nav")
    links = [(a, e) for a in nav.iter("a") for e in a.iter() if "count" in (e.get("class") or "").split()]
    return {a.get("href"): int("".join(e.itertext())) for a, e in links}


def counted(browser, address: str) -> int:
    """Rows at an address: of the part it names, or of the whole page; over all its pages."""
    total, path = 0, address.partition("#")[0]
    while path:
        assert browser.get(path).status_code == 200, path
        part = address.partition("#")[2]
        scope = by_id(browser.page, part or "main")
        assert scope is not None, f"{address}: nothing there has that name"
        if scope.tag == "h2":
            (scope,) = having(browser.page, "aria-labelledby", part)
        waiting = having(scope, "data-waits")  # a page that also shows what is done says which wait
        rows = waiting or [e for name in ROWS for e in having(scope, name)]
        total += len(rows)
        following = [a.get("href") for a in having(scope, "rel", "next")]
        path = following[0] if following else ""
    return total


def test_every_number_on_a_home_page_leads_to_exactly_those_rows(client, cast, full):
    for person, least in ((cast.maya, 3), (cast.okafor, 4), (cast.ruiz, 8), (cast.dana, 6)):
        browser = client(person)
        browser.get("/")
        shown = numbers(browser.page)
        assert len(shown) >= least and all(shown.values()), person.name
        assert {address: counted(browser, address) for address in shown} == shown, person.name


def test_every_number_in_the_header_of_staff_and_employers_leads_to_exactly_those_rows(client, cast, full):
    expected = {
        cast.okafor: {"/review", "/readings", "/placements?state=proposed"}, cast.dana: {"/employer/applicants"},
        cast.ruiz: {"/review", "/safety", "/placements?state=proposed", "/employers?state=unverified", "/employers/suggestions"},
    }  # fmt: skip
    for person, addresses in expected.items():
        browser = client(person)
        browser.get("/projects")
        shown = header_numbers(browser.page)
        assert set(shown) == addresses and all(shown.values()), person.name
        assert {address: counted(browser, address) for address in shown} == shown, person.name
