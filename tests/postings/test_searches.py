"""Saved searches: kept once, named in words, told of once a day, and never of what may not be seen."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from board import notices
from board.db import database
from board.home.lines import lines
from board.moves import Refused, Step
from board.notices import Notice
from board.people.model import Person
from board.postings import actions, searches, watch
from board.postings.model import Finding, Posting, SavedSearch
from board.school import vocabulary
from board.school.model import Skill, today
from board.search import index, query
from board.search.criteria import Criteria
from tests import factories
from tests.inspector import by_id, having, text_of, words


@pytest.fixture(autouse=True)
def an_index(app):
    index.rebuild()


def save(student: Person, **asked) -> SavedSearch:
    searches.save(Criteria(**asked), student)
    return SavedSearch.select().where(SavedSearch.student == student).order_by(SavedSearch.id.desc()).get()


def found(search: SavedSearch) -> set[int]:
    return {row.posting_id for row in Finding.select().where(Finding.search == search)}


def told(student: Person) -> list[str]:
    """The sentences of this student's notices of saved searches, newest first."""
    notices.deliver()
    mine = Notice.select().join(Step).where(Notice.person == student, Step.noun == "saved_search")
    return [Step.get_by_id(row.step_id).detail for row in mine.order_by(Notice.id.desc())]


# -- keeping


def test_the_same_search_is_kept_once_whatever_its_order_page_or_capitals(cast):
    assert searches.save(Criteria(q="Poster", fields=("marketing", "sales"), sort="pay", page=3), cast.maya)
    assert not searches.save(Criteria(q="poster", fields=("sales", "marketing"), verbatim=True), cast.maya)
    assert searches.save(Criteria(q="poster"), cast.maya)
    assert searches.save(Criteria(q="poster"), cast.leo)
    assert [row.asked for row in cast.maya.saved_searches] == ["q=Poster&field=marketing&field=sales", "q=poster"]


@pytest.mark.parametrize("criteria", [Criteria(), Criteria(sort="pay", page=4), Criteria(fields=("no-such-field",))])
def test_a_search_of_nothing_at_all_is_not_kept(cast, criteria):
    with pytest.raises(Refused):
        searches.save(criteria, cast.maya)
    assert SavedSearch.select().count() == 0


def test_what_the_school_does_not_have_is_left_out(cast):
    assert save(cast.maya, q="poster", skills=("canva", "no-such-skill")).asked == "q=poster&skill=canva"


def test_twenty_are_as_many_as_one_student_keeps(cast):
    for number in range(1, searches.MOST + 1):
        searches.save(Criteria(pay=number), cast.maya)
    with pytest.raises(Refused, match="20"):
        searches.save(Criteria(q="one more"), cast.maya)
    assert not searches.save(Criteria(pay=3), cast.maya)  # kept already: nothing to refuse
    assert searches.save(Criteria(q="one more"), cast.leo)


def test_a_person_who_is_erased_takes_their_searches_along(cast):
    student = factories.make_student()
    save(student, q="poster")
    posting = factories.make_posting(title="Poster")
    watch.watch()
    notices.deliver()
    assert Finding.select().where(Finding.posting == posting).count() == 1
    Person.delete().where(Person.id == student.id).execute()
    assert (
        SavedSearch.select().count(),
        Finding.select().count(),
        Notice.select().where(Notice.person == student.id).count(),
    ) == (0, 0, 0)
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def test_an_empty_search_and_a_second_finding_are_refused_by_the_tables(cast):
    search = save(cast.maya, q="poster")
    posting = factories.make_posting(title="Poster")
    Finding.create(search=search, posting=posting)
    for wrong in (
        lambda: SavedSearch.create(student=cast.maya, asked=""),
        lambda: SavedSearch.create(student=cast.maya, asked="q=poster"),
        lambda: Finding.create(search=search, posting=posting),
    ):
        with pytest.raises(IntegrityError):
            wrong()


