"""What the worker drew ahead is what everybody reads, and nothing that they may not."""

import re
import sqlite3
from contextlib import closing

import pytest

from board import kept, shared
from board.employers.model import Employer
from board.people.model import Person, PersonSkill
from board.postings import actions, ahead, cards, project
from board.postings.model import Posting
from board.school.model import School, Skill
from board.search import index
from tests import factories


@pytest.fixture
def posting(app, cast):
    School.update(open_to_visitors=True).execute()
    ahead._done.clear()
    made = factories.make_posting(
        employer=cast.cedar, place="on-site", location="Old Town", address="1 Alder Street", times="Tuesdays",
        sessions=[{"day": 1, "from": "16:00", "to": "18:00"}], premises="workplace", alone="never",
        supervisor={"name": "Ida Lindqvist", "title": "Owner"}, must=["Canva"], nice=["Photography"],
    )  # fmt: skip
    index.rebuild()
    return made


@pytest.fixture
def drawings(monkeypatch):
    """What is drawn in this process from now on: "card" and "page"."""
    some: list[str] = []
    for module, name in ((cards, "card"), (project, "page")):
        monkeypatch.setattr(module, "draw", lambda *a, as_=name, by=module.draw, **k: some.append(as_) or by(*a, **k))
    return some


def drawn() -> int:
    return ahead.run()["drawn"]


def test_the_first_reader_does_not_wait_for_what_the_worker_drew(app, client, cast, posting, drawings):
    app.config["WTF_CSRF_ENABLED"] = True
    assert drawn() == 2 and sorted(drawings) == ["card", "page"]
    drawings.clear()
    for person in (cast.maya, cast.leo):
        for address in ("/projects", f"/projects/{posting.id}"):
            text = client(person).get(address).text
            assert posting.title in text and "Old Town" in text
            tokens = set(re.findall(r'name="csrf_token" value="([^"]+)"', text))
            assert len(tokens) == 1 and not any(one.startswith("token-") for one in tokens)
    assert drawings == []


def test_a_project_is_drawn_again_only_when_it_has_changed_and_in_each_language_that_a_student_reads(cast, posting):
    assert (drawn(), drawn(), ahead.has_more()) == (2, 0, False)
    ahead._done.clear()  # another worker, after a start
    assert drawn() == 0
    actions.pull(posting, cast.okafor, "A change.")
    assert drawn() == 0
    actions.put_back(posting, cast.okafor)
    assert (ahead.has_more(), drawn()) == (True, 2)
    Person.update(language="es").where(Person.id == cast.leo.id).execute()
    assert drawn() == 2


def test_a_project_that_can_not_be_drawn_keeps_no_other_from_it_and_is_told_of_once(cast, posting, monkeypatch):
    broken = factories.make_posting(employer=cast.cedar, title="Broken")
    last = factories.make_posting(employer=cast.cedar)
    by, asked = project.draw, []

    def draw(one, *args, **kwargs):
        asked.append(one.id)
        return 1 / 0 if one.id == broken.id else by(one, *args, **kwargs)

    monkeypatch.setattr(project, "draw", draw)
    with pytest.raises(ZeroDivisionError):
        ahead.run()
    assert {posting.id, broken.id, last.id} == set(asked)
    with closing(sqlite3.connect(shared._path)) as kept:
        assert kept.execute("SELECT COUNT(*) FROM drawn WHERE key <> 0").fetchone() == (4,)
    assert (ahead.has_more(), drawn()) == (False, 0)
    monkeypatch.setattr(project, "draw", lambda *args, **kwargs: 1 / 0)  # no single project is to blame
    ahead._done.clear()
    for one in (posting, last):
        Posting.update(version=Posting.version + 1).where(Posting.id == one.id).execute()
    with pytest.raises(ZeroDivisionError):
        ahead.run()
    assert not ahead.has_more() and not ahead._done


def test_whoever_may_read_less_or_has_something_of_their_own_gets_a_drawing_of_their_own(
    client, cast, posting, drawings
):
    drawn()
    drawings.clear()
    visitor = client().get(f"/projects/{posting.id}").text + client().get("/projects").text
    assert "Old Town" not in visitor and "Alder" not in visitor and "Lindqvist" not in visitor
    PersonSkill.create(person=cast.maya, skill=Skill.get(Skill.name == "Canva"))
    assert "(yours)" in client(cast.maya).get(f"/projects/{posting.id}").text
    assert sorted(drawings) == ["card", "page", "page"]
    assert "(yours)" not in client(cast.leo).get(f"/projects/{posting.id}").text


