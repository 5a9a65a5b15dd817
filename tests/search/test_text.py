"""Words: what is kept whole, what is one, and that nothing typed does harm."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.search.text import LONGEST_WORD, MOST_WORDS, root, split, stem, tidy, words

HOSTILE = Path(__file__).parents[2].parent / "shared" / "data" / "hostile" / "blns.json"


def test_names_with_signs_are_kept_whole():
    assert split("C++, C# and .NET with Node.js, A&P, Python 3.5") == [
        "c++", "c#", "and", ".net", "with", "node.js", "a&p", "python", "3.5",
    ]  # fmt: skip


def test_a_full_stop_without_a_space_does_not_glue_two_words():
    assert split("Take photos.Then edit") == ["take", "photos", "then", "edit"]


def test_endings_accents_and_apostrophes_do_not_matter():
    one = {stem(split(word)[0]) for word in ("poster", "Posters", "poster’s", "POSTERS'")}
    assert len(one) == 1
    assert split("diseño") == split("DISENO")


@pytest.mark.parametrize(
    "family",
    [
        "programming programmer programs program",
        "baking baker bakery bakes",
        "photography photographer photographs",
        "writing writer writes",
        "classify classification classifications",
        "studies study studying",
        "managing manager management",
        "editing editor edits",
        "optimize optimise optimization",
    ],
)
def test_the_forms_of_a_word_have_one_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


def test_other_words_have_other_stems():
    assert len({stem(word) for word in "art part party article garden guard menu music video design".split()}) == 10


def test_common_words_count_only_when_there_are_no_others():
    assert [word.whole for word in words("the posters of la clase para")] == ["posters", "clase"]
    assert [word.whole for word in words("the of")] == ["the", "of"]
    assert [word.whole for word in words("IT")] == ["it"]


def test_every_word_begins_with_the_root_of_its_stem():
    for (
        word
    ) in "employability sensibility relational flies dying baking photography programmers agreed hopping".split():
        assert word.startswith(root(stem(word)))


@given(st.text(max_size=2000))
def test_whatever_is_typed_becomes_a_few_plain_words(typed):
    found = words(typed)
    assert len(found) <= MOST_WORDS
    assert all(0 < len(word.whole) <= LONGEST_WORD and " " not in word.whole for word in found)
    assert len(tidy(typed)) <= 200
    tidy(typed).encode()


@pytest.mark.parametrize("typed", ["\ud800 poster", "a\x00b", "\u202eposter", "x" * 60_000, "NOT " * 3000, "(" * 5000])
def test_odd_text_is_tidied(typed):
    words(typed)
    assert "\x00" not in tidy(typed)
    tidy(typed).encode()


def test_the_list_of_naughty_strings_is_harmless():
    if not HOSTILE.exists():
        pytest.skip("the naughty strings are not on this machine")
    for typed in json.loads(HOSTILE.read_text("utf-8")):
        assert len(words(typed)) <= MOST_WORDS