def test_a_search_follows_a_skill_that_is_merged(cast):
    old, new = (Skill.get(Skill.slug == slug) for slug in ("photography", "canva"))
    save(cast.maya, q="poster", skills=("photography",))
    save(cast.maya, skills=("photography", "canva"))
    save(cast.leo, skills=("canva",))
    save(cast.leo, skills=("photography",))
    vocabulary.merge(old, new, cast.ruiz)
    assert [row.asked for row in cast.maya.saved_searches] == ["q=poster&skill=canva", "skill=canva"]
    assert [row.asked for row in cast.leo.saved_searches] == ["skill=canva"]


# -- what is new


def test_only_what_was_opened_after_it_was_saved_is_new(cast):
    factories.make_posting(title="An older poster")
    search = save(cast.maya, q="poster")
    assert watch.watch() == 0
    new = factories.make_posting(title="A newer poster")
    factories.make_posting(title="A menu")
    factories.make_posting("submitted", title="A poster that waits")
    assert watch.watch() == 1
    assert found(search) == {new.id}
    assert watch.watch() == 0, "nothing is found twice"


def test_filters_and_words_must_all_hold_and_nothing_is_corrected(cast):
    searching = {
        "both": save(cast.maya, q="poster", place="remote"),
        "field": save(cast.maya, fields=("marketing",)),
        "skills": save(cast.maya, skills=("canva", "photography")),
        "pay": save(cast.maya, pay=25),
        "hours": save(cast.maya, hours=5),
        "misspelt": save(cast.maya, q="postre"),
        "two words": save(cast.maya, q="poster trombone"),
    }
    remote = factories.make_posting(title="Poster", field="marketing", must=["Canva"], nice=[])
    site = factories.make_posting(title="Poster", **factories.ON_SITE, hours=4, pay_cents=12000)
    watch.watch()
    assert {name: found(search) for name, search in searching.items()} == {
        "both": {remote.id}, "field": {remote.id}, "skills": {site.id}, "pay": {site.id}, "hours": {site.id},
        "misspelt": set(), "two words": set(),
    }  # fmt: skip


def test_a_search_that_asks_whether_one_may_finds_for_each_what_they_may_apply_to(cast):
    old, young, unknown = (save(person, may=True, q="poster") for person in (cast.maya, cast.leo, cast.noor))
    for_all = factories.make_posting(title="Poster for all")
    grown = factories.make_posting(title="Poster for the older", minimum_age=16)
    watch.watch()
    assert (found(old), found(young), found(unknown)) == ({for_all.id, grown.id}, {for_all.id}, set())


def test_more_new_projects_than_a_page_of_results_are_all_found(cast, monkeypatch):
    monkeypatch.setattr(query, "PAGE", 3)
    factories.make_posting(title="An older poster")
    search = save(cast.maya, q="poster")
    made = {factories.make_posting(title=f"Poster {number}").id for number in range(8)}
    assert watch.watch() == 8
    assert found(search) == made


def test_a_search_that_lost_its_filter_finds_nothing_rather_than_everything(cast):
    search = save(cast.maya, skills=("photography",))
    SavedSearch.update(asked="skill=no-longer-there").where(SavedSearch.id == search.id).execute()
    factories.make_posting()
    assert watch.watch() == 0
    assert searches.count(searches.criteria_of(SavedSearch.get_by_id(search.id)), cast.maya) == 0


def test_a_pass_asks_each_question_once_however_many_saved_it(cast, monkeypatch):
    for _ in range(5):
        save(factories.make_student(), q="poster")
    save(cast.maya, q="trombone")
    factories.make_posting(title="Poster")
    asked = []
    real = query.find
    monkeypatch.setattr(query, "find", lambda criteria, person: asked.append(criteria.q) or real(criteria, person))
    assert watch.watch() == 5
    assert sorted(asked) == ["poster", "trombone"]
    asked.clear()
    actions.comment(factories.make_posting("submitted", title="Poster"), cast.okafor, "A word.")
    assert watch.watch() == 0
    assert asked == [], "nothing was opened, nothing is searched"