def test_what_was_drawn_outlives_neither_a_pause_nor_a_new_name(client, cast, posting):
    drawn()
    Employer.update(name="Cedar & Sons").where(Employer.id == cast.cedar.id).execute()
    for address in ("/projects", f"/projects/{posting.id}"):
        assert "Cedar &amp; Sons" in client(cast.maya).get(address).text
    actions.pull(posting, cast.okafor, "A change.")
    assert client(cast.maya).get(f"/projects/{posting.id}").status_code == 404
    assert f'data-posting="{posting.id}"' not in client(cast.maya).get("/projects").text


@pytest.mark.parametrize("harm", ["gone", "garbage", "empty", "of another table"])
def test_a_file_that_cannot_be_read_is_begun_anew_and_nobody_notices(client, cast, posting, harm, settings):
    drawn()
    shared.let_go()
    path = settings.index / shared.FILE
    shared.forget()
    if harm == "of another table":
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE drawn (x)")
    elif harm != "gone":
        path.write_bytes(b"" if harm == "empty" else b"not a database " * 500)
    assert shared.read("a key") is None
    assert client(cast.maya).get(f"/projects/{posting.id}").status_code == 200
    ahead._done.clear()
    assert drawn() == 2
    shared.write(1, [("a key", "<p>Zoë</p>")])
    assert shared.read("a key") == "<p>Zoë</p>" and shared.read("another") is None
    shared.forget_before(2)
    assert shared.read("a key") is None


def test_a_text_is_found_by_nothing_but_its_key_and_the_secret_of_the_board(app, settings):
    shared.write(1, [("a key", "words")])
    between = shared.place("between")
    shared.use(settings.index, "another secret")
    assert shared.read("a key") is None and shared.place("between") != between
    shared.use(settings.index, settings.secret_key)
    assert shared.read("a key") == "words" and shared.place("between") == between


def test_a_text_that_cannot_be_unpacked_is_drawn_again(client, cast, posting, settings):
    """Packed by something that is gone, or spoilt on the disk."""
    drawn()
    path = settings.index / shared.FILE
    for spoil in (
        "UPDATE drawn SET text = x'789c00' WHERE key <> 0",
        "DELETE FROM drawn WHERE key = 0",
    ):
        with closing(sqlite3.connect(path)) as other, other:
            assert other.execute(spoil).rowcount
        shared.let_go()
        kept.forget()
        for address in ("/projects", f"/projects/{posting.id}"):
            assert "Cedar" in client(cast.maya).get(address).text
    ahead._done.clear()
    assert drawn() == 2


@pytest.mark.parametrize("rest", [9, 40])
def test_of_a_text_that_is_cut_short_nothing_is_read(app, rest):
    """A crash may take the end of the file."""
    shared.write(1, [("another", "words"), ("a key", " ".join(map(str, range(100))))])
    assert shared.read("a key").endswith("99")
    with closing(sqlite3.connect(shared._path)) as other, other:
        other.execute(
            "UPDATE drawn SET text = substr(text, 1, length(text) - ?) WHERE key = ?", (rest, shared.hashed("a key"))
        )
    assert shared.read("a key") is None


def test_drawing_that_fails_is_not_tried_again_at_once(app, posting, monkeypatch):
    """Else the worker would turn in circles."""
    ahead._done.clear()
    assert ahead.has_more()
    with monkeypatch.context() as patch:
        patch.setattr(shared, "write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ahead.run()
        assert not ahead.has_more()
    assert ahead.run()["drawn"] and not ahead.has_more()
    ahead._done.clear()
    assert ahead.has_more()


def test_a_disk_that_is_full_costs_nothing_that_was_drawn(app, posting, monkeypatch):
    assert ahead.run()["drawn"]
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def refuse(*_):
        raise full

    before = shared.is_there()
    monkeypatch.setattr(shared, "put", refuse)
    with pytest.raises(sqlite3.OperationalError):
        shared.write(1, [("a key", "words")])
    assert before and shared.is_there()
