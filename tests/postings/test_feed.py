"""A search as a feed: valid Atom whatever the words, for those who may read the page, and nothing that they may not."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from playhouse.test_utils import count_queries

from board.postings import actions
from board.postings.model import Posting
from board.school.model import School, today
from board.search import index
from tests import factories

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "http://www.w3.org/1999/xhtml"


@pytest.fixture(autouse=True)
def an_index(app):
    index.rebuild()


@pytest.fixture
def open_board(app):
    School.update(open_to_visitors=True).execute()


def read(browser, query: str = "") -> ElementTree.Element:
    """The feed, parsed, with everything RFC 4287 asks of one looked for."""
    answer = browser.get(f"/projects.atom{query}")
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml", answer.status_code
    feed = ElementTree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1 and part.findtext(f"{ATOM}{name}"), name
        assert part.findtext(f"{ATOM}id").startswith("urn:uuid:")
        datetime.fromisoformat(part.findtext(f"{ATOM}updated"))
        assert part.findtext(f"{ATOM}author/{ATOM}name")
        assert [link.get("rel") for link in part.findall(f"{ATOM}link")].count("alternate") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return feed


def titles(feed) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_it_follows_any_search_newest_first(client, cast, open_board):
    for number, field in enumerate(("marketing", "design-media", "marketing")):
        made = factories.make_posting(employer=cast.cedar, title=f"Poster {number}", field=field)
        Posting.update(opened_at=datetime(2026, 1, 1 + number)).where(Posting.id == made.id).execute()
        Posting.update(version=Posting.version + 1).where(Posting.id == made.id).execute()
    factories.make_posting(title="Menu")
    visitor = client()
    assert titles(read(visitor, "?q=poster&field=marketing&sort=pay&page=9")) == ["Poster 2", "Poster 0"]
    assert len(titles(read(visitor))) == 4
    feed = read(visitor, "?q=nothing+is+so")
    assert titles(feed) == []
    links = {link.get("rel"): link.get("href") for link in read(visitor, "?q=poster").findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/projects.atom?q=poster", "alternate": "http://localhost/projects?q=poster",
    }  # fmt: skip


HOSTILE = (
    "\x00\x01\x0b\x1f control", "\ufffe\uffff no characters", "]]><script>alert(1)</script>", "&amp; &lt; &nope; <![CDATA[",
    "\u202eevil\u202c \u2028\u2029\x85", "😀👩‍👩‍👧‍👦", "Z̷̢a̶l̴g̷o", "'\"<>&", "\x7f\x80\x9f",
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_the_xml(client, cast, open_board, words):
    posting = factories.make_posting(employer=cast.cedar, title="Poster", summary="Short.")
    Posting.update(title=f"Poster {words}", summary=words, version=9).where(Posting.id == posting.id).execute()
    type(cast.cedar).update(name=f"Cedar {words}").where(type(cast.cedar).id == cast.cedar.id).execute()
    index.rebuild()
    feed = read(client(), "?q=poster")
    assert len(titles(feed)) == 1 and titles(feed)[0].startswith("Poster")
    assert [part.get("type") for part in feed.iter(f"{ATOM}summary")] == ["text"]
    assert not [part for part in feed.iter() if part.tag.startswith(f"{{{XHTML}}}")]
    assert client().get("/projects.atom", query_string={"q": words}).status_code == 200
    ElementTree.fromstring(client().get("/projects.atom", query_string={"q": words}).data)


def test_it_says_no_more_than_a_stranger_reads_whoever_asks(client, cast, open_board):
    factories.make_posting(employer=cast.cedar, **factories.ON_SITE, title="Poster")
    for person in (None, cast.maya, cast.okafor, cast.dana):
        said = client(person).get("/projects.atom?q=poster").text
        assert "Poster" in said and "Cedar Print" in said
        for secret in ("Old Town", "Alder", "Tuesdays", "Bus 7", "Lindqvist", "Dana", "Okafor", cast.dana.email):
            assert secret not in said, (person, secret)


def test_what_is_not_live_is_in_no_feed(client, cast, open_board):
    for state in ("draft", "submitted", "declined", "paused", "filled", "closed", "expired"):
        factories.make_posting(state, cast.cedar, title=f"Poster {state}")
    held = factories.make_posting(employer=cast.mill, title="Poster held")
    open_one = factories.make_posting(employer=cast.cedar, title="Poster open")
    for person in (None, cast.maya, cast.okafor, cast.dana):
        assert sorted(titles(read(client(person), "?q=poster"))) == ["Poster held", "Poster open"]
    factories.make_report("posting", held.id, cast.leo, "He asked for my address.")
    actions.pause(open_one, cast.dana)
    for person in (None, cast.maya, cast.okafor, cast.dana):
        assert titles(read(client(person), "?q=poster")) == []


def test_a_closed_board_gives_a_feed_to_its_people_alone_and_names_it_to_nobody(client, cast):
    factories.make_posting(title="Poster")
    answer = client().get("/projects.atom")
    assert answer.status_code == 303 and answer.location.startswith("/sign-in")
    assert client(cast.nia).get("/projects.atom").status_code == 403
    maya = client(cast.maya)
    assert titles(read(maya)) == ["Poster"]
    assert "atom" not in maya.get("/projects").text
    School.update(open_to_visitors=True).execute()
    visitor = client()
    visitor.get("/projects?q=poster&sort=pay&page=2")
    link = next(e for e in visitor.page.iter("link") if e.get("rel") == "alternate")
    assert (link.get("type"), link.get("href")) == ("application/atom+xml", "/projects.atom?q=poster")
    assert titles(read(visitor, "?may=1")) == ["Poster"], "nobody is too young who is not known"


def test_asked_again_it_is_sent_only_when_something_has_changed(client, cast, open_board):
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    visitor = client()
    tag = visitor.get("/projects.atom").headers["ETag"]
    again = visitor.get("/projects.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    actions.pause(posting, cast.dana)
    assert visitor.get("/projects.atom", headers={"If-None-Match": tag}).status_code == 200
    assert "Last-Modified" not in visitor.get("/projects.atom").headers, "what is withdrawn makes nothing newer"


def test_ids_stay_when_words_change(client, cast, open_board):
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    first = read(client()).findtext(f"{ATOM}entry/{ATOM}id")
    Posting.update(title="Another poster", version=9).where(Posting.id == posting.id).execute()
    feed = read(client(), "?sort=pay")
    assert (titles(feed), feed.findtext(f"{ATOM}entry/{ATOM}id")) == (["Another poster"], first)


def test_fifty_are_as_many_as_a_feed_holds_and_ask_no_more_queries(client, cast, open_board):
    def fill(number: int) -> None:
        with index.later():
            for each in range(number):
                factories.make_posting(
                    employer=cast.cedar, title=f"Poster {each}", apply_by=str(today() + timedelta(9))
                )
        index.rebuild()

    fill(49)
    browser = client()
    read(browser)
    with count_queries() as few:
        assert len(titles(read(browser))) == 49
    fill(25)
    read(browser)
    with count_queries() as many:
        assert len(titles(read(browser))) == 50
    assert few.count == many.count