def test_what_is_paused_held_or_over_is_in_no_count_and_comes_back_with_the_project(client, cast):
    save(cast.maya, q="poster")
    made = [factories.make_posting(employer=cast.cedar, title=f"Poster {number}") for number in range(4)]
    watch.watch()
    assert searches.count_new(cast.maya) == 4
    actions.pause(made[0], cast.dana)
    factories.make_report("posting", made[1].id, cast.leo, "He asked for my address.")
    Posting.update(apply_by=today() - timedelta(days=1)).where(Posting.id == made[2].id).execute()
    assert searches.count_new(cast.maya) == 1
    maya = client(cast.maya)
    maya.get("/saved")
    row = text_of(having(maya.page, "data-search")[0])
    assert "1 project" in row and "1 new" in row
    actions.resume(Posting.get_by_id(made[0].id), cast.dana)
    assert searches.count_new(cast.maya) == 2


def test_somebody_else_is_told_nothing_of_mine(cast):
    save(cast.maya, q="poster")
    factories.make_posting(title="Poster")
    watch.watch()
    assert (searches.count_new(cast.maya), searches.count_new(cast.leo)) == (1, 0)
    assert len(told(cast.maya)) == 1
    assert told(cast.leo) == []


def test_one_notice_a_day_and_the_next_day_one_for_what_came_after(cast):
    search = save(cast.maya, q="poster")
    factories.make_posting(title="Poster 1")
    factories.make_posting(title="Poster 2")
    watch.watch()
    assert told(cast.maya) == ['{"count": 2}']
    factories.make_posting(title="Poster 3")
    watch.watch()
    assert told(cast.maya) == ['{"count": 2}'], "no second one on the same day"
    SavedSearch.update(noticed_on=today() - timedelta(days=1)).where(SavedSearch.id == search.id).execute()
    watch.watch()
    watch.watch()
    assert told(cast.maya) == ['{"count": 1}', '{"count": 2}']


def test_what_was_looked_at_before_it_was_told_needs_no_notice(cast):
    search = save(cast.maya, q="poster")
    factories.make_posting(title="Poster")
    watch.look()
    searches.look(search)
    watch.tell()
    assert told(cast.maya) == []


def test_who_has_left_hears_nothing(cast):
    save(cast.maya, q="poster")
    Person.update(ended_at="2026-01-01").where(Person.id == cast.maya.id).execute()
    factories.make_posting(title="Poster")
    assert watch.watch() == 0
    assert told(cast.maya) == []


def test_a_pass_that_breaks_off_is_made_again(cast, monkeypatch):
    search = save(cast.maya, q="poster")
    posting = factories.make_posting(title="Poster")

    def broken(*args):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(watch, "write", broken)
        with pytest.raises(RuntimeError):
            watch.watch()
    assert watch.watch() == 1
    assert found(search) == {posting.id}


# -- pages


def test_a_student_saves_a_search_opens_it_and_nothing_is_new_any_more(client, cast):
    maya = client(cast.maya)
    factories.make_posting(title="Poster")
    maya.get("/projects?q=poster&sort=pay")
    form = by_id(maya.page, "keep-search")
    data = {e.get("name"): e.get("value") for e in form.iter("input")}
    assert {name: value for name, value in data.items() if name != "csrf_token"} == {"q": "poster"}
    answer = maya.post(form.get("action"), data=data)
    assert (answer.status_code, answer.location) == (303, "/projects?q=poster")
    maya.get("/projects?q=poster")
    assert "A notice tells you" in text_of(maya.page) and by_id(maya.page, "keep-search").tag == "p"
    factories.make_posting(title="Another poster")
    watch.watch()
    notices.deliver()
    maya.get("/saved")
    row = having(maya.page, "data-search")[0]
    assert "“poster”" in text_of(row) and "2 projects" in text_of(row) and "1 new" in text_of(row)
    assert "Saved 1" in text_of(maya.page), "the header counts it"
    link = next(row.iter("a")).get("href")
    answer = maya.get(link)
    assert (answer.status_code, answer.location) == (303, "/projects?q=poster&sort=new")
    maya.get("/saved")
    assert "new" not in text_of(having(maya.page, "data-search")[0])
    assert maya.get(link).location == "/projects?q=poster"


