"""A few words of the long texts say why a project was found."""

import pytest
from playhouse.test_utils import count_queries

from board.postings.cards import cards, held_by, marked
from board.search.criteria import Criteria
from board.search.excerpts import LENGTH, READ, excerpt, of
from board.search.places import MOST, places, starts_of
from board.search.query import find
from board.search.text import split, stem
from tests import factories

TEXT = """# What you do

We change **prices** twice a year, and `sometimes` more. See [our list](https://example.org/list).

- read the old list
- set the _new_ one by hand

The fair is in May. You make *posters* for the fair, and hang them with us on a Saturday morning."""


def marks(typed: str) -> frozenset[str]:
    return frozenset(split(typed))


def test_the_best_place_is_shown_without_markdown():
    assert excerpt([TEXT], marks("prices")).startswith(
        "… We change prices twice a year, and sometimes more. See our list."
    )
    shown = excerpt([TEXT], marks("posters fair"))
    assert "You make posters for the fair" in shown and "*" not in shown
    assert excerpt([TEXT], marks("zebra")) == ""
    assert excerpt([], marks("fair")) == excerpt([""], marks("fair")) == ""


def test_the_text_with_more_of_the_words_is_chosen():
    assert excerpt(["A poster.", "A poster for the fair."], marks("poster fair")) == "A poster for the fair."
    assert excerpt(["A poster.", "Another poster."], marks("poster")) == "A poster."


def test_words_that_the_card_shows_already_are_no_reason():
    assert excerpt([TEXT], marks("posters"), shown=frozenset({stem("posters")})) == ""
    assert "old list" in excerpt([TEXT], marks("posters old"), shown=frozenset({stem("posters")}))


def test_capitals_accents_and_signs_do_not_hide_a_word():
    for text, typed in (
        ("We were baking bread.", "baker baking"), ("Sit in our café.", "cafe"), ("Señor wrote it.", "senor"),
        ("Written in C++ and .NET", "c++"), ("Written in C# and .NET", ".net"), ("Sky and pay.", "sky"), ("Paying well.", "paying"),
    ):  # fmt: skip
        assert places(text, marks(typed)), (text, typed)
    assert places("Written in C++", marks("c#")) == []


def test_it_is_short_whatever_the_text():
    long = " ".join(f"word{number}" for number in range(5000)) + " poster " + "more " * 500
    text = "x " * 4000 + "poster " + "y " * 4000
    for some in (long[-6000:], text, "poster" * 3000, "poster " * 9000, "é" * 500 + " poster " + "ü" * 5000):
        assert len(excerpt([some], marks("poster"))) <= LENGTH + 4


@pytest.mark.parametrize(
    "hostile",
    ["[" * 60_000, "![" * 30_000, "*" * 60_000, "_ " * 30_000, "\n\n" * 30_000, "\n-" * 30_000, "p" * 60_000, "po " * 20_000,
     "İ" * 30_000 + " poster", "`" * 30_000, "[a](" * 15_000, "# " * 30_000, "1. " * 20_000, "\u202e\x00 " * 20_000],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_steps(hostile):
    for typed in ("poster", "p", "a", "po"):
        assert len(starts_of((typed,), hostile[:READ].lower())) <= MOST
        assert len(excerpt([hostile, f"poster {hostile}", f"{hostile} poster"], marks(typed))) <= LENGTH + 4


def test_what_is_marked_is_escaped():
    text = "<script>alert('poster')</script> & a poster"
    shown = marked(excerpt([text], marks("poster")), marks("poster"))
    assert "<script>" not in shown and shown.count("<mark>poster</mark>") == 2


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [("Node.js, and React", "node.js js react", "<mark>Node.js</mark>, and <mark>React</mark>"),
     ("Bread.Use it", "use", "Bread.<mark>Use</mark> it"), ("A farmer's café …", "farmer cafe", "A <mark>farmer's</mark> <mark>café</mark> …"),
     ("design & designs, redesign", "design designs", "<mark>design</mark> &amp; <mark>designs</mark>, redesign")],
)  # fmt: skip
def test_each_word_is_marked_once_and_as_it_is_written(text, typed, shown):
    assert str(marked(text, marks(typed))).replace("&#39;", "'") == shown


def shown_by(page) -> dict[int, frozenset[str]]:
    held = held_by(cards(page.postings, None), page.marks)
    return {posting.id: one.stems for posting, one in zip(page.postings, held, strict=True)}


def test_only_what_the_cards_lack_is_read_and_in_one_query(indexed, cast):
    told = factories.make_posting(employer=cast.cedar, title="Poster", must=["Canva"], description="A poster.")
    hidden = [
        factories.make_posting(employer=cast.mill, title=f"Menu {number}", description="It needs a poster too.")
        for number in range(3)
    ]
    posters, canva = find(Criteria(q="poster"), None), find(Criteria(q="canva"), None)
    shown, of_canva = shown_by(posters), shown_by(canva)
    with count_queries() as counted:
        made = of(shown, posters.marks, 1)
    assert counted.count == 1
    assert made == {posting.id: "It needs a poster too." for posting in hidden} and told.id not in made
    with count_queries() as counted:
        assert of({told.id: shown[told.id]}, posters.marks, 1) == {}
    assert counted.count == 0
    assert told.id in of_canva
    assert of(of_canva, canva.marks, 1) == {}


def test_a_word_with_a_hyphen_or_a_stop_is_marked_for_who_writes_it_as_one():
    for text, typed, meant in (
        ("Pages of an e-commerce.", "ecommerce", "e-commerce"), ("Our co-op.", "coop", "co-op"),
        ("A Node.js server", "nodejs", "Node.js"), ("Part-time, and café-bar", "cafebar", "café-bar"),
    ):  # fmt: skip
        (found,) = places(text, marks(typed))
        assert text[found.start : found.end] == meant
    assert places("A state-of-the-art thing - well", marks("stateoftheart thewell")) == []
