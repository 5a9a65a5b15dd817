"""Finding, reading and saving projects, as students, visitors and others see it."""

import pytest
from markupsafe import escape
from playhouse.test_utils import count_queries

from board.postings import actions, views
from board.postings.cards import marked
from board.postings.model import Posting, Saved
from board.school.model import School
from board.search import index
from board.search.criteria import Criteria
from board.search.query import find
from board.words import Said
from tests import factories
from tests.inspector import by_id, having, words

WHEREABOUTS = ("Old Town", "Alder Street", "Tuesdays", "Bus 7", "Lindqvist")


@pytest.fixture(autouse=True)
def an_index(app):
    index.rebuild()


@pytest.fixture
def open_board(app):
    School.update(open_to_visitors=True).execute()


def total(browser) -> int:
    return int(by_id(browser.page, "count").get("data-total"))


def listed(browser) -> list[str]:
    return [element.get("data-posting") for element in having(browser.page, "data-posting")]


# -- the list


def test_the_same_address_is_the_page_and_the_region(client, cast):
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    browser = client(cast.maya)
    browser.get("/projects?q=poster")
    assert listed(browser) == [str(posting.id)]
    answer = browser.piece("/projects?q=poster")
    assert listed(browser) == [str(posting.id)]
    assert by_id(browser.page, "q") is None, "the search box keeps the focus: it lies outside"
    assert "<title>poster" in answer.text and "data-announce" in answer.text
    assert answer.headers["HX-Push-Url"] == "/projects?q=poster"
    assert "HX-Request" in answer.headers["Vary"]
    back = browser.get("/projects?q=poster", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.text


def test_facets_say_what_one_gets_and_chips_take_it_back(client, cast):
    for field, must in (("marketing", ["Canva"]), ("marketing", ["C++"]), ("design-media", ["C++"])):
        factories.make_posting(employer=cast.cedar, field=field, must=must, nice=[])
    browser = client(cast.maya)
    browser.get("/projects")
    (link,) = having(browser.page, "data-facet", "field:marketing")
    assert link.get("data-count") == "2"
    browser.get(link.get("href"))
    assert total(browser) == 2
    (more,) = having(browser.page, "data-facet", "field:design-media")
    assert (more.get("data-count"), words(more)) == ("3", "Design & Media+1")
    (skill,) = having(browser.page, "data-facet", "skill:c-plus-plus")
    browser.get(skill.get("href"))
    assert total(browser) == 1
    browser.get(by_id(browser.page, "drop-field-marketing").get("href"))
    assert total(browser) == 2


def test_on_site_is_one_place_however_it_is_written(client, cast):
    factories.make_posting(employer=cast.cedar, **factories.ON_SITE)
    factories.make_posting(employer=cast.cedar)
    browser = client(cast.maya)
    for place in ("on-site", "on+site", "On%20Site"):
        browser.get(f"/projects?place={place}")
        assert total(browser) == 1


@pytest.mark.parametrize(
    "query",
    [
        "page=-1", "page=1000000000", "page=x", "sort=unknown", "hours=-3", "hours=9999999999999999", "pay=NaN", "pay=0",
        "place=moon", "field=%00", "field=%ED%A0%80", "skill=" + "x" * 5000, "q=%00%01", "q[]=a", "hours=%D9%A3",
        "field=nope&skill=nope", "&".join(f"skill=s{n}" for n in range(500)), "page=000000005" + "9" * 5000,
    ],
)  # fmt: skip
def test_junk_in_the_address_is_ignored(client, cast, query):
    posting = factories.make_posting(employer=cast.cedar)
    browser = client(cast.maya)
    assert browser.get(f"/projects?{query}").status_code == 200
    assert listed(browser) == [str(posting.id)]


def test_what_is_typed_is_never_markup(client, cast):
    factories.make_posting(employer=cast.cedar, title="<b>Poster</b> & more", summary="A poster <script>x</script>")
    browser = client(cast.maya)
    page = browser.get("/projects?q=poster+%3Cscript%3E").text
    assert "<script>x" not in page and "<b>Poster" not in page
    page = browser.get("/projects?q=posters").text
    assert "&lt;b&gt;<mark>Poster</mark>&lt;/b&gt; &amp; more" in page


def test_found_words_are_marked_in_any_form_that_was_looked_for():
    text = "Posters & Node.js for the poster's café"

    def marks(*found):
        return frozenset(found)

    assert marked(text, marks("poster", "posters")).count("<mark>") == 2
    assert "<mark>Node.js</mark>" in marked(text, marks("node.js"))
    assert "<mark>café</mark>" in marked(text, marks("cafe"))
    assert marked(text, None) == marked(text, marks("zebra")) == escape(text)


def test_nothing_found_helps_on(client, cast):
    factories.make_posting(employer=cast.cedar)
    browser = client(cast.maya)
    browser.get("/projects?q=price&place=hybrid")
    assert total(browser) == 0
    drops = having(browser.page, "data-drop")
    assert [drop.get("data-drop") for drop in drops] == ["place"]
    browser.get(drops[0].get("href"))
    assert total(browser) == 1
    browser.get("/projects?q=trombone")
    assert total(browser) == 0 and "Nothing fits “trombone”" in words(browser.page)
    assert not having(browser.page, "data-drop"), "to leave out all there is, is to see all there is"
    assert by_id(browser.page, "see-all") is not None


def test_an_empty_board_says_what_will_be_here(client, cast):
    browser = client(cast.maya)
    assert "As soon as a teacher approves" in browser.get("/projects").text
    assert browser.get("/projects?q=x&field=marketing").status_code == 200


def test_skills_the_student_has_are_ticked_for_them_alone(client, cast):
    from board.people.model import PersonSkill
    from board.school.actions import skills_named

    PersonSkill.create(person=cast.maya, skill=skills_named(["Canva"])[0])
    factories.make_posting(employer=cast.cedar)
    assert "(yours)" in client(cast.maya).get("/projects").text
    assert "(yours)" not in client(cast.leo).get("/projects").text
    assert "(yours)" not in client(cast.okafor).get("/projects").text


def test_no_more_queries_for_a_full_page_than_for_one_card(client, cast):
    browser = client(cast.maya)

    def count() -> int:
        browser.get("/projects")
        with count_queries() as counted:
            assert browser.get("/projects").status_code == 200
        return counted.count

    factories.make_posting(employer=cast.cedar)
    few = count()
    for _ in range(20):
        factories.make_posting(employer=cast.mill)
    assert count() == few


# -- strangers


def test_strangers_learn_nothing_that_is_on_site(client, cast, open_board):
    posting = factories.make_posting(employer=cast.cedar, title="Poster", **factories.ON_SITE)
    inside, outside = client(cast.maya), client()
    assert all(place in inside.get(f"/projects/{posting.id}").text for place in WHEREABOUTS)
    inside.get("/projects?q=poster")  # what is kept for those inside is not shown outside
    for address in (f"/projects/{posting.id}", "/projects", "/projects?q=poster"):
        page = outside.get(address).text
        assert "Poster" in page
        assert not [place for place in WHEREABOUTS if place in page]
        region = outside.piece(address).text
        assert not [place for place in WHEREABOUTS if place in region]
    for place in WHEREABOUTS:
        assert find(Criteria(q=place, verbatim=True), None).complete == 0


def test_a_closed_board_asks_strangers_to_sign_in(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    assert client().get(f"/projects/{posting.id}").status_code == 303


# -- one project


def test_a_project_says_all_a_student_asks(client, cast):
    posting = factories.make_posting(employer=cast.cedar, nice=["Photography"])
    page = words(by_id(inspected(client(cast.maya), f"/projects/{posting.id}-any-words"), "main"))
    for said in (
        "$200", "$20 an hour", "10 hours", "over 2 weeks", "Remote", "One printed page and its file.", "Canva", "Photography",
        "A first sketch", "What do you like to draw?", "Ask before using AI tools", "First project welcome",
        "Design Intern", "Cedar Print", "a teacher agrees", "We pay by check in the week after.", "14 days left",
    ):  # fmt: skip
        assert said in page, said


def inspected(browser, address: str):
    assert browser.get(address).status_code == 200
    return browser.page


def test_what_an_imported_posting_lacks_is_said(client, cast):
    from board.db import now

    bare = Posting.create(
        employer=cast.cedar, state="open", reference="x-1", title="Bare", opened_at=now(), submitted_at=now()
    )
    actions.show(bare)
    browser = client(cast.maya)
    page = words(inspected(browser, f"/projects/{bare.id}"))
    assert page.count("not given") >= 7
    assert "None" not in page
    browser.get("/projects")
    assert listed(browser) == [str(bare.id)]


def test_what_other_parts_add_says_why_one_may_not_apply(client, cast, monkeypatch):
    posting = factories.make_posting(employer=cast.cedar)
    page = inspected(client(cast.maya), f"/projects/{posting.id}")
    assert f"/projects/{posting.id}/apply" in [link.get("href") for link in page.iter("a")]
    bar = Said("This project is for grade %(grade)s and up.", grade=12)
    monkeypatch.setattr(views, "about_me", [lambda posting, person: {"bar": bar}])
    page = inspected(client(cast.maya), f"/projects/{posting.id}")
    assert "grade 12 and up" in words(by_id(page, "bar"))
    assert f"/projects/{posting.id}/apply" not in [link.get("href") for link in page.iter("a")]


@pytest.mark.parametrize("state", ["draft", "submitted", "declined", "paused", "filled", "closed", "expired"])
def test_what_is_not_live_is_not_there_for_students_but_for_those_who_applied(client, cast, state):
    posting = factories.make_posting(state, employer=cast.cedar)
    assert client(cast.maya).get(f"/projects/{posting.id}").status_code == 404
    assert client(cast.omar).get(f"/projects/{posting.id}").status_code == 404
    assert client(cast.dana).get(f"/projects/{posting.id}").status_code == 200
    expected = 404 if state == "draft" else 200
    assert client(cast.okafor).get(f"/projects/{posting.id}").status_code == expected


def test_who_applied_reads_a_calm_note_when_it_is_paused(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_application("submitted", posting, cast.maya)
    actions.pause(posting, cast.dana)
    page = words(inspected(client(cast.maya), f"/projects/{posting.id}"))
    assert "Your application is kept" in page
    assert client(cast.leo).get(f"/projects/{posting.id}").status_code == 404


def test_teachers_and_its_employer_are_led_to_their_desks(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    for person, desk in ((cast.okafor, f"/review/{posting.id}"), (cast.dana, f"/employer/postings/{posting.id}")):
        page = inspected(client(person), f"/projects/{posting.id}")
        assert desk in [link.get("href") for link in page.iter("a")]
        assert not having(page, "aria-pressed", "false")[2:], "no heart"


# -- saving


def test_saving_and_taking_back(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    browser = client(cast.maya)
    answer = browser.post(f"/projects/{posting.id}/save", headers={"Referer": "http://localhost/projects?q=price"})
    assert (answer.status_code, answer.location) == (303, "/projects?q=price")
    assert Saved.select().where(Saved.student == cast.maya).count() == 1
    browser.get("/saved")
    assert listed(browser) == [str(posting.id)]
    answer = browser.post(f"/projects/{posting.id}/save", headers={"HX-Request": "true"})
    assert 'aria-pressed="false"' in answer.text and "<html" not in answer.text
    assert Saved.select().count() == 0
    assert "Nothing saved yet" in browser.get("/saved").text


def test_another_site_does_not_choose_where_one_lands_after_saving(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    answer = client(cast.maya).post(f"/projects/{posting.id}/save", headers={"Referer": "https://evil.example/x"})
    assert answer.location.startswith(f"/projects/{posting.id}")


def test_saved_projects_that_are_gone_are_counted_and_can_be_forgotten(client, cast):
    kept, gone = (factories.make_posting(employer=cast.cedar) for _ in range(2))
    actions.save(kept, cast.maya)
    actions.save(gone, cast.maya)
    actions.close(gone, cast.dana)
    browser = client(cast.maya)
    page = browser.get("/saved").text
    assert "One project you saved is no longer open" in page
    assert listed(browser) == [str(kept.id)]
    assert browser.post("/saved/tidy").status_code == 303
    assert [row.posting_id for row in Saved.select()] == [kept.id]


def test_nobody_saves_what_they_may_not_see(client, cast):
    hidden = factories.make_posting("paused", employer=cast.cedar)
    assert client(cast.maya).post(f"/projects/{hidden.id}/save").status_code == 404
    assert client(cast.okafor).post(f"/projects/{hidden.id}/save").status_code == 403


# -- the vocabulary


def suggested(browser, q: str) -> list[str]:
    answer = browser.piece("/skills/suggest", query_string={"q": q})
    assert answer.status_code == 200
    return (
        []
        if not answer.text.strip()
        else [option.get("data-value") for option in having(browser.page, "role", "option")]
    )


def test_skills_are_suggested_by_their_beginning_first(client, cast):
    browser = client(cast.dana)
    found = suggested(browser, "PHOTO")
    assert found[0].lower().startswith("photo") and len(found) <= 8
    assert suggested(browser, "") == suggested(browser, "%") == suggested(browser, "\x00") == []
    assert "JavaScript" in suggested(browser, "js")
    assert suggested(browser, "java script")[0] == "JavaScript"


def test_a_proposed_skill_is_not_suggested(client, cast):
    factories.make_posting(employer=cast.cedar, must=["Zither tuning"])
    assert suggested(client(cast.maya), "zither") == []