def test_nothing_found_offers_to_tell(client, cast):
    factories.make_posting(title="Poster")
    maya = client(cast.maya)
    maya.get("/projects?q=trombone")
    assert "Tell me when there is one" in words(by_id(maya.page, "keep-search"))
    maya.get("/projects")
    assert by_id(maya.page, "keep-search") is None, "there is nothing to save"
    for person in (cast.okafor, cast.dana):
        browser = client(person)
        browser.get("/projects?q=poster")
        assert by_id(browser.page, "keep-search") is None
        assert browser.post("/saved/searches", data={"q": "poster"}).status_code == 403


def test_over_htmx_the_form_alone_is_swapped_also_when_it_is_refused(client, cast):
    maya = client(cast.maya)
    htmx = {"HX-Request": "true"}
    answer = maya.post("/saved/searches", data={"q": "poster"}, headers=htmx)
    assert answer.status_code == 200 and "<html" not in answer.text and "data-announce" in answer.text
    for number in range(1, searches.MOST):
        searches.save(Criteria(pay=number), cast.maya)
    answer = maya.post("/saved/searches", data={"q": "one more"}, headers=htmx)
    assert answer.status_code == 409 and "You have saved 20 searches" in answer.text and "<form" in answer.text
    assert maya.post("/saved/searches", data={}).status_code == 303
    maya.get("/projects")
    assert "every project there is" in text_of(maya.page)


def test_ones_own_searches_are_opened_and_removed_by_nobody_else(client, cast):
    search = save(cast.maya, q="poster")
    factories.make_posting(title="Poster")
    watch.watch()
    notices.deliver()
    leo = client(cast.leo)
    assert leo.get(f"/saved/searches/{search.id}").status_code == 404
    assert leo.post(f"/saved/searches/{search.id}/remove").status_code == 404
    maya = client(cast.maya)
    assert maya.head(f"/saved/searches/{search.id}").status_code == 303
    assert searches.count_new(cast.maya) == 1, "asking for the head alone is no looking"
    assert maya.post(f"/saved/searches/{search.id}/remove").location == "/saved"
    assert SavedSearch.select().count() == Finding.select().count() == 0
    assert not Step.select().where(Step.noun == "saved_search").exists()
    assert not Notice.select().where(Notice.person == cast.maya).exists()


def test_a_search_is_called_by_its_words_and_filters_in_the_readers_language(client, cast):
    everything = {"q": "<b>C++", "fields": ("design-media", "marketing"), "skills": ("canva",), "hours": 10, "pay": 18,
                  "place": "remote", "first": True, "may": True}  # fmt: skip
    save(cast.maya, **everything)
    maya = client(cast.maya)
    maya.get("/saved")
    name = text_of(having(maya.page, "data-search")[0])
    said = ("“<b>C++”", "Design & Media or Marketing", "Canva", "Up to 10 hours", "$18 or more an hour", "Remote",
            "First project welcome", "I may apply")  # fmt: skip
    assert all(part in name for part in said), name
    Person.update(language="es").where(Person.id == cast.maya.id).execute()
    spanish = client(cast.maya)
    spanish.get("/saved")
    assert "A distancia" in text_of(having(spanish.page, "data-search")[0])


def test_the_notice_says_how_many_names_no_project_and_leads_to_the_new_ones(client, cast):
    save(cast.maya, q="poster")
    secret = factories.make_posting(employer=cast.cedar, title="Poster with a secret title")
    watch.watch()
    notices.deliver()
    actions.pause(secret, cast.dana)
    maya = client(cast.maya)
    maya.get("/notices")
    line = having(maya.page, "data-notice")[0]
    assert "A new project for “poster”." in words(line) and "secret" not in text_of(maya.page)
    notice = Notice.get(Notice.person == cast.maya)
    answer = maya.post(f"/notices/{notice.id}")
    assert answer.location == f"/saved/searches/{SavedSearch.get().id}"
    assert lines([notice], cast.leo) == [], "whose it is not reads nothing of it"
