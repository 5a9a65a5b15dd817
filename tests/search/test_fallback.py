"""Without an index the database finds the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.postings.model import Posting
from board.search import facts, fallback, index, reading
from board.search.answer import answer
from board.search.entries import Option
from board.search.reading import Reading
from board.search.text import root, split, stem, words
from tests import factories

TITLES = (
    "Résumé designer", "Café menus in Español", "C++ and C# for a robot", "A .NET service", "Node.js dashboard", "Art show",
    "Part-time baking", "The baker's counter", "O'Brien's farm", "Cafe\u0301 poster, decomposed", "ＰＨＯＴＯ booth",
    "A&P worksheets", "3.5mm print", "ﬁlm editor", "Programming for beginners", "A programmer’s website",
    "100% cotton_bags", "Niños y niñas", "Straße", "Šárka's sketches", "asp.net page", "Java or JavaScript",
)  # fmt: skip
QUERIES = (
    "resume", "designer", "café", "cafe", "menu", "espanol", "c++", "c#", "c", ".net", "node.js", "node", "art", "baking",
    "baker", "obrien", "o'brien", "farm", "photo", "a&p", "3.5", "film", "programmer", "web", "100%", "cotton_bags", "%",
    "nino", "niños", "strasse", "straße", "sarka", "asp.net", "java", "javascript", "script", "poster", "the", "design a",
    "menus esp", "cafe post", "prog", "robot C++", "zzz",
)  # fmt: skip
WORDS = st.from_regex(r"[a-z]{1,9}(?:s|es|ed|er|ers|ing|or|y|ies|ly|ation|al|e|ise|ize)?", fullmatch=True)


@pytest.fixture
def titled(app, cast):
    with index.later():
        for title in TITLES:
            factories.make_posting(employer=cast.cedar, title=title)
    index.rebuild()


def from_index(q: str, live) -> set[int]:
    """What holds all the words, in any form; the last may be unfinished."""
    asked = Reading(index.opened().sources, live)
    if not words(q):
        return set()
    each = [set(asked.entry(Option((word.whole,))).numbers.tolist()) for word in words(q)]
    last = words(q)[-1].whole
    for longer in asked.beginning(last) if len(last) >= fallback.SHORTEST_BEGINNING else ():
        each[-1] |= set(asked.entry(Option((longer,), 1.0, False)).numbers.tolist())
    return set.intersection(*each)


@pytest.mark.parametrize("few", [True, False], ids=["by number", "all kept"])
def test_the_database_finds_what_the_index_finds(titled, monkeypatch, few):
    monkeypatch.setattr(fallback, "MOST_IDS", 400 if few else 0)
    live = facts.live()
    for q in QUERIES:
        by_index, by_database = from_index(q, live), set(fallback.find(words(q), live.all))
        assert by_index <= by_database, (q, by_index - by_database)


def test_what_changed_is_read_again_and_what_went_is_forgotten(titled, monkeypatch):
    monkeypatch.setattr(fallback, "MOST_IDS", 0)
    first, second = facts.live().ids.tolist()[:2]
    live = facts.live()
    assert first in fallback.find(words("resume"), live.all)
    Posting.update(title="Banner", version=Posting.version + 1).where(Posting.id == first).execute()
    Posting.update(state="paused").where(Posting.id == second).execute()
    assert first in fallback.find(words("banner"), live.all)
    assert first not in fallback.find(words("resume"), live.all)
    assert second not in fallback.find(words("menu"), live.all)


def test_only_what_was_asked_for_is_found(titled):
    number, *_ = facts.live().ids.tolist()
    assert set(fallback.find(words("for a"), [number])) <= {number}
    assert fallback.find([], [number]) == {}
    assert fallback.find(words("art"), []) == {}


def test_titles_come_before_texts_and_all_words_before_some(titled, cast):
    whole = factories.make_posting(employer=cast.cedar, title="Pinball repair").id
    half = factories.make_posting(employer=cast.cedar, title="Pinball score").id
    found = fallback.candidates(words("pinball repair"), facts.live().all)
    assert found[0] == whole
    assert half in found[1:]


@given(WORDS, st.sampled_from(["", "s", "es", "ed", "er", "ers", "ing", "or", "ly", "y", "ies", "ation", "ment", "e"]))
def test_every_word_begins_with_the_root_of_its_stem(word, ending):
    for one in (word, word + ending):
        assert one.startswith(root(stem(one))), one
        assert split(one) == [one]


def test_what_some_write_as_one_word_is_found_there_too(titled, cast, monkeypatch):
    for title in ("An e-commerce page", "Ecommerce texts", "A beehive diary", "Commerce and trade"):
        factories.make_posting(employer=cast.mill, title=title)
    monkeypatch.setattr(reading, "FEW", 0)  # postings that are read whole
    asked = ("nodejs", "node js", "parttime", "part-time", "e-commerce", "ecommerce", "bee hive", "asp net", "commerce")
    live = facts.live()
    by_index = [answer(q, live).complete.tolist() for q in asked]
    assert all(map(any, by_index))
    monkeypatch.setattr(index, "opened", lambda: None)
    assert [answer(q, live).complete.tolist() for q in asked] == by_index
