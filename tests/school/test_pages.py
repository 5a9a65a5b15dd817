"""The settings pages: what was typed is kept, what was saved holds, what is unknown is 404."""

import pytest
from playhouse.test_utils import count_queries

from board.school import actions
from board.school.model import Field, School, Skill
from tests import factories
from tests.inspector import by_id, having, text_of, words

SETTINGS = {
    "name": "Lincoln High School", "state": "OR", "time_zone": "America/Los_Angeles",
}  # fmt: skip


@pytest.fixture
def browser(client, cast):
    return client(cast.ruiz)


def test_settings_are_saved_and_hold(browser, client):
    assert client().get("/projects").status_code == 303
    assert browser.post("/settings", data=SETTINGS | {"open_to_visitors": "y"}).status_code == 303
    school = School.here()
    assert (school.name, school.open_to_visitors) == ("Lincoln High School", True)
    assert client().get("/projects").status_code == 200
    assert browser.post("/settings", data=SETTINGS).status_code == 303
    assert client().get("/projects").status_code == 303


def test_the_settings_say_what_visitors_see_and_never_see(browser):
    browser.get("/settings")
    page = text_of(browser.page)
    assert "What visitors see:" in page and "addresses, worksite supervisors" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"state": "XX"}, "state"), ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_come_back_as_typed(browser, wrong, field):
    before = School.here().__data__
    assert browser.post("/settings", data=SETTINGS | {"name": "New Name"} | wrong).status_code == 422
    assert by_id(browser.page, f"{field}-error") is not None
    assert by_id(browser.page, "errors") is not None
    assert School.here().__data__ == before


FIELD = {
    "name": "Robotics",
    "hint": "Make things move.",
    "cluster": "Education",
    "title": "Robotics Intern",
    "colour": "plum",
}


def test_a_field_is_added_renamed_hidden_and_moved(browser):
    assert browser.post("/settings/fields/new", data=FIELD).status_code == 303
    field = Field.get(Field.slug == "robotics")
    assert browser.post(f"/settings/fields/{field.id}", data=FIELD | {"name": "Robots"}).status_code == 303
    assert browser.post(f"/settings/fields/{field.id}/hide").status_code == 303
    assert browser.post(f"/settings/fields/{field.id}/up").status_code == 303
    browser.get("/settings/fields")
    row = having(browser.page, "data-field", "robotics")[0]
    assert "Robots" in words(row) and "Hidden" in words(row)
    assert [e.get("data-field") for e in having(browser.page, "data-field")][-2] == "robotics"
    assert browser.post(f"/settings/fields/{field.id}/show").status_code == 303
    assert not Field.get_by_id(field.id).hidden


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"name": "Marketing"}, "name"), ({"title": " "}, "title"), ({"cluster": "x"}, "cluster"),
     ({"colour": "red"}, "colour"), ({"hint": "x" * 201}, "hint")],
)  # fmt: skip
def test_a_field_that_cannot_be_comes_back_as_typed(browser, wrong, field):
    before = Field.select().count()
    assert browser.post("/settings/fields/new", data=FIELD | wrong).status_code == 422
    assert by_id(browser.page, f"{field}-error") is not None
    assert by_id(browser.page, "title").get("value") == (FIELD | wrong)["title"].strip()
    assert Field.select().count() == before


def test_the_last_field_cannot_be_hidden(browser):
    field = Field.shown().first()
    Field.update(hidden=True).where(Field.id != field.id).execute()
    browser.post(f"/settings/fields/{field.id}/hide")
    browser.get("/settings/fields")
    assert "last field" in words(by_id(browser.page, "flash"))


@pytest.mark.parametrize("number", [999999, 10**30])
@pytest.mark.parametrize("address", ["/settings/fields/{}", "/settings/skills/{}"])
def test_unknown_fields_and_skills_are_not_found(browser, address, number):
    assert browser.get(address.format(number)).status_code == 404
    for move in ("hide", "up") if "fields" in address else ("approve", "merge"):
        assert browser.post(address.format(number) + f"/{move}").status_code == 404
    assert browser.post(address.format(1) + "/explode").status_code == 404


def skills_on(page):
    return [e.get("data-skill") for e in having(page, "data-skill")]


def test_proposed_skills_come_first_and_wait_for_an_answer(browser, cast):
    actions.skills_named(["Zither making"], cast.dana)
    browser.get("/settings/skills")
    assert skills_on(browser.page)[0] == "zither-making"
    assert "1 waits for you" in text_of(browser.page)
    made = Skill.get(Skill.slug == "zither-making")
    assert browser.post(f"/settings/skills/{made.id}/approve", data={"back": "list"}).location == "/settings/skills"
    browser.get("/settings/skills")
    assert skills_on(browser.page)[0] != "zither-making"


def test_skills_are_found_by_any_spelling(browser):
    browser.get("/settings/skills?q=python3")
    assert skills_on(browser.page) == ["python"]
    browser.piece("/settings/skills?q=Canva")
    assert "canva" in skills_on(browser.page)
    browser.get("/settings/skills?q=%25%25")
    assert "No skill found" in text_of(browser.page)


@pytest.mark.parametrize("query", ["q=%00", "page=0", "page=99999999999999", "page=x", "q=" + "x" * 5000])
def test_no_address_breaks_the_vocabulary(browser, query):
    assert browser.get(f"/settings/skills?{query}").status_code == 200


def test_a_skill_is_renamed_and_merged_through_its_page(browser, cast):
    canva, photos = Skill.get(Skill.name == "Canva"), Skill.get(Skill.name == "Photography")
    assert browser.post(f"/settings/skills/{canva.id}", data={"name": "Canva Pro"}).status_code == 303
    assert browser.post(f"/settings/skills/{canva.id}", data={"name": "photography"}).status_code == 422
    assert by_id(browser.page, "name").get("value") == "photography"
    for wrong in ("", "no such skill", "canva", "\u200b\ufeff"):
        assert browser.post(f"/settings/skills/{canva.id}/merge", data={"into": wrong}).status_code == 422
        assert by_id(browser.page, "into").get("value") == wrong
    answer = browser.post(f"/settings/skills/{canva.id}/merge", data={"into": "photography"})
    assert answer.location == f"/settings/skills/{photos.id}"
    browser.get(answer.location)
    assert "canvapro" in text_of(browser.page)


def test_a_skill_is_added_by_the_school(browser):
    assert browser.post("/settings/skills", data={"name": "Glass blowing"}).status_code == 303
    assert browser.post("/settings/skills", data={"name": "glass BLOWING"}).status_code == 422
    assert by_id(browser.page, "name").get("value") == "glass BLOWING"
    assert Skill.get(Skill.slug == "glass-blowing").state == "approved"


def test_the_vocabulary_costs_as_many_queries_with_thirty_uses_as_with_one(browser, cast):
    browser.get("/settings/skills?q=canva")
    factories.make_posting(employer=cast.cedar)
    with count_queries() as few:
        browser.get("/settings/skills")
    actions.skills_named([f"Skill number {n}" for n in range(30)], cast.dana)
    for _ in range(10):
        factories.make_posting(employer=cast.cedar)
    with count_queries() as many:
        browser.get("/settings/skills")
    assert few.count == many.count
    browser.get("/settings/skills?q=canva")
    assert "11 postings" in text_of(browser.page)
