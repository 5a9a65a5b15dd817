"""The page of results: what became of the words, which filters there are, and why each project was found."""

import random

import pytest
from playhouse.test_utils import count_queries

from board.school.model import School
from board.search import index
from tests import factories
from tests.inspector import by_id, having, words
from tests.postings.test_find import listed, total


@pytest.fixture(autouse=True)
def an_index(app):
    index.rebuild()


@pytest.fixture
def busy(cast):
    """Twenty-four projects of everything."""
    dice = random.Random(24)
    for number in range(24):
        place = factories.ON_SITE if dice.random() < 0.4 else {}
        hours = dice.choice((4, 8, 15, 30))
        factories.make_posting(
            employer=dice.choice((cast.cedar, cast.mill)), title=f"A {dice.choice(('poster', 'menu'))} for room {number}",
            field=dice.choice(("marketing", "design-media", "it-software")), hours=hours,
            must=dice.sample(("Canva", "Photography", "Spanish", "C++"), 2), nice=[], minimum_age=dice.choice((14, 18)),
            pay_cents=hours * dice.choice((1600, 2100)), first_project_welcome=dice.random() < 0.5, **place,
        )  # fmt: skip
    index.rebuild()


PICKED = (
    "", "?q=poster", "?field=marketing&field=design-media&skill=c-plus-plus", "?q=menu+room&hours=20&pay=15&first=1&may=1",
)  # fmt: skip


@pytest.mark.parametrize("asked", PICKED)
def test_every_link_of_a_filter_leads_to_as_many_as_it_says(client, cast, busy, asked):
    browser = client(cast.maya)
    browser.get(f"/projects{asked}")
    links = having(browser.page, "data-facet")
    assert {link.get("data-facet").split(":")[0] for link in links} >= {
        "field",
        "skill",
        "hours",
        "pay",
        "first",
        "may",
    }
    for link in links:
        browser.get(link.get("href"))
        if link.get("aria-current") != "true":
            assert total(browser) == int(link.get("data-count")), link.get("href")


def test_what_is_picked_can_be_taken_off_again(client, cast, busy):
    browser = client(cast.maya)
    browser.get("/projects?q=poster&field=marketing&skill=canva&hours=30&pay=15&place=remote&first=1&may=1")
    chips = [link for link in having(browser.page, "id") if link.get("id").startswith("drop-")]
    assert [words(chip).removesuffix(" remove") for chip in chips] == [
        "Marketing", "Canva", "Up to 30 hours", "$15 or more", "Remote", "First project welcome", "I may apply", "Clear all",
    ]  # fmt: skip
    for chip in chips:
        browser.get(chip.get("href"))
        assert by_id(browser.page, chip.get("id")) is None
    browser.get(chips[-1].get("href"))
    assert browser.get("/projects?q=poster").status_code == 200
    assert not [link for link in having(browser.page, "id") if link.get("id").startswith("drop-")]


def test_the_board_as_kept_for_everybody_says_nothing_of_one_reader(client, cast, busy):
    School.update(open_to_visitors=True).execute()
    maya, leo, visitor = client(cast.maya), client(cast.leo), client()
    for browser in (maya, leo, visitor, maya):
        browser.get("/projects")
    counts = [[link.get("data-count") for link in having(b.page, "data-facet", "may:1")] for b in (maya, leo, visitor)]
    assert counts[0] == counts[1] != [] == counts[2]
    in_spanish = visitor.get("/projects", headers={"Accept-Language": "es"}).text
    assert 'lang="es"' in in_spanish and "csrf" not in words(by_id(visitor.page, "found"))


def test_one_reader_s_words_as_typed_are_nobody_else_s(client, cast):
    factories.make_posting(employer=cast.cedar, must=[f"Skill {number}" for number in range(10)])
    browser = client(cast.maya)
    for asked, values in (("?verbatim=1", '{"verbatim": "1"}'), ("", None), ("?verbatim=1", '{"verbatim": "1"}')):
        browser.get(f"/projects{asked}")
        assert by_id(browser.page, "skills-like").get("hx-vals") == values


def test_skills_are_looked_for_without_script(client, cast):
    factories.make_posting(
        employer=cast.cedar, must=[f"Skill {number}" for number in range(10)], nice=["Zither tuning"]
    )
    browser = client(cast.maya)
    browser.get("/projects")
    box = by_id(browser.page, "skills-like")
    assert (box.get("form"), box.get("name")) == ("search", "like")
    browser.get("/projects?like=ZITH")
    (link,) = [link for link in having(browser.page, "data-facet") if link.get("data-facet").startswith("skill:")]
    assert link.get("href") == "/projects?skill=zither-tuning"
    assert "No skill in these results is called “oboe”" in browser.get("/projects?like=oboe").text
    assert total(browser) == 1
    answer = browser.piece("/projects?like=zith")
    assert answer.headers["HX-Push-Url"] == "false" and "1 skill listed" in answer.text


