"""What search engines may know: nothing of a closed board, and of an open one no more than a stranger reads."""

import json

import pytest

from board.employers.model import Employer
from board.postings.model import Posting
from board.school.model import School
from tests import factories


@pytest.fixture
def open_board(app):
    School.update(open_to_visitors=True).execute()


def data(browser, posting) -> dict | None:
    """The page's JobPosting, as a search engine reads it."""
    assert browser.get(f"/projects/{posting.id}").status_code == 200
    blocks = [e for e in browser.page.iter("script") if e.get("type") == "application/ld+json"]
    assert len(blocks) <= 1
    return json.loads("".join(blocks[0].itertext())) if blocks else None


def test_a_closed_board_tells_nobody(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    for person in (cast.maya, cast.okafor, cast.dana, cast.ruiz):
        assert data(client(person), posting) is None


def test_an_open_one_tells_what_a_stranger_reads(client, cast, open_board):
    posting = factories.make_posting(employer=cast.cedar, title="Poster", seats=2)
    found = data(client(), posting)
    assert found["@type"] == "JobPosting" and found["@context"] == "https://schema.org"
    assert found["title"] == "Poster"
    assert "<li>read the old list</li>" in found["description"] and "One printed page" in found["description"]
    assert found["hiringOrganization"] == {"@type": "Organization", "name": "Cedar Print"}
    assert found["validThrough"].startswith(str(posting.apply_by)) and found["validThrough"][-6:] in (
        "-08:00",
        "-07:00",
    )
    assert found["datePosted"] <= str(posting.apply_by)
    assert (found["employmentType"], found["totalJobOpenings"], found["directApply"]) == ("INTERN", 2, False)
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount", "currency": "USD",
        "value": {"@type": "QuantitativeValue", "value": 200.0, "unitText": "project"},
    }  # fmt: skip
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"] == {"@type": "State", "name": "Oregon, USA"}
    assert "jobLocation" not in found


@pytest.mark.parametrize("place", ["on-site", "hybrid"])
def test_where_and_with_whom_is_told_to_nobody(client, cast, open_board, place):
    posting = factories.make_posting(employer=cast.cedar, **factories.ON_SITE | {"place": place})
    found = data(client(), posting)
    assert found["jobLocation"] == {
        "@type": "Place", "address": {"@type": "PostalAddress", "addressRegion": "OR", "addressCountry": "US"},
    }  # fmt: skip
    assert "jobLocationType" not in found
    for secret in ("Old Town", "Alder", "Tuesdays", "Bus 7", "Lindqvist", "Dana", cast.dana.email, "Okafor"):
        assert secret not in json.dumps(found)


def test_who_is_signed_in_needs_it_not_and_what_is_not_live_has_none(client, cast, open_board):
    assert data(client(cast.maya), factories.make_posting(employer=cast.cedar)) is None
    for state in ("paused", "filled", "closed", "expired"):
        posting = factories.make_posting(state, cast.cedar)
        assert client().get(f"/projects/{posting.id}").status_code == 404
        assert data(client(cast.okafor), posting) is None


@pytest.mark.parametrize(
    "words",
    ["</script><script>alert(1)</script>", "<!--<script>", "one\u2028two\u2029", "&lt;/script&gt;", "a\x01\ud7ff'\""],
)
def test_no_words_end_the_block(client, cast, open_board, words):
    posting = factories.make_posting(employer=cast.cedar)
    Posting.update(title=words, summary=words, description=words).where(Posting.id == posting.id).execute()
    Employer.update(name=words).where(Employer.id == cast.cedar.id).execute()
    browser = client()
    found = data(browser, posting)
    assert found["title"] == words and found["hiringOrganization"]["name"] == words
    assert "<script" not in found["description"]
    assert not [e for e in browser.page.iter("script") if not e.get("src") and e.get("type") != "application/ld+json"]


def test_a_draft_in_all_but_name_has_no_holes(client, cast, open_board):
    """What an import left empty is left out, not said to be nothing."""
    posting = factories.make_posting(employer=cast.cedar)
    empty = {"apply_by": None, "pay_cents": None, "field": None, "place": None, "summary": "", "deliverable": ""}
    Posting.update(**empty).where(Posting.id == posting.id).execute()
    found = data(client(), posting)
    assert not {"validThrough", "baseSalary", "industry", "jobLocation", "jobLocationType"} & set(found)
    assert None not in found.values()


def test_only_what_a_stranger_reads_on_an_open_board_may_be_in_a_search_engine(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    pages = ("/", "/projects", f"/projects/{posting.id}", "/sign-in", "/join", "/healthz", "/projects.atom", "/nothing")

    def findable(person=None) -> set[str]:
        return {page for page in pages if client(person).get(page).headers.get("X-Robots-Tag") != "noindex"}

    assert findable() == findable(cast.maya) == findable(cast.okafor) == set()
    School.update(open_to_visitors=True).execute()
    assert findable() == {"/", "/projects", f"/projects/{posting.id}"}
    assert findable(cast.maya) == findable(cast.ruiz) == set()
    assert client().get("/projects?q=poster").headers["X-Robots-Tag"] == "noindex"
    assert client().get("/projects", headers={"HX-Request": "true"}).status_code == 200
