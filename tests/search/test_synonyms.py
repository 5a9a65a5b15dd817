"""What means the same: cut like what is typed, and fresh at the next request of any process."""

import sqlite3
from contextlib import closing

import pytest

from board.db import database
from board.school import synonyms as groups
from board.school.model import Synonym
from board.search import synonyms
from board.search.text import split


@pytest.fixture
def only(app, cast):
    """These groups and no others."""
    Synonym.delete().execute()
    return lambda *typed: [groups.add(words, cast.ruiz) for words in typed]


def meant_by(typed: str) -> set[str]:
    return {" ".join(other) for other in synonyms.groups().get(tuple(split(typed)), ())}


def test_every_word_of_a_group_finds_the_others(only):
    only("Coding, programming, Software Development")
    assert meant_by("coding") == {"programming", "software development"}
    assert meant_by("SOFTWARE development") == {"coding", "programming"}
    assert meant_by("software") == set()


def test_signs_and_accents_are_cut_as_in_a_search(only):
    only("A&P, anatomy and physiology", "C++, cpp", "Español, Spanish", "co-op, internship")
    assert meant_by("a&p") == {"anatomy and physiology"}
    assert meant_by("c++") == {"cpp"} and meant_by("C") == set()
    assert meant_by("espanol") == {"spanish"}
    assert meant_by("co op") == {"internship"}


def test_a_word_of_several_groups_finds_them_all_but_not_what_only_they_find(only):
    only("film, movie", "film, analog photography")
    assert meant_by("film") == {"movie", "analog photography"}
    assert meant_by("movie") == {"film"}


def test_words_that_the_search_takes_for_one_find_nothing_else(only):
    only("e-mail, E mail", "café, cafe, diner")
    assert meant_by("e mail") == set()
    assert meant_by("cafe") == {"diner"}


def test_the_longest_term_at_a_place_counts_and_other_endings_find_it_too(only):
    only("social media, instagram", "media, press", "video, film")
    typed = split("run social media videos")
    assert synonyms.expand(typed, 0) == (0, [])
    assert synonyms.expand(typed, 1) == (2, [("instagram",)])
    assert synonyms.expand(typed, 2) == (1, [("press",)])
    assert synonyms.expand(typed, 3) == (1, [("film",)])
    assert synonyms.expand(typed, 4) == (0, [])


def test_a_change_holds_at_the_next_request_also_when_another_process_made_it(only, cast):
    (group,) = only("video, film")
    assert meant_by("video") == {"film"}
    groups.change(group, "video, movie", cast.ruiz)
    assert meant_by("video") == {"movie"}
    with closing(sqlite3.connect(database.database)) as other:
        other.execute("UPDATE synonym SET words = 'video, clip'")
        other.commit()
    assert meant_by("video") == {"clip"}
    groups.remove(group, cast.ruiz)
    assert synonyms.groups() == {} and synonyms.expand(["video"], 0) == (0, [])


def test_a_group_that_is_taken_back_before_it_is_written_holds_for_nobody(only, cast):
    only("video, film")
    with database.atomic() as transaction:
        groups.add("video, clip", cast.ruiz)
        assert meant_by("video") == {"film", "clip"}
        transaction.rollback()
    assert meant_by("video") == {"film"}


def test_other_writes_do_not_have_the_words_cut_again(only, cast):
    only("video, film")
    before = synonyms.groups()
    cast.maya.name = "Maya R."
    cast.maya.save()
    assert synonyms.groups() is before


def test_the_words_that_are_shipped_are_there(app):
    assert "programming" in meant_by("coding")
    assert {"instagram", "tiktok"} <= meant_by("social media")
    assert "film" in meant_by("video")
    assert meant_by("CAD") >= {"computer aided design"}
    assert meant_by("a&p") >= {"anatomy and physiology"}
    assert meant_by("IT") >= {"information technology"}