def test_words_put_right_say_so_and_both_ways_are_links(client, cast):
    factories.make_posting(employer=cast.cedar, title="Poster for the fair")
    browser = client(cast.maya)
    page = browser.get("/projects?q=psoter&sort=pay").text
    assert "Showing results for" in page and total(browser) == 1
    (right,) = having(browser.page, "data-did-you-mean", "poster")
    assert right.get("href") == "/projects?q=poster&sort=pay"
    assert "Showing results for poster. 1 project" in by_id(browser.page, "count").get("data-announce")
    browser.get(by_id(browser.page, "as-typed").get("href"))
    assert total(browser) == 0
    (instead,) = having(browser.page, "data-did-you-mean", "poster")
    assert "Did you mean" in words(by_id(browser.page, "found"))
    browser.get(instead.get("href"))
    assert total(browser) == 1


@pytest.mark.parametrize("sort", ["best", "new", "closing", "pay"])
def test_projects_with_all_the_words_come_first_on_every_page(client, cast, sort):
    some = [
        factories.make_posting(employer=cast.cedar, title=f"Poster {number}", pay_cents=40000) for number in range(15)
    ]
    every = [factories.make_posting(employer=cast.mill, title=f"Poster harpsichord {number}") for number in range(2)]
    browser = client(cast.maya)
    browser.get(f"/projects?q=poster+harpsichord&sort={sort}")
    said = words(by_id(browser.page, "count"))
    assert said == "2 projects with all your words, 15 with some" and total(browser) == 17
    first = listed(browser)
    assert set(first[:2]) == {str(posting.id) for posting in every}
    page = browser.get(f"/projects?q=poster+harpsichord&sort={sort}").text
    divider = page.index('id="some-words"')
    assert page.index(f'data-posting="{first[1]}"') < divider < page.index(f'data-posting="{first[2]}"')
    page = browser.get(f"/projects?q=poster+harpsichord&sort={sort}&page=2").text
    assert page.index('id="some-words"') < page.index("data-posting")
    assert sorted(first + listed(browser), key=int) == sorted((str(posting.id) for posting in some + every), key=int)


def test_where_no_project_has_all_words_it_says_so(client, cast):
    for title in ("Poster", "Harpsichord"):
        factories.make_posting(employer=cast.cedar, title=title)
    browser = client(cast.maya)
    browser.get("/projects?q=poster+harpsichord")
    assert words(by_id(browser.page, "count")) == "No project has all of these words. 2 have some of them:"
    assert by_id(browser.page, "some-words") is None and len(listed(browser)) == 2


def test_a_field_or_skill_that_is_named_is_offered_with_what_it_gives(client, cast):
    factories.make_posting(employer=cast.cedar, must=["Photography"], field="marketing")
    factories.make_posting(
        employer=cast.mill, must=["Canva"], nice=[], title="No photography at all", field="marketing"
    )
    browser = client(cast.maya)
    for q, offer in (("photography", "skill:photography"), ("marketing", "field:marketing")):
        browser.get(f"/projects?q={q}")
        (link,) = having(browser.page, "data-offer", offer)
        browser.get(link.get("href"))
        assert total(browser) == int(link.get("data-count")) > 0
        assert f"{offer.replace(':', '=')}" in link.get("href")


def test_why_it_was_found_is_shown_where_the_card_does_not_say(client, cast):
    text = "We <b>change</b> prices.\n\n- bring the **harpsichord** & its stool"
    factories.make_posting(employer=cast.cedar, title="Concert", description=text)
    factories.make_posting(employer=cast.mill, title="Harpsichord", description="The harpsichord is old.")
    browser = client(cast.maya)
    page = browser.get("/projects?q=harpsichord").text
    assert page.count('class="card-excerpt"') == 1
    assert "bring the <mark>harpsichord</mark> &amp; its stool" in page and "<b>change" not in page
    assert "card-excerpt" not in browser.get("/projects").text


def test_nothing_found_shows_what_comes_close(client, cast):
    near = factories.make_posting(employer=cast.cedar, title="Poster")
    factories.make_posting(employer=cast.mill, title="Menu", **factories.ON_SITE)
    browser = client(cast.maya)
    page = browser.get("/projects?q=poster&place=on-site&skill=canva").text
    assert total(browser) == 0 and "Close to it" in page
    assert listed(browser) == [str(near.id)] and "<mark>Poster</mark>" in page
    for drop in having(browser.page, "data-drop"):
        browser.get(drop.get("href"))
        assert total(browser) == int(drop.get("data-count")) > 0
    assert "Other projects" in browser.get("/projects?q=zzzyx").text and len(listed(browser)) == 2


def test_no_more_queries_for_many_excerpts_than_for_one(client, cast):
    browser = client(cast.maya)

    def count() -> int:
        browser.get("/projects?q=harpsichord")
        with count_queries() as counted:
            browser.get("/projects?q=harpsichord")
        return counted.count

    factories.make_posting(employer=cast.cedar, description="A harpsichord.")
    few = count()
    for _ in range(8):
        factories.make_posting(employer=cast.mill, description="A harpsichord.")
    assert count() == few
