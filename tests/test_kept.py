"""What is kept between requests never reaches the wrong reader, and never outlives a change."""

import re

from board.employers import actions as employers
from board.employers.model import Employer
from board.kept import Kept, Packed
from board.people import accounts
from board.postings import actions, content, revisions
from board.school.actions import change_field
from board.school.model import Field
from board.search import index
from tests import factories


def test_only_so_many_things_are_kept_and_the_oldest_go():
    some = Kept(2)
    for number in range(3):
        some.put(number, str(number))
    assert [some.get(number) for number in range(3)] == [None, "1", "2"]


def test_packed_texts_come_back_as_they_were_and_only_so_many():
    some = Packed(3)
    texts = ["", "<p>Zoë’s café</p>" * 40, "<p>Zoë’s café</p>" * 40 + "!", "nothing like it " * 9]
    for number, text in enumerate(texts):
        assert some.put((number, text), text) == text
    assert [some.get((number, text)) for number, text in enumerate(texts)] == [None, *texts[1:]]
    assert some.get((1, "of another key")) is None
    assert sum(map(len, some.kept.things.values())) < sum(map(len, texts)) / 5


def test_each_language_reads_its_own_in_turns(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    maya, leo = client(cast.maya), client(cast.leo)
    leo.post("/language", data={"language": "es"})
    index.rebuild()
    for address in ("/projects", f"/projects/{posting.id}") * 2:
        assert 'lang="en"' in maya.get(address).text and "Save" in maya.get(address).text
        assert 'lang="es"' in leo.get(address).text and "Guardar" in leo.get(address).text


def test_a_kept_card_holds_the_token_and_the_heart_of_its_reader_alone(app, client, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    posting = factories.make_posting(employer=cast.cedar)
    index.rebuild()
    actions.save(posting, cast.maya)
    pages = [client(person).get("/projects").text for person in (cast.maya, cast.leo)]
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]+)"', page)) for page in pages]
    assert len(tokens[0]) == len(tokens[1]) == 1 and tokens[0] != tokens[1]
    assert ['id="save-1" aria-pressed="true"' in page for page in pages] == [True, False]


def test_where_is_in_no_kept_page_of_another_employer(client, cast):
    posting = factories.make_posting(
        employer=cast.cedar, place="on-site", location="Old Town", address="1 Alder Street", times="Tuesdays",
        sessions=[{"day": 1, "from": "16:00", "to": "18:00"}], premises="workplace", alone="never",
        supervisor={"name": "Ida Lindqvist", "title": "Owner"},
    )  # fmt: skip
    index.rebuild()
    for person, knows in ((cast.maya, True), (cast.omar, False), (cast.maya, True)):
        assert ("Old Town" in client(person).get("/projects").text) == knows
        assert ("Alder Street" in client(person).get(f"/projects/{posting.id}").text) == knows


def test_a_change_shows_in_the_next_request(client, cast):
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    index.rebuild()
    browser = client(cast.maya)
    pages = ("/projects", f"/projects/{posting.id}")
    assert all("Cedar Print" in browser.get(page).text for page in pages)
    employers.change(cast.cedar, cast.dana, {"name": "Cedar Press"})
    assert all("Cedar Press" in browser.get(page).text for page in pages)
    change_field(Field.get_by_id(posting.field_id), cast.ruiz, {"name": "Pictures"})
    assert all("Pictures" in browser.get(page).text for page in pages)
    values = content.read(posting) | {"summary": "Another summary."}
    actions_of = revisions.propose(posting, cast.dana, values)
    assert all("Another summary." not in browser.get(page).text for page in pages)
    revisions.approve_revision(actions_of, cast.okafor)
    assert all("Another summary." in browser.get(page).text for page in pages)


def test_what_the_school_finds_out_of_an_employer_shows_on_its_projects_in_the_next_request(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    browser, address = client(cast.maya), f"/projects/{posting.id}"
    assert "Checked by the school" in browser.get(address).text
    Employer.update(state="unverified", size="1").where(Employer.id == cast.cedar.id).execute()
    page = browser.get(address).text
    assert "Checked by the school" not in page and "Just one person" in page


def test_a_kept_page_ticks_the_skills_of_its_reader_alone(client, cast):
    posting = factories.make_posting(employer=cast.cedar, must=["Canva"])
    accounts.save_profile(cast.maya, ["Canva"], [], None)
    for person, ticked in ((cast.maya, True), (cast.leo, False), (cast.okafor, False), (cast.maya, True)):
        assert ("(yours)" in client(person).get(f"/projects/{posting.id}").text) == ticked


def test_what_is_said_to_one_reader_of_a_project_is_said_to_no_other(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    actions.save(posting, cast.maya)
    said = {
        cast.maya: "Saved", cast.leo: "This one is open to you", cast.noor: "needs your birth date",
        cast.okafor: "Open it on the review desk", cast.dana: "Open it on your desk", cast.omar: "The board",
    }  # fmt: skip
    factories.make_application("submitted", posting, cast.maya)
    own = ("You have applied", "open to you", "birth date", "review desk", "your desk", "nobody's")
    for _time in range(2):
        for (person, words), theirs in zip(said.items(), own, strict=True):
            page = client(person).get(f"/projects/{posting.id}").text
            assert words in page
            assert [other for other in own if other in page and other != theirs] == [], person.name
