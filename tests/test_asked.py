"""What the database answered is kept until anything is written to it, whoever writes."""

import sqlite3

import pytest

from board import asked
from board.asked import Asked
from board.db import database
from board.school.model import School


@pytest.fixture
def names(app):
    """Asks for the school's name and counts how often the database was asked."""
    kept, count = Asked(), []

    def ask(how="unchanged", *beside) -> str:
        return getattr(kept, how)("name", lambda: count.append(1) or School.select(School.name).scalar(), *beside)

    ask.count, ask.kept = count, kept
    return ask


def test_it_is_asked_once_until_another_process_writes(names, settings):
    assert names() == names() == "Lincoln High School" and len(names.count) == 1
    with sqlite3.connect(settings.database) as other:
        other.execute("UPDATE school SET name = 'Grant High School'")
    other.close()
    assert names("settled") == "Lincoln High School"  # as of the last look
    assert names() == names("settled") == "Grant High School" and len(names.count) == 2


def test_a_request_looks_once_and_again_before_it_writes(names, settings):
    asked.begin()
    try:
        assert names() == "Lincoln High School"
        with sqlite3.connect(settings.database) as other:
            other.execute("UPDATE school SET name = 'Grant High School'")
        other.close()
        assert names() == "Lincoln High School" and len(names.count) == 1
        with database.atomic():
            assert names() == "Grant High School"
    finally:
        asked.end()
    assert names() == "Grant High School"


def test_what_another_wrote_while_it_was_asked_is_asked_for_again(app, settings):
    """An answer may ask for others, which look anew."""
    kept = Asked()

    def ask() -> str:
        name = School.select(School.name).scalar()
        with sqlite3.connect(settings.database) as other:
            other.execute("UPDATE school SET name = 'Grant High School'")
        other.close()
        kept.unchanged("within", lambda: 1)
        return name

    assert kept.unchanged("name", ask) == "Lincoln High School"
    assert kept.settled("name", School.select(School.name).scalar) == "Grant High School"


def test_a_page_of_results_looks_once_at_what_others_have_written(client, cast, monkeypatch):
    maya, looked, by = client(cast.maya), [], asked.version_of
    maya.get("/projects?q=poster")
    monkeypatch.setattr(asked, "version_of", lambda connection: looked.append(1) or by(connection))
    assert maya.get("/projects?q=poster").status_code == 200
    assert len(looked) == 1


def test_one_s_own_writing_is_seen_at_once(names):
    for new in ("Grant High School", "Lee High School"):
        names()
        School.update(name=new).execute()
        assert names("settled") == names() == new


def test_what_is_taken_back_is_not_kept(names):
    with database.atomic() as transaction:
        School.update(name="Never").execute()
        assert names() == "Never"
        transaction.rollback()
    assert names() == "Lincoln High School"


def test_another_day_asks_again(names):
    names("unchanged", "Monday")
    names("unchanged", "Monday")
    names("unchanged", "Tuesday")
    assert len(names.count) == 2


def test_only_so_many_answers_are_kept(app, monkeypatch):
    monkeypatch.setattr(asked, "MOST", 2)
    kept = Asked()
    for number in range(5):
        assert kept.unchanged(number, lambda number=number: str(number)) == str(number)
    assert len(kept.answers) == 2
