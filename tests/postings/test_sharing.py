"""Words and posters for families: both languages, the board's own address, and nothing that is not everybody's."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.config import Settings
from board.db import now
from board.drawing import qr
from board.people.model import Person
from board.postings import share_words, sharing
from board.postings.model import Posting
from board.postings.share_words import REMIND, fitted
from board.school.model import Field, School
from tests import factories
from tests.conftest import SECRET, start
from tests.inspector import by_id, having, text_of, words

CHANNELS = ("parent_square", "remind", "newsletter")
SECRET_WORDS = ("Old Town", "Alder Street", "Tuesdays", "Bus 7", "Lindqvist", "Dana", "Whitlock")


def said(browser) -> dict[str, str]:
    """Every text to copy, by its id; without script it can be selected all the same."""
    fields = having(browser.page, "readonly")
    return {field.get("id"): "".join(field.itertext()).strip() for field in fields}


@pytest.fixture
def browser(client, cast):
    return client(cast.okafor)


@pytest.fixture
def posting(cast):
    return factories.make_posting("open", cast.cedar, title="Label the drawers", **factories.ON_SITE)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_come_in_both_languages_whatever_the_reader_speaks(client, cast, posting, language):
    Person.update(language=language).where(Person.id == cast.okafor.id).execute()
    browser = client(cast.okafor)
    browser.get(f"/projects/{posting.id}/share")
    texts = said(browser)
    assert set(texts) == {f"{channel}-{code}" for channel in CHANNELS for code in ("en", "es")}
    for channel in CHANNELS:
        assert by_id(browser.page, f"{channel}-es").get("lang") == "es"
        assert having(browser.page, "data-copy", f"#{channel}-es"), "a button copies it"
    weekday = posting.apply_by.weekday()
    english, spanish = ("Mon Tue Wed Thu Fri Sat Sun".split()[weekday], "lun mar mié jue vie sáb dom".split()[weekday])
    assert f"{english}, " in texts["parent_square-en"] and f"{spanish} " in texts["parent_square-es"]
    assert "over 2 weeks" in texts["newsletter-en"] and "semanas" in texts["newsletter-es"]


def test_they_say_what_it_is_what_it_pays_and_where_to_look(browser, posting):
    browser.get(f"/projects/{posting.id}/share")
    for name, text in said(browser).items():
        assert "Label the drawers" in text and "$200" in text and len(text) <= (REMIND if "remind" in name else 900)
        assert text.split()[-1] == f"http://127.0.0.1:8000/projects/{posting.id}"
        assert not [secret for secret in SECRET_WORDS if secret in text]


def test_they_stand_on_the_boards_own_address_and_fit_however_long_it_is(settings, founded_database):
    base = "https://projects." + "x" * 55 + ".k12.or.us"
    made = Settings(data=settings.data, index=settings.index, secret_key=SECRET, base_url=base)
    app = start(made, founded_database)
    posting = factories.make_posting("open", title="Signs " * 26)
    with app.test_request_context(base_url=base):
        texts = sharing.in_each(
            lambda: share_words.of_posting(posting, sharing.absolute(f"/projects/{posting.id}"), School.here())
        )
    for text in texts.values():
        assert text.remind.endswith(f" {base}/projects/{posting.id}") and len(text.remind) <= REMIND
        assert "Signs" in text.remind


@given(title=st.text(max_size=160), last=st.text(max_size=40), link=st.text("abc/:", min_size=1, max_size=REMIND))
def test_a_short_message_is_never_too_long_and_never_loses_its_link(title, last, link):
    text = fitted(lambda name: f"Paid project: {name}, $240.", title, last, link)
    assert len(text) <= REMIND and text.endswith(link)


def test_on_a_closed_board_page_and_words_say_that_the_link_asks_to_sign_in(browser, posting):
    for is_open in (False, True):
        School.update(open_to_visitors=is_open).execute()
        browser.get(f"/projects/{posting.id}/share")
        assert ("asked to sign in" in text_of(browser.page)) is not is_open
        words_en = said(browser)["parent_square-en"]
        assert ("Students sign in with their school account" in words_en) is not is_open
        assert ("Everybody can read it here" in words_en) is is_open
        browser.get(f"/projects/{posting.id}/poster")
        assert ("sign in with their school account" in text_of(browser.page)) is not is_open


@pytest.mark.parametrize("state", ["draft", "submitted", "paused", "filled", "closed", "expired", "declined"])
def test_what_students_do_not_find_is_not_shared(browser, cast, state):
    posting = factories.make_posting(state, cast.cedar)
    for page in ("share", "poster"):
        answer = browser.get(f"/projects/{posting.id}/{page}")
        assert answer.status_code == (404 if state == "draft" else 303)
    if state != "draft":
        browser.get(f"/projects/{posting.id}")
        assert not having(browser.page, "href", f"/projects/{posting.id}/share")


def test_the_way_there_is_on_a_projects_page_for_teachers_alone(browser, client, cast, posting):
    browser.get(f"/projects/{posting.id}")
    assert having(browser.page, "href", f"/projects/{posting.id}/share")
    browser.get("/projects?field=design-media")
    assert having(browser.page, "href", "/share?field=design-media")
    for person in (cast.maya, cast.dana):
        other = client(person)
        other.get(f"/projects/{posting.id}")
        assert not having(other.page, "href", f"/projects/{posting.id}/share")
        other.get("/projects?field=design-media")
        assert not having(other.page, "href", "/share?field=design-media")


# -- more than one


def test_a_field_what_is_new_and_the_whole_board_have_words_of_their_own(browser, cast):
    factories.make_posting("open", cast.cedar, title="A poster", pay_cents=15000)
    old = factories.make_posting("open", cast.mill, title="A menu", field="sales", pay_cents=30000)
    factories.make_posting("paused", cast.mill, title="A sign", field="sales")
    Posting.update(opened_at=now() - timedelta(days=8)).where(Posting.id == old.id).execute()
    for query, there, gone, link in (
        ("", ("A poster", "A menu", "$150", "$300"), ("A sign",), "/projects"),
        ("?field=sales", ("A menu", "Sales"), ("A poster", "A sign"), "/projects?field=sales"),
        ("?new=1", ("A poster", "this week", "1 paid project is new."), ("A menu",), "/projects?sort=new"),
        ("?field=nothing-here", ("A poster", "A menu"), (), "/projects"),
    ):
        browser.get(f"/share{query}")
        text = said(browser)["parent_square-en"] + said(browser)["newsletter-en"]
        assert all(word in text for word in there), query
        assert not any(word in text for word in gone), query
        assert all(one.split()[-1] == f"http://127.0.0.1:8000{link}" for one in said(browser).values())
        assert all(len(one) <= REMIND for name, one in said(browser).items() if "remind" in name)
    counts = {e.get("data-facet"): e.get("data-count") for e in having(browser.page, "data-facet")}
    assert counts == {"field:design-media": "1", "field:sales": "1"}


def test_many_are_named_in_part_and_counted_whole(browser, cast):
    for number in range(9):
        factories.make_posting("open", cast.cedar, title=f"Sign {number}")
    browser.get("/share")
    text = said(browser)["parent_square-en"]
    assert "9 paid projects are open now" in text and text.count("- Sign") == 6 and "and 3 more" in text


def test_with_nothing_open_there_are_no_words(browser):
    for query in ("", "?new=1", "?field=sales"):
        browser.get(f"/share{query}")
        assert not said(browser) and "Nothing to tell at the moment" in text_of(browser.page)
        assert browser.get(f"/share/poster{query}").status_code == 200


# -- on paper


def test_a_poster_names_the_school_the_field_the_pay_and_carries_the_link_as_a_code(browser, cast, posting):
    browser.get(f"/projects/{posting.id}/poster?language=es")
    sheet = next(e for e in browser.page.iter("article"))
    text = words(sheet)
    link = f"127.0.0.1:8000/projects/{posting.id}"
    for word in ("Lincoln High School", "Label the drawers", "$200", "Cedar Print", link):
        assert word in text
    assert not [secret for secret in SECRET_WORDS if secret in text]
    answer = browser.get("/share/poster?field=design-media").text
    assert str(qr("http://127.0.0.1:8000/projects?field=design-media")) in answer
    assert "Design &amp; Media" in answer and "$200 a project" in answer
    assert str(qr(f"http://{link}")) in browser.get(f"/projects/{posting.id}/poster").text


def test_a_poster_in_a_language_nobody_speaks_here_is_in_english(browser, posting):
    assert 'lang="en"' in browser.get(f"/projects/{posting.id}/poster?language=xx").text


def test_a_code_has_no_style_and_a_quiet_zone(app):
    svg = str(qr("https://example.org/projects/12"))
    assert svg.startswith("<svg") and "style" not in svg and "http://www.w3" not in svg
    size = int(svg.split('viewBox="0 0 ')[1].split()[0])
    assert (size - 8) % 4 == 1, "a symbol of 4n+17 modules with four around it"
    assert 'stroke="#000"' in svg and 'fill="#fff"' in svg


def test_a_hidden_field_is_none(browser, cast, posting):
    Field.update(hidden=True).where(Field.slug == "design-media").execute()
    browser.get("/share?field=design-media")
    assert "http://127.0.0.1:8000/projects" in said(browser)["remind-en"]
    assert not having(browser.page, "data-facet")
