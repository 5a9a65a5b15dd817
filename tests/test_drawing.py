"""How things look: Markdown above all, for it is what strangers write and everybody reads."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from board import drawing

PIECES = (
    "a", "b c", " ", "   ", "    ", "\n", "\n\n", "\t", "\r\n", "\x00", "\x0b", "\x1c", "\x85", "\xa0", "\u2003", "\u2028",
    "\u200b", "\ufeff", "\ufffe", "é", "’", "🙂", *"*_`~[]<>&\\-+=#!|:()'\"1.{}^$%/@", "~~", "---", "===", "1.", "2)", "- ",
    "<b>", "</p>", "&amp;", "&#60;", "http://x.example", "[x](http://x.example)", "[x]: http://x.example",
    "![x](http://x.example)", "<http://x.example>", "a\n    b",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs"])), max_size=12).map("".join))
@example("Two lines\nof one > of two.\n\n \n  And 1 more: 5 - 3 = 2 + 0, #1!  \n")
@example("")
def test_a_text_without_signs_is_drawn_as_the_parser_draws_it(text):
    assert drawing.markdown.__wrapped__(text) == drawing.parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Two lines\nof one.\n\nAnother, “quoted”: 3 of 5 - that's > half!",
        "¿Qué? ñ",
        "1,5 or 2.5 hours (20 $)",
        "R&D: a_file",
    ],
)
def test_most_texts_need_no_parser(monkeypatch, text):
    monkeypatch.setattr(drawing, "parsed", None)
    assert drawing.markdown.__wrapped__(text).startswith("<p>")


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("![x](http://x.example/y)", "<img"),
    ],
)
def test_nothing_runs_and_nothing_is_loaded_from_elsewhere(text, never):
    assert never not in drawing.markdown(text).lower()
